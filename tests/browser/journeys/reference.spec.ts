// The reference of the API at /docs: for people who are not signed in, with and without scripts.

import { execFileSync } from "node:child_process";
import { brotliCompressSync } from "node:zlib";

import { type Page, expect } from "@playwright/test";

import * as check from "../check";
import { demoKey, url } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";

const search = (page: Page) => page.getByRole("searchbox", { name: "Search this page" });
const tab = (page: Page, language: string) => page.locator(".tabs label", { hasText: language }).first();

/** The example of an operation in the language that is chosen. */
const example = (page: Page, operation: string, language: string) =>
  page.getByRole("group", { name: `${operation}, in ${language}`, exact: true });

test("the reference is whole without scripts and for whoever is not signed in", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: url, javaScriptEnabled: false });
  const page = await context.newPage();
  const document = await (await page.request.get("/api/v1/openapi.json")).json();
  const items: object[] = Object.values(document.paths);
  const operations: { "x-name": string }[] = items.flatMap(Object.values);
  await page.goto("/docs");
  await expect(find.heading(page, "API reference")).toBeVisible();
  expect(operations.length).toBeGreaterThanOrEqual(20);
  for (const operation of operations) {
    const name = operation["x-name"];
    await expect(page.getByRole("heading", { name, level: 3, exact: true })).toBeVisible();
    await expect(example(page, name, "curl")).toBeVisible();
  }
  await tab(page, "Python").click();
  await expect(example(page, "Create OKR", "Python")).toBeVisible();
  await expect(example(page, "Create OKR", "curl")).toBeHidden();
  await expect(search(page)).toBeHidden();
  await find.link(page, "Back to app").click();
  await expect(page).toHaveURL("/");
  await context.close();
});

test("the reference asks for nothing but files and lies in few bytes", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/docs");
  await expect(search(page)).toBeVisible();
  for (const path of asked) expect(path).toMatch(/^\/(docs|docs-\w+\.(css|js)|icon-\w+\.svg)$/);
  let bytes = 0;
  for (const path of new Set(asked)) {
    bytes += brotliCompressSync(await (await page.request.get(path)).body()).length;
  }
  expect(bytes, "compressed").toBeLessThan(40_000);
  const none = await page.request.get("/docs/none");
  expect(none.status()).toBe(404);
});

test("the reference looks right and is accessible everywhere", async ({ page }) => {
  // It is the longest page there is, and looked at four times.
  test.setTimeout(180_000);
  await page.goto("/docs");
  await expect(search(page)).toBeVisible();
  await check.looksRightEverywhere(page);
});

test("an address within the reference leads to what it names, and stays", async ({ page }) => {
  for (const anchor of ["create-okr", "create-okr.cycle_id", "error-rate_limit_exceeded", "mcp-tools"]) {
    await page.goto(`/docs#${anchor}`);
    const bar = await page.getByRole("banner").evaluate((bar) => bar.getBoundingClientRect().bottom);
    const top = () => page.locator(`[id="${anchor}"]`).evaluate((place) => place.getBoundingClientRect().top);
    await expect.poll(top).toBeLessThan(bar + 40);
    expect(await top()).toBeGreaterThanOrEqual(bar);
    await page.mouse.wheel(0, 3000);
    await expect(page).toHaveURL(`/docs#${anchor}`);
    await page.goto("about:blank");
  }
});

test("what one looks for in the reference is found with the keys", async ({ page }) => {
  await page.goto("/docs");
  await expect(search(page)).toBeVisible();
  await page.keyboard.press("/");
  await expect(search(page)).toBeFocused();
  await page.keyboard.type("retry");
  await expect(page.getByRole("status").filter({ hasText: "found" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/docs#retry");
  await expect(find.heading(page, "Retry")).toBeInViewport();
  await search(page).fill("blocker_note");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#check-in.*blocker_note$/);
  await search(page).fill("zebra");
  await expect(page.getByText("Nothing found")).toBeVisible();
});

test("the language of the examples stays chosen", async ({ page }) => {
  await page.goto("/docs");
  await expect(search(page)).toBeVisible();
  await tab(page, "Rust").click();
  await expect(example(page, "Create KPI", "Rust")).toBeVisible();
  await page.reload();
  await expect(example(page, "Create KPI", "Rust")).toBeVisible();
  await page.goto("/docs?lang=javascript");
  await expect(example(page, "Create KPI", "JavaScript")).toBeVisible();
});

test("the examples of the reference run as they are copied", async ({ page, context }) => {
  test.setTimeout(60_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/docs");
  const programs = { curl: ["sh", "-c"], JavaScript: ["node", "--input-type=module", "-e"], Python: ["python3", "-c"] };
  const env = { ...process.env, OKRS_URL: url, OKRS_KEY: demoKey() };
  for (const [language, [program, ...args]] of Object.entries(programs)) {
    await tab(page, language).click();
    for (const operation of ["List cycles", "List KPIs", "List review cycles"]) {
      await find.button(page, `Copy: ${operation}`).click();
      await expect(page.getByText("Copied")).toBeVisible();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const printed = execFileSync(program, [...args, copied], { env, encoding: "utf8" });
      expect(printed, `${operation} in ${language}`).toMatch(/\bid\b/);
    }
  }
});
