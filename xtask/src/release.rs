//! A release: one archive that deploys, migrates, backs up and runs with Node alone. What is in it is said by
//! `scripts/release.mjs`; here is what needs Rust.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::step::step;
use crate::{build, run};

/// Builds app and Worker and writes the archive into `target/release-archive`.
pub fn run(paths: &Paths) -> Result<()> {
    let commit = build::for_deployment(paths)?;
    let crates = paths.target.join("release-crates");
    fs::write(&crates, crates_that_ship(paths)?)
        .context("the target directory cannot be written to")?;
    let mut node = Command::new("node");
    node.arg("scripts/release.mjs")
        .args(["--version", env!("CARGO_PKG_VERSION")])
        .args(["--commit", commit.as_deref().unwrap_or("unknown")])
        .arg("--crates")
        .arg(crates)
        .current_dir(&paths.root)
        .env("PATH", run::path_with([paths.npm_bin()])?);
    step("Writing the release", || run::shown(&mut node))
}

/// The crates that are compiled into app and Worker, a line for each with its licence.
fn crates_that_ship(paths: &Paths) -> Result<String> {
    let mut tree = Command::new("cargo");
    tree.args(["tree", "--locked", "--prefix", "none", "--edges", "normal"])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--package", "okrs-worker", "--package", "okrs-app"])
        .args(["--format", "{p}|{l}"])
        .current_dir(&paths.root);
    run::stdout(&mut tree)
}
