import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

test("a key is made, shown once, works, and is revoked", async ({ page, workspace }) => {
  await page.goto("/settings/api-keys");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await expect(find.button(page, "New key")).toBeVisible();
  await page.keyboard.press("n");
  const panel = find.panel(page, "New key");
  await act.fill(panel, { Name: "Weekly report" });
  await panel.getByRole("checkbox", { name: /^Read OKRs/ }).check();
  await find.button(panel, "Create key").click();

  const reveal = find.panel(page, "The key for Weekly report");
  await expect(reveal).toContainText("it is shown only this once");
  const [key] = (await reveal.innerText()).match(/okrt_\w+/) ?? [""];
  // It would be lost.
  await act.pressEach(page, "Escape", "Escape", "Escape", "Escape");
  await expect(reveal).toContainText(key);
  await find.button(reveal, "Done").click();
  await expect(reveal).toBeHidden();
  await expect(page.getByText(key)).toHaveCount(0);
  expect((await server.getWithKey(page, "/api/v1/okrs", key)).status()).toBe(200);

  await find.button(page, "Revoke Weekly report").click();
  await find.button(find.panel(page, "Revoke Weekly report?"), "Revoke").click();
  await expect(page.getByText("The key for Weekly report is revoked.")).toBeVisible();
  expect((await server.getWithKey(page, "/api/v1/okrs", key)).status()).toBe(401);
});

test("a key without scopes is refused where they are chosen", async ({ page, workspace }) => {
  await page.goto("/settings/api-keys");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await find.button(page, "New key").click();
  const panel = find.panel(page, "New key");
  await act.fill(panel, { Name: "Weekly report" });
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("group", { name: "Scopes" })).toHaveAccessibleDescription(/at least one/);
});

test("a form that came too soon says when it can be sent again, until it can", async ({ page, workspace }) => {
  await page.goto("/settings/api-keys");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await find.button(page, "New key").click();
  const panel = find.panel(page, "New key");
  await act.fill(panel, { Name: "Weekly report" });
  await panel.getByRole("checkbox", { name: /^Read OKRs/ }).check();
  await page.route("**/api/app/api-keys", server.tooMany(2), { times: 1 });
  await find.button(panel, "Create key").click();
  const wait = panel.getByText("Try again in 2 seconds.");
  await expect(wait).toBeVisible();
  await expect(wait).toBeHidden();
  await find.button(panel, "Create key").click();
  await expect(find.panel(page, "The key for Weekly report")).toBeVisible();
});

test("only admins are shown the keys and the members", async ({ page }) => {
  const sections = page.getByRole("navigation", { name: "Settings" });
  await server.signIn(page, demoPerson("member"));
  await page.goto("/settings");
  await expect(find.link(sections, "Sessions")).toBeVisible();
  await expect(find.link(sections, "API keys")).toBeHidden();
  await expect(find.link(sections, "People")).toBeHidden();
  for (const address of ["/settings/api-keys", "/settings/members"]) {
    await page.goto(address);
    await check.isNotFound(page);
  }
});
