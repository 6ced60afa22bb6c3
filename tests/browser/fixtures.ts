// `test` for every journey: a browser that is watched, and a workspace of one's own.

import { type Browser, type BrowserContext, type Page, test as plain, expect } from "@playwright/test";

import { service, url } from "./environment";
import * as secrets from "./secrets";
import * as server from "./server";

type Fixtures = {
  /** Made for this test alone; its first admin is signed in on `page`. */
  workspace: server.Workspace;
};

export const test = plain.extend<Fixtures>({
  context: async ({ context }, use) => watching(context, () => use(context)),
  workspace: async ({ page }, use) => {
    await use(service ? await server.takeWorkspace(page) : await server.makeWorkspace(page));
  },
});

/** Does something in the browser of somebody else, which is watched as well. */
export async function watched(browser: Browser, journey: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ baseURL: url });
  await watching(context, async () => journey(await context.newPage()));
  await context.close();
}

/** Whatever a journey does, the page keeps to its Content-Security-Policy and never crashes. */
async function watching(context: BrowserContext, journey: () => Promise<void>) {
  const problems = await watch(context);
  const answers = secrets.watch(context);
  await journey();
  problems.push(...(await answers()));
  expect(problems, "what the browser complained about").toEqual([]);
}

async function watch(context: BrowserContext): Promise<string[]> {
  const problems: string[] = [];
  await context.exposeBinding("reportProblem", (_, problem: string) => problems.push(problem));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const { violatedDirective, blockedURI, sourceFile, lineNumber } = event;
      const report = (window as unknown as Record<string, (problem: string) => void>).reportProblem;
      report(`${violatedDirective} forbids ${blockedURI || "something"} at ${sourceFile}:${lineNumber}`);
    });
  });
  context.on("console", (message) => {
    const isOurs = /content.security.policy|panicked at/i.test(message.text());
    if (message.type() === "error" && isOurs) problems.push(message.text());
  });
  context.on("weberror", (error) => problems.push(String(error.error())));
  return problems;
}
