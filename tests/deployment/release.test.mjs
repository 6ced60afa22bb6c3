// A release in an empty folder, with Node and without cargo.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cloudflare } from "./cloudflare.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const crates = "serde v1.0.1|MIT OR Apache-2.0\nserde v1.0.1|MIT OR Apache-2.0 (*)\nokrs-shared v0.1.0 (/somewhere)|MIT\nzlib v2.0.0|MIT/Zlib (*)\n";
let dir;
let release;

// Made from a copy of the checkout: of what is built there, or else of something that stands for it.
before(async () => {
  dir = await mkdtemp(join(tmpdir(), "okrs-release-"));
  const checkout = join(dir, "checkout");
  const tracked = ["scripts", "docs", "worker/migrations", "wrangler.toml", "package.json", "package-lock.json"];
  const more = ["CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT"];
  for (const path of [...tracked, ...more]) await cp(join(root, path), join(checkout, path), { recursive: true });
  await takeBuilt(checkout, "worker/build/index.js", standInWorker());
  await takeBuilt(checkout, "dist/index.html", "<!doctype html>");
  await writeFile(join(dir, "crates"), crates);
  const args = ["--version", "1.2.3", "--commit", "abc", "--crates", join(dir, "crates"), "--output", "out"];
  execFileSync(process.execPath, [join(checkout, "scripts/release.mjs"), ...args]);
  execFileSync("tar", ["-xzf", join(checkout, "out/okrs-edge-1.2.3.tar.gz"), "-C", dir]);
  await rm(checkout, { recursive: true });
  release = join(dir, "okrs-edge-1.2.3");
  // In place of `npm ci`, which asks the registry.
  await symlink(join(root, "node_modules"), join(release, "node_modules"));
  await mkdir(join(dir, "bin"));
  await symlink(process.execPath, join(dir, "bin/node"));
  await symlink("/bin/sh", join(dir, "bin/sh"));
});

after(() => rm(dir, { recursive: true }));

async function takeBuilt(checkout, file, standIn) {
  const folder = join(file, "..");
  if (existsSync(join(root, file))) return cp(join(root, folder), join(checkout, folder), { recursive: true });
  await mkdir(join(checkout, folder), { recursive: true });
  await writeFile(join(checkout, file), standIn);
}

function standInWorker() {
  const classes = ["Workspace", "Throttle", "Upstream"].map((name) => `export class ${name} extends DurableObject {}`);
  const answer = 'new Response(JSON.stringify({ status: "ok" }))';
  return `import { DurableObject } from "cloudflare:workers";\n${classes.join("\n")}\nexport default { fetch: () => ${answer} };\n`;
}

function environment(more) {
  const { HOME } = process.env;
  return { HOME, CI: "1", WRANGLER_SEND_METRICS: "false", ...more, PATH: join(dir, "bin") };
}

function call(script, args, more) {
  const file = join(release, "scripts", script);
  return promisify(execFile)(process.execPath, [file, ...args], { env: environment(more) });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

test("each file is as its checksum says, and the bill of materials names what it is made of", async () => {
  execFileSync("sha256sum", ["--check", "--quiet", "checksums.txt"], { cwd: release });
  const all = await readdir(release, { recursive: true, withFileTypes: true });
  const sums = (await readFile(join(release, "checksums.txt"), "utf8")).trim().split("\n");
  const files = all.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  assert.equal(files.length, sums.length + 1);

  const bill = JSON.parse(await readFile(join(release, "bill-of-materials.cdx.json"), "utf8"));
  assert.equal(bill.metadata.component.version, "1.2.3");
  const named = new Map(bill.components.map((component) => [component.purl, component]));
  assert.equal([...named.keys()].filter((name) => name.startsWith("pkg:cargo/")).length, 2);
  assert.deepEqual(named.get("pkg:cargo/zlib@2.0.0").licenses, [{ expression: "MIT OR Zlib" }]);
  assert.ok(![...named.keys()].some((name) => name.includes("okrs-shared")));

  const own = JSON.parse(await readFile(join(release, "package.json"), "utf8"));
  const lock = JSON.parse(await readFile(join(release, "package-lock.json"), "utf8"));
  assert.deepEqual(lock.packages[""].devDependencies, own.devDependencies);
  for (const tool of ["wrangler", "workerd", "esbuild"]) assert.ok(lock.packages[`node_modules/${tool}`], tool);
  assert.equal(lock.packages["node_modules/@playwright/test"], undefined);
  assert.ok(named.has(`pkg:npm/wrangler@${own.devDependencies.wrangler}`));
});

test("it deploys, migrates and backs up what it has deployed", async () => {
  const at = await cloudflare();
  const to = {
    CLOUDFLARE_API_BASE_URL: at.url,
    CLOUDFLARE_API_TOKEN: "a-token",
    CLOUDFLARE_ACCOUNT_ID: "0123456789abcdef0123456789abcdef",
  };
  await call("deploy.mjs", [], to);
  assert.deepEqual([...new Set(at.calls)], ["create okrs-edge", "upload okrs-edge", "migrate okrs-edge"]);
  const backup = join(dir, "backup.sql");
  await call("backup.mjs", ["--output", backup], to);
  assert.match(await readFile(backup, "utf8"), /CREATE TABLE organisations/);
  at.close();
});

test("it runs on this machine", async () => {
  const port = await freePort();
  const args = [join(release, "scripts/start.mjs"), "--port", String(port), "--state", join(dir, "state")];
  const child = spawn(process.execPath, args, { env: environment({}), detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  try {
    const deadline = Date.now() + 120_000;
    let health;
    while (health === undefined) {
      assert.ok(child.exitCode === null && Date.now() < deadline, output);
      const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => undefined);
      if (answer === undefined) await new Promise((later) => setTimeout(later, 200));
      else health = await answer.json();
    }
    assert.equal(health.status, "ok");
  } finally {
    process.kill(-child.pid, "SIGKILL");
    await once(child, "close");
  }
});
