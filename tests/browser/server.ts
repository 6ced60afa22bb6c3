// What a journey starts from, made through the server's API as the app itself would.

import { randomUUID } from "node:crypto";
import { closeSync, openSync } from "node:fs";

import { type Browser, type Page, type Route, expect } from "@playwright/test";

import { type Pair, type Person, demoKey, pairs, service, setUpToken, state, url } from "./environment";

export type Workspace = {
  name: string;
  admin: Person;
  cycleId: string;
  /** Of the hosted service, for who asks it past the deployment. */
  serviceKey?: string;
};
export type KeyResult = { id: string; title: string };
export type Okr = { id: string; title: string; keyResults: KeyResult[] };
export type CheckIn = { key_result_id: string; value: number; comment: string | null };

/** A page, or whatever else asks the server with cookies of its own. */
type Client = Pick<Page, "request">;

/** Sends with the page's cookies and gives the answer's body. */
export async function send(page: Client, method: string, path: string, data?: object) {
  const response = await page.request.fetch(path, { method, data, headers: { origin: url } });
  expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true);
  return response.status() === 204 ? undefined : response.json();
}

/** Makes a workspace, with a running cycle unless said otherwise; the page's browser is signed in as its
 * admin. */
export async function makeWorkspace(page: Client, { withCycle } = { withCycle: true }): Promise<Workspace> {
  const name = `Workspace ${randomUUID().slice(0, 8)}`;
  const admin = { email: `${randomUUID()}@example.test`, password: "a-password-for-tests" };
  const setUp = { token: setUpToken, workspace: name, timezone: "UTC", name: "Robin Frost", ...admin };
  await send(page, "POST", "/api/app/set-up", setUp);
  return { name, admin, cycleId: withCycle ? await makeCycle(page) : "" };
}

/** Takes a workspace of the hosted service that no other test has; the page's browser is signed in as
 * its admin. */
export async function takeWorkspace(page: Page): Promise<Workspace> {
  const { name, email, password, cycle_id, other_key } = untaken();
  const admin = { email, password };
  await signIn(page, admin);
  return { name, admin, cycleId: cycle_id, serviceKey: other_key };
}

