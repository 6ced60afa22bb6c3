// An ordinary member, from the invitation to a week that is closed, by screens only.

import { expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test, watched } from "../fixtures";

test("whoever is invited joins, plans, checks in, says something and closes the week", async ({
  page,
  browser,
  workspace,
}) => {
  test.setTimeout(120_000);
  const sam = { email: "sam@example.test", password: "another-password" };
  await page.goto("/settings/members");
  await find.button(page, "Invite").click();
  const invite = find.panel(page, "Invite somebody");
  await act.fill(invite, { "E-mail address": sam.email, Name: "Sam Alder" });
  await find.button(invite, "Make the invitation").click();
  const shown = find.panel(page, "The invitation for Sam Alder");
  await expect(shown).toContainText("/invitation#");
  const [link] = (await shown.innerText()).match(/http\S+\/invitation#\S+/) ?? [""];
  await find.button(shown, "Done").click();

  await watched(browser, async (theirs) => {
    await theirs.goto(link);
    await theirs.getByLabel("New password").fill(sam.password);
    await find.button(theirs, "Join").click();
    await expect(find.navigation(theirs)).toContainText(workspace.name);

    await act.goTo(theirs, "OKRs");
    await find.button(theirs, "New OKR").first().click();
    const okr = find.panel(theirs, "New OKR");
    // What only others may make is not offered.
    await expect(okr.getByRole("radio", { name: "Company" })).toHaveCount(0);
    await act.fill(okr, { Objective: "No parcel waits over night" });
    await act.fill(okr.getByRole("group", { name: "Key result 1" }), {
      "What is measured": "Parcels left in the evening",
      From: "40",
      To: "0",
    });
    await find.button(okr, "Create OKR").click();
    await expect(find.heading(theirs, "No parcel waits over night")).toBeVisible();

    await act.goTo(theirs, "Home");
    await expect(find.heading(theirs, "1 check-in due")).toBeVisible();
    await act.checkIn(theirs, "Parcels left in the evening", "31", "A van more since Tuesday");
    await check.wasCheckedIn(theirs, "Parcels left in the evening", "31");
    await expect(find.heading(theirs, "Nothing is due. Well kept.")).toBeVisible();

    await find.button(theirs, "Search everything").click();
    await find.search(theirs).fill("parcels LEFT");
    await find.hit(theirs, "Parcels left in the evening").click();
    await find.field(theirs, "Write a comment").fill("Who can help on Fridays?");
    await find.button(theirs, "Comment").click();
    await expect(find.comments(theirs)).toHaveText(/Who can help on Fridays\?/);
    await expect(find.history(theirs)).toContainText("A van more since Tuesday");

    // The week stays closed when they come back.
    await act.signOut(theirs);
    await check.isSignInForm(theirs);
    await act.signIn(theirs, sam);
    await act.goTo(theirs, "Home");
    await expect(find.heading(theirs, "Nothing is due. Well kept.")).toBeVisible();
    await expect(theirs.getByText("1 checked in this week")).toBeVisible();
  });

  // And the admin sees what was done.
  await act.goTo(page, "OKRs");
  await expect(find.okrRow(page, "No parcel waits over night")).toContainText("Sam Alder");
});
