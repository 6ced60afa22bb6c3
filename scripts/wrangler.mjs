// Runs the pinned wrangler with the Node that is pinned beside it, and nothing sent anywhere.
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");

// What wrangler prints goes on to the terminal, unless it is asked for. Gives its status and what it printed.
export function wrangler(args, { isQuiet = false, env = {} } = {}) {
  const child = spawn(join(bin, "wrangler"), args, {
    cwd: root,
    stdio: isQuiet ? ["ignore", "pipe", "pipe"] : "inherit",
    env: {
      WRANGLER_SEND_METRICS: "false",
      // Else it downloads a sample of what Cloudflare tells a Worker about a request.
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      ...process.env,
      ...env,
      PATH: bin + delimiter + process.env.PATH,
    },
  });
  let output = "";
  child.stdout?.on("data", (data) => (output += data));
  child.stderr?.on("data", (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.on("error", () => reject(new Error("wrangler is missing; run `npm ci` first")));
    child.on("close", (status) => resolve({ status, output }));
  });
}

// Like `wrangler`, where anything but success ends the script.
export async function must(args, options) {
  const { status, output } = await wrangler(args, options);
  if (status !== 0) throw new Error(`wrangler ${args.join(" ")} failed\n${output}`);
  return output;
}

// Says what went wrong without a stack: it is for whoever runs the script.
export function run(main) {
  main().catch((error) => {
    console.error(`✗ ${error.message}`);
    process.exitCode = 1;
  });
}
