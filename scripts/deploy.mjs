// Migrates the remote database, then uploads app and Worker:
// `npm run deploy -- [--env NAME] [--no-backup] [--backup-to FILE]`. Wrangler builds what is not built.
import { parseArgs } from "node:util";
import { backUp, newFile } from "./database.mjs";
import { named } from "./place.mjs";
import { must, run, wrangler } from "./wrangler.mjs";

run(async () => {
  const { values } = parseArgs({
    options: {
      env: { type: "string" },
      config: { type: "string" },
      "no-backup": { type: "boolean" },
      "backup-to": { type: "string" },
    },
  });
  const of = named(values);
  const migrate = () => must(["d1", "migrations", "apply", "DB", "--remote", ...of]);
  const deploy = () => must(["deploy", ...of]);
  const database = await look(of);
  if (!database.isThere) {
    console.log("→ The first deployment makes the database");
    await deploy();
    await migrate();
    return;
  }
  if (database.isBehind) {
    if (!values["no-backup"]) {
      const file = values["backup-to"] ?? newFile(values.env);
      const rows = await backUp(["--remote", ...of], file);
      console.log(`✓ Before the migrations: ${rows} rows are in ${file}`);
    }
    // Migrations fit the code before and after them, so the Worker of the last deployment keeps serving meanwhile.
    await migrate();
  }
  await deploy();
});

// Whether there is a database, and whether it lacks migrations. Any other answer ends the deployment: to deploy first
// on a database that could not be seen would lock everybody out.
async function look(of) {
  const { status, output } = await wrangler(["d1", "migrations", "list", "DB", "--remote", ...of], { isQuiet: true });
  if (status === 0) return { isThere: true, isBehind: !output.includes("No migrations to apply") };
  if (/Couldn't find .*D1 DB/.test(output)) return { isThere: false, isBehind: true };
  throw new Error(`Cloudflare could not be asked for the database; nothing was changed. Are you signed in (\`npx wrangler login\`)?\n${output}`);
}
