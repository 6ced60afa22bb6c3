// Values of KPIs and comments on their way: whatever happens then, they are kept, and sent once.

import { type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

/** The server does it, and its answer is lost; once. */
const loseAnswer = (page: Page, addresses: string) =>
  page.route(addresses, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fetch();
    await route.abort();
    await page.unroute(addresses);
  });

/** The server answers a write with this in its place. */
const answer = (page: Page, addresses: string, status: number, json: object) =>
  page.route(addresses, (route) =>
    route.request().method() === "POST" ? route.fulfill({ status, json }) : route.fallback(),
  );

const waiting = (page: Page) => page.getByRole("status").filter({ hasText: "1 entry waits to be sent." });

test.describe("a value of a KPI that stands at 99.5", () => {
  let kpi: string;
  const form = (page: Page) => page.getByRole("form", { name: "Uptime" });
  const record = async (page: Page) => {
    await expect(find.field(form(page), "Value")).toHaveValue("99.5");
    await act.fill(form(page), { Value: "98.2", Comment: "The new router" });
    await find.button(form(page), "Record").click();
  };

  test.beforeEach(async ({ page, workspace: _ }) => {
    kpi = await server.makeKpi(page, "Uptime");
    await server.send(page, "POST", `/api/v1/kpis/${kpi}/updates`, { value: 99.5 });
    await page.goto(`/kpis/${kpi}`);
  });

  test("is recorded once though it was typed offline and its page is gone", async ({ page, context }) => {
    await expect(find.field(form(page), "Value")).toHaveValue("99.5");
    await context.setOffline(true);
    await record(page);
    await expect(page.getByText("98.2 is kept here and sent when you are back online")).toBeVisible();
    await expect(waiting(page)).toBeVisible();
    await page.close();
    await context.setOffline(false);
    const next = await context.newPage();
    await next.goto(`/kpis/${kpi}`);
    await expect.poll(() => server.kpiValues(next, kpi)).toEqual([98.2, 99.5]);
    await expect(find.field(form(next), "Value")).toHaveValue("98.2");
    await expect(waiting(next)).toBeHidden();
  });

  test("is recorded once though its answer was lost", async ({ page }) => {
    await loseAnswer(page, "**/updates");
    await record(page);
    await find.button(waiting(page), "Try again").click();
    await expect(waiting(page)).toBeHidden();
    expect(await server.kpiValues(page, kpi)).toEqual([98.2, 99.5]);
  });

  test("is sent by itself once the server takes more", async ({ page }) => {
    await answer(page, "**/updates", 429, { error: "rate_limit_exceeded", retry_after_seconds: 2 });
    await record(page);
    await expect(page.getByText("98.2 is kept here and sent as soon as the server takes more")).toBeVisible();
    await page.unroute("**/updates");
    await expect.poll(() => server.kpiValues(page, kpi)).toEqual([98.2, 99.5]);
    await expect(find.field(form(page), "Value")).toHaveValue("98.2");
  });

  test("comes back as it was typed where the server refuses it", async ({ page }) => {
    await answer(page, "**/updates", 403, { error: "forbidden", message: "You may not do this" });
    await record(page);
    await expect(form(page).getByRole("alert")).toHaveText("You may not do this");
    await expect(find.field(form(page), "Value")).toHaveValue("98.2");
    await page.reload();
    await expect(find.field(form(page), "Value")).toHaveValue("98.2");
    await expect(find.field(form(page), "Comment")).toHaveValue("The new router");
  });
});

test.describe("a comment", () => {
  let okr: server.Okr;
  const say = async (page: Page) => {
    await find.field(page, "Write a comment").fill("Well **done**");
    await find.button(page, "Comment").click();
  };
  const texts = async (page: Page) => {
    const comments = await server.send(page, "GET", `/api/app/okrs/${okr.id}/comments`);
    return comments.map((comment: { text: string }) => comment.text);
  };

  test.beforeEach(async ({ page, workspace }) => {
    okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
    await page.goto(`/okrs/${okr.id}`);
    await expect(find.field(page, "Write a comment")).toBeVisible();
  });

  test("is said once though it was written offline and its page is gone", async ({ page, context }) => {
    await context.setOffline(true);
    await say(page);
    await expect(find.comments(page)).toContainText("Well done");
    await expect(find.comments(page)).toContainText("This comment is kept here and sent when you are back online");
    await expect(find.field(page, "Write a comment")).toHaveValue("");
    await page.close();
    await context.setOffline(false);
    const next = await context.newPage();
    await next.goto(`/okrs/${okr.id}`);
    await expect.poll(() => texts(next)).toEqual(["Well **done**"]);
    await expect(find.comments(next)).toHaveCount(1);
    await expect(find.comments(next)).not.toContainText("kept here");
  });

  test("written as the session ends is said once its author is back", async ({ page, workspace }) => {
    await server.endSession(page);
    await say(page);
    await check.isSignInForm(page);
    await expect(page.getByText("1 entry is kept in this browser.")).toBeVisible();
    await act.signIn(page, workspace.admin);
    await check.isAt(page, `/okrs/${okr.id}`);
    await expect(find.comments(page)).toHaveCount(1);
    await expect.poll(() => texts(page)).toEqual(["Well **done**"]);
  });

  test("is sent by itself once the server takes more", async ({ page }) => {
    await answer(page, "**/comments", 429, { error: "rate_limit_exceeded", retry_after_seconds: 2 });
    await say(page);
    await expect(find.comments(page)).toContainText("sent as soon as the server takes more");
    await page.unroute("**/comments");
    await expect.poll(() => texts(page)).toEqual(["Well **done**"]);
    await expect(find.comments(page)).not.toContainText("kept here");
  });

  test("comes back before what is typed since where the server refuses it", async ({ page }) => {
    const release = await act.holdBack(page, "**/comments", {
      status: 403,
      json: { error: "forbidden", message: "You may not do this" },
    });
    await say(page);
    await find.field(page, "Write a comment").fill("And more");
    release();
    await expect(page.locator(".comment-form").getByRole("alert")).toHaveText("You may not do this");
    await expect(find.field(page, "Write a comment")).toHaveValue("Well **done**\n\nAnd more");
    await expect(find.comments(page)).toHaveCount(0);
  });
});

test("a check-in that an earlier version of the app kept is sent", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  const { id: member_id } = await server.send(page, "GET", "/api/app/me");
  const check_in = { value: 45, status: "at_risk", comment: "From the train", blocker_note: null };
  const key_result_id = okr.keyResults[0].id;
  const kept = { idempotency_key: crypto.randomUUID(), member_id, key_result_id, title: "Signups", check_in };
  await page.goto("/settings");
  await page.evaluate((kept) => localStorage.setItem("outbox", JSON.stringify([kept])), kept);
  await page.goto("/");
  const recorded = [{ value: 45, status: "at_risk", comment: "From the train" }];
  await expect.poll(() => server.checkIns(page, okr)).toMatchObject(recorded);
});
