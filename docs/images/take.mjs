// Takes the pictures of the README from a running `cargo xtask dev`:
//   CHROMIUM=/usr/bin/chromium node docs/images/take.mjs
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const demo = JSON.parse(readFileSync(".dev/demo.json", "utf8"));
const admin = demo.members.find((member) => member.role === "admin");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({
  viewport: { width: 1280, height: 800 },
  colorScheme: "light",
  locale: "en-GB",
});
await page.goto(`${demo.url}/sign-in?return_to=%2Fokrs`);
await page.getByLabel("E-mail address").fill(admin.email);
await page.getByLabel("Password").fill(admin.password);
await page.getByRole("button", { name: "Sign in" }).click();
await page.getByRole("heading", { name: "OKRs" }).waitFor();
await page.getByText("Last check-in").waitFor();
await page.screenshot({ path: "docs/images/okrs.png" });
await browser.close();
