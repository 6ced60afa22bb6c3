import { type Page, expect } from "@playwright/test";

import * as check from "../check";
import { type Role, demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

const COMPANYS = "Be the cargo bike that families recommend";
const ANOTHER_TEAMS = "No bike waits for a part";
const ANOTHER_DEPARTMENTS = "Be a place where people stay";

const as = (page: Page, role: Role) =>
  server.signIn(page, demoPerson(role));

test("a member sees fewer OKRs than an admin", async ({ page }) => {
  await as(page, "admin");
  await page.goto("/okrs");
  await search(page, "No bike waits");
  await expect(find.link(page, ANOTHER_TEAMS)).toBeVisible();
  await search(page, "Be a place");
  await expect(find.link(page, ANOTHER_DEPARTMENTS)).toBeVisible();

  await as(page, "member");
  await page.goto("/okrs");
  await search(page, "No bike waits");
  await expect(find.heading(page, "Nothing matches")).toBeVisible();
  await search(page, "Be a place");
  await expect(find.heading(page, "Nothing matches")).toBeVisible();
  await search(page, "Be the cargo bike");
  await expect(find.link(page, COMPANYS)).toBeVisible();
});

test("a member is shown no way to what only others may do", async ({ page }) => {
  const address = `/okrs/${await server.demoOkr(page, COMPANYS)}`;
  await as(page, "admin");
  await page.goto(address);
  await expect(find.heading(page, COMPANYS)).toBeVisible();
  await expect(find.button(page, "Edit")).toBeVisible();
  await expect(find.button(page, "Delete OKR")).toBeVisible();

  await as(page, "member");
  await page.goto(address);
  await expect(find.heading(page, COMPANYS)).toBeVisible();
  await expect(find.button(page, "Edit")).toBeHidden();
  await expect(find.button(page, "Delete OKR")).toBeHidden();
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("what one may not see looks like what does not exist", async ({ page }) => {
  const hidden = await server.demoOkr(page, ANOTHER_TEAMS);
  await as(page, "member");
  await page.goto(`/okrs/${hidden}`);
  await check.isNotFound(page);
  const shown = await page.getByRole("main").innerText();
  await page.goto("/okrs/00000000-0000-7000-8000-000000000000");
  await check.isNotFound(page);
  expect(await page.getByRole("main").innerText()).toBe(shown);
});

async function search(page: Page, text: string) {
  await page.getByRole("searchbox", { name: "Search" }).fill(text);
}
