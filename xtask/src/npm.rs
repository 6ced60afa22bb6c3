//! The JavaScript tools, wrangler above all, exactly as `package-lock.json` pins them.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::paths::Paths;
use crate::run;
use crate::step::step;

/// A copy of the lock file that was last installed. It lives inside `node_modules`, so that
/// deleting that also forgets it.
const STAMP: &str = "node_modules/.okrs-edge-lock.json";

/// Whether `node_modules` holds what the lock file asks for.
pub fn is_installed(paths: &Paths) -> Result<bool> {
    let wanted = lock_file(paths)?;
    Ok(fs::read_to_string(paths.root.join(STAMP)).is_ok_and(|installed| installed == wanted))
}

/// Runs `npm ci` unless there is nothing to do.
pub fn ensure(paths: &Paths) -> Result<()> {
    if is_installed(paths)? {
        return Ok(());
    }
    if !run::is_installed("npm") {
        bail!("npm is missing; install Node.js 22 or newer, which brings it: https://nodejs.org");
    }
    step("Installing wrangler, esbuild and wasm-opt (npm ci)", || {
        // Node's version does not matter here: a right one is among the packages.
        run::quiet(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund"])
                .current_dir(&paths.root),
        )?;
        fs::write(paths.root.join(STAMP), lock_file(paths)?)
            .context("node_modules cannot be written to")
    })
}

/// Wrangler as pinned, with the Node it needs, and nothing sent anywhere.
pub fn wrangler(paths: &Paths) -> Result<Command> {
    let npm_bin = paths.npm_bin();
    let mut wrangler = Command::new(npm_bin.join("wrangler"));
    wrangler
        .current_dir(&paths.root)
        .env("PATH", run::path_with([npm_bin])?);
    if env::var_os("WRANGLER_SEND_METRICS").is_none() {
        wrangler.env("WRANGLER_SEND_METRICS", "false");
    }
    // Else it downloads a sample of what Cloudflare tells a Worker about a request.
    wrangler.env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
    Ok(wrangler)
}

fn lock_file(paths: &Paths) -> Result<String> {
    fs::read_to_string(paths.root.join("package-lock.json")).context("package-lock.json is missing")
}
