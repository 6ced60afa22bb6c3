// Backups of the database as files of SQL that can be loaded.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { must, root } from "./wrangler.mjs";
import { loadable, tableOf } from "./dump.mjs";

// `place` is what wrangler is told of which database it is, such as `["--remote", "--env", "staging"]`.
export async function backUp(place, file) {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.unfinished`;
  await must(["d1", "export", "DB", ...place, "--skip-confirmation", "--output", unfinished], { isQuiet: true });
  const statements = loadable(await readFile(unfinished, "utf8"));
  await writeFile(file, statements.join("\n") + "\n", { mode: 0o600 });
  await rm(unfinished);
  return statements.filter((statement) => statement.startsWith("INSERT")).length;
}

// Puts a backup in the place of all that the database has. Everything happens or nothing.
export async function restore(place, file) {
  const statements = loadable(await readFile(file, "utf8"));
  const there = await query(place, "SELECT name FROM sqlite_master WHERE type = 'table'");
  const tables = new Set([...there.map((row) => row.name), ...statements.map(tableOf).filter(Boolean)]);
  const ours = [...tables].filter((name) => !name.startsWith("sqlite_") && !name.startsWith("_cf_"));
  const drops = ours.map((name) => `DROP TABLE IF EXISTS "${name}";`);
  const [pragma, ...rest] = statements;
  const unfinished = `${file}.restoring`;
  await writeFile(unfinished, [pragma, ...drops, ...rest].join("\n") + "\n", { mode: 0o600 });
  try {
    await must(["d1", "execute", "DB", ...place, "--yes", "--file", unfinished], { isQuiet: true });
  } finally {
    await rm(unfinished);
  }
}

async function query(place, command) {
  const json = await must(["d1", "execute", "DB", ...place, "--json", "--command", command], { isQuiet: true });
  return JSON.parse(json.slice(json.indexOf("[")))[0].results;
}

// Where a backup of this moment goes, unless it is said.
export function newFile(env) {
  const moment = new Date().toISOString().replaceAll(":", "-").slice(0, 19);
  return resolve(root, "backups", `${env ?? "production"}-${moment}.sql`);
}
