// Every screen, and how one gets to see it.

import { type Locator, type Page, expect } from "@playwright/test";

import * as act from "./act";
import { type Role, demoPerson } from "./environment";
import * as find from "./find";
import * as server from "./server";

/** Somebody of the demo, the admin of a new workspace, or somebody who is not signed in. */
type Viewer = Role | "newcomer" | "nobody";

/** What is shown, once it is ready. */
type Screen = { name: string; who: Viewer; open: (page: Page) => Promise<void> };

const OKR = "Be the cargo bike that families recommend";

export const screens: Screen[] = [
  {
    name: "signing in",
    who: "nobody",
    open: async (page) => {
      await page.goto("/sign-in");
      await act.signIn(page, { email: "nobody@example.test", password: "not-the-password" });
      await expect(page.getByRole("alert")).not.toBeEmpty();
    },
  },
  {
    name: "setting up a workspace",
    who: "nobody",
    open: async (page) => {
      await page.goto("/set-up");
      await find.button(page, "Create the workspace").click();
      await expect(page.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "the first cycle of a workspace",
    who: "nobody",
    open: async (page) => {
      await server.makeWorkspace(page, { withCycle: false });
      await page.goto("/set-up/cycle");
      await find.field(page, "Name").fill("");
      await find.button(page, "Begin with this cycle").click();
      await expect(page.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "coming back into a workspace",
    who: "nobody",
    open: async (page) => {
      await page.goto("/recover");
      await find.button(page, "Make a link").click();
      await expect(page.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "a link that is gone",
    who: "nobody",
    open: async (page) => {
      await page.goto("/invitation/unknown");
      await expect(find.heading(page, "This link can’t be used any more")).toBeVisible();
    },
  },
  {
    name: "home",
    who: "member",
    open: async (page) => {
      await show(page, "/", page.getByRole("main").getByRole("form").first());
    },
  },
  {
    name: "home of who leads",
    who: "manager",
    open: (page) => show(page, "/", find.heading(page, "Needs attention")),
  },
  { name: "the list of OKRs", who: "manager", open: (page) => show(page, "/okrs", find.link(page, OKR)) },
  {
    name: "the list of OKRs with filters and key results",
    who: "manager",
    open: async (page) => {
      await show(page, "/okrs?type=company&group=status", find.link(page, OKR));
      await find.button(page, "Show all key results").click();
    },
  },
  { name: "the tree of OKRs", who: "manager", open: (page) => show(page, "/okrs?layout=tree", find.link(page, OKR)) },
  {
    name: "an OKR",
    who: "manager",
    open: showOkr,
  },
  {
    name: "why health is what it is",
    who: "manager",
    open: async (page) => {
      await show(page, "/okrs", find.link(page, OKR));
      await find.button(find.okrRow(page, OKR), /^Health \d+: why\?$/).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    name: "writing an OKR",
    who: "manager",
    open: async (page) => {
      await show(page, "/okrs", find.link(page, OKR));
      await page.keyboard.press("n");
      const panel = find.panel(page, "New OKR");
      await act.fill(panel, { Objective: "Launch the new website", "What is measured": "Visits", From: "few" });
      await find.button(panel, "Create OKR").click();
      await expect(panel.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "the list of archived OKRs",
    who: "newcomer",
    open: async (page) => {
      const okr = await newOkr(page);
      await server.send(page, "PATCH", `/api/app/okrs/${okr.id}`, { archived: true });
      await show(page, "/okrs?archived=true", find.link(page, okr.title));
      await expect(find.okrRow(page, okr.title)).toContainText("Archived");
    },
  },
  {
    name: "changing an OKR",
    who: "admin",
    open: async (page) => {
      await showOkr(page);
      await find.button(page, "Edit").click();
      const panel = find.panel(page, "Edit OKR");
      await act.fill(panel.getByRole("group", { name: "Key result 1" }), { Weight: "-1", To: "99" });
      await find.button(panel, "Save").click();
      await expect(panel.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "checking in from an OKR",
    who: "admin",
    open: async (page) => {
      await showOkr(page);
      await find.button(page, "Check in").first().click();
      await expect(find.field(find.panel(page, "Check in"), "Value")).toBeFocused();
    },
  },
  {
    name: "correcting a check-in",
    who: "newcomer",
    open: async (page) => {
      const okr = await newOkr(page);
      await server.checkIn(page, okr.keyResults[0], { value: 54, comment: "Half of it" });
      await show(page, `/okrs/${okr.id}`, find.heading(page, okr.title));
      await find.button(find.history(page), "Correct").click();
      const panel = find.panel(page, "Correct a check-in");
      await panel.getByRole("combobox", { name: "Status" }).selectOption("Blocked");
      await find.button(panel, "Save").click();
      await expect(panel.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "comments, a mention in the making, and what happened",
    who: "newcomer",
    open: async (page) => {
      const okr = await newOkr(page);
      await server.comment(page, okr, "# Well\n\n- *one*\n- `two`\n\n> [three](https://a.example)");
      await show(page, `/okrs/${okr.id}`, find.heading(page, okr.title));
      await page.getByText("Everything that was changed, by whom and when").click();
      await find.field(page, "Write a comment").pressSequentially("Ask @");
      await expect(page.getByRole("listbox", { name: "People" })).toBeVisible();
    },
  },
  {
    name: "deleting a comment",
    who: "newcomer",
    open: async (page) => {
      const okr = await newOkr(page);
      await server.comment(page, okr, "Never mind");
      await show(page, `/okrs/${okr.id}`, find.heading(page, okr.title));
      await find.button(find.comments(page), "Delete").click();
      await expect(find.panel(page, "Delete this comment?")).toBeVisible();
    },
  },
  {
    name: "the list of KPIs",
    who: "manager",
    open: (page) => show(page, "/kpis", page.getByRole("main").getByRole("link").first()),
  },
  {
    name: "a KPI",
    who: "manager",
    open: async (page) => {
      await show(page, "/kpis", page.getByRole("main").getByRole("link").first());
      await page.getByRole("main").getByRole("link").first().click();
      await expect(page.getByRole("region", { name: "Updates" })).toBeVisible();
    },
  },
  {
    name: "writing a KPI",
    who: "admin",
    open: async (page) => {
      await show(page, "/kpis", find.button(page, "New KPI"));
      await page.keyboard.press("n");
      const panel = find.panel(page, "New KPI");
      await find.button(panel, "Create KPI").click();
      await expect(panel.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "the profile",
    who: "manager",
    open: (page) => show(page, "/settings", find.button(page, "Save name")),
  },
  {
    name: "the list of sessions",
    who: "manager",
    open: (page) => show(page, "/settings/sessions", page.getByText("This browser")),
  },
  {
    name: "connecting assistants",
    who: "manager",
    open: (page) => show(page, "/settings/assistants", page.getByText("Cursor")),
  },
  {
    name: "the list of API keys",
    who: "admin",
    open: async (page) => {
      await show(page, "/settings/api-keys", page.getByRole("table").first());
    },
  },
  {
    name: "making an API key",
    who: "newcomer",
    open: async (page) => {
      await show(page, "/settings/api-keys", find.button(page, "New key"));
      await page.keyboard.press("n");
      const panel = find.panel(page, "New key");
      await find.button(panel, "Create key").click();
      await expect(panel.locator("[aria-invalid], .field-error")).not.toHaveCount(0);
    },
  },
  {
    name: "a key that was made",
    who: "newcomer",
    open: async (page) => {
      await show(page, "/settings/api-keys", find.button(page, "New key"));
      await page.keyboard.press("n");
      const panel = find.panel(page, "New key");
      await act.fill(panel, { Name: "Weekly report" });
      await panel.getByRole("checkbox").first().check();
      await find.button(panel, "Create key").click();
      await expect(find.panel(page, "The key for Weekly report")).toBeVisible();
    },
  },
  {
    name: "the list of members",
    who: "admin",
    open: async (page) => {
      await show(page, "/settings/members", page.getByRole("table").first());
    },
  },
  {
    name: "inviting somebody",
    who: "admin",
    open: async (page) => {
      await show(page, "/settings/members", page.getByRole("table").first());
      await find.button(page, "Invite").click();
      const panel = find.panel(page, "Invite somebody");
      await find.button(panel, "Make the invitation").click();
      await expect(panel.locator("[aria-invalid]")).not.toHaveCount(0);
    },
  },
  {
    name: "importing people",
    who: "admin",
    open: async (page) => {
      await show(page, "/settings/members/import", find.heading(page, "Import people"));
      const lines = ["Name,E-mail,Role,Team,Phone", "Ola Berg,ola@import.test,,Sales,1", "Ida Dahl,ida,,,2"];
      await find.field(page, "Or cells pasted from a spreadsheet").fill(lines.join("\n"));
      await expect(page.getByText("1 new \u00b7 1 with a problem")).toBeVisible();
    },
  },
  {
    name: "the teams",
    who: "admin",
    open: (page) => show(page, "/settings/teams", page.getByRole("table").first()),
  },
  {
    name: "a new team",
    who: "admin",
    open: async (page) => {
      await show(page, "/settings/teams", page.getByRole("table").first());
      await find.button(page, "New team").click();
      await expect(find.panel(page, "New team").getByRole("checkbox").first()).toBeVisible();
    },
  },
  {
    name: "the workspace",
    who: "admin",
    open: (page) => show(page, "/settings/workspace", page.getByLabel("Time zone")),
  },
  {
    name: "the cycles",
    who: "admin",
    open: (page) => show(page, "/settings/cycles", page.getByRole("table").first()),
  },
  {
    name: "the cycles without one",
    who: "nobody",
    open: async (page) => {
      await server.makeWorkspace(page, { withCycle: false });
      await show(page, "/settings/cycles", find.heading(page, "No cycle yet"));
    },
  },
  {
    name: "the next four cycles",
    who: "admin",
    open: async (page) => {
      await show(page, "/settings/cycles?new=", find.panel(page, "New cycle"));
      await page.getByLabel("The next four at once").check();
    },
  },
  {
    name: "changing a cycle",
    who: "admin",
    open: async (page) => {
      await show(page, "/settings/cycles", page.getByRole("table").first());
      await find.button(page, /^Edit: /).nth(1).click();
      await page.getByLabel("Last day").fill("2030-01-31");
      await expect(page.getByText(/^The pace of/)).toBeVisible();
    },
  },
  {
    name: "cloning a cycle",
    who: "manager",
    open: async (page) => {
      await show(page, "/settings/cycles", page.getByRole("table").first());
      await find.button(page, /^Clone: /).first().click();
      await expect(find.panel(page, "Clone OKRs")).toBeVisible();
    },
  },
  {
    name: "the OKRs of a workspace without a cycle",
    who: "nobody",
    open: async (page) => {
      await server.makeWorkspace(page, { withCycle: false });
      await show(page, "/okrs", find.link(page, "Plan a cycle"));
    },
  },
  {
    name: "my menu",
    who: "manager",
    open: async (page) => {
      await show(page, "/", find.heading(page, "KPIs to update"));
      await find.myMenu(page).click();
    },
  },
  {
    name: "the list of notifications",
    who: "manager",
    open: async (page) => {
      await show(page, "/", find.heading(page, "KPIs to update"));
      await find.button(page, /^Notifications/).click();
      await expect(page.getByRole("region", { name: "Notifications" })).toBeVisible();
    },
  },
  {
    name: "what a search found",
    who: "manager",
    open: async (page) => {
      await show(page, "/", find.heading(page, "KPIs to update"));
      // On Home one is in a field already.
      await page.keyboard.press("Control+k");
      await find.search(page).fill("be");
      await expect(page.getByRole("listbox", { name: "Found" }).getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "a search that found nothing",
    who: "manager",
    open: async (page) => {
      await show(page, "/", find.heading(page, "KPIs to update"));
      // On Home one is in a field already.
      await page.keyboard.press("Control+k");
      await find.search(page).fill("xyzzy");
      await expect(page.getByText(/^Nothing that you see/)).toBeVisible();
    },
  },
  {
    name: "the list of shortcuts",
    who: "manager",
    open: async (page) => {
      await show(page, "/settings", find.button(page, "Save name"));
      await page.keyboard.press("?");
      await expect(find.panel(page, "Keyboard shortcuts")).toBeVisible();
    },
  },
  {
    name: "a home with nothing in it",
    who: "newcomer",
    open: (page) => show(page, "/", find.heading(page, "Three steps to begin")),
  },
  {
    name: "home with rows of every kind",
    who: "member",
    open: async (page) => {
      await show(page, "/", page.getByRole("main").getByRole("form").first());
      const form = page.getByRole("main").getByRole("form").first();
      await page.keyboard.press("Alt+b");
      await form.getByRole("button", { name: "Check in" }).click();
      await expect(page.locator("[aria-invalid]")).toHaveCount(1);
      await page.getByText(/ checked in this week$/).click();
    },
  },
  {
    name: "signing in again",
    who: "nobody",
    open: (page) => show(page, "/sign-in?ended", page.getByText("Your session has ended.")),
  },
  {
    name: "a pause",
    who: "manager",
    open: async (page) => {
      await page.route("**/api/app/kpis", server.tooMany(60));
      await show(page, "/kpis", page.getByRole("timer"));
    },
  },
  {
    name: "nothing found",
    who: "manager",
    open: (page) => show(page, "/okrs/unknown", find.heading(page, "There is nothing here")),
  },
];

/** Comes as who sees it, and opens it. */
export async function open(page: Page, { who, open }: Screen) {
  if (who === "newcomer") await server.makeWorkspace(page);
  else if (who !== "nobody") await server.signIn(page, demoPerson(who));
  await open(page);
}

/** One with everything that an OKR can have. */
async function showOkr(page: Page) {
  await show(page, `/okrs/${await server.demoOkr(page, OKR)}`, find.heading(page, OKR));
}

/** The only OKR of a new workspace. */
async function newOkr(page: Page): Promise<server.Okr> {
  const [cycle] = await server.send(page, "GET", "/api/v1/cycles");
  return server.makeOkr(page, cycle.id, "Grow with care", ["Signups"]);
}

async function show(page: Page, address: string, ready: Locator) {
  await page.goto(address);
  await expect(ready).toBeVisible();
}
