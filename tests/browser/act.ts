// What people do.

import type { Locator, Page } from "@playwright/test";

import type { Person } from "./environment";
import * as find from "./find";

export async function signIn(page: Page, { email, password }: Person) {
  await find.field(page, "E-mail address").fill(email);
  await find.passwordField(page).fill(password);
  await find.button(page, "Sign in").click();
}

export async function signOut(page: Page) {
  await find.myMenu(page).click();
  await find.button(page, "Sign out").click();
}

export async function goTo(page: Page, place: "Home" | "OKRs" | "KPIs" | "Settings") {
  await find.link(find.navigation(page), place).click();
}

/** Fills in the labelled fields of a form. */
export async function fill(form: Page | Locator, fields: Record<string, string>) {
  for (const [name, value] of Object.entries(fields)) {
    await find.field(form, name).fill(value);
  }
}

/** Chooses one of several that stand side by side. */
export async function choose(form: Page | Locator, name: string) {
  // Its label covers it, which is what is clicked in truth.
  await form.getByRole("radio", { name, exact: true }).check({ force: true });
}

export async function pressEach(page: Page, ...keys: string[]) {
  for (const key of keys) await page.keyboard.press(key);
}

/** Types a value and words into the row of a key result, and checks it in. */
export async function checkIn(page: Page, title: string, value: string, comment: string) {
  const form = find.checkInForm(page, title);
  await fill(form, { Value: value, Comment: comment });
  await find.button(form, "Check in").click();
}

/** Lets nothing at these addresses arrive until what this gives is called; then it is answered with
 * this, or by the server. */
export async function holdBack(
  page: Page,
  addresses: string,
  answer?: { status: number; json: object },
): Promise<() => void> {
  let release = () => {};
  const isTime = new Promise<void>((resolve) => (release = resolve));
  await page.route(addresses, async (route) => {
    await isTime;
    await (answer ? route.fulfill(answer) : route.continue());
  });
  return release;
}
