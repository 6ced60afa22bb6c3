import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";

test("whom an admin invites comes in by the link", async ({ page, workspace }) => {
  await page.goto("/settings/members");
  await find.button(page, "Invite").click();
  const panel = find.panel(page, "Invite somebody");
  await act.fill(panel, { "E-mail address": "sam@example.test", Name: "Sam Alder" });
  await find.button(panel, "Make the invitation").click();
  const shown = find.panel(page, "The invitation for Sam Alder");
  await expect(shown).toContainText("/invitation/");
  const [link] = (await shown.innerText()).match(/http\S+\/invitation\/\S+/) ?? [""];
  await find.button(shown, "Done").click();
  await expect(page.getByRole("row").filter({ hasText: "Sam Alder" })).toContainText("Invited");

  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel("New password").fill("another-password");
  await find.button(page, "Join").click();
  await expect(find.navigation(page)).toContainText(workspace.name);
});

test("a changed password signs out everywhere else, and is the one to use", async ({ page, browser, workspace }) => {
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto("/");
  await act.signIn(elsewhere, workspace.admin);
  await check.isSignedIn(elsewhere);

  await page.goto("/settings");
  await page.getByLabel("Current password").fill(workspace.admin.password);
  await page.getByLabel("New password").fill("a-better-password");
  await find.button(page, "Change password").click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await elsewhere.reload();
  await check.isSignInForm(elsewhere);
  await act.signIn(elsewhere, { ...workspace.admin, password: "a-better-password" });
  await check.isSignedIn(elsewhere);
});

test("a new name is everywhere at once", async ({ page, workspace }) => {
  await page.goto("/settings");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await find.field(page, "Name").fill("Robin Alder");
  await find.button(page, "Save name").click();
  await expect(page.getByText("Your name is saved.")).toBeVisible();
  await expect(find.myMenu(page)).toContainText("Robin Alder");
});

test("a page of an error in between says that nothing was changed, and what was typed stays", async ({ page, workspace: _ }) => {
  await page.route("**/api/app/me", (route) => {
    const isChange = route.request().method() === "PATCH";
    const page = { status: 502, contentType: "text/html", body: "<html><h1>Bad gateway</h1></html>" };
    return isChange ? route.fulfill(page) : route.continue();
  });
  await page.goto("/settings");
  await find.field(page, "Name").fill("Robin Alder");
  await find.button(page, "Save name").click();
  const said = "The server is not answering properly just now. Nothing was changed.";
  await expect(page.getByRole("alert").filter({ hasText: said })).toBeVisible();
  await expect(find.field(page, "Name")).toHaveValue("Robin Alder");
});

test("a browser elsewhere is signed out from the list of sessions", async ({ page, browser, workspace }) => {
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto("/");
  await act.signIn(elsewhere, workspace.admin);
  await check.isSignedIn(elsewhere);

  await page.goto("/settings/sessions");
  await expect(page.getByText("This browser")).toHaveCount(1);
  await find.button(page, "Sign out everywhere else").click();
  await expect(page.getByText("You are signed out everywhere else.")).toBeVisible();
  await elsewhere.reload();
  await check.isSignInForm(elsewhere);
});

test("assistants are connected with this server's address, ready to be copied", async ({ page, workspace: _ }) => {
  await page.goto("/settings/assistants");
  await expect(find.heading(page, "Assistants")).toBeVisible();
  const command = page.getByLabel("Claude Code", { exact: true });
  await expect(command).toContainText(`okrs ${new URL("/api/public/mcp", page.url()).href} --header`);
  await expect(find.button(page, /: curl$/)).toBeVisible();
});
