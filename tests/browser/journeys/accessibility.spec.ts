// Every screen, light and dark, on a phone and on a desk.

import { type Locator, type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

const WIDTHS = [360, 1280];
const SCHEMES = ["light", "dark"] as const;

/** What is shown, once it is ready. */
type Screen = { name: string; open: (page: Page) => Promise<void> };

const OKR = "Be the cargo bike that families recommend";

const outside: Screen[] = [
  {
    name: "signing in",
    open: async (page) => {
      await page.goto("/sign-in");
      await find.button(page, "Sign in").click();
      await expect(page.getByRole("alert")).not.toBeEmpty();
    },
  },
  {
    name: "setting up a workspace",
    open: async (page) => {
      await page.goto("/set-up");
      await find.button(page, "Create the workspace").click();
      await expect(page.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "a link that is gone",
    open: async (page) => {
      await page.goto("/invitation/unknown");
      await expect(find.heading(page, "This link can’t be used any more")).toBeVisible();
    },
  },
];

const inside: Screen[] = [
  {
    name: "home",
    open: async (page) => {
      await server.signIn(page, demoPerson("member"));
      await show(page, "/", page.getByRole("main").getByRole("form").first());
    },
  },
  { name: "the list of OKRs", open: (page) => show(page, "/okrs", find.link(page, OKR)) },
  {
    name: "the list of OKRs with filters and key results",
    open: async (page) => {
      await show(page, "/okrs?type=company&group=status", find.link(page, OKR));
      await find.button(page, "Show all key results").click();
    },
  },
  { name: "the tree of OKRs", open: (page) => show(page, "/okrs?layout=tree", find.link(page, OKR)) },
  {
    name: "an OKR",
    open: async (page) => show(page, `/okrs/${await server.demoOkr(page, OKR)}`, find.heading(page, OKR)),
  },
  {
    name: "why health is what it is",
    open: async (page) => {
      await show(page, "/okrs", find.link(page, OKR));
      await find.button(find.okrRow(page, OKR), /^Health \d+: why\?$/).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "writing an OKR",
    open: async (page) => {
      await show(page, "/okrs", find.link(page, OKR));
      await page.keyboard.press("n");
      const panel = find.panel(page, "New OKR");
      await act.fill(panel, { Objective: "Launch the new website", "What is measured": "Visits", From: "few" });
      await find.button(panel, "Create OKR").click();
      await expect(panel.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "my menu",
    open: async (page) => {
      await show(page, "/", find.navigation(page));
      await find.myMenu(page).click();
    },
  },
  {
    name: "nothing found",
    open: (page) => show(page, "/okrs/unknown", find.heading(page, "There is nothing here")),
  },
];

// Each screen is looked at four times, and the long lists take their time.
test.describe.configure({ timeout: 90_000 });

for (const { name, open } of outside) {
  test(`${name} is accessible`, async ({ page }) => {
    await open(page);
    await checkEveryLook(page);
  });
}

for (const { name, open } of inside) {
  test(`${name} is accessible`, async ({ page }) => {
    await server.signIn(page, demoPerson("manager"));
    await open(page);
    await checkEveryLook(page);
  });
}

async function show(page: Page, address: string, ready: Locator) {
  await page.goto(address);
  await expect(ready).toBeVisible();
}

async function checkEveryLook(page: Page) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await check.fitsItsWidth(page);
      await check.isAccessible(page, `${colorScheme}, ${width} px`);
    }
  }
}
