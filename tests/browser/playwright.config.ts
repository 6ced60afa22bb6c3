import { writeFileSync } from "node:fs";

import { defineConfig } from "@playwright/test";

import * as environment from "./environment";
import { hosted, leftOut } from "./hosted";

const { service } = environment;

export default defineConfig({
  testDir: environment.others ? "others" : "journeys",
  ...(service ? { testMatch: hosted, grepInvert: leftOut } : { testIgnore: "hosted.spec.ts" }),
  globalTeardown: "./secrets.ts",
  outputDir: `${environment.state}/failed`,
  reporter: "list",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: environment.url,
    ignoreHTTPSErrors: true,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Colours are measured once they have settled.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: environment.chromium,
      // As root there is no sandbox, and nothing is to be fetched from elsewhere.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // Playwright ends them by their process groups, however the tests end. One that answers already is
  // used as it is.
  webServer: service
    ? [server(service.url, service.state), server(environment.url, environment.state, inFrontOf(service))]
    : server(environment.url, environment.state),
});

/** A Worker with a database of its own. */
function server(url: string, state: string, more = "") {
  const { port, protocol } = new URL(url);
  return {
    command: [
      "wrangler dev --local --ip 127.0.0.1 --inspector-port 0 --show-interactive-dev-session false",
      `--port ${port} --local-protocol ${protocol.slice(0, -1)}`,
      `--persist-to "${state}" --var "SETUP_TOKEN:${environment.setUpToken}" ${more}`,
      `> "${state}/worker.log" 2>&1`,
    ].join(" "),
    cwd: "../..",
    env: { CI: "1", OKRS_EDGE_BUILD: "skip" },
    url: `${url}/api/app/about`,
    // wrangler makes the certificate.
    ignoreHTTPSErrors: true,
    timeout: 120_000,
    reuseExistingServer: true,
    stdout: "ignore" as const,
  };
}

/** What makes a Worker keep its data with another, with a key for each workspace. */
function inFrontOf({ url, perMinute }: { url: string; perMinute: number }): string {
  const keys = Object.fromEntries(environment.pairs().map(({ tag, key }) => [tag, key]));
  // Beside what the deployment keeps, where they are looked for.
  const secrets = `${environment.state}.env`;
  writeFileSync(secrets, `UPSTREAM_API_KEY='${JSON.stringify(keys)}'\n`);
  const { port } = new URL(url);
  // One person uses up the service's minute here, which takes more than a person's own minute allows.
  return [
    `--var WRITES_PER_MINUTE:${2 * perMinute}`,
    `--env-file "${secrets}" --var BACKEND:upstream`,
    `--var "UPSTREAM_URL:http://127.0.0.1:${port}/api/v1" --var UPSTREAM_REQUESTS_PER_MINUTE:${perMinute}`,
  ].join(" ");
}
