// What `cargo xtask browser` hands over. Against a server that runs already, such as that of
// `cargo xtask dev`, the same can be set by hand: see the end of playwright.config.ts.

import { readFileSync } from "node:fs";

function handedOver(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run these tests by \`cargo xtask browser\``);
  return value;
}

/** Where the Worker answers, without a slash at the end. */
export const url = handedOver("BROWSER_TESTS_URL");
/** The directory of its database, which also takes what failed tests leave. */
export const state = handedOver("BROWSER_TESTS_STATE");
/** The browser's program. */
export const chromium = handedOver("CHROMIUM");
/** Lets the server make workspaces. */
export const setUpToken = handedOver("SETUP_TOKEN");

/** Whether the app is built as it is deployed. */
export const isOptimised = process.env.OKRS_EDGE_OPTIMISED === "1";

/** Whether it is about the browsers besides Chromium. */
export const others = process.env.BROWSER_TESTS_OTHERS === "1";

/** Somebody who can sign in. */
export type Person = { email: string; password: string };

export type Role = "admin" | "manager" | "member";

type Demo = { keys: { all: string }; members: (Person & { role: Role })[] };

// Where the data is with the hosted service there is no demo.
const demo = (): Demo => JSON.parse(readFileSync(`${state}/demo.json`, "utf8"));

/** A key of the demo workspace that may do everything. */
export const demoKey = () => demo().keys.all;

/** Somebody of the demo workspace. */
export function demoPerson(role: Role): Person {
  const found = demo().members.find((member) => member.role === role);
  if (!found) throw new Error(`the demo has no ${role}`);
  return found;
}

/** A workspace that is with the hosted service, under the same name there and here. */
export type Pair = Person & { name: string; tag: string; cycle_id: string; key: string; other_key: string };

/** The server that plays the hosted service, if there is one. */
export const service = process.env.BROWSER_TESTS_SERVICE_URL && {
  url: handedOver("BROWSER_TESTS_SERVICE_URL"),
  state: handedOver("BROWSER_TESTS_SERVICE_STATE"),
  perMinute: Number(handedOver("BROWSER_TESTS_PER_MINUTE")),
};

/** The workspaces that are there. */
export const pairs = (): Pair[] => JSON.parse(readFileSync(handedOver("BROWSER_TESTS_PAIRS"), "utf8"));
