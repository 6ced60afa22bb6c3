// A week in browsers that Playwright does not drive, Debian's Firefox and its WebKitGTK (about Safari), each by its
// own driver. What Chromium shows as well is left to the journeys.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { type Person, url } from "../environment";
import * as server from "../server";

/** The commands of WebDriver that are needed, and where its document has them. */
const COMMANDS = {
  ExecuteScript: "/execute/sync",
  Navigate: "/url",
  PerformActions: "/actions",
  SetWindowRect: "/window/rect",
};

type Browser = {
  send: (command: keyof typeof COMMANDS, parameters: object) => Promise<unknown>;
  /** In pixels. A window of WebKitGTK is not narrower than 447. */
  widths: number[];
  setWidth: (width: number) => Promise<unknown>;
  end: () => void;
};

const [TAB, ENTER, CONTROL, ESCAPE] = ["\uE004", "\uE007", "\uE009", "\uE00C"];

for (const [name, start] of Object.entries({ Firefox: startFirefox, WebKitGTK: startWebKit })) {
  test(`a week in ${name}`, async ({ request }) => {
    test.setTimeout(180_000);
    const { admin, cycleId } = await server.makeWorkspace({ request });
    const okr = await server.makeOkr({ request }, cycleId, "Grow with care", ["Signups"]);
    const [{ id }] = okr.keyResults;
    await server.send({ request }, "PUT", `/api/v1/key-results/${id}`, { current_value: 7.26 });
    const browser = await start();
    try {
      await test.step("signing in", () => signIn(browser, admin));
      await test.step("checking in", () => checkIn(browser, "43"));
      expect((await server.checkIns({ request }, okr))[0].value).toBe(43);
      await test.step("a form that one means to leave", () => keepsWords(browser));
      for (const path of ["/", "/okrs", `/okrs/${okr.id}`, "/kpis", "/settings"]) {
        await test.step(path, () => fits(browser, path));
      }
    } finally {
      browser.end();
    }
  });
}

async function signIn(browser: Browser, { email, password }: Person) {
  await browser.setWidth(1280);
  await goTo(browser, "/");
  await hasFocus(browser, "email");
  await type(browser, email, TAB, password, ENTER);
}

async function checkIn(browser: Browser, value: string) {
  await hasFocus(browser, "Value");
  await press(browser, [CONTROL, "a"]);
  await type(browser, value, ENTER);
  await shows(browser, `Checked in ${value}`);
}

/** However often one presses Escape. */
async function keepsWords(browser: Browser) {
  await type(browser, "go");
  await shows(browser, "New OKR");
  await type(browser, "n");
  await hasFocus(browser, "title");
  await type(browser, "Half a thought", ESCAPE, ESCAPE, ESCAPE, ESCAPE);
  await shows(browser, "Throw away what you typed?");
  const words = () => run(browser, `return document.querySelector("dialog[open] [name=title]").value`);
  expect(await words()).toBe("Half a thought");
  await isWithin(browser, "the form");
  expect(await run(browser, "return violations")).toEqual([]);
}

/** Nothing stands out of the window, and the program came once. */
async function fits(browser: Browser, path: string) {
  await goTo(browser, path);
  const isLoaded = `return document.querySelectorAll("main :is(h1, h2)").length > 0 && !document.querySelector(".skeleton")`;
  await expect.poll(() => run(browser, isLoaded), { timeout: 30_000 }).toBe(true);
  await isWithin(browser, path);
  const programs = `return performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("_bg.wasm")).length`;
  expect(await run(browser, programs), "programs that were fetched").toBe(1);
}

/** From now on what breaks the Content-Security-Policy is written down. */
async function goTo(browser: Browser, path: string) {
  await browser.send("Navigate", { url: url + path });
  await run(browser, `
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + event.blockedURI));`);
}

async function isWithin(browser: Browser, what: string) {
  const overhang = `
    const bars = [...document.querySelectorAll("nav.sections")].map((bar) => bar.offsetHeight - bar.clientHeight - 1);
    const { scrollWidth, clientWidth } = document.documentElement;
    return [innerWidth, Math.max(scrollWidth - clientWidth, ...bars)]`;
  for (const width of browser.widths) {
    await browser.setWidth(width);
    await expect.poll(() => run(browser, overhang), `${what}: pixels too many`).toEqual([width, 0]);
  }
}

const shows = (browser: Browser, text: string) =>
  expect.poll(() => run(browser, "return document.body.innerText"), { timeout: 30_000 }).toContain(text);

