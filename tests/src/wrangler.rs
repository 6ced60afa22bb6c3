//! wrangler, on the data of one server.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::server;

/// `wrangler {name}` on the data in `dir`, as installed in the checkout.
pub fn command(dir: &Path, name: &str) -> Command {
    let root = server::repository();
    let bin = root.join("node_modules/.bin");
    assert!(
        bin.join("wrangler").exists() && root.join("worker/build/index.js").exists(),
        "there is nothing to test yet: `cargo xtask test` builds the Worker first"
    );
    let rest = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([bin].into_iter().chain(env::split_paths(&rest))).unwrap();
    let mut wrangler = Command::new("wrangler");
    wrangler
        .args([name, "--local", "--persist-to"])
        .arg(dir)
        .current_dir(root)
        .env("PATH", path)
        .env("CI", "1")
        .env("WRANGLER_SEND_METRICS", "false")
        .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
        // The Worker has been built before the tests.
        .env("OKRS_EDGE_BUILD", "skip");
    wrangler
}

/// What `wrangler d1` prints.
pub fn d1(dir: &Path, args: &[&str]) -> Vec<u8> {
    let output = command(dir, "d1")
        .args(args)
        .output()
        .unwrap_or_else(not_started);
    assert!(
        output.status.success(),
        "wrangler d1 {args:?} failed\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

pub fn not_started<T>(error: std::io::Error) -> T {
    panic!("wrangler could not be started: {error}")
}
