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

test("a comment whose answer was lost is said once, and the same one again later is another", async ({ page }) => {
  await page.goto(`/okrs/${okr.id}`);
  const say = async () => {
    await find.field(page, "Write a comment").fill("Well done");
    await find.button(page, "Comment").click();
  };
  let isLost = true;
  await page.route("**/comments", async (route) => {
    if (route.request().method() !== "POST" || !isLost) return route.continue();
    isLost = false;
    await route.fetch();
    await route.abort();
  });
  await say();
  const waiting = page.getByRole("status").filter({ hasText: "1 entry waits to be sent." });
  await find.button(waiting, "Try again").click();
  await expect(waiting).toBeHidden();
  await expect(find.comments(page)).toHaveCount(1);
  await say();
  await expect(find.comments(page)).toHaveCount(2);
  const said = () => server.send(page, "GET", `/api/app/okrs/${okr.id}/comments`);
  await expect.poll(said).toHaveLength(2);
});

test("a slip in a check-in is corrected, and the history says that it was", async ({ page }) => {
  await server.checkIn(page, okr.keyResults[0], { value: 54, comment: "Half of it" });
  await page.goto(`/okrs/${okr.id}`);
  await find.button(find.history(page), "Correct").click();
  const panel = find.panel(page, "Correct a check-in");
  await expect(find.field(panel, "Value")).toBeFocused();
  await act.fill(panel, { Value: "many" });
  await find.button(panel, "Save").click();
  await expect(find.field(panel, "Value")).toHaveAttribute("aria-invalid", "true");
  // A slip is asked about here as well.
  await act.fill(panel, { Value: "45000" });
  await find.button(panel, "Save").click();
  await check.isRefused(page, "Value", /^is 45,000, more than ten times the way/);
  await act.fill(panel, { Value: "45" });
  await panel.getByRole("combobox", { name: "Status" }).selectOption("At risk");
  await find.button(panel, "Save").click();

  await expect(find.history(page)).toContainText("45");
  await expect(find.history(page)).toContainText("At risk");
  await expect(find.history(page)).toContainText("corrected by its author today");
  await expect(find.button(find.history(page), "Correct")).toBeFocused();
  const [corrected] = await server.checkIns(page, okr);
  expect(corrected).toMatchObject({ value: 45, comment: "Half of it" });
});

test("a comment is Markdown, mentions people by name, and its markup stays words", async ({ page, browser }) => {
  await (await server.colleague(page, browser, "Ada Birch")).context().close();
  await page.goto(`/okrs/${okr.id}`);
  const comment = find.field(page, "Write a comment");
  await comment.pressSequentially("**Well done**, <img src=x onerror=alert(1)> ask @ad");
  await expect(page.getByRole("option", { name: "Ada Birch" })).toBeVisible();
  await comment.press("Enter");
  await expect(comment).toHaveValue("**Well done**, <img src=x onerror=alert(1)> ask @Ada Birch ");
  await comment.pressSequentially("or [read](https://docs.example) and [run](javascript:alert(1))");
  await find.button(page, "Comment").click();

  const said = find.comments(page);
  await expect(said.getByRole("strong").filter({ hasText: "Well done" })).toBeVisible();
  await expect(said).toContainText("<img src=x onerror=alert(1)> ask @Ada Birch or read and run");
  await expect(said.getByRole("link")).toHaveText("read");
  await expect(said.locator("img")).toHaveCount(0);
  const kept = () => server.send(page, "GET", `/api/app/okrs/${okr.id}/comments`);
  await expect.poll(kept).toHaveLength(1);
  const [{ text }] = await kept();
  expect(text).toMatch(/ask @\[Ada Birch\]\([0-9a-f-]{36}\) or/);

  await find.button(said, "Edit").click();
  const edited = find.field(said, "Comment");
  await expect(edited).toHaveValue(/ask @Ada Birch or/);
  await edited.fill("Thank you, @Ada Birch");
  await find.button(said, "Save").click();
  await expect(said).toContainText("edited");
  const [changed] = await server.send(page, "GET", `/api/app/okrs/${okr.id}/comments`);
  expect(changed.text).toMatch(/^Thank you, @\[Ada Birch\]/);
});

test("a comment that is not sent survives a reload", async ({ page }) => {
  await page.goto(`/okrs/${okr.id}`);
  const comment = find.field(page, "Write a comment");
  await comment.fill("Half a thought");
  await page.reload();
  await expect(comment).toHaveValue("Half a thought");
  await find.button(page, "Comment").click();
  await expect(find.comments(page)).toHaveText(/Half a thought/);
  await expect(comment).toBeFocused();
  await page.reload();
  await expect(find.comments(page)).toHaveCount(1);
  await expect(comment).toHaveValue("");
});

test("one’s own comment is deleted once one is sure", async ({ page }) => {
  await server.comment(page, okr, "Never mind");
  await page.goto(`/okrs/${okr.id}`);
  const opener = find.button(find.comments(page), "Delete");
  await opener.click();
  const question = find.panel(page, "Delete this comment?");
  await find.button(question, "Cancel").click();
  await expect(opener).toBeFocused();
  await opener.click();
  await find.button(question, "Delete").click();
  await expect(find.comments(page)).toHaveCount(0);
  await expect(find.field(page, "Write a comment")).toBeFocused();
});

