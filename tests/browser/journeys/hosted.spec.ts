// What this app says and does where the data is with the hosted service.

import { type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { service } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import { hostedScreens } from "../hosted_screens";
import * as server from "../server";

const asOf = (page: Page) => find.button(page, /^As of \d\d:\d\d – more about the hosted service$/);
const waiting = (page: Page) => find.panel(page, "Waiting for the hosted service");

test("the bar says as of when one sees it, and the rest is behind that", async ({ page, workspace: _ }) => {
  await page.goto("/");
  await asOf(page).press("Enter");
  const more = page.getByRole("region", { name: "Hosted service" });
  await expect(more).toContainText(new RegExp(`\\d+ of ${service && service.perMinute}`));
  await expect(more).toContainText(/More come\s*at \d\d:\d\d/);
  await find.button(more, "See what waits").press("Enter");
  await expect(waiting(page)).toContainText("Nothing waits");
  await page.keyboard.press("Escape");
  await expect(waiting(page)).toBeHidden();
});

test("a check-in by keyboard reaches the hosted service", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.goto("/");
  await expect(find.field(find.checkInForm(page, "Signups"), "Value")).toBeFocused();
  await page.keyboard.type("45");
  await page.keyboard.press("Enter");
  await check.wasCheckedIn(page, "Signups", "45");
  await expect.poll(() => valueThere(page, workspace, okr)).toBe(45);
});

test("a write that has to wait is shown as waiting, and arrives", async ({ page, workspace }) => {
  test.setTimeout(240_000);
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.goto("/");
  await expect(find.field(find.checkInForm(page, "Signups"), "Value")).toBeFocused();
  await useUpTheMinute(page, okr.keyResults[0]);
  await act.checkIn(page, "Signups", "45", "From afar");
  const row = find.checkInRow(page, "Signups");
  await expect(row.getByRole("status")).toContainText("45 waits to be sent");
  const toast = page.getByRole("status").filter({ hasText: "Will be sent when the service takes more." });
  await find.button(toast, "See").click();
  await expect(waiting(page)).toContainText("Check-in on “Signups”: 45");
  await expect(waiting(page)).toContainText("From afar");
  await expect(waiting(page)).toContainText("Waits to be sent");
  await expect(waiting(page)).toContainText("Nothing waits", { timeout: 150_000 });
  await expect.poll(() => valueThere(page, workspace, okr)).toBe(45);
});

test("what is undecided asks for a decision, wherever one is", async ({ page, workspace: _ }) => {
  const undecided = hostedScreens.find((screen) => screen.name === "writes that wait");
  await undecided?.open(page);
  const decisions: object[] = [];
  await page.route("**/decision", async (route) => {
    decisions.push(route.request().postDataJSON());
    await route.fulfill({ status: 204 });
  });
  await find.button(waiting(page), "Send again: Check-in on “Signups”: 42").click();
  await expect(waiting(page).getByRole("status")).toContainText("It is sent again.");
  await find.button(waiting(page), "Dismiss: New OKR “Grow with care”").click();
  await expect(waiting(page).getByRole("status")).toContainText("It is off the list.");
  expect(decisions).toEqual([{ decision: "send" }, { decision: "drop" }]);
});

test("a form whose answer was lost says so, and what is sent again is the same", async ({ page, workspace }) => {
  await page.goto(`/okrs?cycle=${workspace.cycleId}`);
  await find.button(page, "New OKR").first().click();
  const panel = find.panel(page, "New OKR");
  await act.fill(panel, { Objective: "Ship calmly", "What is measured": "Hotfixes", From: "9", To: "1" });
  await act.choose(panel, "Company");
  const lost = { error: "in_doubt", message: "The service's answer was lost" };
  const keys: (string | undefined)[] = [];
  await page.route("**/api/v1/okrs", (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    return keys.length === 1 ? route.fulfill({ status: 503, json: lost }) : route.continue();
  });
  await find.button(panel, "Create OKR").click();
  await expect(panel.getByRole("alert")).toContainText("It is not known yet whether this arrived.");
  await find.button(panel, "See what waits").click();
  await expect(waiting(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(find.field(panel, "Objective")).toHaveValue("Ship calmly");
  await find.button(panel, "Create OKR").click();
  await expect(find.heading(page, "Ship calmly")).toBeVisible();
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});

test("what the service can't do is not offered", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await server.makeOkr(page, workspace.cycleId, "Keep what we have", []);
  await server.checkIn(page, okr.keyResults[0], { value: 54 });
  await page.goto(`/okrs/${okr.id}`);
  await expect(find.history(page)).toHaveCount(1);
  await expect(find.button(page, "Edit")).toBeVisible();
  await expect(find.button(page, "Correct")).toHaveCount(0);
  await find.button(page, "Edit").click();
  const panel = find.panel(page, "Edit OKR");
  const keyResult = panel.getByRole("group", { name: "Key result 1" });
  await expect(find.field(keyResult, "To")).toBeVisible();
  await expect(panel.getByRole("combobox", { name: "Objective it belongs to" })).toHaveCount(0);
  await find.field(keyResult, "To").fill("120");
  await expect(find.field(keyResult, "Why does the target move?")).toHaveCount(0);
  await find.button(panel, "Save").click();
  await expect(page.getByText("from 0 to 120")).toBeVisible();

  const kpi = await server.makeKpi(page, "Orders in a week");
  await page.goto(`/kpis/${kpi}`);
  await find.button(page, "Edit").click();
  const edit = find.panel(page, "Edit KPI");
  await expect(edit.getByRole("combobox", { name: "Measured" })).toBeVisible();
  await expect(find.field(edit, "What is measured")).toHaveCount(0);
  await expect(find.field(edit, "Target")).toHaveCount(0);
  await expect(find.button(page, "Delete KPI")).toHaveCount(0);
});

test("what can't be brought back is deleted only once one is sure", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.goto(`/okrs/${okr.id}`);
  await find.button(page, "Delete OKR").click();
  const question = find.panel(page, "Delete “Grow with care”?");
  await expect(question).toContainText("This is final");
  await find.button(question, "Cancel").click();
  await expect(question).toBeHidden();
  await find.button(page, "Delete OKR").click();
  await find.button(question, "Delete for good").click();
  await expect(page.getByRole("status").getByText("“Grow with care” is deleted.")).toBeVisible();
  await expect(find.button(page, "Undo")).toHaveCount(0);
  expect(await server.askService(page, workspace, "/okrs")).toEqual([]);
});

