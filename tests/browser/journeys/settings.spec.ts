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

test("people come from a spreadsheet as it is, and are looked at before anything is sent", async ({ page, workspace: _ }) => {
  await server.invite(page, "Grace Hopper");
  await server.invite(page, "Dan Gone");
  const { members } = await server.send(page, "GET", "/api/app/directory");
  const of = (name: string) => members.find((member: { name: string }) => member.name === name);
  await server.send(page, "POST", `/api/app/members/${of("Dan Gone").id}/disable`, {});
  let sent = 0;
  page.on("request", (request) => (sent += request.url().endsWith("/members/import") ? 1 : 0));

  await page.goto("/settings/members");
  await find.link(page, "Import").click();
  await expect(find.heading(page, "Import people")).toBeVisible();
  const file = page.getByLabel("File", { exact: true });
  await file.setInputFiles({ name: "people.xlsx", mimeType: "text/csv", buffer: Buffer.from("PK\x03\x04zip") });
  await expect(page.getByText("That is a workbook.")).toBeVisible();

  const rows = [
    "Vorname;Name;E-Mail;Telefon;;",
    "J\u00f6rg;M\u00fcller;joerg@example.test;+49 555;;",
    `Grace;Hopper;${of("Grace Hopper").email.toUpperCase()}`,
    `Dan;Gone;${of("Dan Gone").email};;;`,
    ";;;;;",
    "Ida;Dahl;ida at example.test",
  ];
  const buffer = Buffer.from(rows.join("\r\n"), "latin1");
  await file.setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
  const row = (name: string) => page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
  const encoding = page.getByLabel("The file\u2019s letters are written as");
  await expect(row("J\u00f6rg M\u00fcller")).toContainText("Will be invited");
  await encoding.selectOption("Macintosh");
  await expect(row("J\u00f6rg M\u00fcller")).toBeHidden();
  await encoding.selectOption("Windows-1252");
  await expect(page.getByText("1 new \u00b7 1 here already \u00b7 1 disabled \u00b7 1 with a problem")).toBeVisible();
  await expect(page.getByText("Not used: Telefon.")).toBeVisible();
  await expect(row("Ida Dahl")).toContainText("email must be");
  await find.button(row("Dan Gone"), "Enable: Dan Gone").click();
  await expect(page.getByText("1 new \u00b7 2 here already \u00b7 1 with a problem")).toBeVisible();
  await expect(find.button(page, "Invite 1 person")).toBeHidden();
  await page.getByLabel("Leave out the line with a problem").check();
  expect(sent).toBe(0);
  await find.button(page, "Invite 1 person").click();
  await expect(find.heading(page, "1 person is invited")).toBeFocused();
  await expect(page.getByLabel("Name, address and link, for a spreadsheet", { exact: true })).toContainText(/joerg@example.test\t.*\/invitation#/);
  await expect(row("J\u00f6rg M\u00fcller")).toContainText("Invited");

  await find.button(page, "Import more").click();
  const cells = find.field(page, "Or cells pasted from a spreadsheet");
  await cells.fill("Ola Berg\tola@example.test\nIda Dahl\tida@example.test");
  await expect(page.getByText("The first line must name the columns")).toBeVisible();
  await cells.fill("Name\tMail\tTeam\nOla Berg\tola@example.test\tSales");
  await expect(page.getByText("The team Sales is made.")).toBeVisible();
  await find.button(page, "Invite 1 person").click();
  await expect(find.heading(page, "1 person is invited")).toBeVisible();
  await find.link(page.getByRole("main"), "People").first().click();
  await expect(page.getByRole("row").filter({ hasText: "Ola Berg" })).toContainText("Sales");
});

test("the address of somebody who is disabled offers to let them in again", async ({ page, workspace: _ }) => {
  await server.invite(page, "Dan Gone");
  const { members } = await server.send(page, "GET", "/api/app/directory");
  const dan = members.find((member: { name: string }) => member.name === "Dan Gone");
  await server.send(page, "POST", `/api/app/members/${dan.id}/disable`, {});
  await page.goto("/settings/members?new=");
  const panel = find.panel(page, "Invite somebody");
  await act.fill(panel, { "E-mail address": dan.email.toUpperCase(), Name: "Dan" });
  await expect(panel.getByText("That is Dan Gone, disabled since")).toBeVisible();
  await find.button(panel, "Enable: Dan Gone").click();
  await expect(page.getByText("Dan Gone can sign in again.")).toBeVisible();
  await expect(panel).toBeHidden();
});

test("people are narrowed down by role, team and state, and a row's menu is there for the keyboard", async ({ page, browser, workspace: _ }) => {
  await server.colleague(page, browser, "Sam Alder");
  await server.invite(page, "Grace Hopper");
  await page.goto("/settings/members");
  const rows = page.getByRole("rowheader");
  await expect(rows).toHaveCount(3);
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  await expect(row("Sam Alder")).toContainText("today");
  await expect(row("Grace Hopper")).not.toContainText("today");
  await page.getByLabel("All states").selectOption("Invited");
  await expect(rows).toHaveText([/Grace Hopper/]);
  await page.reload();
  await expect(rows).toHaveCount(1);
  await page.getByLabel("All roles").selectOption("Admin");
  await expect(find.heading(page, "Nobody is like that")).toBeVisible();
  await find.button(page, "Clear").click();
  await expect(rows).toHaveCount(3);

  await page.setViewportSize({ width: 360, height: 740 });
  const actions = find.button(row("Sam Alder"), "Actions: Sam Alder");
  await actions.press("Enter");
  await expect(actions).toHaveAttribute("aria-expanded", "true");
  await check.fitsItsWidth(page);
  await page.keyboard.press("Escape");
  await expect(actions).toBeFocused();
  await expect(actions).toHaveAttribute("aria-expanded", "false");
  await actions.press("Enter");
  await find.button(page, "Disable: Sam Alder").press("Enter");
  await find.button(find.panel(page, "Disable Sam Alder?"), "Cancel").click();
  await expect(actions).toBeFocused();
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
  await find.button(row, "Actions: Sam Alder").click();
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

test("the settings are in groups, which a phone opens by a button that says where one is", async ({ page, workspace: _ }) => {
  await page.goto("/settings");
  const sections = page.getByRole("navigation", { name: "Settings" });
  for (const [group, links] of [
    ["Me", ["Profile", "Sessions"]],
    ["Developers", ["API keys", "Assistants"]],
  ] as const) {
    const found = sections.getByRole("group", { name: group }).getByRole("link");
    await expect(found).toHaveText([...links]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(find.link(sections, "Sessions")).toBeHidden();
  await find.button(sections, "Profile").click();
  await find.link(sections, "People").click();
  await expect(find.heading(page, "People")).toBeVisible();
  await expect(find.link(sections, "Sessions")).toBeHidden();
  await check.fitsItsWidth(page);
  await find.button(sections, "People").press("Enter");
  await expect(find.link(sections, "People")).toHaveAttribute("aria-current", "page");
});

test("assistants are connected with this server's address, ready to be copied", async ({ page, workspace: _ }) => {
  await page.goto("/settings/assistants");
  await expect(find.heading(page, "Assistants")).toBeVisible();
  const command = page.getByLabel("Claude Code", { exact: true });
  await expect(command).toContainText(`okrs ${new URL("/api/public/mcp", page.url()).href} --header`);
  await expect(find.button(page, /: curl$/)).toBeVisible();
});
