import { expect, test as plain } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

const OKR = "Be the cargo bike that families recommend";

test.beforeEach(async ({ page }) => server.signIn(page, demoPerson("admin")));

test("an address that nothing has says so, and leads home", async ({ page }) => {
  for (const address of ["/okrs/unknown", "/nothing/here"]) {
    await page.goto(address);
    await check.isNotFound(page);
    await check.isSignedIn(page);
    await find.link(page, "Go to the home page").click();
    await check.isAt(page, "/");
    await check.isSignedIn(page);
  }
});

test("the back button returns to the list as it was left", async ({ page }) => {
  await page.goto("/okrs");
  await find.button(page, "Filter").click();
  await page.getByRole("combobox", { name: "All types" }).selectOption("Company");
  await page.getByRole("searchbox", { name: "Search" }).fill("cargo");
  await check.isAt(page, "/okrs?type=org&q=cargo");
  await find.link(page, OKR).click();
  await expect(find.heading(page, OKR)).toBeVisible();
  await expect(page).toHaveTitle(`${OKR} · OKRs Edge`);
  await page.goBack();
  await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue("cargo");
  await expect(find.button(page, "Filter: 1")).toBeVisible();
  await expect(page.getByText(/^1 of \d+ OKRs$/)).toBeVisible();
  await expect(page).toHaveTitle("OKRs · OKRs Edge");
});

test("the first Tab offers to skip to the content", async ({ page }) => {
  await page.goto("/okrs");
  await expect(find.heading(page, "OKRs")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(find.link(page, "Skip to content")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(find.heading(page, "OKRs")).toBeVisible();
});

test("a chosen appearance stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  await find.myMenu(page).click();
  await act.choose(page, "Dark");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.reload();
  await check.isSignedIn(page);
  expect(await background()).toBe(dark);
  await find.myMenu(page).click();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
});

test("a score explains itself, and gives the focus back", async ({ page }) => {
  await page.goto(`/okrs/${await server.demoOkr(page, OKR)}`);
  const score = find.button(page, /^Health \d+: why\?$/).first();
  await score.press("Enter");
  await expect(page.getByRole("dialog", { name: /^Why \d+\?$/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(score).toBeFocused();
});

test("at four times the size nothing is cut off or scrolls sideways", async ({ page }) => {
  // 1280 pixels wide at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  for (const address of ["/", "/okrs", "/okrs?layout=tree", `/okrs/${await server.demoOkr(page, OKR)}`]) {
    await page.goto(address);
    await expect(page.getByRole("main").getByRole("heading").first()).toBeAttached();
    await expect(page.getByText("Loading…")).toHaveCount(0);
    await check.fitsItsWidth(page);
  }
});

test("who asks too much is told when it goes on, and it does", async ({ page }) => {
  await page.route("**/api/app/kpis", server.tooMany(2), { times: 1 });
  await page.goto("/kpis");
  await expect(page.getByRole("timer")).toHaveText(/^Goes on in [12] s$/);
  await expect(page.getByRole("table", { name: "KPIs" })).toBeVisible();
});

plain("a browser that is too old is told so", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(HTMLElement.prototype, "popover"));
  await page.goto("/");
  await expect(find.heading(page, "This page could not start")).toBeVisible();
  await expect(page.getByText("It needs a browser of the last two years")).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(find.heading(page, "This page could not start")).toBeVisible();
});

// The browser complains then, too.
plain("the page says that it cannot start when its program is broken", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ body: "broken", contentType: "application/wasm" }));
  await page.goto("/");
  await expect(find.heading(page, "This page could not start")).toBeVisible();
});

plain("the page says that it cannot start when its program is missing", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/");
  await expect(find.heading(page, "This page could not start")).toBeVisible();
});
