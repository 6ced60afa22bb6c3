// What is expected.

import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

import * as find from "./find";

/** An address of the app, with its query. */
export async function isAt(page: Page, address: string) {
  await expect(page).toHaveURL(address);
}

export async function isSignedIn(page: Page) {
  await expect(find.navigation(page)).toBeVisible();
}

export async function isSignInForm(page: Page) {
  await expect(find.heading(page, "Sign in")).toBeVisible();
}

export async function isNotFound(page: Page) {
  await expect(find.heading(page, "There is nothing here")).toBeVisible();
}

/** What is wrong is said with the field, and for screen readers too. */
export async function isRefused(page: Page, field: string, because: string | RegExp) {
  const input = page.getByLabel(field, { exact: true });
  await expect(input).toHaveAttribute("aria-invalid", "true");
  await expect(input).toHaveAccessibleDescription(because);
}

export async function wasCheckedIn(page: Page, title: string, value: string) {
  const outcome = find.checkInRow(page, title).getByRole("status");
  await expect(outcome).toContainText(`Checked in ${value}`);
}

/** The page does not scroll sideways. */
export async function fitsItsWidth(page: Page) {
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overhang, "pixels beyond the window").toBeLessThanOrEqual(0);
}

/** WCAG 2.2 AA and good practice, as far as axe sees it. */
export async function isAccessible(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { "target-size": { enabled: true } } })
    .analyze();
  const found = violations.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`);
    return `${id} (${help})\n${places.join("\n")}`;
  });
  expect.soft(found, where).toEqual([]);
}
