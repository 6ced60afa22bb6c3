// What the first visit costs: docs/decisions/0006-what-the-first-visit-fetches.md.

import { brotliCompressSync } from "node:zlib";

import { type Page, expect } from "@playwright/test";

import { isOptimised } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

/** In bytes, of everything together, as small as brotli makes it. It is meant to become 240,000. */
const MOST = 265_500;

test("home is there after at most 265.5 kB", async ({ page, workspace }) => {
  test.skip(!isOptimised, "only the optimised build is small");
  await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  const sizes = await sizesOfAll(page, async () => {
    await page.goto("/");
    await expect(find.heading(page, "1 check-in due")).toBeVisible();
  });
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const list = sizes.sort((a, b) => b.size - a.size).map(({ path, size }) => `${size} ${path}`);
  console.log(`${total} bytes in ${sizes.length} files\n${list.join("\n")}`);
  expect(total, list.join("\n")).toBeLessThanOrEqual(MOST);
});

/** What is fetched by then, and how many bytes each takes. */
async function sizesOfAll(page: Page, visit: () => Promise<void>) {
  const sizes: Promise<{ path: string; size: number }>[] = [];
  page.on("response", (response) => {
    const path = new URL(response.url()).pathname;
    // Quality 11 is what brotli does by itself.
    sizes.push(response.body().then((body) => ({ path, size: brotliCompressSync(body).length })));
  });
  await visit();
  await page.waitForLoadState("networkidle");
  return Promise.all(sizes);
}
