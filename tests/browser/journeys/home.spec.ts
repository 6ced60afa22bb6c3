import { expect } from "@playwright/test";

import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

const HOUR = 3_600_000;

test("home tells what others did since the last visit", async ({ page, browser, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  const sam = await server.colleague(page, browser, "Sam Alder");
  const changes = find.section(page, "What changed since your last visit");
  await page.goto("/");
  await expect(find.section(page, "What changed lately")).toContainText("What others check in");
  await server.send(sam, "POST", `/api/app/okrs/${okr.id}/comments`, { text: "Well done" });
  await page.clock.install({ time: Date.now() - HOUR });
  await page.goto("/");
  await expect(find.section(page, "What changed lately")).toContainText("Sam Alder commented");

  await page.clock.setSystemTime(Date.now());
  await page.goto("/");
  await expect(changes.getByRole("listitem")).toContainText("Sam Alder commented");
  await find.link(changes, okr.title).click();
  await check.isAt(page, `/okrs/${okr.id}`);
});

test("what waits for nobody says what would be there", async ({ page, workspace }) => {
  await page.goto("/");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await expect(find.section(page, "KPIs to update")).toContainText("None of your KPIs waits");
  await expect(find.section(page, "Reviews to write")).toContainText("No review waits for you.");
  await expect(find.section(page, "My initiatives")).toContainText("You have no open initiative.");
});
