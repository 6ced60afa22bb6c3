import { type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { type Role, demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

const YEAR = new Date().getUTCFullYear();

const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });

test("the next cycle is proposed, changed and made; the next four are made at once", async ({ page, workspace: _ }) => {
  await page.goto("/settings/cycles");
  await expect(rowOf(page, `Year ${YEAR}`)).toContainText(/Runs, week \d+ of 52/);
  await page.keyboard.press("n");
  const panel = find.panel(page, "New cycle");
  await act.choose(panel, "Year");
  await expect(find.field(panel, "Name")).toHaveValue(`${YEAR + 1}`);
  await expect(panel.getByLabel("First day")).toHaveValue(`${YEAR + 1}-01-01`);
  await find.field(panel, "Name").fill("");
  await find.button(panel, "Create").click();
  await check.isRefused(page, "Name", "must be filled in");
  await find.field(panel, "Name").fill(`Year ${YEAR}`);
  await find.button(panel, "Create").click();
  await check.isRefused(page, "Name", "is that of another cycle");
  await find.field(panel, "Name").fill("The year after");
  await find.button(panel, "Create").click();
  await expect(rowOf(page, "The year after")).toContainText("Upcoming");

  await page.keyboard.press("n");
  await panel.getByLabel("The next four at once").check();
  const names = await panel.getByRole("listitem").locator("strong").allInnerTexts();
  expect(names).toHaveLength(4);
  await find.button(panel, "Create").click();
  for (const name of names) await expect(rowOf(page, name)).toBeVisible();
  await expect(page.getByText(new RegExp(`^Year ${YEAR} and .* overlap`)).first()).toBeVisible();
});

test("a cycle is edited with a word about what that moves", async ({ page, workspace }) => {
  await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.goto("/settings/cycles");
  await find.button(page, `Edit: Year ${YEAR}`).click();
  const panel = find.panel(page, "Edit cycle");
  await find.field(panel, "Name").fill("Our year");
  await expect(panel.getByText(/^The pace of/)).toHaveCount(0);
  await panel.getByLabel("Last day").fill(`${YEAR + 1}-01-31`);
  await expect(panel.getByText("The pace of 1 OKR changes, and with it status and health.")).toBeVisible();
  await find.button(panel, "Save").click();
  await expect(rowOf(page, "Our year")).toContainText(`31 Jan ${YEAR + 1}`);
  await expect(find.cyclePicker(page)).toContainText("Our year, week");
});

test("an archived cycle comes back when that is undone", async ({ page, workspace: _ }) => {
  await server.makeCycle(page, YEAR + 1);
  await page.goto("/settings/cycles");
  const name = `Year ${YEAR + 1}`;
  await find.button(page, `Archive: ${name}`).click();
  await expect(page.getByText("1 archived cycle")).toBeVisible();
  await expect(rowOf(page, name)).toBeHidden();
  await find.button(page, "Undo").click();
  await expect(rowOf(page, name)).toBeVisible();
  await expect(page.getByText("1 archived cycle")).toBeHidden();
});

test("the OKRs of an ended cycle go on in another", async ({ page, workspace: _ }) => {
  const ended = await server.makeCycle(page, YEAR - 1);
  await server.makeOkr(page, ended, "Grow with care", ["Signups"]);
  await page.goto("/settings/cycles");
  await expect(find.button(page, `Clone: Year ${YEAR}`)).toHaveCount(0);
  await find.button(page, `Clone: Year ${YEAR - 1}`).click();
  const panel = find.panel(page, "Clone OKRs");
  await expect(panel).toContainText(`The OKR of Year ${YEAR - 1}`);
  await panel.getByRole("combobox").selectOption(`Year ${YEAR}`);
  await find.button(panel, "Clone").click();
  await expect(page.getByText(`1 OKR goes on in Year ${YEAR}.`)).toBeVisible();
  await act.goTo(page, "OKRs");
  await expect(find.link(page, "Grow with care")).toBeVisible();
});

test("managers clone and change no cycle; members have no such page", async ({ page }) => {
  const as = (role: Role) => server.signIn(page, demoPerson(role));
  await as("manager");
  await page.goto("/settings/cycles");
  await expect(find.button(page, /^Clone: /).first()).toBeVisible();
  await expect(find.button(page, /^(Edit|Archive): /)).toHaveCount(0);
  await expect(find.button(page, "New cycle")).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog")).toBeHidden();

  await as("member");
  await page.goto("/settings");
  await expect(find.link(page, "Sessions")).toBeVisible();
  await expect(find.link(page, "Cycles")).toHaveCount(0);
  await page.goto("/settings/cycles");
  await check.isNotFound(page);
});