test("whoever does not change an OKR is not offered to", async ({ page, browser }) => {
  await server.checkIn(page, okr.keyResults[0], { value: 54 });
  await server.comment(page, okr, "Well begun");
  const theirs = await server.colleague(page, browser, "Ada Birch");
  await theirs.goto(`/okrs/${okr.id}`);
  await expect(find.history(theirs)).toHaveCount(1);
  await expect(find.comments(theirs)).toHaveCount(1);
  await expect(find.field(theirs, "Write a comment")).toBeVisible();
  await expect(find.button(theirs, /^(Edit|Archive|Correct|Delete|Delete OKR|Check in)$/)).toHaveCount(0);
  await theirs.context().close();
});

test("an archived OKR leaves the list, and undoing brings it back", async ({ page, workspace }) => {
  await page.goto(`/okrs/${okr.id}`);
  await find.button(page, "Archive").click();
  await expect(find.button(page, "Bring back")).toBeVisible();
  await find.button(page, "Undo").click();
  await expect(find.button(page, "Archive")).toBeVisible();
  await find.button(page, "Archive").click();
  await expect(find.button(page, "Bring back")).toBeVisible();
  await page.goto(`/okrs?cycle=${workspace.cycleId}`);
  await expect(find.heading(page, "No OKRs in this cycle yet")).toBeVisible();
  await find.button(page, "Show archived OKRs").click();
  await expect(find.okrRow(page, okr.title)).toContainText("Archived");
  // Not `uncheck`: it looks for the box afterwards, which goes with the last row.
  await page.getByRole("checkbox", { name: "With archived" }).click();
  await expect(find.heading(page, "No OKRs in this cycle yet")).toBeVisible();
});

test("a key result moves to another OKR with its history", async ({ page, workspace }) => {
  const other = await server.makeOkr(page, workspace.cycleId, "Keep what we have", []);
  await server.checkIn(page, okr.keyResults[0], { value: 54, comment: "Half of it" });
  await page.goto(`/okrs/${okr.id}`);
  await find.button(page, "Edit").click();
  const panel = find.panel(page, "Edit OKR");
  await panel.getByRole("combobox", { name: "Objective it belongs to" }).selectOption("Keep what we have");
  await find.button(panel, "Save").click();
  await expect(find.heading(page, "No key results yet")).toBeVisible();
  await page.goto(`/okrs/${other.id}`);
  await expect(find.heading(page, "Signups")).toBeVisible();
  await expect(find.history(page)).toContainText("Half of it");
});

test("the arrow keys tell in the chart why a target moved", async ({ page }) => {
  const [{ id }] = okr.keyResults;
  await server.checkIn(page, okr.keyResults[0], { value: 54 });
  const body = { target_value: 120, reason: "The fair was a success" };
  await server.send(page, "PATCH", `/api/app/key-results/${id}`, body);
  await page.goto(`/okrs/${okr.id}`);
  const chart = page.getByRole("img", { name: /^One check-in, at 54/ });
  await chart.focus();
  await page.keyboard.press("End");
  const said = page.getByRole("figure").filter({ has: chart });
  await expect(said).toContainText("100 → 120 · Target moved · Robin Frost · The fair was a success");
  await page.getByText("Values as a table").click();
  await expect(page.getByRole("row").nth(1)).toContainText("The fair was a success");
});

test("a key result that is weighed counts so, and the activity tells it", async ({ page }) => {
  await page.goto(`/okrs/${okr.id}`);
  await find.button(page, "Edit").click();
  const panel = find.panel(page, "Edit OKR");
  const weight = find.field(panel.getByRole("group", { name: "Key result 1" }), "Weight");
  await weight.fill("-2");
  await find.button(panel, "Save").click();
  await check.isRefused(page, "Weight", "must not be negative");
  await weight.fill("2");
  await find.button(panel, "Save").click();
  await expect(panel).toBeHidden();
  await page.reload();
  await page.getByText("Everything that was changed, by whom and when").click();
  await expect(page.getByText("Weight: 1 → 2")).toBeVisible();
  const { okr: saved } = await server.send(page, "GET", `/api/app/okrs/${okr.id}`);
  expect(saved.key_results[0].weight).toBe(2);
});

test("a panel that is closed before the answer comes leaves the history up to date", async ({ page }) => {
  await page.goto(`/okrs/${okr.id}`);
  await expect(page.getByText("Nobody has checked in yet.")).toBeVisible();
  await page.keyboard.press("c");
  await expect(find.field(find.checkInForm(page, "Signups"), "Value")).toBeFocused();
  const release = await act.holdBack(page, "**/checkins");
  await page.keyboard.type("43");
  await page.keyboard.press("Enter");
  await find.button(find.panel(page, "Check in"), "Close").click();
  await expect(find.panel(page, "Check in")).toBeHidden();
  release();
  await expect(find.history(page)).toHaveCount(1);
});
