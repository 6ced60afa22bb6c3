//! What each write leaves in the audit log, and which limits refuse it: `docs/writes.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use okrs_tests::{
    Api, PASSWORD, RECOVERY_TOKEN, Response, SETUP_TOKEN, Workspace, repository, workspace,
};
use serde_json::{Value, json};

use crate::operations::{Operation, operations};
use crate::things::Things;

/// What ends the session that does it: each in a workspace of its own.
const LAST: [&str; 3] = ["signOut", "endSession", "changePassword"];
/// Need Cloudflare Access, which `tests/sign_in` plays, or the hosted service, which `tests/upstream` does.
const ELSEWHERE: [&str; 3] = ["signInByAccess", "linkHostedPerson", "unlinkHostedPerson"];

/// A row of the table.
struct Write {
    limits: BTreeSet<String>,
    /// `None` if it leaves nothing.
    action: Option<String>,
}

fn documented() -> BTreeMap<String, Write> {
    let text = fs::read_to_string(repository().join("docs/writes.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let writes = rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let words = |cell: &str| {
            let parts = cell.split(", ").map(|part| part.replace('`', ""));
            parts.filter(|part| part != "–").collect::<BTreeSet<_>>()
        };
        let write = Write {
            limits: words(cells[2]),
            action: words(cells[3]).pop_first(),
        };
        (cells[1].replace('`', ""), write)
    });
    writes.collect()
}

/// Pairs of an operation and a limit that can refuse it, as the table has them.
pub fn limited() -> BTreeSet<(String, String)> {
    let pairs = documented().into_iter().flat_map(|(operation, write)| {
        let pair = move |limit| (operation.clone(), limit);
        write.limits.into_iter().map(pair)
    });
    pairs.collect()
}

/// The writes of the public API.
fn public() -> Vec<Operation> {
    let text = fs::read_to_string(repository().join("docs/openapi.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut writes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            writes.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                id: operation["operationId"].as_str().unwrap().to_owned(),
                access: operation["x-scope"].as_str().unwrap().to_owned(),
                takes_body: operation.get("requestBody").is_some(),
            });
        }
    }
    writes.retain(Operation::is_unsafe);
    writes
}

fn public_body(acme: &Workspace, operation: &str) -> Value {
    match operation {
        "createOkr" => {
            json!({ "title": "One", "type": "company", "cycle_id": acme.cycles.active.as_str() })
        }
        "createKeyResult" => {
            json!({ "title": "One", "metric_type": "number", "start_value": 0, "target_value": 9 })
        }
        "createKpi" => json!({ "name": "One" }),
        "createInitiative" | "updateOkr" | "updateKeyResult" | "updateInitiative" => {
            json!({ "title": "Another" })
        }
        "checkIn" | "checkInAtOldAddress" | "updateKpiValue" => json!({ "value": 2 }),
        _ => json!({}),
    }
}

/// Two admins: one writes, the other reads the log.
struct Log {
    reader: Api,
}

impl Log {
    fn of(acme: &Workspace) -> Self {
        let alice = acme.api.signed_in(&acme.sessions.alice);
        let path = format!("/api/app/members/{}", acme.bob);
        alice.patch(&path, &json!({ "role": "admin" })).expect(200);
        Self {
            reader: acme.api.signed_in(&acme.sessions.bob),
        }
    }

    /// What is written of a request, the last first.
    fn around(&self, request: impl FnOnce() -> Response) -> (Response, Vec<String>) {
        let entries = || {
            let page = self.reader.read("/api/app/audit-log?limit=50");
            page["entries"].as_array().unwrap().clone()
        };
        let last = entries()[0]["id"].clone();
        let answer = request();
        let new = entries()
            .into_iter()
            .take_while(|entry| entry["id"] != last);
        let actions = new.map(|entry| entry["action"].as_str().unwrap().to_owned());
        (answer, actions.collect())
    }

    #[track_caller]
    fn check(&self, id: &str, write: &Write, request: impl FnOnce() -> Response) {
        let (answer, actions) = self.around(request);
        if write.action.is_some() {
            assert!((200..300).contains(&answer.status), "{id}: {answer:?}");
        }
        assert_eq!(actions, Vec::from_iter(write.action.clone()), "{id}");
    }
}

