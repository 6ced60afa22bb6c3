//! Every cell of `docs/permissions.md`: each operation, by each role, on a thing of each relation.

use std::collections::BTreeMap;

use okrs_tests::{Response, repository, workspace};
use serde_json::{Value, json};

use crate::operations::operations;
use crate::things::{RELATIONS, Relation, Someone, Things};

/// What the table allows: by action and role, the words of the cell.
struct Table(BTreeMap<(String, &'static str), String>);

impl Table {
    fn read() -> Self {
        let text = std::fs::read_to_string(repository().join("docs/permissions.md")).unwrap();
        let mut cells = BTreeMap::new();
        for line in text.lines().filter(|line| line.starts_with("| `")) {
            let row: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            for (role, cell) in ["admin", "manager", "member"].iter().zip(&row[2..]) {
                let action = row[0].trim_matches('`').to_owned();
                cells.insert((action, *role), (*cell).to_owned());
            }
        }
        Self(cells)
    }

    fn allows(&self, action: &str, role: &'static str, relation: Relation) -> bool {
        let cell = &self.0[&(action.to_owned(), role)];
        let word = match relation {
            Relation::Own => "own",
            Relation::Managed => "managed",
            Relation::Team => "team",
            Relation::Other => "-",
        };
        cell == "all" || cell.split(", ").any(|allowed| allowed == word)
    }
}

/// What may not be done is refused; what may not even be seen is not there.
#[track_caller]
fn check(answer: &Response, allowed: bool, may_be_hidden: bool, cell: &str) {
    let fits = match (allowed, answer.status) {
        (true, status) => (200..300).contains(&status),
        (false, 403) => true,
        (false, 404) => may_be_hidden,
        (false, _) => false,
    };
    assert!(fits, "{cell}, allowed: {allowed}: {answer:?}");
}

/// Tries the operations of the app's API whose addresses begin with one of these words.
fn try_all(places: &[&str]) {
    let acme = workspace();
    let things = Things::of(&acme);
    let table = Table::read();
    let mut tried = 0;
    for operation in operations() {
        let place = operation.path.split('/').nth(1).unwrap();
        if ["anyone", "signed_in"].contains(&&*operation.access) || !places.contains(&place) {
            continue;
        }
        for person in &things.people {
            for relation in RELATIONS {
                let id = if operation.has_id() {
                    things.related(&operation.id, &operation.path, person, relation)
                } else {
                    (relation == Relation::Other).then(String::new)
                };
                let Some(id) = id else { continue };
                let allowed = table.allows(&operation.access, person.role, relation);
                let answer = operation.call(&person.api, &id, &things.body(&operation));
                let cell = format!("{} by {} ({relation:?})", operation.id, person.role);
                check(&answer, allowed, place == "reviews", &cell);
                tried += 1;
            }
        }
    }
    assert!(tried > 0);
}

#[test]
fn okrs_and_key_results_are_changed_by_whom_the_table_names() {
    try_all(&["okrs", "key-results"]);
}

#[test]
fn check_ins_and_comments_are_changed_by_whom_the_table_names() {
    try_all(&["check-ins", "comments"]);
}

#[test]
fn kpis_are_changed_by_whom_the_table_names() {
    try_all(&["kpis"]);
}

#[test]
fn the_workspace_is_run_by_whom_the_table_names() {
    try_all(&[
        "api-keys",
        "audit-log",
        "audit-log.csv",
        "comparison",
        "health",
        "workspace",
    ]);
}

#[test]
fn cycles_are_managed_by_whom_the_table_names() {
    try_all(&["cycles"]);
}

#[test]
fn people_and_teams_are_managed_by_whom_the_table_names() {
    try_all(&["members", "departments", "teams"]);
}

#[test]
fn reviews_are_written_read_and_shared_by_whom_the_table_names() {
    try_all(&["review-templates", "review-cycles", "reviews"]);
}

#[test]
fn no_operation_escapes_the_tests_of_the_table() {
    // People of the hosted service are only there in front of it: its own tests try who may link them.
    let covered = "hosted-people okrs key-results check-ins comments kpis api-keys audit-log audit-log.csv comparison health \
                   workspace cycles members departments teams review-templates review-cycles reviews";
    for operation in operations() {
        let place = operation.path.split('/').nth(1).unwrap();
        assert!(
            ["anyone", "signed_in"].contains(&&*operation.access)
                || covered.split_whitespace().any(|known| known == place),
            "{} is in no test of permissions.rs",
            operation.path
        );
    }
}

/// What people do through the public API with their session: method, path, action, body.
fn public_operations() -> Vec<(&'static str, &'static str, &'static str, Value)> {
    let title = || json!({ "title": "Another title" });
    let key_result =
        json!({ "title": "R", "metric_type": "number", "start_value": 0, "target_value": 9 });
    vec![
        ("PUT", "/okrs/{id}", "change_okr", title()),
        ("POST", "/okrs/{id}/key-results", "change_okr", key_result),
        ("DELETE", "/okrs/{id}", "change_okr", json!({})),
        ("PUT", "/key-results/{id}", "change_okr", title()),
        (
            "POST",
            "/key-results/{id}/checkins",
            "check_in",
            json!({ "value": 3 }),
        ),
        ("DELETE", "/key-results/{id}", "change_okr", json!({})),
        (
            "POST",
            "/kpis/{id}/updates",
            "record_kpi",
            json!({ "value": 3 }),
        ),
        ("PUT", "/initiatives/{id}", "change_initiative", title()),
        (
            "DELETE",
            "/initiatives/{id}",
            "change_initiative",
            json!({}),
        ),
    ]
}

#[test]
fn sessions_are_held_to_the_table_in_the_public_api_too() {
    let acme = workspace();
    let things = Things::of(&acme);
    let table = Table::read();
    for (method, path, action, body) in public_operations() {
        for person in &things.people {
            for relation in RELATIONS {
                let Some(id) = things.related("", path, person, relation) else {
                    continue;
                };
                let request = person.api.request(method, &path.replace("{id}", &id));
                let answer = match method {
                    "DELETE" => request.send(),
                    _ => request.json(&body).send(),
                };
                let allowed = table.allows(action, person.role, relation);
                let cell = format!("{method} {path} by {} ({relation:?})", person.role);
                check(&answer, allowed, false, &cell);
            }
        }
    }
}

#[test]
fn things_are_created_where_the_table_allows_it() {
    let acme = workspace();
    let things = Things::of(&acme);
    let table = Table::read();
    let create = |person: &Someone, path: &str, action: &str, relation, fields: &Value| {
        let mut body = things.place(person, relation);
        for (name, value) in fields.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = person.api.post(path, &body);
        let allowed = table.allows(action, person.role, relation);
        let cell = format!("{action} by {} ({relation:?})", person.role);
        check(&answer, allowed, false, &cell);
    };
    let cycle = acme.cycles.active.as_str();
    for person in &things.people {
        for relation in RELATIONS {
            for (okr_type, action) in [
                ("company", "create_company_okr"),
                ("team", "create_team_okr"),
            ] {
                let fields = json!({ "title": "O", "type": okr_type, "cycle_id": cycle });
                create(person, "/okrs", action, relation, &fields);
            }
            create(
                person,
                "/kpis",
                "create_kpi",
                relation,
                &json!({ "name": "K" }),
            );
        }
        for relation in RELATIONS {
            // Owning it is no reason to put it into any department.
            let Some(mut body) = things.place_in_department(person, relation) else {
                continue;
            };
            body["title"] = "O".into();
            body["type"] = "department".into();
            body["cycle_id"] = cycle.into();
            let answer = person.api.post("/okrs", &body);
            let allowed = table.allows("create_department_okr", person.role, relation);
            let cell = format!("create_department_okr by {} ({relation:?})", person.role);
            check(&answer, allowed, false, &cell);
        }
        let fields = json!({ "title": "I", "team_id": null });
        create(
            person,
            "/initiatives",
            "create_initiative",
            Relation::Other,
            &fields,
        );
    }
}

/// Whether the person finds the OKR: in detail, in both lists, and by searching; always the same.
#[track_caller]
fn sees(person: &Someone, id: &str, title: &str) -> bool {
    let path = format!("/api/app/okrs/{id}");
    let answer = person.api.get(&path);
    let seen = answer.status == 200;
    if !seen {
        answer.refusal(404);
        // What is not seen can't be changed, and that is no different from what does not exist.
        let title = json!({ "title": "Taken over" });
        person.api.put(&format!("/okrs/{id}"), &title).refusal(404);
        person.api.get(&format!("{path}/comments")).refusal(404);
        person.api.get(&format!("{path}/activity")).refusal(404);
    }
    let listed = |list: &Value| list.as_array().unwrap().iter().any(|okr| okr["id"] == id);
    assert_eq!(listed(&person.api.read("/okrs")), seen);
    assert_eq!(listed(&person.api.read("/api/app/okrs")["okrs"]), seen);
    let hits = person.api.read(&format!("/api/app/search?q={title}"));
    assert_eq!(hits.as_array().unwrap().len(), usize::from(seen), "{hits}");
    seen
}

#[test]
fn okrs_are_seen_by_whom_the_table_names_and_by_nobody_else() {
    let acme = workspace();
    let things = Things::of(&acme);
    let table = Table::read();
    let mut nth = 0;
    for (visibility, action) in [
        ("department", "see_department_okr"),
        ("team", "see_team_okr"),
    ] {
        for person in &things.people {
            for relation in RELATIONS {
                let place = match visibility {
                    "department" => things.place_in_department(person, relation),
                    _ => Some(things.place(person, relation)),
                };
                let Some(mut body) = place else { continue };
                nth += 1;
                let title = format!("Seen{nth}x");
                body["title"] = title.clone().into();
                body["type"] = "team".into();
                body["visibility"] = visibility.into();
                body["cycle_id"] = acme.cycles.active.as_str().into();
                let made = acme.bulk().post("/okrs", &body).expect(201);
                let id = made["id"].as_str().unwrap();
                let allowed = table.allows(action, person.role, relation);
                assert_eq!(
                    sees(person, id, &title),
                    allowed,
                    "{action} by {} ({relation:?})",
                    person.role
                );
            }
        }
    }
}

#[test]
fn nobody_moves_an_okr_to_where_they_could_not_create_one() {
    let acme = workspace();
    let things = Things::of(&acme);
    let dave = &things.people[2];
    let own = |relation| {
        let id = things.related("", "/okrs/{id}", dave, relation).unwrap();
        format!("/okrs/{id}")
    };
    let okr = own(Relation::Own);
    dave.api
        .put(&okr, &json!({ "type": "company" }))
        .refusal(403);
    dave.api
        .put(&okr, &json!({ "type": "department" }))
        .refusal(403);
    dave.api
        .put(&okr, &things.place(dave, Relation::Team))
        .expect(200);
    // Taking it over does not make the place theirs.
    let elsewhere = own(Relation::Other);
    let take = json!({ "owner_id": acme.dave.as_str() });
    dave.api.put(&elsewhere, &take).refusal(403);
}

#[test]
fn nobody_puts_an_okr_of_their_own_into_a_team_that_is_not_theirs() {
    let acme = workspace();
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let okr = |team_id: Option<&str>| {
        json!({
            "title": "Mine", "type": "team", "cycle_id": acme.cycles.active, "owner_id": acme.carol,
            "team_id": team_id,
        })
    };
    let team = acme.team.as_str();
    carol.post("/okrs", &okr(Some(team))).refusal(403);
    let mine = carol.post("/okrs", &okr(None)).expect(201);
    let path = format!("/okrs/{}", mine["id"].as_str().unwrap());
    let move_there = json!({ "team_id": team });
    carol.put(&path, &move_there).refusal(403);
    carol
        .put(&path, &json!({ "title": "Still mine" }))
        .expect(200);
    // Somebody of the team may, and once it is there its owner may leave it there.
    for session in [&acme.sessions.dave, &acme.sessions.bob] {
        let colleague = acme.api.signed_in(session);
        colleague.post("/okrs", &okr(Some(team))).expect(201);
    }
    let alice = acme.api.signed_in(&acme.sessions.alice);
    alice.put(&path, &move_there).expect(200);
    carol.put(&path, &move_there).expect(200);
}

#[test]
fn nobody_puts_a_kpi_of_their_own_into_a_team_that_is_not_theirs() {
    let acme = workspace();
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let team = acme.team.as_str();
    let kpi = |team_id: Option<&str>| json!({ "name": "Churn", "owner_id": acme.carol, "team_id": team_id });
    carol.post("/kpis", &kpi(Some(team))).refusal(403);
    let mine = carol.post("/kpis", &kpi(None)).expect(201);
    let path = format!("/api/app/kpis/{}", mine["id"].as_str().unwrap());
    let move_there = json!({ "team_id": team });
    carol.patch(&path, &move_there).refusal(403);
    // Somebody of the team may, and so may a manager; once it is there its owner may leave it there.
    for session in [&acme.sessions.dave, &acme.sessions.bob] {
        let colleague = acme.api.signed_in(session);
        colleague.post("/kpis", &kpi(Some(team))).expect(201);
    }
    let alice = acme.api.signed_in(&acme.sessions.alice);
    assert!((200..300).contains(&alice.patch(&path, &move_there).status));
    assert!((200..300).contains(&carol.patch(&path, &move_there).status));
}
