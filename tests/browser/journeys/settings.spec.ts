import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

test("whom an admin invites comes in by the link", async ({ page, workspace }) => {
  await page.goto("/settings/members");
  await find.button(page, "Invite").click();
  const panel = find.panel(page, "Invite somebody");
  await act.fill(panel, { "E-mail address": "sam@example.test", Name: "Sam Alder" });
  await find.button(panel, "Make the invitation").click();
  const shown = find.panel(page, "The invitation for Sam Alder");
  await expect(shown).toContainText("/invitation#");
  const [link] = (await shown.innerText()).match(/http\S+\/invitation#\S+/) ?? [""];
  await find.button(shown, "Done").click();
  await expect(page.getByRole("row").filter({ hasText: "Sam Alder" })).toContainText("Invited");

  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel("New password").fill("another-password");
  await find.button(page, "Join").click();
  await expect(find.navigation(page)).toContainText(workspace.name);
});

test("whoever takes rights away is asked what becomes of the keys", async ({ page, browser, workspace: _ }) => {
  const sam = await server.colleague(page, browser, "Sam Alder");
  const { id } = await server.send(sam, "GET", "/api/app/me");
  await server.send(page, "PATCH", `/api/app/members/${id}`, { role: "admin" });
  const makeKey = async (name: string) =>
    (await server.send(sam, "POST", "/api/app/api-keys", { name, scopes: ["okrs:read"] })).key;
  const kept = await makeKey("Weekly report");

  await page.goto("/settings/members");
  const row = page.getByRole("row").filter({ hasText: "Sam Alder" });
  await expect(find.link(row, "1 API key")).toBeVisible();
  const role = row.getByRole("combobox");
  await role.selectOption("Manager");
  const question = find.panel(page, "Make Sam Alder a manager?");
  await expect(question).toContainText("Sam Alder has 1 API key.");
  await find.button(question, "Cancel").click();
  await expect(role).toHaveValue("admin");
  await role.selectOption("Manager");
  await act.choose(question, "Hand them over to me");
  await find.button(question, "Change the role").click();
  await expect(page.getByText("Sam Alder is now Manager.")).toBeVisible();
  await expect(find.link(row, "1 API key")).toBeHidden();
  expect((await server.getWithKey(page, "/api/v1/okrs", kept)).status()).toBe(200);

  await server.send(page, "PATCH", `/api/app/members/${id}`, { role: "admin" });
  const ended = await makeKey("Bot");
  await page.reload();
  await find.button(row, "Disable: Sam Alder").click();
  const disabling = find.panel(page, "Disable Sam Alder?");
  await expect(disabling.getByRole("radio", { name: "Revoke them" })).toBeChecked();
  await find.button(disabling, "Disable").click();
  await expect(row).toContainText("Disabled");
  expect((await server.getWithKey(page, "/api/v1/okrs", ended)).status()).toBe(401);
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
