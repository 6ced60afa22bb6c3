import { type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

/** One's key result from 1,000 to 3,000 that stands at 2,500.125: a number with every mark. */
async function orders(page: Page, { cycleId }: server.Workspace): Promise<server.Okr> {
  const okr = await server.makeOkr(page, cycleId, "Grow with care", []);
  const { id: owner_id } = await server.send(page, "GET", "/api/app/me");
  const body = { title: "Orders", metric_type: "number", start_value: 1000, target_value: 3000, owner_id };
  const made = await server.send(page, "POST", `/api/v1/okrs/${okr.id}/key-results`, body);
  await server.checkIn(page, made, { value: 2500.125 });
  await page.goto("/");
  await openDone(page);
  return { ...okr, keyResults: [made] };
}

/** Opens what is checked in already. */
async function openDone(page: Page) {
  await page.getByText("1 checked in this week").click();
  await find.button(find.checkInRow(page, "Orders"), "Change").click();
}

/** The last value that was checked in. */
const lastValue = async (page: Page, okr: server.Okr) => (await server.checkIns(page, okr))[0].value;

const value = (page: Page) => find.field(find.checkInForm(page, "Orders"), "Value");

async function send(page: Page, text: string) {
  await value(page).fill(text);
  await value(page).press("Enter");
}

test("a digit too many is asked about, and Enter again sends it", async ({ page, workspace }) => {
  const okr = await orders(page, workspace);
  await expect(value(page)).toHaveValue("2,500.125");
  await send(page, "1,20043");
  const alert = find.checkInForm(page, "Orders").getByRole("alert");
  await expect(alert).toContainText("“1,20043” could be 120,043 or 1.20043");
  await send(page, "25,001");
  await expect(alert).toContainText("is 25,001, more than ten times the way from 1,000 to 3,000");
  expect(await lastValue(page, okr)).toBe(2500.125);
  await value(page).press("Enter");
  await check.wasCheckedIn(page, "Orders", "25,001");
  await expect.poll(() => lastValue(page, okr)).toBe(25_001);
});

for (const [locale, shown, typed, outcome] of [
  ["de-DE", "2.500,125", "2.600", "2.600"],
  ["fa-IR", "۲٬۵۰۰٫۱۲۵", "۲٬۶۰۰", "۲٬۶۰۰"],
]) {
  test.describe(() => {
    test.use({ locale });

    test(`in ${locale} a week is checked in as it is shown`, async ({ page, workspace }) => {
      const okr = await orders(page, workspace);
      await expect(value(page)).toHaveValue(shown);
      await act.fill(find.checkInForm(page, "Orders"), { Comment: "Only words" });
      await value(page).press("Enter");
      await check.wasCheckedIn(page, "Orders", shown);
      await expect.poll(() => lastValue(page, okr)).toBe(2500.125);
      await page.reload();
      await openDone(page);
      await send(page, typed);
      await check.wasCheckedIn(page, "Orders", outcome);
      await expect.poll(() => lastValue(page, okr)).toBe(2600);
      // The page's language has the words, whoever reads it.
      await expect(find.checkInRow(page, "Orders")).toContainText("today");
    });
  });
}
