//! No answer is longer than a model should have to read, whatever a workspace holds: all tools that
//! are listed, with the arguments that they require, and all resources, counted with o200k.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use chrono::{DateTime, TimeDelta, Utc};
use okrs_demo::demo::demo;
use okrs_demo::load::load;
use okrs_demo::{
    CheckInSeed, InitiativeSeed, KeyResultSeed, KpiSeed, MemberSeed, OkrSeed, Role, Tz, Workspace,
};
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::key_result::MetricType;
use okrs_tests::{Api, Server, key, repository};
use serde_json::{Value, json};

use crate::asking::{request, result, send};

/// What an answer may have: its text and its structure together.
const MOST: usize = 8_000;

/// A workspace and what it is called here.
type Kind = (&'static str, Api);

fn kinds() -> &'static Vec<Kind> {
    static KINDS: OnceLock<(Server, Vec<Kind>)> = OnceLock::new();
    let start = || {
        let now = okrs_tests::now();
        let demo = demo(now.date_naive());
        let (big, big_key) = load(now.date_naive(), 500, 5, 3);
        let (wordy, wordy_key) = wordy(now);
        let server = Server::start(&[demo.sql, big, wordy].concat());
        let kinds = vec![
            ("demo", server.api(&demo.keys["all"])),
            ("500 OKRs", server.api(&big_key)),
            ("long texts", server.api(&wordy_key)),
        ];
        (server, kinds)
    };
    &KINDS.get_or_init(start).1
}

/// What a member can make in an hour who means no good: one OKR with 300 key results and 500
/// initiatives, 60 teams, KPIs and check-ins, and every text as long as it may be.
fn wordy(now: DateTime<Utc>) -> (String, String) {
    let begin = now - TimeDelta::days(20);
    let mut workspace = Workspace::new("Wordy", "Wordy001", Tz::UTC, begin);
    let key = key(&mut workspace);
    let cycle = workspace.cycle(
        "Cycle",
        begin.date_naive(),
        (now + TimeDelta::days(60)).date_naive(),
    );
    let owner = workspace.member(MemberSeed::new("m@wordy.example", "Member", Role::Member));
    let seed = OkrSeed {
        owner: Some(&owner),
        ..OkrSeed::company("OKR", &cycle)
    };
    let okr = workspace.okr(seed);
    for nth in 0..60 {
        let team = workspace.team(&format!("Team {nth}"), None);
        workspace.okr(OkrSeed::team("OKR", &cycle, &team));
        workspace.kpi(KpiSeed::new("KPI"));
    }
    for nth in 0..300 {
        let seed = KeyResultSeed {
            owner: Some(&owner),
            unit: Some("units"),
            ..KeyResultSeed::new("Key result", MetricType::Number, 0.0, 10.0)
        };
        let key_result = workspace.key_result(&okr, seed);
        let many = if nth == 0 { 60 } else { 1 };
        for hour in 1..=many {
            let seed = CheckInSeed {
                comment: Some("Comment"),
                blocker_note: Some("Blocker"),
                created_by: Some(&owner),
                ..CheckInSeed::new(1.0, CheckInStatus::Blocked, begin + TimeDelta::hours(hour))
            };
            workspace.check_in(&key_result, seed);
        }
    }
    for _ in 0..500 {
        workspace.initiative(InitiativeSeed {
            description: Some("Description"),
            owner: Some(&owner),
            okr: Some(&okr),
            ..InitiativeSeed::new("Initiative")
        });
    }
    let long = |length: usize| format!("replace(hex(zeroblob({length})), '00', '🧿')");
    let organisation = workspace.id().clone();
    for (table, column, length) in [
        ("okrs", "title", 500),
        ("okrs", "description", 10_000),
        ("key_results", "title", 500),
        ("key_results", "unit", 50),
        ("initiatives", "title", 500),
        ("initiatives", "description", 10_000),
        ("kpis", "name", 500),
        ("kpis", "description", 10_000),
        ("check_ins", "comment", 10_000),
        ("check_ins", "blocker_note", 10_000),
        ("cycles", "name", 200),
        ("members", "name", 200),
    ] {
        workspace.statement(format!(
            "UPDATE {table} SET {column} = {} WHERE organisation_id = '{organisation}'",
            long(length)
        ));
    }
    (workspace.into_sql(), key)
}

