//! The tests that run on this machine's own processor.
//!
//! Everything native is compiled with one set of features, the whole workspace's with all of them: another
//! set would compile nearly 150 dependencies a second time.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::paths::Paths;
use crate::run;

/// What every call of Cargo for this machine has in common.
pub const EVERYTHING: [&str; 2] = ["--workspace", "--all-features"];

/// A program that Cargo made.
pub struct Program {
    /// Of the program, such as `v1`, or of the library whose unit tests it has.
    pub name: String,
    /// The package it belongs to.
    pub package: String,
    /// Whether it is a package of tests through the front door.
    pub is_black_box: bool,
    /// Whether it has tests.
    pub is_test: bool,
    file: PathBuf,
    /// Where tests are run.
    dir: PathBuf,
}

/// Compiles all tests, and the programs that make demo workspaces, and says where they are.
pub fn programs(paths: &Paths) -> Result<Vec<Program>> {
    let mut cargo = cargo(paths);
    cargo
        .arg("build")
        .args(EVERYTHING)
        .args(["--tests", "--bin", "okrs-demo"])
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped());
    let output = cargo
        .spawn()
        .and_then(|child| child.wait_with_output())
        .context("cargo cannot be started")?;
    if !output.status.success() {
        bail!("`{}` failed ({})", run::line(&cargo), output.status);
    }
    let lines = String::from_utf8(output.stdout).context("cargo did not print text")?;
    Ok(lines.lines().filter_map(program).collect())
}

/// Reads what Cargo says of something that it made.
fn program(line: &str) -> Option<Program> {
    let artifact: Value = serde_json::from_str(line).ok()?;
    let file = artifact["executable"].as_str()?;
    let manifest = Path::new(artifact["manifest_path"].as_str()?);
    let dir = manifest.parent()?;
    let package = dir.file_name()?.to_str()?;
    Some(Program {
        name: artifact["target"]["name"].as_str()?.to_owned(),
        package: package.to_owned(),
        is_black_box: artifact["target"]["kind"][0] == "test",
        is_test: artifact["profile"]["test"] == true,
        file: file.into(),
        dir: dir.to_owned(),
    })
}

impl Program {
    /// Runs it with the time of each test, which libtest calls unstable.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.file);
        command.current_dir(&self.dir);
        if self.is_test {
            command
                .args(["-Zunstable-options", "--report-time"])
                .env("RUSTC_BOOTSTRAP", "1");
        }
        command
    }

    /// Where it is.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

/// The tests in documentation. Without a choice of targets, which would be another set of features, all tests
/// are there; the names of those in documentation alone have this in them.
pub fn doc_tests(paths: &Paths) -> Command {
    let mut cargo = cargo(paths);
    cargo
        .args(["test", "--quiet"])
        .args(EVERYTHING)
        .args(["--", "(line "]);
    cargo
}

/// Cargo for this machine.
pub fn cargo(paths: &Paths) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&paths.root);
    cargo
}
