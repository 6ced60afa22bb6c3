import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

test.beforeEach(async ({ page, workspace }) => {
  await page.goto(`/okrs?cycle=${workspace.cycleId}`);
  await expect(find.heading(page, "No OKRs in this cycle yet")).toBeVisible();
});

test("an OKR with two key results is planned and stands in the list", async ({ page }) => {
  await page.keyboard.press("n");
  const panel = find.panel(page, "New OKR");
  await expect(find.field(panel, "Objective")).toBeFocused();
  await act.fill(panel, { Objective: "Every bike arrives on the promised day" });
  await act.choose(panel, "Company");
  await act.fill(panel.getByRole("group", { name: "Key result 1" }), {
    "What is measured": "Late deliveries a month",
    From: "38",
    To: "8",
  });
  await find.button(panel, "Add a key result").click();
  const second = panel.getByRole("group", { name: "Key result 2" });
  await act.fill(second, { "What is measured": "Deliveries rated five stars", From: "61", To: "85" });
  await second.getByRole("combobox", { name: "Measured in" }).selectOption("Percent");
  await find.button(panel, "Create OKR").click();

  await expect(find.heading(page, "Every bike arrives on the promised day")).toBeVisible();
  await expect(find.heading(page, "Late deliveries a month")).toBeVisible();
  await expect(find.heading(page, "Deliveries rated five stars")).toBeVisible();
  await expect(page.getByText("from 61% to 85%")).toBeVisible();
  await act.goTo(page, "OKRs");
  const row = find.okrRow(page, "Every bike arrives on the promised day");
  await expect(row).toContainText("Not started");
  await find.button(row, /^2 key results of/).click();
  await expect(page.getByRole("row").filter({ hasText: "Late deliveries a month" })).toBeVisible();
});

test("a form that comes late still begins in its first field", async ({ page }) => {
  const answer = await act.holdBack(page, "**/api/app/directory");
  await page.keyboard.press("n");
  const panel = find.panel(page, "New OKR");
  await expect(find.button(panel, "Create OKR")).toBeVisible();
  await expect(find.field(panel, "Objective")).toHaveCount(0);
  answer();
  await expect(find.field(panel, "Objective")).toBeFocused();
});

test("what is missing is said under its field, and the focus goes there", async ({ page }) => {
  await find.button(page, "New OKR").first().click();
  const panel = find.panel(page, "New OKR");
  await find.button(panel, "Create OKR").click();
  await expect(panel).toBeVisible();
  await check.isRefused(page, "Objective", /./);
  await expect(find.field(panel, "Objective")).toBeFocused();
});

test("leaving a form asks before it throws words away, and gives the focus back", async ({ page }) => {
  const opener = find.button(page, "New OKR").first();
  await opener.click();
  const panel = find.panel(page, "New OKR");
  await find.field(panel, "Objective").fill("Half a thought");
  await page.keyboard.press("Escape");
  await expect(find.button(panel, "Keep editing")).toBeFocused();
  await find.button(panel, "Keep editing").click();
  await expect(find.field(panel, "Objective")).toHaveValue("Half a thought");
  await find.button(panel, "Cancel").click();
  await find.button(panel, "Throw away").click();
  await expect(panel).toBeHidden();
  await expect(opener).toBeFocused();
});

test("no number of Escapes throws words away", async ({ page }) => {
  await page.keyboard.press("n");
  const panel = find.panel(page, "New OKR");
  await find.field(panel, "Objective").pressSequentially("Half a thought");
  await act.pressEach(page, "Escape", "Escape", "Escape", "Escape");
  await find.button(panel, "Keep editing").click();
  // Its button has gone, and the focus with it.
  await act.pressEach(page, "Escape", "Escape", "Escape", "Escape");
  await expect(find.button(panel, "Keep editing")).toBeFocused();
  await expect(find.field(panel, "Objective")).toHaveValue("Half a thought");
});

test("a target that is eased asks why, and the history keeps the original", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.goto(`/okrs/${okr.id}`);
  const panel = find.panel(page, "Edit OKR");
  const change = async (target: string) => {
    await find.button(page, "Edit").first().click();
    await find.field(panel, "To").fill(target);
    await find.button(panel, "Save").click();
  };
  await change("120");
  await expect(panel).toBeHidden();
  await expect(page.getByText("120").first()).toBeVisible();
  await change("80");
  await check.isRefused(page, "Why does the target move?", "must be filled in");
  await find.field(panel, "Why does the target move?").fill("Two people fewer");
  await find.button(panel, "Save").click();
  await expect(panel).toBeHidden();
  await expect(find.history(page).filter({ hasText: "Two people fewer" })).toContainText("120");
});

test("a deleted OKR comes back when its deletion is undone", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Churn"]);
  await page.goto(`/okrs/${okr.id}`);
  await find.button(page, "Delete OKR").click();
  await expect(page.getByRole("status").getByText("“Grow with care” is deleted.")).toBeVisible();
  await find.button(page, "Undo").click();
  await expect(find.heading(page, "Grow with care")).toBeVisible();
  await expect(find.heading(page, "Churn")).toBeVisible();
});