/// How many tokens each text has.
fn count(texts: &[String]) -> Vec<usize> {
    let mut counter = Command::new("node")
        .arg(repository().join("tests/tokens/count.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`npm ci` has installed node, and its directory is on PATH");
    let texts = serde_json::to_vec(texts).unwrap();
    counter.stdin.take().unwrap().write_all(&texts).unwrap();
    let counted = counter.wait_with_output().unwrap();
    serde_json::from_slice(&counted.stdout).unwrap()
}

/// What a model reads of an answer: of a tool's result the text and the structure.
fn read_of(answer: &Value) -> String {
    let text = answer["content"][0]["text"].as_str().unwrap_or_default();
    match answer.get("structuredContent") {
        Some(structure) => format!("{text}\n{structure}"),
        None => answer.to_string(),
    }
}

/// What tools require, by the names of the arguments.
fn required(api: &Api) -> BTreeMap<&'static str, Value> {
    let okrs = api.read("/okrs");
    // The OKR with most of everything is the oldest of the wordy workspace.
    let okr = okrs.as_array().unwrap().last().unwrap().clone();
    let kpis = api.read("/kpis");
    BTreeMap::from([
        ("okr_id", okr["id"].clone()),
        ("kr_id", okr["key_results"][0]["id"].clone()),
        ("kpi_id", json!(kpis[0]["id"].as_str().unwrap_or("none"))),
        (
            "query",
            json!(
                okr["title"]
                    .as_str()
                    .unwrap()
                    .chars()
                    .take(1)
                    .collect::<String>()
            ),
        ),
        ("type", json!("okr")),
        ("id", okr["id"].clone()),
        ("value", json!(1)),
    ])
}

/// Every answer there is by default, by what was asked.
fn answers(api: &Api) -> Vec<(String, Value)> {
    let required = required(api);
    let tools = result(api, "tools/list", json!({}));
    let mut answers = Vec::new();
    for tool in tools["tools"].as_array().unwrap() {
        let name = tool["name"].as_str().unwrap();
        let names = tool["inputSchema"]["required"].as_array();
        let arguments: BTreeMap<&str, &Value> = names
            .into_iter()
            .flatten()
            .map(|argument| {
                let argument = argument.as_str().unwrap();
                let value = required.get(argument);
                (
                    argument,
                    value.unwrap_or_else(|| panic!("{name} requires {argument}: say what")),
                )
            })
            .collect();
        let params = json!({ "name": name, "arguments": arguments });
        let answer = send(api, &request("tools/call", params)).expect(200);
        answers.push((name.to_owned(), answer["result"].clone()));
    }
    let resources = result(api, "resources/list", json!({}));
    for resource in resources["resources"].as_array().unwrap().iter().take(3) {
        let read = result(api, "resources/read", json!({ "uri": resource["uri"] }));
        let uri = resource["uri"].as_str().unwrap();
        let kind = uri.rsplit_once('/').unwrap().0;
        answers.push((kind.to_owned(), read));
    }
    for method in [
        "initialize",
        "tools/list",
        "prompts/list",
        "resources/list",
        "resources/templates/list",
    ] {
        answers.push((method.to_owned(), result(api, method, json!({}))));
    }
    answers
}

#[test]
fn no_answer_has_more_than_8_000_tokens_however_much_there_is() {
    let mut too_long = Vec::new();
    for (workspace, api) in kinds() {
        let answers = answers(api);
        let texts: Vec<_> = answers.iter().map(|(_, answer)| read_of(answer)).collect();
        for ((asked, answer), tokens) in answers.iter().zip(count(&texts)) {
            println!("{workspace:10} {asked:28} {tokens:7}");
            // A workspace without KPIs has none to update.
            let is_found = answer["structuredContent"]["error"] != "not_found";
            assert!(
                is_found || asked == "update_kpi",
                "{workspace}, {asked}: {answer}"
            );
            assert_ne!(
                answer["structuredContent"]["error"], "bad_request",
                "{workspace}, {asked}: {answer}"
            );
            if tokens > MOST {
                too_long.push(format!("{workspace}, {asked}: {tokens}"));
            }
        }
    }
    assert_eq!(too_long, [""; 0]);
}
