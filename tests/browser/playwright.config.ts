import { defineConfig } from "@playwright/test";

import * as environment from "./environment";

const { port } = new URL(environment.url);

export default defineConfig({
  testDir: "journeys",
  outputDir: `${environment.state}/failed`,
  reporter: "list",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: environment.url,
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
  // Playwright ends it by its process group, however the tests end. One that answers already is used
  // as it is.
  webServer: {
    command: [
      "wrangler dev --local --ip 127.0.0.1 --inspector-port 0 --show-interactive-dev-session false",
      `--port ${port} --persist-to "${environment.state}" --var "SETUP_TOKEN:${environment.setUpToken}"`,
    ].join(" "),
    cwd: "../..",
    env: { CI: "1", OKRS_EDGE_BUILD: "skip" },
    url: `${environment.url}/api/app/about`,
    timeout: 120_000,
    reuseExistingServer: true,
    stdout: "ignore",
  },
});
