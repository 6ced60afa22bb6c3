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

/** Styled, accessible and within its width: on a phone and on a desk, light and dark. */
export async function looksRightEverywhere(page: Page) {
  await hasItsSheets(page);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await fitsItsWidth(page);
      await isAccessible(page, `${colorScheme}, ${width} px`);
    }
  }
}

/** The page does not scroll sideways. */
export async function fitsItsWidth(page: Page) {
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overhang, "pixels beyond the window").toBeLessThanOrEqual(0);
}

/**
 * No rule of a sheet that the page did not ask for would change it: it looks the same to whoever comes
 * from elsewhere and has fetched that sheet already.
 */
async function hasItsSheets(page: Page) {
  const missing = () =>
    page.evaluate(async () => {
      const found = new Set<string>();
      const isOnPage = (selector: string) => {
        // What they match comes and goes.
        const lasting = selector.replace(/::[\w-]+|:(hover|focus|focus-visible|focus-within|active)\b/g, "");
        return document.querySelector(lasting.trim() || "*") !== null;
      };
      const look = (rules: CSSRuleList, sheet: string) => {
        for (const rule of rules) {
          if (rule instanceof CSSStyleRule) {
            if (isOnPage(rule.selectorText)) found.add(`${sheet}: ${rule.selectorText}`);
          } else if (rule instanceof CSSGroupingRule) {
            look(rule.cssRules, sheet);
          }
        }
      };
      for (const link of document.querySelectorAll<HTMLLinkElement>('link[id^="sheet-"]')) {
        if (!link.disabled) continue;
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(await (await fetch(link.href)).text());
        look(sheet.cssRules, link.id);
      }
      return [...found];
    });
  await expect.poll(missing, "rules of sheets that are off").toEqual([]);
}

/** WCAG 2.2 AA and good practice, as far as axe sees it. */
async function isAccessible(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
    // Our pages have no frames, and without looking for them it takes a quarter of the time.
    .setLegacyMode()
    .analyze();
  const found = violations.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`);
    return `${id} (${help})\n${places.join("\n")}`;
  });
  expect.soft(found, where).toEqual([]);
}
