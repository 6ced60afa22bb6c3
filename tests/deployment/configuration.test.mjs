// docs/configuration.md beside the code.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function namesOfCode() {
  const files = await readdir(join(root, "worker/src"), { recursive: true });
  const names = new Set();
  for (const file of files.filter((name) => name.endsWith(".rs"))) {
    const text = await readFile(join(root, "worker/src", file), "utf8");
    const own = /"((?:OIDC|ACCESS|UPSTREAM)_[A-Z_]+)"|\b(?:var|secret)\(\s*"([A-Z_]+)"|"([A-Z]+_TOKEN)"/g;
    for (const match of text.matchAll(own)) names.add(match[1] ?? match[2] ?? match[3]);
  }
  return [...names].sort();
}

test("every variable and secret that the Worker reads is in docs/configuration.md, and no other", async () => {
  const text = await readFile(join(root, "docs/configuration.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
  assert.deepEqual(rows.sort(), await namesOfCode());
});
