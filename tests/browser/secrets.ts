// The keys of the hosted service, which only the deployment in front of it knows: they are looked for
// in everything that the browsers of the journeys are sent, and in all that the deployment keeps.

import { readdirSync, readFileSync } from "node:fs";

import type { BrowserContext, Response } from "@playwright/test";

import { pairs, service, state } from "./environment";

const keys = service ? pairs().map(({ key }) => key) : [];

/** What the server of the deployment says. */
const log = `${state}/worker.log`;

/** Says, when the journey has ended, which answers had a key in them. */
export function watch(context: BrowserContext): () => Promise<string[]> {
  const answers: Promise<string[]>[] = [];
  if (service) context.on("response", (response) => answers.push(problemsOf(response)));
  return async () => (await Promise.all(answers)).flat();
}

async function problemsOf(response: Response): Promise<string[]> {
  const found = hasKey(await everythingIn(response));
  return found ? [`a key of the service is in ${response.url()}`] : [];
}

async function everythingIn(response: Response): Promise<string> {
  const headers = JSON.stringify(response.headers());
  // The program is the same for everybody, and large.
  if (headers.includes("application/wasm")) return headers;
  // Of an answer that the page did not wait for, nothing is left.
  const body = await response.text().catch(() => "");
  return headers + body;
}

/** When all journeys have ended: nothing that the deployment wrote has a key in it. */
export default function everythingKept(): void {
  if (!service) return;
  const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => `${parentPath}/${name}`);
  if (!paths.includes(log)) throw new Error(`${log} is missing`);
  // The server still runs, and may be emptying the log of a database (`.sqlite-wal`) into it and
  // removing it: read in this order, what was in it is seen in one of them.
  const logsFirst = paths.sort().reverse();
  const found = logsFirst.filter((path) => hasKey(textOf(path)));
  if (found.length) throw new Error(`a key of the service is in ${found.join(", ")}`);
}

/** The text of a file, or none if it is gone by now. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

function hasKey(text: string): boolean {
  return keys.some((key) => text.includes(key));
}
