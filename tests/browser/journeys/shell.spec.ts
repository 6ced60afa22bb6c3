import { type Page, expect } from "@playwright/test";

import * as act from "../act";
import * as check from "../check";
import * as find from "../find";
import { test } from "../fixtures";
import * as server from "../server";

test("anything is found from anywhere, with the keyboard alone", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Growing signups"]);
  const kpi = await server.makeKpi(page, "Growth in a week");
  await page.goto("/settings");
  await check.isSignedIn(page);
  await page.keyboard.press("/");
  await expect(find.search(page)).toBeFocused();
  await page.keyboard.type("GROW");
  await expect(find.hit(page, okr.title)).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("group", { name: "Key results" })).toContainText("Growing signups");
  await act.pressEach(page, "ArrowDown", "ArrowDown");
  await expect(find.hit(page, "Growth in a week")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await check.isAt(page, `/kpis/${kpi}`);
  await expect(find.heading(page, "Growth in a week")).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("care");
  await find.hit(page, okr.title).click();
  await expect(find.heading(page, okr.title)).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("what is typed before the search has arrived is searched for", async ({ page, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Net promoters", ["Signups"]);
  await page.goto("/okrs");
  await expect(find.okrRow(page, okr.title)).toBeVisible();
  const arrive = await act.holdBack(page, "**/split_frame*.wasm");
  await page.keyboard.press("/");
  // Outside of the search N makes an OKR.
  await page.keyboard.type("net pro");
  arrive();
  await expect(find.search(page)).toHaveValue("net pro");
  await page.keyboard.type("mo");
  await expect(find.search(page)).toHaveValue("net promo");
  await expect(find.hit(page, okr.title)).toBeVisible();
});

test("a letter of AltGr is kept before the search has arrived, a command is not", async ({ page, workspace: _ }) => {
  await page.goto("/okrs");
  await expect(find.navigation(page)).toBeVisible();
  const arrive = await act.holdBack(page, "**/split_frame*.wasm");
  await page.keyboard.press("/");
  const dialog = page.getByRole("dialog", { name: "Search everything" });
  const altGr = { ctrlKey: true, altKey: true, modifierAltGraph: true };
  await dialog.dispatchEvent("keydown", { key: "@", bubbles: true, ...altGr });
  await dialog.dispatchEvent("keydown", { key: "c", bubbles: true, ctrlKey: true });
  arrive();
  await expect(find.search(page)).toHaveValue("@");
});

test("a search says what it could not do, and gives the focus back", async ({ page, workspace }) => {
  await page.goto("/");
  await expect(find.navigation(page)).toContainText(workspace.name);
  const open = find.button(page, "Search everything");
  await open.click();
  // Its code comes when it is first opened.
  await expect(find.search(page)).toBeFocused();
  await page.keyboard.type("xyzzy");
  await expect(page.getByText("Nothing that you see has “xyzzy” in it.")).toBeVisible();
  await page.route("**/api/app/search*", (route) => route.abort(), { times: 1 });
  await find.search(page).fill("robin");
  await find.button(page.getByRole("dialog"), "Try again").click();
  await expect(find.hit(page, "Robin Frost")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(open).toBeFocused();
});

test("on a phone a search has the whole screen", async ({ page, workspace }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await find.button(page, "Search everything").click();
  expect(await page.getByRole("dialog").boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 });
  await check.fitsItsWidth(page);
});

test("two keys go to a place, but not while one types", async ({ page, workspace }) => {
  await page.goto("/");
  await expect(find.navigation(page)).toContainText(workspace.name);
  const places = { o: "/okrs", k: "/kpis", s: "/settings", h: "/" };
  for (const [key, address] of Object.entries(places)) {
    await act.pressEach(page, "g", key);
    await check.isAt(page, address);
  }
  await act.pressEach(page, "g", "s");
  const name = find.field(page, "Name");
  await name.fill("");
  await name.pressSequentially("g k / ? n");
  await expect(name).toHaveValue("g k / ? n");
  await check.isAt(page, "/settings");
  await expect(page.getByRole("dialog")).toBeHidden();
  await act.pressEach(page, "Escape", "g", "k");
  await check.isAt(page, "/kpis");
});

test("who has left a field is not taken back into it by what has loaded", async ({ page, workspace }) => {
  const answer = await act.holdBack(page, "**/api/app/directory");
  await page.goto("/settings");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await find.field(page, "Name").focus();
  // The next frame comes late, as it does on a busy machine.
  await page.evaluate(() => {
    const [request, waiting] = [window.requestAnimationFrame, [] as FrameRequestCallback[]];
    window.requestAnimationFrame = (callback) => waiting.push(callback);
    const comeFrame = () => {
      window.requestAnimationFrame = request;
      waiting.forEach((callback) => callback(performance.now()));
    };
    addEventListener("keyup", comeFrame, { once: true });
  });
  answer();
  await expect(page.getByText("Teams", { exact: true })).toBeVisible();
  await act.pressEach(page, "Escape", "g", "k");
  await check.isAt(page, "/kpis");
});

test("after an error what was typed stays, and the page says that it broke", async ({ page, workspace }) => {
  await page.goto("/kpis");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await expect(find.heading(page, "No KPIs yet")).toBeVisible();
  await page.keyboard.press("n");
  const panel = find.panel(page, "New KPI");
  await find.field(panel, "What is measured").fill("Signups");
  // As it is when nobody catches it.
  await page.evaluate(() => dispatchEvent(new ErrorEvent("error", { error: new Error("a mistake") })));
  await expect(panel.getByRole("alert")).toContainText("Something went wrong.");
  await expect(find.field(panel, "What is measured")).toHaveValue("Signups");
  page.on("dialog", (leave) => leave.accept());
  await find.button(panel, "Reload").click();
  await expect(find.navigation(page)).toContainText(workspace.name);
  await expect(panel).toBeHidden();
});

test("a language that is none does not keep the page from starting", async ({ page, workspace }) => {
  await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await page.addInitScript(() => Object.defineProperty(navigator, "language", { value: "C" }));
  await page.goto("/");
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
});

test("a question mark lists the shortcuts", async ({ page, workspace }) => {
  await page.goto("/kpis");
  await expect(find.navigation(page)).toContainText(workspace.name);
  await page.keyboard.press("?");
  const list = find.panel(page, "Keyboard shortcuts");
  await expect(list).toContainText("Narrow down the list");
  // What is asked comes first.
  await page.keyboard.press("n");
  await expect(find.panel(page, "New KPI")).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await find.myMenu(page).click();
  await find.button(page, "Keyboard shortcuts").click();
  await expect(list).toBeVisible();
});

test("the chosen cycle holds for the OKRs, and after a reload", async ({ page, workspace }) => {
  const year = new Date().getUTCFullYear();
  const next = await server.makeCycle(page, year + 1);
  await server.makeOkr(page, workspace.cycleId, "Grow with care", ["Signups"]);
  await server.makeOkr(page, next, "Grow further", ["Regulars"]);
  await page.goto("/");
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  await find.cyclePicker(page).selectOption(`Year ${year + 1}`);
  // What is one's own is due whatever is chosen.
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
  await act.goTo(page, "OKRs");
  await check.isAt(page, `/okrs?cycle=${next}`);
  await expect(find.link(page, "Grow further")).toBeVisible();
  await page.reload();
  await expect(find.cyclePicker(page)).toHaveValue(next);

  await find.cyclePicker(page).selectOption({ label: await presentCycle(page) });
  await check.isAt(page, "/okrs");
  await expect(find.link(page, "Grow with care")).toBeVisible();
  await page.goBack();
  await expect(find.link(page, "Grow further")).toBeVisible();
  await expect(find.cyclePicker(page)).toHaveValue(next);
  await act.goTo(page, "Home");
  await expect(find.heading(page, "1 check-in due")).toBeVisible();
});

/** The first of the list: what runs today, with its week. */
async function presentCycle(page: Page): Promise<string> {
  const first = await find.cyclePicker(page).getByRole("option").first().innerText();
  expect(first).toMatch(/^Year \d{4}, week \d+ of 52$/);
  return first;
}

test("back from an OKR leads to the same row of the list", async ({ page, workspace }) => {
  for (let nth = 10; nth < 50; nth++) await server.makeOkr(page, workspace.cycleId, `Objective ${nth}`, []);
  await page.goto("/okrs?sort=title");
  const row = find.link(page, "Objective 41");
  await expect(find.link(page, "Objective 10")).toBeVisible();
  await page.mouse.wheel(0, 4_000);
  await row.click();
  await expect(find.heading(page, "Objective 41")).toBeVisible();
  await page.goBack();
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
});

test("a comment is told to whose OKR it is, and read where it leads", async ({ page, browser, workspace }) => {
  const okr = await server.makeOkr(page, workspace.cycleId, "Grow with care", []);
  const sam = await server.colleague(page, browser, "Sam Alder");
  await server.send(sam, "POST", `/api/app/okrs/${okr.id}/comments`, { text: "Well done" });
  await page.goto("/kpis");
  await find.button(page, "Notifications, 1 new").click();
  await find.section(page, "Notifications").getByRole("link").first().click();
  await check.isAt(page, `/okrs/${okr.id}`);
  await expect(find.button(page, "Notifications")).toBeVisible();
  await expect(find.heading(page, "Notifications")).toBeHidden();

  await server.send(sam, "POST", `/api/app/okrs/${okr.id}/comments`, { text: "Indeed" });
  await page.reload();
  await find.button(page, "Notifications, 1 new").click();
  await find.button(page, "Mark all as read").click();
  await expect(find.button(page, "Notifications")).toBeVisible();
});
