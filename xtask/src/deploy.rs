//! Deployment: the app and the Worker are built here, and the rest is `scripts/deploy.mjs`, which needs no Rust.

use std::process::Command;

use anyhow::{Context, Result};

use crate::npm::wrangler;
use crate::paths::Paths;
use crate::step::step;
use crate::{build, run};

/// What is deployed.
#[derive(Default)]
pub struct Options {
    /// Builds, and prints what an upload weighs; nothing is sent.
    pub dry_run: bool,
    /// The environment of `wrangler.toml`, if it is not the one at its top.
    pub env: Option<String>,
    /// Migrates without a backup before.
    pub no_backup: bool,
}

/// Migrates the remote database and uploads app and Worker.
pub fn run(paths: &Paths, options: &Options) -> Result<()> {
    // Wrangler would build too, but without showing anything until the end.
    build::for_deployment(paths)?;
    if options.dry_run {
        return measure(paths);
    }
    let mut node = Command::new("node");
    node.arg("scripts/deploy.mjs").current_dir(&paths.root);
    node.env("PATH", run::path_with([paths.npm_bin()])?);
    if let Some(env) = &options.env {
        node.args(["--env", env]);
    }
    if options.no_backup {
        node.arg("--no-backup");
    }
    step("Deploying", || run::shown(&mut node))
}

fn measure(paths: &Paths) -> Result<()> {
    let output = step("Packing as for an upload", || {
        run::stdout(wrangler(paths)?.args(["deploy", "--dry-run", "--env", ""]))
    })?;
    let size =
        upload_size(&output).with_context(|| format!("wrangler named no size:\n{output}"))?;
    println!("The Worker's upload is {size} gzipped.");
    Ok(())
}

/// The second figure of a line such as `Total Upload: 812.11 KiB / gzip: 301.93 KiB`.
fn upload_size(output: &str) -> Option<&str> {
    let line = output.lines().find(|line| line.contains("Total Upload:"))?;
    line.split_once("gzip: ").map(|(_, size)| size.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gzipped_size_is_found_in_wranglers_words() {
        let output =
            "⛅️ wrangler\nTotal Upload: 812.11 KiB / gzip: 301.93 KiB\n--dry-run: exiting now.";
        assert_eq!(upload_size(output), Some("301.93 KiB"));
        assert_eq!(upload_size("nothing"), None);
    }
}
