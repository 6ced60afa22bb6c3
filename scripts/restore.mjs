// Puts a backup in the place of all that the database has: `npm run restore -- FILE --yes [--env NAME] [--local]`.
import { parseArgs } from "node:util";
import { restore } from "./database.mjs";
import { place, placeOptions } from "./place.mjs";
import { run } from "./wrangler.mjs";

run(async () => {
  const { values, positionals } = parseArgs({
    options: { ...placeOptions, yes: { type: "boolean" } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (!file) throw new Error("which backup? `npm run restore -- backups/….sql --yes`");
  if (!values.yes) throw new Error("this replaces all that the database has; say so with --yes");
  await restore(place(values), file);
  console.log("✓ Restored. Whoever is signed in sees it within a minute. `npm run deploy` applies newer migrations.");
});
