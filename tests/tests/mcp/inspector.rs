//! The official inspector's command line, in both eras. It also holds what a tool answers against the
//! schema that was published for it.

use std::process::{Command, Output};

use okrs_tests::{Workspace, workspace};
use serde_json::{Value, json};

use crate::asking::{PATH, calls};

/// The eras as the inspector calls them.
const ERAS: [&str; 2] = ["legacy", "modern"];

fn inspect(acme: &Workspace, era: &str, arguments: &[&str]) -> Output {
    let header = format!("Authorization: Bearer {}", acme.keys.bulk);
    let address = format!("http://{}{PATH}", acme.api.host());
    // A place of its own: it keeps a catalogue of servers at home.
    let home = std::env::temp_dir().join(format!("okrs-inspector-{}", std::process::id()));
    Command::new("mcp-inspector")
        .args(["--cli", "--transport", "http", "--server-url", &address])
        .args(["--header", &header, "--protocol-era", era])
        .args(["--format", "json", "--quiet"])
        .args(arguments)
        .env("HOME", home)
        .output()
        .expect("`npm ci` has installed the inspector, and its directory is on PATH")
}

#[track_caller]
fn result(output: &Output) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "{error}: {}{errors}",
            String::from_utf8_lossy(&output.stdout)
        )
    })
}

#[test]
fn the_inspector_lists_what_there_is_and_finds_no_fault_with_it() {
    let acme = workspace();
    for era in ERAS {
        let tools = result(&inspect(
            &acme,
            era,
            &["--method", "tools/list", "--strict"],
        ));
        let listed = tools["result"]["tools"].as_array().unwrap();
        assert_eq!(listed.len(), calls(&acme).len(), "{tools}");
        let prompts = result(&inspect(&acme, era, &["--method", "prompts/list"]));
        assert_eq!(
            prompts["result"]["prompts"].as_array().unwrap().len(),
            2,
            "{prompts}"
        );
        let resources = result(&inspect(&acme, era, &["--method", "resources/list"]));
        let uri = resources["result"]["resources"][0]["uri"].as_str().unwrap();
        let read = result(&inspect(
            &acme,
            era,
            &["--method", "resources/read", "--uri", uri],
        ));
        assert_eq!(read["result"]["contents"][0]["uri"], uri, "{read}");
    }
}

#[test]
fn the_inspector_calls_every_tool_and_the_answers_fit_their_schemas() {
    let acme = workspace();
    for era in ERAS {
        std::thread::scope(|scope| {
            for half in [0, 1] {
                let acme = &acme;
                scope.spawn(move || {
                    for (tool, arguments) in calls(acme).into_iter().skip(half).step_by(2) {
                        let arguments = arguments.to_string();
                        let call = ["--method", "tools/call", "--tool-name", tool];
                        let call = [&call[..], &["--tool-args-json", &arguments]].concat();
                        let called = result(&inspect(acme, era, &call));
                        let result = &called["result"];
                        assert_ne!(result["isError"], json!(true), "{era} {tool}: {called}");
                        assert!(
                            result["structuredContent"].is_object(),
                            "{era} {tool}: {called}"
                        );
                    }
                });
            }
        });
    }
}
