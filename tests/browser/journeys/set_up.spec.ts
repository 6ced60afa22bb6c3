import { randomUUID } from "node:crypto";

import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import { setUpToken } from "../environment";
import * as find from "../find";
import { test } from "../fixtures";

const filledIn = () => ({
  "Set-up token": setUpToken,
  "Name of the workspace": "Rowan & Sons",
  "Your name": "Robin Frost",
  "E-mail address": `${randomUUID()}@example.test`,
});

test("whoever has the token sets up a workspace and is in", async ({ page }) => {
  await page.goto("/set-up");
  await expect(find.field(page, "Set-up token")).toBeFocused();
  await expect(find.field(page, "Time zone")).toHaveValue("Europe/Berlin");
  await act.fill(page, filledIn());
  await find.passwordField(page).fill("a-password-for-tests");
  await find.button(page, "Create the workspace").click();

  await check.isAt(page, "/set-up/cycle");
  await expect(page.getByRole("main")).toContainText("Rowan & Sons");
  await find.link(page, "Skip for now").click();
  await check.isSignedIn(page);
  await check.isAt(page, "/");
  await expect(find.navigation(page)).toContainText("Rowan & Sons");
  await expect(find.heading(page, "Three steps to begin")).toBeVisible();
  await page.reload();
  await check.isSignedIn(page);
});

test("a wrong token is refused beside its field", async ({ page }) => {
  await page.goto("/set-up");
  await act.fill(page, { ...filledIn(), "Set-up token": "guessed" });
  await find.passwordField(page).fill("a-password-for-tests");
  await find.button(page, "Create the workspace").click();
  await check.isRefused(page, "Set-up token", /./);
  await check.isAt(page, "/set-up");
});

test("every empty field is told at once and before anything is sent", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.goto("/set-up");
  await find.button(page, "Create the workspace").click();
  for (const field of ["Set-up token", "Name of the workspace", "Your name", "E-mail address", "Password"]) {
    await check.isRefused(page, field, "must be filled in");
  }
  await expect(find.field(page, "Set-up token")).toBeFocused();
  await find.field(page, "Your name").fill("Robin Frost");
  await expect(find.field(page, "Your name")).not.toHaveAttribute("aria-invalid");
  expect(sent).toEqual([]);

  await page.goto("/sign-in");
  await find.button(page, "Sign in").click();
  await check.isRefused(page, "E-mail address", "must be filled in");
  await check.isRefused(page, "Password", "must be filled in");
  expect(sent).toEqual([]);
});

test("a short password is refused before anything is sent", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.goto("/set-up");
  await act.fill(page, filledIn());
  await find.passwordField(page).fill("short");
  await page.keyboard.press("Enter");
  await check.isRefused(page, "Password", /10 to 200 characters/);
  expect(sent).toEqual([]);
});
