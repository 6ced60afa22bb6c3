import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

let okr: server.Okr;

test.beforeEach(async ({ page, workspace }) => {
  okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
});

test("whose session has ended is back at the same place after signing in", async ({ page, workspace }) => {
  await page.goto("/okrs?group=status&q=grow");
  await expect(find.link(page, okr.title)).toBeVisible();
  await server.endSession(page);
  await find.link(page, okr.title).click();
  await check.isSignInForm(page);
  await act.signIn(page, workspace.admin);

  await check.isAt(page, `/okrs/${okr.id}`);
  await expect(find.heading(page, okr.title)).toBeVisible();
  await page.goBack();
  await check.isAt(page, "/okrs?group=status&q=grow");
  await expect(find.link(page, okr.title)).toBeVisible();
});

test("a check-in made as the session ends is sent once its author is back", async ({ page, workspace }) => {
  await page.goto("/");
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  await server.endSession(page);
  await act.checkIn(page, "Signups", "45", "A good week");
  await check.isSignInForm(page);
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await expect(page.getByText("1 check-in is kept in this browser.")).toBeVisible();
  await act.signIn(page, workspace.admin);

  await check.isAt(page, "/");
  const recorded = [{ value: 45, comment: "A good week" }];
  await expect.poll(() => server.checkIns(page, okr)).toMatchObject(recorded);
});

test("a value of a KPI that was typed as the session ended is there afterwards", async ({ page, workspace }) => {
  const kpi = await server.makeKpi(page, "Uptime");
  await server.send(page, "POST", `/api/v1/kpis/${kpi}/updates`, { value: 99.5 });
  await page.goto(`/kpis/${kpi}`);
  const form = page.getByRole("form", { name: "Uptime" });
  await expect(find.field(form, "Value")).toHaveValue("99.5");
  await server.endSession(page);
  await act.fill(form, { Value: "98.2", Comment: "The new router" });
  await find.button(form, "Record").click();
  await check.isSignInForm(page);
  await expect(page.getByText("1 entry is kept in this browser.")).toBeVisible();
  await act.signIn(page, workspace.admin);
  await check.isAt(page, `/kpis/${kpi}`);
  await expect.poll(() => server.kpiValues(page, kpi)).toEqual([98.2, 99.5]);
  await expect(find.field(form, "Value")).toHaveValue("98.2");
  await expect(page.getByRole("paragraph").filter({ hasText: "The new router" })).toBeVisible();
});

test("a check-in is sent by nobody but its author", async ({ page, workspace }) => {
  const invitation = await server.invite(page, "Kim Vale");
  await page.goto("/");
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  await server.endSession(page);
  await act.checkIn(page, "Signups", "45", "");
  await check.isSignInForm(page);

  await server.join(page, invitation);
  await page.goto("/");
  await check.isSignedIn(page);
  await expect(page.getByText("waits to be sent")).toBeHidden();
  await server.signIn(page, workspace.admin);
  expect(await server.checkIns(page, okr)).toEqual([]);
  await page.goto("/");
  await expect.poll(() => server.checkIns(page, okr)).toMatchObject([{ value: 45 }]);
});

test("an OKR that is being written outlives its session", async ({ page, workspace }) => {
  await page.goto("/okrs");
  await find.button(page, "New OKR").click();
  const panel = find.panel(page, "New OKR");
  await act.fill(panel, { Objective: "Ship calmly", "What is measured": "Hotfixes", From: "9", To: "1" });
  await act.choose(panel, "Company");
  await server.endSession(page);
  await find.button(panel, "Create OKR").click();
  await expect(panel.getByRole("alert")).toContainText("Sign in in another tab");

  const tab = await page.context().newPage();
  await tab.goto("/");
  await act.signIn(tab, workspace.admin);
  await check.isSignedIn(tab);
  await find.button(panel, "Create OKR").click();
  await expect(find.heading(page, "Ship calmly")).toBeVisible();
});
