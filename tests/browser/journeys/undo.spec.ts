// What was checked in by mistake is taken back on the same day. The hosted service has no way to do that.

import { type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

let okr: server.Okr;

test.beforeEach(async ({ page, workspace }) => {
  okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", []);
  const { id: owner_id } = await server.send(page, "GET", "/api/app/me");
  for (const title of ["Signups", "Churn"]) {
    const body = { title, metric_type: "number", start_value: 7.26, target_value: 100, owner_id };
    okr.keyResults.push(await server.send(page, "POST", `/api/v1/okrs/${okr.id}/key-results`, body));
  }
});

const value = (page: Page, title: string) => find.field(find.checkInForm(page, title), "Value");
const undo = (page: Page, title: string) => find.button(find.checkInRow(page, title), "Undo");
const recorded = async (page: Page) => (await server.checkIns(page, okr)).map(({ value }) => value);

test("a check-in is taken back by keyboard in its row, which has its last value again", async ({ page }) => {
  await page.goto("/");
  const [first, second] = await find.titlesOfRows(page, 2);
  await expect(value(page, first)).toBeFocused();
  await page.keyboard.type("43");
  await page.keyboard.press("Enter");
  await check.wasCheckedIn(page, first, "43");
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  await expect(value(page, second)).toBeFocused();
  // By way of the title, which leads to its OKR.
  await act.pressEach(page, "Shift+Tab", "Shift+Tab");
  await expect(undo(page, first)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(value(page, first)).toBeFocused();
  await expect(value(page, first)).toHaveValue("7.26");
  await expect(find.heading(page, "2 check-ins due")).toBeVisible();
  expect(await recorded(page)).toEqual([]);
  await page.keyboard.type("34");
  await page.keyboard.press("Enter");
  await check.wasCheckedIn(page, first, "34");
  await expect.poll(() => recorded(page)).toEqual([34]);
});

test("one of today is taken back from what is folded away, and due again", async ({ page }) => {
  await server.checkIn(page, okr.keyResults[0], { value: 34 });
  await page.goto("/");
  await page.getByText("1 checked in this week").click();
  await undo(page, "Signups").press("Enter");
  await expect(find.heading(page, "2 check-ins due")).toBeVisible();
  await expect(page.getByText("1 checked in this week")).toBeHidden();
  await expect(value(page, "Signups")).toHaveValue("7.26");
  expect(await recorded(page)).toEqual([]);
});

test("one that was changed is taken back as a whole", async ({ page }) => {
  await page.goto("/");
  await act.checkIn(page, "Signups", "43", "From the report");
  await find.button(find.checkInRow(page, "Signups"), "Change").click();
  await expect(value(page, "Signups")).toBeFocused();
  await page.keyboard.type("34");
  await page.keyboard.press("Enter");
  await check.wasCheckedIn(page, "Signups", "34");
  await undo(page, "Signups").click();
  await expect(value(page, "Signups")).toHaveValue("7.26");
  await expect(find.field(find.checkInForm(page, "Signups"), "Comment")).toHaveValue("");
  expect(await recorded(page)).toEqual([]);
});

test("one that waits in the browser is not sent, and what was typed is there again", async ({ page, context }) => {
  await page.goto("/");
  await expect(find.heading(page, "2 check-ins due")).toBeVisible();
  await context.setOffline(true);
  await act.checkIn(page, "Signups", "43", "From the train");
  await expect(page.getByText("1 check-in waits to be sent.")).toBeVisible();
  await undo(page, "Signups").click();
  await expect(page.getByText("1 check-in waits to be sent.")).toBeHidden();
  await expect(value(page, "Signups")).toHaveValue("43");
  await context.setOffline(false);
  await page.reload();
  await expect(value(page, "Signups")).toHaveValue("43");
  await expect(find.field(find.checkInForm(page, "Signups"), "Comment")).toHaveValue("From the train");
  expect(await recorded(page)).toEqual([]);
});

test("one whose answer was lost is not taken for unsent", async ({ page }) => {
  await page.goto("/");
  await page.route("**/checkins", async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await act.checkIn(page, "Signups", "43", "");
  const waiting = page.getByRole("status").filter({ hasText: "1 check-in waits to be sent." });
  await expect(waiting).toBeVisible();
  await expect(undo(page, "Signups")).toBeHidden();
  await find.button(waiting, "Try again").click();
  await undo(page, "Signups").click();
  await expect(value(page, "Signups")).toHaveValue("7.26");
  expect(await recorded(page)).toEqual([]);
});

test("why the server takes nothing back is said", async ({ page }) => {
  await page.goto("/");
  await act.checkIn(page, "Signups", "43", "");
  await check.wasCheckedIn(page, "Signups", "43");
  await server.send(page, "PUT", `/api/v1/key-results/${okr.keyResults[0].id}`, { current_value: 50 });
  await undo(page, "Signups").click();
  await expect(page.getByText("A check-in can be taken back on its day")).toBeVisible();
  await check.wasCheckedIn(page, "Signups", "43");
});

test("what was checked in on an OKR’s page is taken back as a whole", async ({ page }) => {
  await page.goto(`/okrs/${okr.id}`);
  await expect(find.heading(page, "Signups")).toBeVisible();
  await page.keyboard.press("c");
  const [first, second] = okr.keyResults.map(({ title }) => value(page, title));
  await expect(first).toBeFocused();
  await page.keyboard.type("43");
  await page.keyboard.press("Enter");
  await expect(second).toBeFocused();
  await page.keyboard.type("44");
  await page.keyboard.press("Enter");
  await expect(find.panel(page, "Check in")).toBeHidden();
  await expect(find.history(page)).toHaveCount(2);
  const toast = page.getByRole("status").filter({ hasText: "2 key results checked in." });
  await find.button(toast, "Undo").press("Enter");
  await expect(find.history(page)).toHaveCount(0);
  expect(await recorded(page)).toEqual([]);
});

test("what was checked in from the list is taken back there", async ({ page }) => {
  await page.goto("/okrs");
  await find.link(page, okr.title).focus();
  await page.keyboard.press("c");
  const first = value(page, "Signups");
  await expect(first).toBeFocused();
  await page.keyboard.type("43");
  await page.keyboard.press("Enter");
  await check.wasCheckedIn(page, "Signups", "43");
  await undo(page, "Signups").click();
  await expect(first).toHaveValue("7.26");
  expect(await recorded(page)).toEqual([]);
});
