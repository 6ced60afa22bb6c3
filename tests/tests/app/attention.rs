//! `GET /api/app/home/attention`

use chrono::{NaiveDate, TimeDelta};
use okrs_shared::workspace::WeekStart;
use okrs_tests::{Seeded, Server, now, seeded, today, workspace};
use serde_json::{Value, json};

use crate::ids::find;

fn monday() -> NaiveDate {
    WeekStart::Monday.week_of(today())
}

fn day(offset: i64) -> String {
    (today() + TimeDelta::days(offset)).to_string()
}

/// Three teams, each with an OKR of three key results: a blocked one, a stale one, and one that is nearly there and
/// checked in today. Bob manages Onboarding and Billing, Dave is in Onboarding; of Research neither is. Nobody owns
/// anything, so what somebody is told about is their teams'.
fn three_teams() -> (Server, Seeded) {
    let (acme, mut sql) = seeded("Leaders0", now());
    let (org, cycle) = (&acme.organisation, &acme.cycles.active);
    let made = format!("{}T08:00:00Z", day(-40));
    sql += &format!(
        "UPDATE okrs SET deleted_at = '{made}';\nUPDATE initiatives SET owner_id = NULL;\n\
         INSERT INTO teams (id, organisation_id, name, manager_id) VALUES ('second', '{org}', 'Billing', '{bob}'), \
           ('third', '{org}', 'Research', NULL);\n",
        bob = acme.bob
    );
    let weeks = json!([
        [(monday() - TimeDelta::days(7)).to_string(), 0.5, 70],
        [monday().to_string(), 0.6, 70]
    ]);
    for (okr, team) in [
        ("one", acme.team.as_str()),
        ("two", "second"),
        ("three", "third"),
    ] {
        sql += &format!(
            "INSERT INTO okrs (id, organisation_id, cycle_id, title, type, team_id, visibility, created_at, \
                               updated_at, recent_weeks) \
             VALUES ('{okr}', '{org}', '{cycle}', 'OKR {okr}', 'team', '{team}', 'organisation', '{made}', '{made}', \
                     '{weeks}');\n"
        );
        for (key, blocked, last, value) in [
            ("blocked", 1, -1, 9),
            ("stale", 0, -30, 9),
            ("fresh", 0, 0, 8),
        ] {
            sql += &format!(
                "INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, \
                   current_value, status, blocked, last_check_in_on, last_check_in_at, last_check_in_status, \
                   check_in_count, created_on, created_at, updated_at) \
                 VALUES ('{okr}-{key}', '{org}', '{okr}', '{key} {okr}', 'number', 0, 10, {value}, \
                         iif({blocked}, 'at_risk', 'on_track'), {blocked}, '{last}', '{last}T00:00:00Z', \
                         iif({blocked}, 'blocked', 'on_track'), 1, '{on}', '{made}', '{made}');\n",
                last = day(last),
                on = day(-40)
            );
        }
    }
    (Server::start(&sql), acme)
}

fn attention(server: &Server, session: &str) -> Value {
    let person = server.anonymous().signed_in(session);
    person.read("/api/app/home/attention")
}

/// What some of the rows say in a field.
fn all(rows: &Value, field: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row[field].as_str().unwrap_or("-").to_owned())
        .collect()
}

