//! The example clients of `tests/clients` do what users will do with them.

use std::path::PathBuf;
use std::process::Command;

use okrs_tests::{repository, workspace};

use crate::shapes::key_result;

fn client(name: &str) -> PathBuf {
    repository().join("tests/clients").join(name)
}

/// Runs a client and returns what it printed; it must succeed.
#[track_caller]
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let (printed, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{command:?}\n{printed}\n{errors}");
    format!("{printed}{errors}")
}

#[test]
fn the_curl_quick_start_checks_in_the_first_key_result() {
    let acme = workspace();
    let printed = run(Command::new("sh")
        .arg(client("quickstart.sh"))
        .env("BASE", acme.api.base())
        .env("API_KEY", &acme.keys.all));
    assert!(printed.contains("\"status\":\"on_track\""), "{printed}");
    let okrs = acme.api.read("/okrs");
    assert_eq!(okrs[0]["key_results"][0]["current_value"], 70);
}

#[test]
fn the_python_client_pushes_progress() {
    let acme = workspace();
    run(Command::new("python3")
        .arg(client("push_progress.py"))
        .arg("82")
        .env("BASE", acme.api.base())
        .env("API_KEY", &acme.keys.all)
        .env("KR_ID", acme.key_results.number.as_str()));
    assert_eq!(
        key_result(&acme.api, acme.key_results.number.as_str())["current_value"],
        82
    );
}

#[test]
fn the_node_client_imports_kpis_and_reports_the_bad_one() {
    let acme = workspace();
    let before = acme.api.read("/kpis").as_array().unwrap().len();
    let printed = run(Command::new("node")
        .arg(client("bulk_import.mjs"))
        .arg(client("kpis.json"))
        .env("BASE", acme.api.base())
        .env("API_KEY", &acme.keys.all));
    assert!(printed.contains("category"), "{printed}");
    assert_eq!(acme.api.read("/kpis").as_array().unwrap().len(), before + 2);
}
