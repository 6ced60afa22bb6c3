// Writes a release: what was built, and what deploys it without Rust. `cargo xtask release` builds first, and calls
// `node scripts/release.mjs --version V --commit C [--crates FILE] [--output DIR]`.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { billOfMaterials } from "./bill_of_materials.mjs";
import { lockFor } from "./lock.mjs";
import { root, run } from "./wrangler.mjs";

// What whoever deploys calls; the rest of package.json is for whoever builds.
const SCRIPTS = ["start", "deploy", "backup", "restore"];
const TOOLS = ["wrangler"];
const COPIED = [
  "dist",
  "worker/build",
  "worker/migrations",
  "scripts",
  "docs/operations.md",
  "docs/configuration.md",
  "docs/sign-in.md",
  "docs/upstream.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "LICENSE-APACHE",
  "LICENSE-MIT",
];

run(async () => {
  const { values } = parseArgs({
    options: {
      version: { type: "string" },
      commit: { type: "string", default: "unknown" },
      crates: { type: "string" },
      output: { type: "string", default: "target/release-archive" },
    },
  });
  const name = `okrs-edge-${values.version}`;
  const output = resolve(root, values.output);
  const dir = join(output, name);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  for (const path of COPIED) await cp(join(root, path), join(dir, path), { recursive: true });

  const lock = lockFor(TOOLS, JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
  const crates = values.crates ? await readFile(values.crates, "utf8") : "";
  const own = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const files = {
    "README.md": await readFile(join(root, "docs/release.md"), "utf8"),
    "wrangler.toml": withoutBuild(await readFile(join(root, "wrangler.toml"), "utf8")),
    "package.json": json(packageOf(own, values.version)),
    "package-lock.json": json({ ...lock, version: values.version }),
    "bill-of-materials.cdx.json": json(billOfMaterials(values, crates, lock)),
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(dir, path), text);
  await writeFile(join(dir, "checksums.txt"), await checksums(dir));

  const archive = join(output, `${name}.tar.gz`);
  execFileSync("tar", ["-czf", archive, "-C", output, name]);
  await writeFile(`${archive}.sha256`, `${sha256(await readFile(archive))}  ${name}.tar.gz\n`);
  await rm(dir, { recursive: true });
  console.log(`✓ ${archive}`);
});

// There is nothing to build in a release.
function withoutBuild(config) {
  return config.replace(/^\[build\]\n(.+\n)+\n?/m, "");
}

function packageOf(own, version) {
  const kept = (all, names) => Object.fromEntries(names.map((name) => [name, all[name]]));
  return {
    name: own.name,
    version,
    private: true,
    license: own.license,
    scripts: kept(own.scripts, SCRIPTS),
    devDependencies: kept(own.devDependencies, TOOLS),
    allowScripts: own.allowScripts,
  };
}

// As `sha256sum --check` reads them.
async function checksums(dir) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const lines = paths.sort().map(async (path) => `${sha256(await readFile(path))}  ${relative(dir, path)}\n`);
  return (await Promise.all(lines)).join("");
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

function json(value) {
  return JSON.stringify(value, null, 2) + "\n";
}
