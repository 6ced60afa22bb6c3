// The scripts that deploy, on a stand-in for Cloudflare's API.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { cloudflare } from "./cloudflare.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
let dir;

// The deployment's own wrangler.toml, with a Worker and a page that need no build.
before(async () => {
  dir = await mkdtemp(join(tmpdir(), "okrs-deploy-"));
  const classes = ["Workspace", "Throttle", "Upstream"].map((name) => `export class ${name} extends DurableObject {}`);
  await writeFile(
    join(dir, "worker.mjs"),
    `import { DurableObject } from "cloudflare:workers";\n${classes.join("\n")}\nexport default { fetch: () => new Response() };\n`,
  );
  await mkdir(join(dir, "dist"));
  const config = await readFile(join(root, "wrangler.toml"), "utf8");
  const changed = config
    .replace(/^\[build\]\n(.+\n)+/m, "")
    .replace(/^main = .*$/m, 'main = "worker.mjs"');
  await writeFile(join(dir, "wrangler.toml"), changed);
  await cp(join(root, "worker/migrations"), join(dir, "worker/migrations"), { recursive: true });
});

after(() => rm(dir, { recursive: true }));

function deploy(at, ...args) {
  const script = join(root, "scripts/deploy.mjs");
  const child = spawn(process.execPath, [script, "--config", join(dir, "wrangler.toml"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      CI: "1",
      CLOUDFLARE_API_BASE_URL: at.url,
      CLOUDFLARE_API_TOKEN: "a-token",
      CLOUDFLARE_ACCOUNT_ID: "0123456789abcdef0123456789abcdef",
    },
  });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, output })));
}

async function deployed(at, ...args) {
  const { status, output } = await deploy(at, ...args);
  assert.equal(status, 0, output);
}

// The calls since the last time, each kind once.
function calls(at) {
  return [...new Set(at.calls.splice(0))];
}

test("production and staging are made, migrated and kept apart, and the next deployment migrates before it uploads", async () => {
  const at = await cloudflare();
  await Promise.all([deployed(at), deployed(at, "--env", "staging")]);
  const made = calls(at);
  const of = (name) => made.filter((call) => call.endsWith(` ${name}`));
  assert.deepEqual(of("okrs-edge"), ["create okrs-edge", "upload okrs-edge", "migrate okrs-edge"]);
  assert.deepEqual(of("okrs-edge-staging"), [
    "create okrs-edge-staging",
    "upload okrs-edge-staging",
    "migrate okrs-edge-staging",
  ]);

  const [production, staging] = ["okrs-edge", "okrs-edge-staging"].map((name) => at.workers.get(name));
  const database = ({ bindings }) => bindings.find((binding) => binding.name === "DB").id;
  assert.notEqual(database(production), database(staging));
  const others = ({ bindings }) => bindings.filter((binding) => binding.name !== "DB");
  assert.deepEqual(others(staging), others(production));
  assert.ok(others(production).length >= 4);
  const objects = { type: "durable-object", storage: "sqlite" };
  for (const { exports } of [production, staging]) {
    assert.deepEqual(exports, { Workspace: objects, Throttle: objects, Upstream: objects });
  }
  assert.ok(production.keep_bindings.includes("plain_text"), "variables set in the dashboard stay");

  await writeFile(join(dir, "worker/migrations/9999_next.sql"), "CREATE TABLE next (id TEXT);");
  const backup = join(dir, "backup.sql");
  await deployed(at, "--backup-to", backup);
  assert.deepEqual(calls(at), ["export okrs-edge", "migrate okrs-edge", "upload okrs-edge"]);
  assert.match(await readFile(backup, "utf8"), /CREATE TABLE organisations/);
  at.close();
});

test("a database that can't be looked up is not taken for one that is not there", async () => {
  const at = await cloudflare();
  at.failing = /d1\/database/;
  const { status, output } = await deploy(at);
  assert.equal(status, 1);
  assert.match(output, /could not be asked for the database; nothing was changed/);
  assert.deepEqual(calls(at), []);
  at.close();
});

test("an environment that wrangler.toml does not have is refused", async () => {
  const at = await cloudflare();
  const { status, output } = await deploy(at, "--env", "nowhere");
  assert.equal(status, 1);
  assert.match(output, /nowhere/);
  assert.deepEqual(calls(at), []);
  at.close();
});
