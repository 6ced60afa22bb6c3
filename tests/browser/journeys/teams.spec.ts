import { type Page, expect } from "@playwright/test";

import * as check from "../check";
import { demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });

test("a department and a team in it are made, changed and put away", async ({ page, workspace: _ }) => {
  await server.invite(page, "Grace Hopper");
  await page.goto("/settings");
  await find.link(page, "Teams").click();
  await expect(find.heading(page, "No team yet")).toBeVisible();

  await find.button(page, "New department").click();
  const department = find.panel(page, "New department");
  await find.button(department, "Create").click();
  await check.isRefused(page, "Name", "must not be blank");
  await find.field(department, "Name").fill("Product");
  await find.button(department, "Create").click();
  await expect(page.getByText("No team in it yet.")).toBeVisible();

  await page.keyboard.press("n");
  const team = find.panel(page, "New team");
  await find.field(team, "Name").fill("Onboarding");
  await team.getByLabel("Department").selectOption("Product");
  await expect(team.getByText("Nobody chosen yet")).toBeVisible();
  await team.getByLabel("Grace Hopper").check();
  await find.button(team, "Create").click();
  await expect(page.getByText("Onboarding is there.")).toBeVisible();
  await expect(rowOf(page, "Onboarding")).toContainText("Grace Hopper");
  await expect(find.section(page, "Product").getByRole("row")).toHaveCount(2);

  await find.button(page, "Edit: Onboarding").click();
  const edit = find.panel(page, "Edit team");
  await edit.getByLabel("Grace Hopper").uncheck();
  await find.field(edit, "Name").fill("First steps");
  await find.button(edit, "Save").click();
  await expect(rowOf(page, "First steps")).toContainText("Nobody yet");

  await find.button(page, "Archive: First steps").click();
  await expect(page.getByText("1 archived", { exact: true })).toBeVisible();
  await find.button(page, "Undo").click();
  await expect(page.getByText("1 archived", { exact: true })).toBeHidden();
  await expect(rowOf(page, "First steps")).toBeVisible();

  await find.button(page, "Edit: Product").click();
  const rename = find.panel(page, "Edit department");
  await find.field(rename, "Name").fill("Product and design");
  await find.button(rename, "Save").click();
  await expect(find.heading(page, "Product and design")).toBeVisible();
});

test("whoever manages a team renames it and no more; members only see who works with whom", async ({ page }) => {
  await server.signIn(page, demoPerson("manager"));
  await page.goto("/settings/teams");
  await expect(find.button(page, /^Archive: /)).toHaveCount(0);
  await expect(find.button(page, "New team")).toHaveCount(0);
  await find.button(page, /^Edit: /).first().click();
  const panel = find.panel(page, "Edit team");
  await expect(find.field(panel, "Name")).not.toHaveValue("");
  await expect(panel.getByRole("checkbox")).toHaveCount(0);
  await find.button(panel, "Cancel").click();

  await server.signIn(page, demoPerson("member"));
  await page.goto("/settings/teams");
  await expect(page.getByRole("table").first()).toBeVisible();
  await expect(find.button(page, /^(Edit|Archive): /)).toHaveCount(0);
});

test("the workspace's name, zone, week and rules are what an admin has set", async ({ page, workspace }) => {
  await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.goto("/settings/workspace");
  await find.field(page, "Name").fill("");
  await find.button(page, "Save").click();
  await check.isRefused(page, "Name", "must be filled in");
  await find.field(page, "Name").fill("Acme and daughters");
  await page.getByLabel("Time zone").fill("Europe/Nowhere");
  await find.button(page, "Save").click();
  await expect(page.getByText("must be an IANA name such as Europe/Berlin")).toBeVisible();
  await page.getByLabel("Time zone").fill("Europe/Berlin");
  await page.getByLabel("Weeks begin on").selectOption("Sunday");
  await page.getByLabel("Check-ins are due on").selectOption("Thursday");
  await find.button(page, "Save").click();
  await expect(page.getByText("The workspace is saved.")).toBeVisible();

  const gap = page.getByLabel(/^On track while behind/);
  await expect(gap).toHaveValue("10");
  await gap.fill("140");
  await find.button(page, "Save rules").click();
  await expect(page.getByText("must be from 0 to 100")).toBeVisible();
  await gap.fill("12.5");
  await page.getByLabel(/^On track from this health/).fill("80");
  await find.button(page, "Save rules").click();
  await expect(page.getByText("The rules are saved.")).toBeVisible();

  await page.reload();
  await expect(find.field(page, "Name")).toHaveValue("Acme and daughters");
  await expect(page.getByLabel("Check-ins are due on")).toHaveValue("4");
  await expect(gap).toHaveValue("12.5");
  await find.button(page, "Back to the defaults").click();
  await expect(gap).toHaveValue("10");
  await find.button(page, "Save rules").click();
  await expect(page.getByText("The rules are saved.")).toBeVisible();
  await expect(find.button(page, "Back to the defaults")).toBeHidden();
});
