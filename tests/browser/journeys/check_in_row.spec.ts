// A row to check in, whose key result stands at something already: what is filled in must never mix with
// what one types.

import { type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

const value = (page: Page, title: string) => find.field(find.checkInForm(page, title), "Value");

test.describe("of two that stand at 7.26", () => {
  let okr: server.Okr;

  test.beforeEach(async ({ page, workspace }) => {
    okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", []);
    await makeKeyResults(page, okr, ["Signups", "Churn"], {
      metric_type: "number",
      start_value: 7.26,
      target_value: 100,
    });
    await page.goto("/");
  });

  const ways: Record<string, (page: Page, first: string, second: string) => Promise<string>> = {
    "when the page opens": async (_, first) => first,
    "by Tab": async (page, first) => {
      await act.pressEach(page, "Tab", "Shift+Tab");
      return first;
    },
    "by a click": async (page, _, second) => {
      await value(page, second).click();
      return second;
    },
    "by a click at its beginning": async (page, _, second) => {
      await value(page, second).click({ position: { x: 3, y: 12 } });
      return second;
    },
    "by Enter from the row before": async (page, _, second) => {
      await page.keyboard.press("Enter");
      return second;
    },
    "by an arrow key": async (page, _, second) => {
      await page.keyboard.press("ArrowDown");
      return second;
    },
    "by the shortcut": async (page, first) => {
      await act.pressEach(page, "Escape", "c");
      return first;
    },
  };
  for (const [name, come] of Object.entries(ways)) {
    test(`43 typed over 7.26 is 43: ${name}`, async ({ page }) => {
      const [first, second] = await find.titlesOfRows(page, 2);
      await expect(value(page, first)).toBeFocused();
      const title = await come(page, first, second);
      await expect(value(page, title)).toBeFocused();
      await page.keyboard.type("43");
      await page.keyboard.press("Enter");
      await check.wasCheckedIn(page, title, "43");
      const recorded = async () => (await server.checkIns(page, okr))[0]?.value;
      await expect.poll(recorded).toBe(43);
    });
  }

  test("a second click puts the caret where it is wanted", async ({ page }) => {
    const [first] = await find.titlesOfRows(page, 2);
    await expect(value(page, first)).toBeFocused();
    await value(page, first).click({ position: { x: 3, y: 12 } });
    await page.keyboard.press("End");
    await page.keyboard.type("1");
    await expect(value(page, first)).toHaveValue("7.261");
  });

  test("Alt with B shows the reason, Enter goes into it, and what is missing is said under it", async ({ page }) => {
    const [first] = await find.titlesOfRows(page, 2);
    const form = find.checkInForm(page, first);
    const reason = find.field(form, "What blocks it?");
    await expect(value(page, first)).toBeFocused();
    await act.pressEach(page, "Alt+b", "Enter");
    await expect(reason).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(reason).toBeFocused();
    await check.isRefused(page, "What blocks it?", "Say what blocks it.");
    const [field, message] = await Promise.all([
      reason.boundingBox(),
      form.getByText("Say what blocks it.").boundingBox(),
    ]);
    expect(message?.x).toBe(field?.x);
    await page.keyboard.type("The payment provider");
    await page.keyboard.press("Enter");
    await check.wasCheckedIn(page, first, "7.26");
    const recorded = [{ value: 7.26, status: "blocked", blocker_note: "The payment provider" }];
    await expect.poll(() => server.checkIns(page, okr)).toMatchObject(recorded);
  });

  test("what was typed and not sent is there again after a reload", async ({ page }) => {
    const [first] = await find.titlesOfRows(page, 2);
    await expect(value(page, first)).toBeFocused();
    await page.keyboard.type("43");
    await page.keyboard.press("Alt+3");
    await page.reload();
    await expect(value(page, first)).toHaveValue("43");
    await expect(find.checkInForm(page, first).getByRole("radio", { name: "Off track" })).toBeChecked();
    await page.keyboard.press("Enter");
    await check.wasCheckedIn(page, first, "43");
    await expect.poll(() => server.checkIns(page, okr)).toMatchObject([{ value: 43, status: "off_track" }]);
  });

  test("a slip is corrected within the day, by the same row", async ({ page }) => {
    await act.checkIn(page, "Signups", "43", "From the report");
    await check.wasCheckedIn(page, "Signups", "43");
    await find.button(find.checkInRow(page, "Signups"), "Change").click();
    const form = find.checkInForm(page, "Signups");
    await expect(find.field(form, "Comment")).toHaveValue("From the report");
    await expect(value(page, "Signups")).toBeFocused();
    await page.keyboard.type("34");
    await page.keyboard.press("Enter");
    await check.wasCheckedIn(page, "Signups", "34");
    const recorded = [{ value: 34, comment: "From the report" }];
    await expect.poll(() => server.checkIns(page, okr)).toMatchObject(recorded);
  });

  test("and later on the same day, from what is folded away", async ({ page }) => {
    const signups = okr.keyResults[0];
    await server.checkIn(page, signups, { value: 34, comment: "From the report" });
    await page.reload();
    await page.getByText("1 checked in this week").click();
    await find.button(find.checkInRow(page, "Signups"), "Change").click();
    const comment = find.field(find.checkInForm(page, "Signups"), "Comment");
    await comment.fill("From the right report");
    await comment.press("Enter");
    const corrected = [{ value: 34, comment: "From the right report" }];
    await expect.poll(() => server.checkIns(page, okr)).toMatchObject(corrected);
  });
});

test("Enter leads to what is chosen in a row of yes and no", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", []);
  await makeKeyResults(page, okr, ["Tour is live", "Help is live"], { metric_type: "boolean", target_value: 1 });
  await page.goto("/");
  const [first, second] = await find.titlesOfRows(page, 2);
  const choice = (title: string, name: string) =>
    find.checkInForm(page, title).getByRole("radio", { name, exact: true });
  await expect(choice(first, "No")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(choice(second, "No")).toBeFocused();
  await act.pressEach(page, "ArrowUp", "Enter");
  await check.wasCheckedIn(page, second, "Yes");
  const recorded = async () => (await server.checkIns(page, okr)).map((checkIn) => checkIn.value);
  await expect.poll(recorded).toEqual([1, 0]);
});

test("the picker does not hide what is due in another cycle", async ({ page, workspace }) => {
  const year = new Date().getUTCFullYear() + 1;
  await server.makeCycle(page, year);
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.goto("/");
  await find.cyclePicker(page).selectOption(`Year ${year}`);
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  await expect(find.checkInForm(page, okr.keyResults[0].title)).toBeVisible();
});

test("c checks in an OKR where it stands: in its row of the list, and on its page", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups", "Churn"]);
  const panel = find.panel(page, "Check in");
  await page.goto("/okrs");
  await find.link(page, okr.title).focus();
  await page.keyboard.press("c");
  const [first, second] = okr.keyResults.map(({ title }) => find.field(find.checkInForm(page, title), "Value"));
  await expect(first).toBeFocused();
  await page.keyboard.type("43");
  await page.keyboard.press("Enter");
  await expect(second).toBeFocused();
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  await expect(panel).toBeHidden();
  const recorded = async () => (await server.checkIns(page, okr)).map((checkIn) => checkIn.value);
  await expect.poll(recorded).toEqual([7, 43]);

  await page.goto(`/okrs/${okr.id}`);
  await expect(find.history(page)).toHaveCount(2);
  await page.keyboard.press("c");
  await expect(first).toBeFocused();
  await expect(first).toHaveValue("43");
  await page.keyboard.type("44");
  await page.keyboard.press("Enter");
  await expect(second).toBeFocused();
  await check.wasCheckedIn(page, okr.keyResults[0].title, "44");
  await find.button(panel, "Close").click();
  await expect(find.history(page)).toHaveCount(3);
});

/** Key results of the signed-in person. */
async function makeKeyResults(page: Page, okr: server.Okr, titles: string[], more: object) {
  const { id: owner_id } = await server.send(page, "GET", "/api/app/me");
  for (const title of titles) {
    const body = { title, start_value: 0, owner_id, ...more };
    const made = await server.send(page, "POST", `/api/v1/okrs/${okr.id}/key-results`, body);
    okr.keyResults.push(made);
  }
}