/** By the name of the field, or what it is called. */
const hasFocus = (browser: Browser, name: string) => {
  const focused = `const { ariaLabel, name } = document.activeElement; return ariaLabel || name`;
  return expect.poll(() => run(browser, focused), { timeout: 30_000 }).toBe(name);
};

const run = (browser: Browser, script: string) => browser.send("ExecuteScript", { script, args: [] });

/** Keys that are pressed together, and after those the next ones. */
async function press(browser: Browser, ...chords: string[][]) {
  const actions = chords.flatMap((keys) =>
    ["keyDown", "keyUp"].flatMap((type) => keys.map((value) => ({ type, value }))),
  );
  await browser.send("PerformActions", { actions: [{ type: "key", id: "keyboard", actions }] });
}

const type = (browser: Browser, ...texts: string[]) => press(browser, ...[...texts.join("")].map((key) => [key]));

/** By Marionette, which Firefox itself speaks: WebDriver's commands, each as the length of a JSON text and the text. */
async function startFirefox(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "okrs-edge-firefox-"));
  writeFileSync(join(profile, "user.js"), 'user_pref("marionette.port", 0);');
  const access = "--remote-allow-system-access";
  const program = spawn("firefox-esr", ["--headless", "--marionette", access, "--profile", profile], { stdio: "ignore" });
  const portFile = join(profile, "MarionetteActivePort");
  await expect.poll(() => existsSync(portFile) && readFileSync(portFile, "utf8"), { timeout: 60_000 }).toBeTruthy();
  const socket = connect(Number(readFileSync(portFile, "utf8")), "127.0.0.1");
  const answers = messages(socket);
  await answers.next();
  const send = async (command: string, parameters: object) => {
    const text = JSON.stringify([0, 1, command, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , error, answer] = (await answers.next()).value;
    if (error) throw new Error(`${command}: ${error.message}`);
    return answer.value;
  };
  await send("WebDriver:NewSession", { acceptInsecureCerts: true });
  await send("WebDriver:SetWindowRect", { width: 1400, height: 900 });
  return {
    send: (command, parameters) => send(`WebDriver:${command}`, parameters),
    widths: [360, 447, 1280],
    // Its windows are not narrower than 500: it gives the page less of one.
    setWidth: async (width) => {
      const script = `const { style } = gBrowser.selectedBrowser; style.minWidth = style.maxWidth = "${width}px"`;
      await send("Marionette:SetContext", { value: "chrome" });
      await send("WebDriver:ExecuteScript", { script, args: [] });
      await send("Marionette:SetContext", { value: "content" });
    },
    end: () => {
      socket.destroy();
      program.once("exit", () => rmSync(profile, { recursive: true, force: true }));
      program.kill();
    },
  };
}

async function* messages(socket: AsyncIterable<Buffer>): AsyncGenerator<any, any> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const start = received.indexOf(":") + 1;
      const end = start + Number(received.subarray(0, Math.max(start - 1, 0)));
      if (start === 0 || received.length < end) break;
      yield JSON.parse(received.subarray(start, end).toString());
      received = received.subarray(end);
    }
  }
}

/** By WebKitWebDriver, on a display that nobody sees, in a system whose language is none of a browser's. */
async function startWebKit(): Promise<Browser> {
  const screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]);
  const display = await new Promise((resolve) => screen.stdout.once("data", (number) => resolve(String(number).trim())));
  const port = 20_000 + (process.pid % 20_000);
  const env = { ...process.env, DISPLAY: `:${display}`, LC_ALL: "C.UTF-8" };
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], { stdio: "ignore", env });
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`http://127.0.0.1:${port}/session${path}`, { method: "POST", body: JSON.stringify(body) });
    const { value } = (await answer.json()) as { value: any };
    if (!answer.ok) throw new Error(`${path}: ${value.message}`);
    return value;
  };
  let session = "";
  const begin = () => ask("", { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } }).then((value) => (session = `/${value.sessionId}`), () => "");
  await expect.poll(begin, { timeout: 60_000 }).toBeTruthy();
  const send: Browser["send"] = (command, parameters) => ask(session + COMMANDS[command], parameters);
  return {
    send,
    widths: [447, 1280],
    setWidth: (width) => send("SetWindowRect", { width, height: 900 }),
    end: () => {
      driver.once("exit", () => screen.kill());
      driver.kill();
    },
  };
}
