import { type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

let okr: server.Okr;

test.beforeEach(async ({ page, workspace }) => {
  okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups", "Churn"]);
  await page.goto("/");
});

test("a check-in takes the keyboard alone, and stands on the OKR's page", async ({ page }) => {
  const [first, second] = await find.titlesOfRows(page, 2);
  await expect(find.field(find.checkInForm(page, first), "Value")).toBeFocused();
  await page.keyboard.type("45");
  await page.keyboard.press("Alt+2");
  await act.pressEach(page, "Tab", "Tab");
  await page.keyboard.type("A slow week");
  await page.keyboard.press("Enter");

  await check.wasCheckedIn(page, first, "45");
  await expect(find.field(find.checkInForm(page, second), "Value")).toBeFocused();
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  await find.link(page, first).click();
  await expect(find.history(page)).toHaveCount(1);
  await expect(find.history(page)).toContainText("45");
  await expect(find.history(page)).toContainText("At risk");
  await expect(find.history(page)).toContainText("A slow week");
});

test("a week is done with Enter, and the focus is never lost", async ({ page }) => {
  for (const title of await find.titlesOfRows(page, 2)) {
    await expect(find.field(find.checkInForm(page, title), "Value")).toBeFocused();
    await page.keyboard.press("Enter");
  }
  await expect(find.heading(page, "Nothing is due. Well kept.")).toBeVisible();
  await expect(page.locator("main :focus")).toContainText("Checked in");
});

test("Enter that is held down checks in one row", async ({ page }) => {
  const [first, second] = await find.titlesOfRows(page, 2);
  // Pressed again without being let go, a key repeats.
  for (let times = 0; times < 5; times += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await check.wasCheckedIn(page, first, "0");
  await expect(find.field(find.checkInForm(page, second), "Value")).toBeFocused();
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  expect(await server.checkIns(page, okr)).toHaveLength(1);
});

test("what is typed right after Enter is in the next row", async ({ page }) => {
  const [first, second] = await find.titlesOfRows(page, 2);
  // Sent together, the digit arrives before a frame has been painted.
  await Promise.all([page.keyboard.press("Enter"), page.keyboard.press("7")]);
  await expect(find.field(find.checkInForm(page, second), "Value")).toHaveValue("7");
  await check.wasCheckedIn(page, first, "0");
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  await page.keyboard.press("Enter");
  await check.wasCheckedIn(page, second, "7");
});

test("what is no number is refused where the focus stays", async ({ page }) => {
  const [first] = await find.titlesOfRows(page, 2);
  const value = find.field(find.checkInForm(page, first), "Value");
  await value.fill("many");
  await value.press("Enter");
  await expect(value).toHaveAttribute("aria-invalid", "true");
  await expect(value).toBeFocused();
  await expect(find.checkInForm(page, first).getByRole("alert")).toContainText("must be a number");
  expect(await server.checkIns(page, okr)).toEqual([]);
});

test("a refusal that comes late takes the focus from nobody", async ({ page }) => {
  const [first, second] = await find.titlesOfRows(page, 2);
  const refusal = { status: 403, json: { error: "forbidden", message: "You may not do this" } };
  await page.route("**/checkins", (route) => route.fulfill(refusal), { times: 1 });
  await page.keyboard.press("Enter");
  await expect(find.checkInForm(page, first).getByRole("alert")).toContainText("You may not do this");
  await expect(find.field(find.checkInForm(page, second), "Value")).toBeFocused();
});

test("whoever changes a check-in begins in its field", async ({ page }) => {
  await act.checkIn(page, "Signups", "12", "");
  // The hosted service corrects nothing.
  await find.button(find.checkInRow(page, "Signups"), /^(Change|New check-in)$/).press("Enter");
  await expect(find.field(find.checkInForm(page, "Signups"), "Value")).toBeFocused();
});

test("a blocker asks what blocks", async ({ page }) => {
  const form = find.checkInForm(page, "Signups");
  await find.field(form, "Value").press("Alt+b");
  await find.field(form, "What blocks it?").fill("The payment provider");
  await find.button(form, "Check in").click();
  await check.wasCheckedIn(page, "Signups", "0");
  await expect
    .poll(() => server.checkIns(page, okr))
    .toMatchObject([{ status: "blocked", blocker_note: "The payment provider" }]);
});

test("words that are not sent survive a reload", async ({ page }) => {
  const form = find.checkInForm(page, "Churn");
  await find.field(form, "Value").press("Alt+b");
  await act.fill(form, { Comment: "Half a sentence", "What blocks it?": "Half a reason" });
  await page.reload();
  await expect(find.field(form, "Comment")).toHaveValue("Half a sentence");
  await find.field(form, "Value").press("Alt+b");
  await expect(find.field(form, "What blocks it?")).toHaveValue("Half a reason");
});

test("words that are sent are not there a second time", async ({ page }) => {
  await act.checkIn(page, "Churn", "3", "A whole sentence");
  await expect.poll(() => server.checkIns(page, okr)).toHaveLength(1);
  await page.reload();
  await page.getByText("1 checked in this week").click();
  const row = find.checkInRow(page, "Churn");
  await expect(find.button(row, /^(Change|New check-in)$/)).toBeVisible();
  // One with words that are not sent would be open.
  await expect(find.checkInForm(page, "Churn")).toHaveCount(0);
});

test("all that was changed is checked in at once", async ({ page }) => {
  for (const title of ["Signups", "Churn"]) {
    await act.fill(find.checkInForm(page, title), { Value: "7" });
  }
  await find.button(page, "Check in 2 changed").click();
  await check.wasCheckedIn(page, "Signups", "7");
  await check.wasCheckedIn(page, "Churn", "7");
  await expect.poll(() => server.checkIns(page, okr)).toHaveLength(2);
});

test("a check-in that the server refuses comes back with all that was typed", async ({ page }) => {
  const refusal = { status: 403, json: { error: "forbidden", message: "You may not do this" } };
  await page.route("**/checkins", (route) => route.fulfill(refusal));
  await act.checkIn(page, "Signups", "12", "Better");
  const form = find.checkInForm(page, "Signups");
  await expect(form.getByRole("alert")).toContainText("You may not do this");
  await expect(find.field(form, "Value")).toHaveValue("12");
  await expect(find.field(form, "Comment")).toHaveValue("Better");
});

test("a check-in that the server has no time for is kept and sent by itself", async ({ page }) => {
  await page.route("**/checkins", server.tooMany(2), { times: 1 });
  await act.checkIn(page, "Signups", "12", "Better");
  const outcome = find.checkInRow(page, "Signups").getByRole("status");
  await expect(outcome).toContainText("12 is kept here and sent as soon as the server takes more");
  await expect(page.getByText("1 check-in waits to be sent.")).toBeVisible();
  await check.wasCheckedIn(page, "Signups", "12");
  await expect(page.getByText("waits to be sent")).toBeHidden();
  expect(await server.checkIns(page, okr)).toMatchObject([{ value: 12, comment: "Better" }]);
});

test("a refusal whose row is gone is said above the page", async ({ page }) => {
  const refusal = { status: 403, json: { error: "forbidden", message: "You may not do this" } };
  const release = await act.holdBack(page, "**/checkins", refusal);
  await act.checkIn(page, "Signups", "12", "Better");
  await act.goTo(page, "OKRs");
  await check.isAt(page, "/okrs");
  release();
  await expect(page.getByText("“Signups” could not be checked in: You may not do this")).toBeVisible();
  await act.goTo(page, "Home");
  await expect(find.field(find.checkInForm(page, "Signups"), "Comment")).toHaveValue("Better");
});

test.describe("for a reader who writes decimal commas", () => {
  test.use({ locale: "de-DE" });

  test("they are taken as such", async ({ page }) => {
    await act.checkIn(page, "Signups", "4,5", "");
    await check.wasCheckedIn(page, "Signups", "4,5");
    await expect.poll(() => server.checkIns(page, okr)).toMatchObject([{ value: 4.5 }]);
  });
});