/** Whoever makes its file has it: tests run in several processes. */
function untaken(): Pair {
  for (const pair of pairs()) {
    try {
      closeSync(openSync(`${state}/${pair.tag}.taken`, "wx"));
      return pair;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  throw new Error("every workspace is taken; raise PAIRS in xtask/src/browser.rs");
}

/** What the hosted service answers, asked past the deployment. */
export async function askService(page: Page, { serviceKey }: Workspace, path: string, data?: object) {
  if (!service || !serviceKey) throw new Error("there is no hosted service");
  const headers = { authorization: `Bearer ${serviceKey}` };
  const method = data ? "POST" : "GET";
  const response = await page.request.fetch(`${service.url}/api/v1${path}`, { method, data, headers });
  expect(response.ok(), `${path}: ${response.status()}`).toBe(true);
  return response.json();
}

/** An OKR that is made at the hosted service, past the deployment; gives its id, once it is known here. */
export async function makeThere(page: Page, workspace: Workspace, title: string): Promise<string> {
  const okr = { title, type: "company", cycle_id: workspace.cycleId };
  const { id } = await askService(page, workspace, "/okrs", okr);
  const status = async () => (await page.request.get(`/api/app/okrs/${id}`)).status();
  await expect.poll(status, { timeout: 40_000 }).toBe(200);
  return id;
}

/** Signs in without the form. */
export async function signIn(page: Page, { email, password }: Person) {
  await page.context().clearCookies();
  await send(page, "POST", "/api/app/sessions", { email, password });
}

/** A whole year, this one unless said otherwise, so that it runs whatever the day. */
export async function makeCycle(page: Client, year = new Date().getUTCFullYear()): Promise<string> {
  const dates = { start_date: `${year}-01-01`, end_date: `${year}-12-31` };
  const cycle = await send(page, "POST", "/api/app/cycles", { name: `Year ${year}`, ...dates });
  return cycle.id;
}

/** An objective of the company with key results from 0 to 100 that are the signed-in person's own. */
export async function makeOkr(
  page: Client,
  cycle_id: string,
  title: string,
  keyResults: string[],
): Promise<Okr> {
  const { id: owner_id } = await send(page, "GET", "/api/app/me");
  const okr = await send(page, "POST", "/api/v1/okrs", { title, type: "company", cycle_id, owner_id });
  const made: KeyResult[] = [];
  for (const title of keyResults) {
    const body = { title, metric_type: "number", start_value: 0, target_value: 100, owner_id };
    made.push(await send(page, "POST", `/api/v1/okrs/${okr.id}/key-results`, body));
  }
  return { id: okr.id, title, keyResults: made };
}

/** Checks in as a program would. */
export async function checkIn(page: Page, { id }: KeyResult, body: { value: number; comment?: string }) {
  await send(page, "POST", `/api/v1/key-results/${id}/checkins`, body);
}

/** Says something about an OKR. */
export async function comment(page: Page, okr: Okr, text: string) {
  await send(page, "POST", `/api/app/okrs/${okr.id}/comments`, { text });
}

/** What was checked in on an OKR, latest first. */
export async function checkIns(page: Client, okr: Okr): Promise<CheckIn[]> {
  return (await send(page, "GET", `/api/app/okrs/${okr.id}`)).check_ins;
}

/** A KPI of the signed-in person that has no value yet; gives its id. */
export async function makeKpi(page: Page, name: string): Promise<string> {
  const { id: owner_id } = await send(page, "GET", "/api/app/me");
  return (await send(page, "POST", "/api/v1/kpis", { name, owner_id, target_value: 150 })).id;
}

/** What was recorded of a KPI, latest first. */
export async function kpiValues(page: Page, id: string): Promise<number[]> {
  const { updates } = await send(page, "GET", `/api/app/kpis/${id}`);
  return updates.map((update: { new_value: number }) => update.new_value);
}

/** Somebody new, who is invited by the page's admin; gives the address of the invitation. */
export async function invite(page: Page, name: string): Promise<string> {
  const invited = { email: `${randomUUID()}@example.test`, name };
  const { link } = await send(page, "POST", "/api/app/members", invited);
  const { pathname, hash } = new URL(link.url);
  return pathname + hash;
}

/** A browser of somebody new, who is signed in. */
export async function colleague(page: Page, browser: Browser, name: string): Promise<Page> {
  const invitation = await invite(page, name);
  const theirs = await (await browser.newContext({ baseURL: url })).newPage();
  await join(theirs, invitation);
  return theirs;
}

/** Uses an invitation without its page, by which the page's browser is signed in. */
export async function join(page: Page, invitation: string) {
  const token = invitation.split("#").pop();
  await send(page, "POST", "/api/app/password-links/use", { token, password: "another-password" });
}

/** Ends the session of the page's browser, which does not hear of it. */
export async function endSession(page: Page) {
  const sessions = await send(page, "GET", "/api/app/sessions");
  const current = sessions.find((session: { is_current: boolean }) => session.is_current);
  const cookies = await page.context().cookies();
  await send(page, "DELETE", `/api/app/sessions/${current.id}`);
  await page.context().addCookies(cookies);
}

/** The id of an OKR of the demo workspace's running cycle. */
export async function demoOkr(page: Page, title: string): Promise<string> {
  const okrs: Okr[] = await (await getWithKey(page, "/api/v1/okrs", demoKey())).json();
  const found = okrs.find((okr) => okr.title === title);
  if (!found) throw new Error(`the demo has no OKR "${title}"`);
  return found.id;
}

/** Asks as a program does. */
export function getWithKey(page: Page, path: string, key: string) {
  return page.request.get(path, { headers: { authorization: `Bearer ${key}` } });
}

/** What the server says to whoever asks too much, and when it goes on. */
export function tooMany(seconds: number) {
  const json = { error: "rate_limit_exceeded", message: "Too many requests", retry_after_seconds: seconds };
  return (route: Route) => route.fulfill({ status: 429, json });
}
