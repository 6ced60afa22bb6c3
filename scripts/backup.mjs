// Writes all that the database has into a file: `npm run backup -- [--env NAME] [--output FILE] [--local]`.
import { parseArgs } from "node:util";
import { backUp, newFile } from "./database.mjs";
import { place, placeOptions } from "./place.mjs";
import { run } from "./wrangler.mjs";

run(async () => {
  const { values } = parseArgs({ options: { ...placeOptions, output: { type: "string" } } });
  const file = values.output ?? newFile(values.local ? "local" : values.env);
  const rows = await backUp(place(values), file);
  console.log(`✓ ${rows} rows are in ${file}. It has names, addresses and hashes: keep it where nobody else reads it.`);
});
