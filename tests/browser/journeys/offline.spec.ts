import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

let okr: server.Okr;

test.beforeEach(async ({ page, workspace }) => {
  okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.goto("/");
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
});

test("a check-in made offline outlives its page and is sent once", async ({ page, context }) => {
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await act.checkIn(page, "Signups", "45", "From the train");
  await expect(page.getByText("1 check-in waits to be sent.")).toBeVisible();
  await page.close();

  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto("/");
  await expect.poll(() => server.checkIns(next, okr)).toHaveLength(1);
  await next.reload();
  await expect(next.getByText("1 checked in this week")).toBeVisible();
  await expect(next.getByText("waits to be sent")).toBeHidden();
  expect(await server.checkIns(next, okr)).toMatchObject([{ value: 45, comment: "From the train" }]);
});

test("a tab whose files went with a deployment offers to reload, and keeps what was typed and sent", async ({ page }) => {
  await page.route("**/checkins", (route) => route.abort());
  const files = "**/split_work*.wasm";
  const gone = { status: 404, json: { error: "not_found", message: "Address not found" } };
  await page.route(files, (route) => route.fulfill(gone));
  await act.checkIn(page, "Signups", "45", "From the train");
  const waiting = page.getByText("1 check-in waits to be sent.");
  await expect(waiting).toBeVisible();
  await find.link(find.navigation(page), "OKRs").click();
  await expect(page.getByText("there is a newer version of this app")).toBeVisible();
  await expect(waiting).toBeVisible();
  await page.unroute(files);
  await page.unroute("**/checkins");
  await find.button(page, "Reload").click();
  await expect(find.heading(page, "OKRs")).toBeVisible();
  await expect.poll(() => server.checkIns(page, okr)).toMatchObject([{ value: 45, comment: "From the train" }]);
});

test("what was typed is still there after the reload that missing files made necessary", async ({ page }) => {
  const files = "**/split_work*.wasm";
  await page.route(files, (route) => route.fulfill({ status: 404, body: "" }));
  const comment = (of: typeof page) => find.field(find.checkInForm(of, "Signups"), "Comment");
  await comment(page).fill("Half a sen");
  await find.link(find.navigation(page), "OKRs").click();
  await expect(find.button(page, "Reload")).toBeVisible();
  await page.unroute(files);
  await find.button(page, "Reload").click();
  await find.link(find.navigation(page), "Home").click();
  await expect(comment(page)).toHaveValue("Half a sen");
});

test("a tab that is older than what is served offers to reload, but not while something is typed", async ({ page }) => {
  const served = await page.request.get("/");
  let text = await served.text();
  await page.route("/", async (route) => {
    if (route.request().resourceType() !== "fetch") return route.continue();
    await route.fulfill({ contentType: "text/html", body: text });
  });
  const comeBackLater = async (minutes: number) => {
    await page.clock.setFixedTime(Date.now() + minutes * 60_000);
    const looked = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    await looked;
  };
  const notice = page.getByText("There is a newer version of this app.");
  await comeBackLater(11);
  text = "<!doctype html><title>Sign in to the network</title>";
  await comeBackLater(22);
  await find.link(find.navigation(page), "OKRs").click();
  await expect(find.okrRow(page, okr.title)).toBeVisible();
  await expect(notice).toBeHidden();

  text = (await served.text()).replaceAll(/okrs-app-[0-9a-f]+/g, "okrs-app-newer");
  await comeBackLater(33);
  await expect(notice).toBeVisible();
  await find.link(find.navigation(page), "Home").click();
  const comment = find.field(find.checkInForm(page, "Signups"), "Comment");
  await expect(notice).toBeVisible();
  await comment.fill("Half a sen");
  await expect(notice).toBeHidden();
  await find.link(find.navigation(page), "OKRs").click();
  await expect(notice).toBeVisible();
  await find.button(page, "Reload").click();
  await expect(find.okrRow(page, okr.title)).toBeVisible();
  await expect(notice).toBeHidden();
  await find.link(find.navigation(page), "Home").click();
  await expect(comment).toHaveValue("Half a sen");
});

test("it is sent by the page that made it as soon as the network is back", async ({ page, context }) => {
  await context.setOffline(true);
  await act.checkIn(page, "Signups", "45", "");
  await expect(page.getByText("1 check-in waits to be sent.")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("1 check-in waits to be sent.")).toBeHidden();
  await expect(page.getByText("You are offline.")).toBeHidden();
  await check.wasCheckedIn(page, "Signups", "45");
  expect(await server.checkIns(page, okr)).toHaveLength(1);
});

test("one that the server refuses in the end comes back with its words", async ({ page, context }) => {
  await context.setOffline(true);
  await act.checkIn(page, "Signups", "45", "From the train");
  await expect(page.getByText("1 check-in waits to be sent.")).toBeVisible();
  const refusal = { status: 403, json: { error: "forbidden", message: "You may not do this" } };
  await page.route("**/checkins", (route) => route.fulfill(refusal));
  await context.setOffline(false);
  await expect(page.getByText("“Signups” could not be checked in: You may not do this")).toBeVisible();
  await expect(find.field(find.checkInForm(page, "Signups"), "Comment")).toHaveValue("From the train");
});

test("one whose answer was lost is not recorded twice", async ({ page }) => {
  await page.route("**/checkins", async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await act.checkIn(page, "Signups", "45", "");
  const waiting = page.getByRole("status").filter({ hasText: "1 check-in waits to be sent." });
  await find.button(waiting, "Try again").click();
  await expect(waiting).toBeHidden();
  expect(await server.checkIns(page, okr)).toHaveLength(1);
});

test("one whose page goes while it is under way is recorded once", async ({ page, context }) => {
  await page.route("**/checkins", async (route) => {
    await route.fetch();
    // The answer never comes.
  });
  await act.checkIn(page, "Signups", "45", "From the train");
  await expect.poll(() => server.checkIns(page, okr)).toHaveLength(1);
  await page.close();
  const next = await context.newPage();
  const again = next.waitForResponse("**/checkins");
  await next.goto("/");
  expect((await again).ok()).toBe(true);
  expect(await server.checkIns(next, okr)).toHaveLength(1);
});

test("two pages that come back at once record it once", async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto("/okrs");
  await context.setOffline(true);
  await act.checkIn(page, "Signups", "45", "");
  await expect(page.getByText("1 check-in waits to be sent.")).toBeVisible();
  await page.close();
  await other.close();
  await context.setOffline(false);
  const pages = [await context.newPage(), await context.newPage()];
  await Promise.all(pages.map((page) => page.goto("/")));
  for (const page of pages) {
    await check.isSignedIn(page);
    await expect(page.getByText("waits to be sent")).toBeHidden();
    await expect(page.getByText("could not be checked in")).toBeHidden();
  }
  expect(await server.checkIns(pages[0], okr)).toHaveLength(1);
});
