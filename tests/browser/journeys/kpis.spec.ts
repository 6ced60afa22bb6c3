import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

test("a KPI is made, and its next value recorded on its page", async ({ page, workspace }) => {
  await page.goto("/kpis");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await expect(find.heading(page, "No KPIs yet")).toBeVisible();
  await page.keyboard.press("n");
  const panel = find.panel(page, "New KPI");
  await act.fill(panel, { "What is measured": "Orders in a week", "Value today": "120", Target: "150" });
  await find.button(panel, "Create KPI").click();

  await expect(find.heading(page, "Orders in a week")).toBeVisible();
  const form = page.getByRole("form", { name: "Orders in a week" });
  await act.fill(form, { Value: "131", Comment: "The spring campaign" });
  await page.keyboard.press("Enter");
  const updates = page.getByRole("region", { name: "Updates" });
  await expect(updates).toContainText("131");
  await expect(updates).toContainText("The spring campaign");
  await act.goTo(page, "KPIs");
  const row = page.getByRole("row").filter({ has: find.link(page, "Orders in a week") });
  await expect(row).toContainText("131");
  await expect(row).toContainText("Improving");
});

test("groups stand as the reader's language sorts them, with their numbers by value", async ({ page, workspace }) => {
  const groups = ["Zones", "Plant 10", "Äcker", "Plant 9"];
  for (const group_name of groups) {
    await server.send(page, "POST", "/api/v1/kpis", { name: "Yield", target_value: 150, group_name });
  }
  await page.goto("/kpis");
  await expect(find.navigation(page)).toContainText(workspace.name);
  const found = page.getByRole("row").getByRole("heading");
  await expect(found).toContainText(["Äcker", "Plant 9", "Plant 10", "Zones"]);
});

test("a value that is no number is refused where the focus stays", async ({ page, workspace }) => {
  const kpi = await server.makeKpi(page, "Orders in a week");
  await page.goto(`/kpis/${kpi}`);
  await expect(find.navigation(page)).toContainText(workspace.name);
  const value = find.field(page.getByRole("form", { name: "Orders in a week" }), "Value");
  await value.fill("many");
  await page.keyboard.press("Enter");
  await expect(value).toHaveAttribute("aria-invalid", "true");
  await expect(value).toBeFocused();
  expect(await server.kpiValues(page, kpi)).toEqual([]);
});

test("a deleted KPI comes back when its deletion is undone", async ({ page, workspace }) => {
  await page.goto(`/kpis/${await server.makeKpi(page, "Orders in a week")}`);
  await expect(find.navigation(page)).toContainText(workspace.name);
  await find.button(page, "Delete KPI").click();
  await check.isAt(page, "/kpis");
  await find.button(page, "Undo").click();
  await expect(find.heading(page, "Orders in a week")).toBeVisible();
});

test("a KPI shows the period that its address asks for", async ({ page }) => {
  await server.signIn(page, demoPerson("manager"));
  await page.goto("/kpis");
  const row = page.getByRole("row").filter({ has: find.link(page, "Days of stock") });
  // Less of it is better, and nobody has counted it for a while.
  await expect(row).toContainText("Improving");
  await expect(row).toContainText("Overdue");
  await find.link(page, "Days of stock").click();
  const points = page.getByRole("img", { name: /The target is 55 days\./ });
  await expect(points).toHaveAccessibleName(/^8 values/);
  await act.choose(page, "3 months");
  await expect(points).toHaveAccessibleName(/^[123] values/);
  await page.reload();
  await expect(page.getByRole("radio", { name: "3 months" })).toBeChecked();
  await expect(points).toHaveAccessibleName(/^[123] values/);
});

test("days are those of the workspace, not of the browser", async ({ page, workspace }) => {
  const kpi = await server.makeKpi(page, "Orders in a week");
  const update = await server.send(page, "POST", `/api/v1/kpis/${kpi}/updates`, { value: 120 });
  const recorded = new Date(update.created_at);
  // Where it was recorded in the last hour of a day. The sign is as POSIX has it.
  const ahead = ((35 - recorded.getUTCHours()) % 24) - 12;
  const timezone = `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
  await server.send(page, "PATCH", "/api/app/workspace", { timezone });
  await page.clock.install({ time: recorded.getTime() + 3_600_000 });
  await page.goto(`/kpis/${kpi}`);
  await expect(find.navigation(page)).toContainText(workspace.name);
  await expect(page.getByRole("region", { name: "Updates" })).toContainText("yesterday");
});
