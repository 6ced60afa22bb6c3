// Serves this Worker from this machine, with a database in `.wrangler/`: `npm start -- [--port N] [--state DIR]`.
import { parseArgs } from "node:util";
import { must, run } from "./wrangler.mjs";

run(async () => {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "8787" }, state: { type: "string", default: ".wrangler/state" } },
  });
  const here = ["--local", "--persist-to", values.state, "--env", ""];
  await must(["d1", "migrations", "apply", "DB", ...here], { env: { CI: "1" } });
  await must(["dev", ...here, "--ip", "127.0.0.1", "--port", values.port]);
});
