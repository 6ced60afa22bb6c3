// The screens there are only in front of the hosted service. What is rare there is told to the page by
// the test.

import { type Page, expect } from "@playwright/test";

import * as find from "./find";
import * as server from "./server";

/** What is shown, once it is ready. */
type HostedScreen = { name: string; open: (page: Page, workspace?: server.Workspace) => Promise<void> };

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const budget = {
  limit: 60,
  left: 0,
  resets_in_seconds: 34,
  paused_for_seconds: 20,
  as_of: minutesAgo(7),
  is_stale: true,
  waiting_writes: 3,
  undecided_writes: 1,
  failed_writes: 1,
};

const write = {
  id: "1",
  state: "waiting",
  method: "POST",
  path: "/key-results/x/checkins",
  body: JSON.stringify({ value: 42, comment: "The spring campaign has begun" }),
  title: "Signups",
  member_id: "somebody",
  member: "Ada Birch",
  created_at: minutesAgo(9),
  status: null,
  answer: null,
};

const writes = [
  write,
  { ...write, id: "2", state: "in_doubt", method: "PUT", path: "/okrs/x", body: "{}", title: "Be on time" },
  { ...write, id: "3", state: "undecided" },
  {
    ...write,
    id: "4",
    state: "failed",
    path: "/okrs",
    body: JSON.stringify({ title: "Grow with care" }),
    title: "Grow with care",
    status: 400,
    answer: JSON.stringify({ error: "bad_request", message: "cycle_id is no longer active" }),
  },
  {
    ...write,
    id: "5",
    path: "/okrs",
    body: "{}",
    title: "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenproduktionssteigerung",
  },
];

const list = {
  list: "/kpis",
  there: 14,
  here: 14,
  same_order: true,
  equal: 14,
  differing_fields: 0,
  differences: [],
  compared_at: "2026-04-19T12:00:00Z",
};

const compared = [
  { ...list, list: "/cycles", there: 3, here: 3, equal: 3 },
  {
    ...list,
    list: "/okrs",
    there: 112,
    here: 111,
    same_order: false,
    equal: 109,
    differing_fields: 3,
    differences: [
      { id: "0199f0aa-1111-7000-8000-000000000001", field: "key_results[0].current_value", there: "42.5", here: "41" },
      { id: "0199f0aa-1111-7000-8000-000000000001", field: "owner", there: '"Ada Birch"', here: null },
      {
        id: "0199f0aa-1111-7000-8000-000000000002",
        field: "",
        there: JSON.stringify({ id: "0199f0aa", title: "Be on time", key_results: [], note: "long ".repeat(80) }),
        here: null,
      },
    ],
  },
  list,
];

const person = {
  id: "0199f0aa-1111-7000-8000-000000000003",
  name: "Person 0199f0aa",
  owns: 12,
  example: "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenproduktion",
  member_id: null,
  member: null,
};

const people = [
  person,
  { ...person, id: "2", name: "Ada Birch", owns: 1, example: "Be on time" },
  { ...person, id: "3", name: "Lena Hoff", owns: 0, example: null },
];

const tell = (page: Page, path: string, json: object) => page.route(`**/api/app/${path}`, (route) => route.fulfill({ json }));

/** As when the service does not answer, and as when much of what was asked for has not arrived. */
async function inTrouble(page: Page) {
  await tell(page, "budget", budget);
  await tell(page, "pending-writes", writes);
}

export const hostedScreens: HostedScreen[] = [
  {
    name: "as of when, and more",
    open: async (page) => {
      await page.goto("/");
      await find.button(page, /^As of/).click();
      await expect(page.getByRole("region", { name: "Hosted service" })).toContainText("Requests left");
    },
  },
  {
    name: "a service that does not answer",
    open: async (page) => {
      await inTrouble(page);
      await page.goto("/");
      await find.button(page, /^Hosted service does not answer; as of/).click();
      await expect(page.getByText("Nobody knows whether 1 of your changes")).toBeVisible();
    },
  },
  {
    name: "writes that wait",
    open: async (page) => {
      await inTrouble(page);
      await page.goto("/");
      await find.button(page, "Look at it").click();
      await expect(find.panel(page, "Waiting for the hosted service")).toContainText("Needs a decision");
    },
  },
  {
    name: "nothing that waits",
    open: async (page) => {
      await page.goto("/");
      await find.button(page, /^As of/).click();
      await find.button(page, "See what waits").click();
      await expect(find.panel(page, "Waiting for the hosted service")).toContainText("Nothing waits");
    },
  },
  {
    name: "people whom only the service knows",
    open: async (page) => {
      await tell(page, "hosted-people", people);
      await page.goto("/settings/hosted-service");
      await expect(page.getByRole("combobox", { name: "Who Ada Birch is here" })).toBeVisible();
    },
  },
  {
    name: "figures of which some are worked out here",
    open: async (page, workspace) => {
      if (!workspace) throw new Error("it needs a workspace");
      const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
      await page.goto(`/okrs/${okr.id}`);
      await find.button(page, /^Health \d+, worked out here: why\?$/).last().click();
      await expect(page.getByText("the hosted service gives key results no score")).toBeVisible();
    },
  },
  {
    name: "a comparison without a difference",
    open: async (page) => {
      await page.goto("/settings/hosted-service");
      await expect(page.getByText("No differences")).toBeVisible();
    },
  },
  {
    name: "a comparison with differences",
    open: async (page) => {
      await tell(page, "comparison", compared);
      await page.goto("/settings/hosted-service");
      await page.getByText("The 3 differences in OKRs").click();
      await expect(page.getByText("key_results[0].current_value")).toBeVisible();
    },
  },
  {
    name: "a comparison that fails",
    open: async (page) => {
      const error = { error: "server_error", message: "Something went wrong on our end" };
      await page.route("**/api/app/comparison", (route) => route.fulfill({ status: 500, json: error }));
      await page.goto("/settings/hosted-service");
      await expect(find.button(page, "Try again")).toBeVisible();
    },
  },
  {
    name: "the settings of a workspace",
    open: async (page) => {
      await page.goto("/settings/workspace");
      await expect(page.getByRole("radio", { name: /^Admins only/ })).toBeVisible();
    },
  },
  {
    name: "an OKR of which nobody says who it is for",
    open: async (page, workspace) => {
      if (!workspace) throw new Error("it needs a workspace");
      await page.goto(`/okrs/${await server.makeThere(page, workspace, "Grow with care")}`);
      await expect(page.getByText("Visible to admins only until you choose: ")).toBeVisible();
    },
  },
  {
    name: "saying who an OKR is for",
    open: async (page, workspace) => {
      if (!workspace) throw new Error("it needs a workspace");
      await page.goto(`/okrs/${await server.makeThere(page, workspace, "Grow with care")}`);
      await find.button(page, "Choose").click();
      await expect(page.getByText("Visible to admins only until you choose.")).toBeVisible();
    },
  },
  {
    name: "deleting what can't be brought back",
    open: async (page, workspace) => {
      if (!workspace) throw new Error("it needs a workspace");
      const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
      await page.goto(`/okrs/${okr.id}`);
      await find.button(page, "Delete OKR").click();
      await expect(find.panel(page, "Delete “Grow with care”?")).toBeVisible();
    },
  },
];