#[test]
fn every_write_is_in_the_table() {
    let app = operations().into_iter().filter(Operation::is_unsafe);
    let all = app.chain(public()).map(|operation| operation.id);
    let listed = documented().into_keys();
    assert_eq!(listed.collect::<BTreeSet<_>>(), all.collect());
}

#[test]
fn what_somebody_writes_leaves_the_one_entry_that_the_table_names() {
    let documented = documented();
    let mut acme = workspace();
    let mut log = Log::of(&acme);
    let app = operations().into_iter().filter(Operation::is_unsafe);
    let app = app.filter(|operation| operation.access != "anyone");
    let app = app.filter(|operation| !ELSEWHERE.contains(&&*operation.id));
    let (last, first): (Vec<_>, Vec<_>) = app.partition(|operation| LAST.contains(&&*operation.id));
    let things = Things::of(&acme);
    let alice = &things.people[0].api;
    for operation in &first {
        let (thing, mut body) = (things.any_id(operation), things.body(operation));
        if operation.id == "importMembers" {
            body = json!({ "csv": format!("name,email,role\nA,a@{},member\n", acme.domain) });
        }
        let write = &documented[&operation.id];
        log.check(&operation.id, write, || {
            operation.call(alice, &thing, &body)
        });
    }
    for operation in public() {
        let thing = match &*operation.path {
            path if !path.contains("{id}") => String::new(),
            // Its id is the key result's.
            "/okrs/{id}/checkins" => acme.key_results.number.to_string(),
            _ => things.any_id(&operation),
        };
        let body = public_body(&acme, &operation.id);
        let request = || {
            let path = operation.path.replace("{id}", &thing);
            let request = alice.request(&operation.method, &path);
            if operation.takes_body {
                request.json(&body).send()
            } else {
                request.send()
            }
        };
        log.check(&operation.id, &documented[&operation.id], request);
    }
    for operation in &last {
        acme = workspace();
        log = Log::of(&acme);
        let things = Things::of(&acme);
        let (thing, body) = (things.any_id(operation), things.body(operation));
        let request = || operation.call(&things.people[0].api, &thing, &body);
        log.check(&operation.id, &documented[&operation.id], request);
    }
}

#[test]
fn so_does_whoever_signs_in_or_is_not_yet_here() {
    let documented = documented();
    let acme = workspace();
    let log = Log::of(&acme);
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let invited =
        json!({ "email": format!("erin@{}", acme.domain), "name": "Erin", "role": "member" });
    let invited = alice.post("/api/app/members", &invited).expect(201);
    let (_, token) = invited["link"]["url"]
        .as_str()
        .unwrap()
        .split_once('#')
        .unwrap();
    let tag = okrs_shared::session::tag(&acme.sessions.alice).unwrap();
    let email = format!("alice@{}", acme.domain);
    for (id, path, body) in [
        (
            "signIn",
            "sessions",
            json!({ "email": email, "password": PASSWORD }),
        ),
        (
            "showPasswordLink",
            "password-links",
            json!({ "token": token }),
        ),
        (
            "usePasswordLink",
            "password-links/use",
            json!({ "token": token, "password": "a new beginning" }),
        ),
        (
            "recoverWorkspace",
            "recoveries",
            json!({ "token": RECOVERY_TOKEN, "workspace": tag, "email": email }),
        ),
    ] {
        let stranger = acme.api.signed_out();
        let request = || stranger.post(&format!("/api/app/{path}"), &body);
        log.check(id, &documented[id], request);
    }
    let body = json!({
        "token": SETUP_TOKEN, "workspace": "New", "timezone": "UTC", "name": "Robin", "email": "r@new.test",
        "password": "a new beginning",
    });
    let made = acme.api.signed_out().post("/api/app/set-up", &body);
    let robin = acme.api.signed_in(&made.session());
    let page = robin.read("/api/app/audit-log");
    let entries = page["entries"].as_array().unwrap();
    let first = entries.last().unwrap()["action"].as_str();
    assert_eq!(first, documented["setUp"].action.as_deref(), "{page}");

    let anyones = operations()
        .into_iter()
        .filter(|operation| operation.access == "anyone");
    let here = [
        "signIn",
        "showPasswordLink",
        "usePasswordLink",
        "recoverWorkspace",
        "setUp",
    ];
    for operation in anyones.filter(Operation::is_unsafe) {
        let id = &*operation.id;
        assert!(
            here.contains(&id) || ELSEWHERE.contains(&id),
            "{id} is not tried here"
        );
    }
}
