import { type Page, expect } from "@playwright/test";

import * as check from "../check";
import { demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

/** A key result of a team's OKR that is blocked. */
async function blocked(page: Page, cycle_id: string, team_id: string, title: string) {
  const okr = { title: `Objective of ${title}`, type: "team", cycle_id, team_id };
  const { id } = await server.send(page, "POST", "/api/v1/okrs", okr);
  const key = { title, metric_type: "number", start_value: 0, target_value: 100 };
  const made = await server.send(page, "POST", `/api/v1/okrs/${id}/key-results`, key);
  const said = { value: 3, status: "blocked", blocker_note: "Nobody answers" };
  await server.send(page, "POST", `/api/v1/key-results/${made.id}/checkins`, said);
  return id as string;
}

test("those who lead see what needs them, and others only what is their teams'", async ({
  page,
  browser,
  workspace,
}) => {
  const lead = await server.colleague(page, browser, "Lena Quist");
  const other = await server.colleague(page, browser, "Omar Reyes");
  const { id: lead_id } = await server.send(lead, "GET", "/api/app/me");
  await server.send(page, "PATCH", `/api/app/members/${lead_id}`, { role: "manager" });
  const okrs: string[] = [];
  for (const name of ["Billing", "Search", "Research"]) {
    const manager_id = name === "Research" ? null : lead_id;
    const team = await server.send(page, "POST", "/api/app/teams", { name, manager_id, member_ids: [] });
    okrs.push(await blocked(page, workspace.cycleId, team.id, `Key of ${name}`));
  }

  // Who runs the workspace owns no OKR here, and sees all of it.
  await page.goto("/");
  const needs = find.section(page, "Needs attention");
  await expect(needs.getByRole("listitem")).toHaveCount(3);
  await expect(needs).toContainText("Blocked");
  await expect(find.section(page, "What moved")).toContainText("As soon as a week has passed");
  await expect(find.section(page, "KPIs off target")).toContainText("Every KPI with a target is near it.");
  await expect(find.section(page, "Due next week")).toContainText("3 check-ins");

  // A manager of two.
  await lead.goto("/");
  const hers = find.section(lead, "Needs attention");
  await expect(hers.getByRole("listitem")).toHaveCount(2);
  await expect(hers).not.toContainText("Key of Research");
  const teams = find.section(lead, "Who has checked in").getByRole("listitem");
  await expect(teams).toHaveText(["Billing1 of 1", "Search1 of 1"]);
  await find.link(hers, "Key of Billing").click();
  await check.isAt(lead, `/okrs/${okrs[0]}`);

  // A member without a team.
  await other.goto("/");
  await expect(other.getByText("You are in no team yet.")).toBeVisible();
  await expect(find.heading(other, "Needs attention")).toHaveCount(0);
});

test("what moved since last week is told with its amount", async ({ page }) => {
  await server.signIn(page, demoPerson("admin"));
  await page.goto("/");
  const moved = find.section(page, "What moved");
  await expect(moved.getByRole("listitem").first()).toContainText(/[+−]\d+ points?/);
  await expect(moved).toContainText(/Progress since last week began, on \d+ \w+/);
  await expect(find.section(page, "Who has checked in").getByRole("listitem")).not.toHaveCount(0);
  for (const width of [1024, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    await check.fitsItsWidth(page);
  }
});
