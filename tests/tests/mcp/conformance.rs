//! The official conformance runner, once for each of the two revisions that it knows.
//!
//! It runs every server scenario there is. What it cannot pass stands, with the reason, in a baseline
//! beside the tests; the runner fails as well when something in there passes.

use std::process::Command;

use okrs_tests::{repository, workspace};

use crate::asking::PATH;
use crate::key_proxy::KeyProxy;

#[test]
fn every_applicable_scenario_of_2025_11_25_passes() {
    run("2025-11-25");
}

#[test]
fn every_applicable_scenario_of_2026_07_28_passes() {
    run("2026-07-28");
}

#[track_caller]
fn run(revision: &str) {
    let acme = workspace();
    // The runner cannot send headers of its own, so a proxy adds the key.
    let proxy = KeyProxy::start(&acme.bulk());
    let baseline = repository().join(format!("tests/conformance/{revision}.yaml"));
    let results = std::env::temp_dir().join(format!(
        "okrs-conformance-{}-{revision}",
        std::process::id()
    ));
    let output = Command::new("conformance")
        .args(["server", "--suite", "all", "--spec-version", revision])
        .args(["--url", &format!("http://{}{PATH}", proxy.address())])
        .arg("--expected-failures")
        .arg(baseline)
        .arg("--output-dir")
        .arg(&results)
        .output()
        .expect("`npm ci` has installed the runner, and its directory is on PATH");
    let _ = std::fs::remove_dir_all(results);
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}\n{errors}");
    assert!(
        printed.contains("tools-list"),
        "it ran:\n{printed}\n{errors}"
    );
}