#[test]
fn each_sees_what_is_theirs_to_look_after() {
    let (server, acme) = three_teams();
    let [alice, bob, carol, dave] = [
        &acme.sessions.alice,
        &acme.sessions.bob,
        &acme.sessions.carol,
        &acme.sessions.dave,
    ]
    .map(|session| attention(&server, session));

    // An admin, without an OKR of her own: the workspace. What is blocked comes before what is silent.
    assert_eq!(alice["scope"], "workspace");
    assert_eq!(alice["needs_attention_count"], 6);
    let first = &alice["needs_attention"][0];
    assert_eq!(first["reasons"], json!(["blocked"]));
    assert_eq!(alice["needs_attention"][5]["reasons"], json!(["stalled"]));
    assert_eq!(alice["needs_attention"][5]["last_check_in_on"], day(-30));
    assert_eq!(
        all(&alice["teams"], "name"),
        ["Billing", "Onboarding", "Research"]
    );

    // A manager of two, in one of them.
    assert_eq!(bob["scope"], "teams");
    assert_eq!(bob["needs_attention_count"], 4);
    let mut titles = all(&bob["needs_attention"], "title");
    titles.sort();
    assert_eq!(
        titles,
        ["blocked one", "blocked two", "stale one", "stale two"]
    );
    assert_eq!(all(&bob["teams"], "name"), ["Billing", "Onboarding"]);

    // A member of one, and one without a team: of others' she is told nothing.
    assert_eq!(dave["scope"], "teams");
    assert_eq!(dave["needs_attention_count"], 2);
    assert_eq!(all(&dave["teams"], "name"), ["Onboarding"]);
    assert_eq!(carol["scope"], "nothing");
    for list in [
        "needs_attention",
        "moved",
        "teams",
        "due_next_week",
        "kpis_off_target",
    ] {
        assert_eq!(carol[list], json!([]), "{list}");
    }
}

#[test]
fn what_moved_is_told_with_its_amount_and_who_has_checked_in_by_team() {
    let (server, acme) = three_teams();
    let bob = attention(&server, &acme.sessions.bob);
    // The snapshot of last week says 50 %, and now it is 87 %; this week's is not what "last week" means.
    assert_eq!(
        bob["moved_since"],
        (monday() - TimeDelta::days(7)).to_string()
    );
    let one = find(&bob["moved"], "title", "OKR one");
    assert_eq!(one["change"], 0.37);
    assert_eq!(one["progress"], 0.87);
    assert_eq!(one["team"], "Onboarding");
    let team = find(&bob["teams"], "name", "Billing");
    assert_eq!(team["due"], 3);
    assert!(team["checked_in"].as_u64().unwrap() >= 1, "{team}");
    assert!(team["checked_in"].as_u64().unwrap() <= 2, "{team}");
    assert!(!bob.to_string().contains("Dave"), "nobody is ranked: {bob}");
}

#[test]
fn what_falls_into_next_week_and_which_kpis_miss_their_target_is_told() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let next = monday() + TimeDelta::days(7);
    for (title, days) in [("Too soon", -1), ("In time", 2), ("Too late", 7)] {
        let on = next + TimeDelta::days(days);
        let body =
            json!({ "title": title, "end_date": on.to_string(), "owner_id": acme.dave.as_str() });
        alice.post("/initiatives", &body).expect(201);
    }
    let kpi =
        json!({ "name": "Margin", "current_value": 10, "target_value": 40, "category": "revenue" });
    alice.post("/kpis", &kpi).expect(201);

    let found = alice.read("/api/app/home/attention");
    assert_eq!(found["next_week"], next.to_string());
    let initiatives: Vec<&Value> = found["due_next_week"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|thing| thing["kind"] == "initiative")
        .collect();
    assert_eq!(initiatives.len(), 1, "{initiatives:?}");
    assert_eq!(initiatives[0]["title"], "In time");
    assert_eq!(initiatives[0]["owner"], "Dave Okafor");
    let check_ins = find(&found["due_next_week"], "kind", "check_ins");
    assert_eq!(check_ins["on"], (next + TimeDelta::days(4)).to_string());
    assert_eq!(check_ins["count"], 4);
    let kpis = &found["kpis_off_target"];
    assert_eq!(all(kpis, "name"), ["Margin"]);
    assert_eq!(
        (&kpis[0]["value"], &kpis[0]["status"]),
        (&json!(10), &json!("off_track"))
    );
    // Before there is a snapshot nothing has moved.
    assert_eq!(
        (&found["moved_since"], &found["moved"]),
        (&Value::Null, &json!([]))
    );
}

#[test]
fn it_costs_one_round_trip_and_none_while_nothing_changes() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    assert_eq!(alice.get("/api/app/home/attention").cost().d1_calls, 1);
    assert_eq!(alice.get("/api/app/home/attention").cost().d1_calls, 0);
}
