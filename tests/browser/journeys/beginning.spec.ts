// From an empty deployment to the first check-in, by screens only.

import { randomUUID } from "node:crypto";

import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { setUpToken } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

test("a stranger sets up a workspace, plans a quarter and checks in", async ({ page }) => {
  await page.goto("/set-up");
  await act.fill(page, {
    "Set-up token": setUpToken,
    "Name of the workspace": "Rowan & Sons",
    "Your name": "Robin Frost",
    "E-mail address": `${randomUUID()}@example.test`,
  });
  await find.passwordField(page).fill("a-password-for-tests");
  await find.button(page, "Create the workspace").click();

  await expect(find.heading(page, "Your first cycle")).toBeVisible();
  // The one that runs, so that there is something to check in at once.
  await page.getByRole("radio", { name: /, runs, |, ends today/ }).check({ force: true });
  const name = await find.field(page, "Name").inputValue();
  expect(name).toMatch(/^Q[1-4] \d{4}$/);
  await find.button(page, "Begin with this cycle").click();

  const steps = page.getByRole("region", { name: "Three steps to begin" });
  await expect(steps.getByRole("listitem")).toHaveCount(3);
  await expect(find.cyclePicker(page)).toContainText(`${name}, week `);
  await find.link(steps, "Write an OKR").click();
  const panel = find.panel(page, "New OKR");
  await act.fill(panel, { Objective: "Every bike arrives on the promised day" });
  await act.choose(panel, "Company");
  await panel.getByRole("combobox", { name: "Owner" }).first().selectOption("Robin Frost");
  await act.fill(panel.getByRole("group", { name: "Key result 1" }), {
    "What is measured": "Late deliveries a month",
    From: "38",
    To: "8",
  });
  await find.button(panel, "Create OKR").click();
  await expect(find.heading(page, "Every bike arrives on the promised day")).toBeVisible();

  await act.goTo(page, "Home");
  await expect(steps.getByRole("listitem").filter({ hasText: "Write the first OKR" })).toContainText("Done:");
  await act.checkIn(page, "Late deliveries a month", "35", "Two carriers fewer");
  await check.wasCheckedIn(page, "Late deliveries a month", "35");

  await find.link(steps, "Invite somebody").click();
  const invite = find.panel(page, "Invite somebody");
  await act.fill(invite, { "E-mail address": "sam@example.test", Name: "Sam Alder" });
  await find.button(invite, "Make the invitation").click();
  await find.button(find.panel(page, "The invitation for Sam Alder"), "Done").click();
  await act.goTo(page, "Home");
  await expect(find.heading(page, "1 checked in this week").or(page.getByText("1 checked in this week"))).toBeVisible();
  await expect(steps).toBeHidden();
});

test("whoever skips the first cycle is led to it from each place that needs one", async ({ page }) => {
  await server.makeWorkspace(page, { withCycle: false });
  await page.goto("/");
  await find.link(page, "Plan a cycle").click();
  await expect(find.panel(page, "New cycle")).toBeVisible();
  await page.goto("/okrs");
  await find.link(page, "Plan a cycle").click();
  const panel = find.panel(page, "New cycle");
  await find.button(panel, "Create").click();
  await expect(page.getByRole("row").filter({ hasText: /^Q[1-4] \d{4}/ })).toHaveCount(1);
  // A workspace has one first cycle.
  await page.goto("/set-up/cycle");
  await check.isAt(page, "/");
});
