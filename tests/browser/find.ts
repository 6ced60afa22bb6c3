// Where things are: by role and name, as people and screen readers find them.

import { type Locator, type Page, expect } from "@playwright/test";

export const navigation = (page: Page) => page.getByRole("navigation", { name: "Main" });

export const field = (page: Page | Locator, name: string) => page.getByRole("textbox", { name });

export const passwordField = (page: Page) => page.getByLabel("Password", { exact: true });

export const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });

export const myMenu = (page: Page) => button(page, / my menu$/);

export const link = (page: Page | Locator, name: string) =>
  page.getByRole("link", { name, exact: true });

export const heading = (page: Page | Locator, name: string) =>
  page.getByRole("heading", { name, exact: true });

/** The row of a key result on the home page. */
export const checkInRow = (page: Page, title: string) =>
  page.getByRole("listitem").filter({ has: heading(page, title) });

/** The form in that row. */
export const checkInForm = (page: Page, title: string) =>
  page.getByRole("form", { name: title, exact: true });

/** The row of an OKR in the list. */
export const okrRow = (page: Page, title: string) =>
  page.getByRole("row").filter({ has: link(page, title) });

/** What has been said on an OKR, latest first. */
export const history = (page: Page) =>
  page.getByRole("region", { name: "History" }).getByRole("list").getByRole("listitem");

/** What people said about an OKR, oldest first. */
export const comments = (page: Page) =>
  page.getByRole("region", { name: "Comments" }).getByRole("article");

/** Where an OKR is written. */
export const panel = (page: Page, name: string) => page.getByRole("dialog", { name });

/** Where one looks for anything. */
export const search = (page: Page) => page.getByRole("combobox", { name: "Search everything" });

/** Something that was found there. */
export const hit = (page: Page, title: string) => page.getByRole("option", { name: title, exact: true });

/** In which cycle one works. */
export const cyclePicker = (page: Page) => page.getByRole("combobox", { name: "Cycle", exact: true });

/** A part of a page, by its heading. */
export const section = (page: Page, name: string) =>
  page.locator("section").filter({ has: heading(page, name) });

/** The titles of so many rows to check in, as the page has them. */
export async function titlesOfRows(page: Page, count: number): Promise<string[]> {
  const rows = page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("form") });
  const titles = rows.getByRole("heading", { level: 3 });
  await expect(titles).toHaveCount(count);
  return titles.allInnerTexts();
}