test("an OKR of the service is for admins until somebody says who it is for", async ({ page, workspace }) => {
  await page.goto(`/okrs/${await server.makeThere(page, workspace, "Grow with care")}`);
  await expect(page.getByText("Visible to admins only until you choose: ")).toBeVisible();
  await find.button(page, "Choose").click();
  const panel = find.panel(page, "Edit OKR");
  await expect(panel.getByText("Visible to admins only until you choose.")).toBeVisible();
  await act.choose(panel, "Everybody");
  await find.button(panel, "Save").click();
  await expect(panel).toBeHidden();
  await expect(find.heading(page, "Grow with care")).toBeVisible();
  await expect(page.getByText("Visible to admins only")).toHaveCount(0);
});

test("an admin opens what is not said to everybody", async ({ page, workspace }) => {
  const okr = await server.makeThere(page, workspace, "Grow with care");
  await page.goto("/settings/workspace");
  await expect(page.getByRole("radio", { name: /^Admins only/ })).toBeChecked();
  await page.getByRole("radio", { name: /^Everybody/ }).check();
  await expect(page.getByRole("status").getByText("Saved.")).toBeVisible();
  await page.goto(`/okrs/${okr}`);
  await expect(find.heading(page, "Grow with care")).toBeVisible();
  await expect(page.getByText("Everybody, as set for the workspace")).toBeVisible();
});

test("somebody whom only the service knows is chosen among the members, and unchosen", async ({ page, workspace: _ }) => {
  const person = { id: "p", name: "Person 0199f0aa", owns: 2, example: "Signups", member_id: null, member: null };
  const asked: string[] = [];
  let member_id: string | null = null;
  await page.route("**/api/app/hosted-people", (route) => route.fulfill({ json: [{ ...person, member_id }] }));
  await page.route("**/api/app/hosted-people/p/member", (route) => {
    const body = route.request().postDataJSON();
    member_id = body?.member_id ?? null;
    asked.push(`${route.request().method()} ${member_id ? "somebody" : "nobody"}`);
    return route.fulfill({ status: 204 });
  });
  await page.goto("/settings/hosted-service");
  await expect(page.getByText("“Signups” and one more")).toBeVisible();
  const who = page.getByRole("combobox", { name: "Who Person 0199f0aa is here" });
  await who.selectOption("Robin Frost");
  await expect(page.getByText("Person 0199f0aa is Robin Frost.")).toBeVisible();
  await who.selectOption("Nobody here");
  await expect(page.getByText("Person 0199f0aa is nobody here any more.")).toBeVisible();
  expect(asked).toEqual(["PUT somebody", "DELETE nobody"]);
});

test("the comparison finds no difference in what was written through", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await server.makeKpi(page, "Orders in a week");
  await server.checkIn(page, okr.keyResults[0], { value: 45 });
  await page.goto("/settings");
  await find.link(page.getByRole("navigation", { name: "Settings" }), "Hosted service").click();
  await find.button(page, "Compare again").click();
  // There, here, equal: the list as it is now, not as it was before the OKR.
  await expect(page.getByRole("row").filter({ hasText: "OKRs" })).toContainText(/1\s*1\s*1\s*Same/);
  await expect(page.getByText("No differences")).toBeVisible();
});

for (const screen of hostedScreens) {
  test(`${screen.name} is accessible and styled`, async ({ page, workspace }) => {
    test.setTimeout(90_000);
    await screen.open(page, workspace);
    await check.looksRightEverywhere(page);
  });
}

/** What the hosted service says of the first key result of an OKR. */
async function valueThere(page: Page, workspace: server.Workspace, { id }: server.Okr): Promise<number> {
  const okrs = await server.askService(page, workspace, "/okrs");
  return okrs.find((okr: { id: string }) => okr.id === id).key_results[0].current_value;
}

/** Sends until the service takes no more, with time left until it does again. */
async function useUpTheMinute(page: Page, { id }: server.KeyResult) {
  await expect.poll(() => new Date().getUTCSeconds(), { timeout: 61_000 }).toBeLessThan(25);
  const path = `/api/v1/key-results/${id}/checkins`;
  for (;;) {
    const response = await page.request.post(path, { data: { value: 1 }, headers: { origin: new URL(page.url()).origin } });
    if (response.status() === 429) return;
    expect(response.ok(), `${response.status()}`).toBe(true);
  }
}
