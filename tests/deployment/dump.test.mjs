// A dump in the order of wrangler, and in the order in which it can be loaded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadable, tableOf } from "../../scripts/dump.mjs";

const dump = `PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE "teams" (id TEXT PRIMARY KEY, lead TEXT REFERENCES people (id)); -- a lead; or none
INSERT INTO "teams" VALUES('t1','p1');
CREATE TABLE people (id TEXT PRIMARY KEY, team TEXT REFERENCES teams (id));
INSERT INTO "people" VALUES('p1','it''s; END');
CREATE TRIGGER seen AFTER INSERT ON people BEGIN
  UPDATE teams SET lead = CASE WHEN lead IS NULL THEN 'a;b' ELSE lead END; DELETE FROM teams WHERE 0;
END;
CREATE INDEX people_by_team ON people (team);
`;

test("tables come first, then rows, then what would act on rows", () => {
  const kinds = loadable(dump).map((statement) => statement.split(" ").slice(0, 2).join(" "));
  assert.deepEqual(kinds, [
    "PRAGMA defer_foreign_keys",
    "CREATE TABLE",
    "CREATE TABLE",
    "INSERT INTO",
    "INSERT INTO",
    "CREATE TRIGGER",
    "CREATE INDEX",
  ]);
});

test("what is no dump is not loaded", () => {
  assert.throws(() => loadable("SELECT 1;"), /no backup/);
  assert.throws(() => loadable("CREATE TABLE a (id TEXT);\nINSERT INTO a VALUES('x"), /within a statement/);
  assert.throws(() => loadable(""), /no tables/);
  assert.equal(tableOf('CREATE TABLE IF NOT EXISTS "okrs" (id)'), "okrs");
});
