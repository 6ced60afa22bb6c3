import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { demoPerson } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

test("a wrong password is refused, the right one leads to the page one wanted", async ({ page }) => {
  const { email, password } = demoPerson("manager");
  await page.goto("/okrs?layout=tree");
  await check.isSignInForm(page);
  await expect(find.field(page, "E-mail address")).toBeFocused();
  await act.signIn(page, { email, password: "not the password" });
  await expect(page.getByRole("alert")).toHaveText("Address or password is wrong.");

  await act.signIn(page, { email, password });
  await check.isSignedIn(page);
  await check.isAt(page, "/okrs?layout=tree");
});

test("a browser that keeps no cookie is told so", async ({ page, workspace }) => {
  await page.context().clearCookies();
  await page.route("**/api/app/sessions", async (route) => {
    const response = await route.fetch();
    await page.context().clearCookies();
    await route.fulfill({ status: response.status(), json: await response.json() });
  });
  await page.goto("/sign-in");
  await act.signIn(page, workspace.admin);
  await expect(page.getByRole("alert")).toContainText("kept no cookie");
  await check.isSignInForm(page);

  await page.unroute("**/api/app/sessions");
  await act.signIn(page, workspace.admin);
  await check.isSignedIn(page);
});

test("the back button does not lead to the sign-in form again", async ({ page, workspace }) => {
  await page.context().clearCookies();
  await page.goto("/set-up");
  await page.goto("/okrs");
  await check.isSignInForm(page);
  await act.signIn(page, workspace.admin);
  await expect(find.heading(page, "OKRs")).toBeVisible();

  await page.goBack();
  await check.isAt(page, "/set-up");
});

test("signing out ends the session", async ({ page, workspace }) => {
  await page.goto("/");
  await check.isSignedIn(page);
  const cookies = await page.context().cookies();
  await act.signOut(page);
  await check.isSignInForm(page);

  // Not in this browser alone.
  await page.context().addCookies(cookies);
  await page.goto("/okrs");
  await check.isSignInForm(page);
  await act.signIn(page, workspace.admin);
  await check.isSignedIn(page);
});

test("an invitation is a link that sets a password, once", async ({ page, workspace }) => {
  const invitation = await server.invite(page, "Sam Alder");
  await page.context().clearCookies();
  await page.goto(invitation);
  await expect(find.heading(page, `Join ${workspace.name}`)).toBeVisible();
  await page.getByLabel("New password").fill("another-password");
  await find.button(page, "Join").click();
  await check.isSignedIn(page);
  await find.myMenu(page).click();
  await expect(page.getByText("Member", { exact: true })).toBeVisible();

  await page.goto(invitation);
  await expect(find.heading(page, "This link can’t be used any more")).toBeVisible();
});
