//! How much there can be, through every way in: `docs/limits.md`.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::sync::OnceLock;

use okrs_shared::limits;
use okrs_tests::{Api, Response, Seeded, Server, now, repository, seeded};
use serde_json::{Value, json};

use crate::ids::{find, id, ids};
use crate::writes::limited;

/// What a seeded workspace has of each kind.
mod seed {
    pub const KEY_RESULTS: u32 = 4;
    pub const OKRS: u32 = 1;
    pub const KPIS: u32 = 1;
    pub const INITIATIVES: u32 = 1;
    pub const CYCLES: u32 = 3;
    pub const MEMBERS: u32 = 4;
}

/// A workspace of a server that others don't share: what is in it takes space.
struct Full {
    api: Api,
    seeded: Seeded,
}

impl Full {
    fn alice(&self) -> Api {
        self.api.signed_in(&self.seeded.sessions.alice)
    }

    fn new_okr(&self, cycle: &str) -> Value {
        json!({ "title": "One more", "type": "org", "cycle_id": cycle })
    }
}

/// One that has one thing less than it can have of each kind, and one that has one more.
fn workspaces() -> &'static [Full; 2] {
    static SHARED: OnceLock<(Server, [Full; 2])> = OnceLock::new();
    let (_, full) = SHARED.get_or_init(|| {
        let [below, above] = ["Limits01", "Limits02"].map(|tag| seeded(tag, now()));
        let mut sql = below.1 + &above.1;
        sql += &filled(&below.0, |most| most - 1);
        sql += &filled(&above.0, |most| most + 1);
        let server = Server::start(&sql);
        let full = [below.0, above.0].map(|seeded| Full {
            api: server.api(&seeded.keys.bulk),
            seeded,
        });
        (server, full)
    });
    full
}

/// SQL that fills a workspace up to what `full` makes of each limit, besides one deleted thing of each kind.
fn filled(acme: &Seeded, full: fn(u32) -> u32) -> String {
    let Seeded {
        organisation,
        cycles,
        okr,
        ..
    } = acme;
    let (active, ended) = (&cycles.active, &cycles.ended);
    let more = |limit: limits::Limit, has: u32| full(limit.most) - has;
    let live_keys = u32::try_from(acme.keys.only.len() + acme.keys.all_but.len()).unwrap() + 5;
    let many = |count: u32, insert: &str| {
        format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) {insert};\n"
        )
    };
    let columns = "id, organisation_id, created_at";
    let values = |kind: &str| {
        format!("'{organisation}-{kind}-' || i, '{organisation}', '2026-01-01T00:00:00Z'")
    };
    let okr_in = |kind: &str, cycle: &str, count: u32| {
        many(
            count,
            &format!(
                "INSERT INTO okrs ({columns}, cycle_id, title, type, visibility, updated_at) \
                 SELECT {}, {cycle}, 'OKR ' || i, 'org', 'organisation', '2026-01-01T00:00:00Z' FROM n",
                values(kind)
            ),
        )
    };
    let of_cycle = more(limits::OKRS_OF_CYCLE, seed::OKRS);
    let cycle_count = more(limits::CYCLES, seed::CYCLES);
    let other_cycle = format!("'{organisation}-cycle-' || (1 + i % 8)");
    let elsewhere = full(limits::OKRS.most) - full(limits::OKRS_OF_CYCLE.most) - 1;
    [
        many(
            cycle_count + 1,
            &format!(
                "INSERT INTO cycles ({columns}, name, start_date, end_date, archived_at) \
                 SELECT {}, 'Cycle ' || i, '2020-01-01', '2020-03-31', \
                        iif(i = {cycle_count} + 1, '2026-01-02T00:00:00Z', NULL) FROM n",
                values("cycle")
            ),
        ),
        okr_in("active", &format!("'{active}'"), of_cycle + 1),
        okr_in("ended", &format!("'{ended}'"), 1),
        okr_in("elsewhere", &other_cycle, elsewhere + 1),
        many(
            more(limits::KEY_RESULTS_OF_OKR, seed::KEY_RESULTS) + 1,
            &format!(
                "INSERT INTO key_results ({columns}, okr_id, title, metric_type, start_value, target_value, \
                                          current_value, status, created_on, updated_at) \
                 SELECT {}, '{okr}', 'Key result ' || i, 'number', 0, 10, 5, 'on_track', '2026-01-01', \
                        '2026-01-01T00:00:00Z' FROM n",
                values("kr")
            ),
        ),
        format!(
            "INSERT INTO key_results ({columns}, okr_id, title, metric_type, start_value, target_value, \
                                      current_value, status, created_on, updated_at) \
             SELECT '{organisation}-elsewhere', organisation_id, created_at, '{organisation}-ended-1', title, \
                    metric_type, 0, 1, 0, status, created_on, updated_at \
             FROM key_results WHERE id = '{organisation}-kr-1';\n"
        ),
        many(
            more(limits::KPIS, seed::KPIS) + 1,
            &format!(
                "INSERT INTO kpis ({columns}, name, category, update_frequency, direction, measured_on, updated_at) \
                 SELECT {}, 'KPI ' || i, 'custom', 'monthly', 'higher', '2026-01-01', '2026-01-01T00:00:00Z' FROM n",
                values("kpi")
            ),
        ),
        many(
            more(limits::INITIATIVES, seed::INITIATIVES),
            &format!(
                "INSERT INTO initiatives ({columns}, title, status, updated_at) \
                 SELECT {}, 'Initiative ' || i, 'todo', '2026-01-01T00:00:00Z' FROM n",
                values("initiative")
            ),
        ),
        many(
            full(limits::API_KEYS.most) - live_keys,
            &format!(
                "INSERT INTO api_keys ({columns}, name, hash, prefix, last_four, scopes) \
                 SELECT {0}, 'Key ' || i, 'hash' || '{organisation}' || i, 'okr_', 'last', 'okrs:read' FROM n",
                values("key")
            ),
        ),
        many(
            more(limits::MEMBERS, seed::MEMBERS) + 1,
            &format!(
                "INSERT INTO members ({columns}, email, name, role, disabled_at) \
                 SELECT {}, 'm' || i || '@many.test', 'Member ' || i, 'member', iif(i = 1, '2026-01-02T00:00:00Z', NULL) FROM n",
                values("member")
            ),
        ),
        // What was deleted just now can come back.
        ["okrs-active", "okrs-elsewhere", "key_results-kr", "kpis-kpi"]
            .map(|what| {
                let (table, kind) = what.split_once('-').unwrap();
                format!(
                    "UPDATE {table} SET deleted_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') \
                     WHERE id = '{organisation}-{kind}-1';\n"
                )
            })
            .concat(),
    ]
    .concat()
}

/// The limits as the document says them: what is refused by each.
fn documented() -> Vec<String> {
    let document = fs::read_to_string(repository().join("docs/limits.md")).unwrap();
    let rows = document
        .lines()
        .skip_while(|line| !line.starts_with("| what |"));
    rows.skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let (things, most) = (cells[1].replace('`', ""), cells[3].replace(',', ""));
            format!("{things} of {} can be at most {most}", cells[2])
        })
        .collect()
}

/// The operations of [`make`], each at the place of its limit.
const MAKING: [&str; 8] = [
    "createKeyResult",
    "createOkr",
    "createOkr",
    "createKpi",
    "createInitiative",
    "createCycle",
    "createApiKey",
    "inviteMember",
];

/// Makes one more of what the limit with this place in the document is about.
fn make(acme: &Full, limit: usize, nth: u32) -> Response {
    let (alice, cycles) = (acme.alice(), &acme.seeded.cycles);
    match limit {
        0 => {
            let body = json!({ "title": "One more", "metric_type": "number", "start_value": 0, "target_value": 1 });
            let path = format!("/okrs/{}/key-results", acme.seeded.okr);
            acme.api.post(&path, &body)
        }
        1 => acme
            .api
            .post("/okrs", &acme.new_okr(cycles.active.as_str())),
        2 => acme
            .api
            .post("/okrs", &acme.new_okr(cycles.upcoming.as_str())),
        3 => acme.api.post("/kpis", &json!({ "name": "One more" })),
        4 => acme
            .api
            .post("/initiatives", &json!({ "title": "One more" })),
        5 => {
            let body = json!({ "name": format!("One more {nth}"), "start_date": "2031-01-01", "end_date": "2031-03-31" });
            alice.post("/api/app/cycles", &body)
        }
        6 => {
            let body = json!({ "name": "One more", "scopes": ["okrs:read"] });
            alice.post("/api/app/api-keys", &body)
        }
        _ => {
            let body = json!({ "name": "One more", "email": format!("more{nth}@many.test"), "role": "member" });
            alice.post("/api/app/members", &body)
        }
    }
}

#[test]
fn the_last_that_there_is_room_for_is_made_and_the_next_is_refused_by_name() {
    let [below, _] = workspaces();
    let documented = documented();
    assert_eq!(documented.len(), limits::ALL.len());
    for (limit, refusal) in documented.iter().enumerate() {
        // The OKR that filled the cycle was one of the workspace, too.
        let has_room = limit != 2;
        if has_room {
            make(below, limit, 1).expect(201);
        }
        assert_eq!(make(below, limit, 2).refusal(400), *refusal);
    }
}

#[test]
fn whatever_way_a_thing_comes_in_it_finds_no_room() {
    let [_, above] = workspaces();
    let (alice, org) = (above.alice(), &above.seeded.organisation);
    let (active, upcoming) = (&above.seeded.cycles.active, &above.seeded.cycles.upcoming);
    let documented = documented();
    let app = |path: &str| format!("/api/app/{path}");
    let clone = app(&format!("cycles/{}/clone", above.seeded.cycles.ended));
    let roll = {
        let keys = alice.read("/api/app/api-keys");
        let key = id(find(&keys, "name", "Key 1"));
        alice.post(&app(&format!("api-keys/{key}/roll")), &json!({}))
    };
    let put = |path: &str, body: Value| above.api.put(path, &body);
    let post = |path: String, body: Value| alice.post(&path, &body);
    let patch = |path: String, body: Value| alice.patch(&path, &body);
    let csv = "name,email\nErin,erin@many.test";
    let ways = [
        (
            "alignKeyResult",
            0,
            patch(
                app(&format!("key-results/{org}-elsewhere")),
                json!({ "okr_id": above.seeded.okr.as_str() }),
            ),
        ),
        (
            "restoreKeyResult",
            0,
            post(app(&format!("key-results/{org}-kr-1/restore")), json!({})),
        ),
        (
            "updateOkr",
            1,
            put(
                &format!("/okrs/{org}-ended-1"),
                json!({ "cycle_id": active.as_str() }),
            ),
        ),
        (
            "restoreOkr",
            1,
            post(app(&format!("okrs/{org}-active-1/restore")), json!({})),
        ),
        (
            "cloneCycle",
            1,
            post(clone.clone(), json!({ "into_cycle_id": active.as_str() })),
        ),
        (
            "cloneCycle",
            2,
            post(clone, json!({ "into_cycle_id": upcoming.as_str() })),
        ),
        (
            "restoreOkr",
            2,
            post(app(&format!("okrs/{org}-elsewhere-1/restore")), json!({})),
        ),
        (
            "restoreKpi",
            3,
            post(app(&format!("kpis/{org}-kpi-1/restore")), json!({})),
        ),
        (
            "updateCycle",
            5,
            patch(
                app(&format!("cycles/{org}-cycle-{}", limits::CYCLES.most - 1)),
                json!({ "archived": false }),
            ),
        ),
        ("rollApiKey", 6, roll),
        (
            "importMembers",
            7,
            post(app("members/import"), json!({ "csv": csv })),
        ),
        (
            "enableMember",
            7,
            post(app(&format!("members/{org}-member-1/enable")), json!({})),
        ),
    ];
    let what = |limit: usize| {
        let refusal = documented[limit].split_once(" can be at most");
        refusal.unwrap().0.to_owned()
    };
    // What `over_limits.rs` is about.
    let mut held = BTreeSet::from([("cloneCycle".to_owned(), what(0))]);
    for (limit, operation) in MAKING.into_iter().enumerate() {
        held.insert((operation.to_owned(), what(limit)));
    }
    for (operation, limit, answer) in ways {
        assert_eq!(answer.refusal(400), documented[limit], "{operation}");
        held.insert((operation.to_owned(), what(limit)));
    }
    // No other write is said to be limited, and none is left out.
    assert_eq!(held, limited());
}

#[test]
fn a_workspace_that_has_too_much_is_listed_opened_changed_and_reduced() {
    let [_, above] = workspaces();
    let (alice, org) = (above.alice(), &above.seeded.organisation);
    for path in [
        "/okrs",
        "/kpis",
        "/cycles",
        "/initiatives",
        "/review-cycles",
        "/api/app/okrs",
        "/api/app/kpis",
        "/api/app/cycles",
        "/api/app/api-keys",
        "/api/app/directory",
        "/api/app/home",
        "/api/app/notifications",
        "/api/app/search?q=OKR",
        "/api/app/okrs/deleted",
    ] {
        alice.read(path);
    }
    let csv = alice.get("/api/app/audit-log.csv");
    assert_eq!(csv.status, 200);
    let all = pages(&alice, "/api/app/okrs?");
    let sizes: Vec<usize> = all.iter().map(Vec::len).collect();
    assert_eq!(sizes, [500, 500, 1]);
    let okr = &above.seeded.okr;
    assert!(all.concat().contains(&okr.to_string()));
    alice.read(&format!("/api/app/okrs/{okr}"));
    let same = json!({ "title": "Still ours", "cycle_id": above.seeded.cycles.active.as_str() });
    above.api.put(&format!("/okrs/{okr}"), &same).expect(200);
    let same = json!({ "okr_id": okr.as_str(), "weight": 2 });
    alice
        .patch(&format!("/api/app/key-results/{org}-kr-2"), &same)
        .expect(204);
    let check_in = json!({ "value": 6 });
    above
        .api
        .post(&format!("/key-results/{org}-kr-2/checkins"), &check_in)
        .expect(201);
    let cycle = format!("/api/app/cycles/{org}-cycle-9");
    alice
        .patch(&cycle, &json!({ "archived": false }))
        .expect(200);
    for path in [
        format!("/key-results/{org}-kr-3"),
        format!("/okrs/{org}-active-3"),
        format!("/api/app/kpis/{org}-kpi-3"),
        format!("/initiatives/{org}-initiative-3"),
        format!("/api/app/api-keys/{org}-key-3"),
    ] {
        let status = alice.delete(&path).status;
        assert!((200..300).contains(&status), "{path}: {status}");
    }
    alice
        .patch(&cycle, &json!({ "archived": true }))
        .expect(200);
    let member = format!("/api/app/members/{org}-member-3/disable");
    alice.post(&member, &json!({})).expect(200);
    // It had one more of each than it can have: with two less there is room for one.
    above
        .api
        .delete(&format!("/okrs/{org}-active-4"))
        .expect(204);
    make(above, 1, 1).expect(201);
    assert_eq!(make(above, 1, 2).refusal(400), documented()[1]);
}

/// The ids of each page of the app's list of OKRs.
fn pages(api: &Api, path: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut after = String::new();
    loop {
        let page = api.read(&format!("{path}{after}"));
        pages.push(ids(&page["okrs"]));
        match page["next_after"].as_str() {
            Some(last) => after = format!("&after={last}"),
            None => return pages,
        }
    }
}

#[test]
fn pages_of_the_list_of_okrs_have_each_once_in_the_order_of_the_whole() {
    let [below, _] = workspaces();
    let alice = below.alice();
    let path = format!("/api/app/okrs?cycle_id={}&", below.seeded.cycles.active);
    let listed = pages(&alice, &path).concat();
    let newest = ids(&below.api.read("/okrs"));
    let unique: HashSet<&String> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len());
    assert!(listed.len() > 990);
    let ours = newest.iter().filter(|id| unique.contains(id));
    let theirs = listed.iter().filter(|id| newest.contains(id));
    assert!(ours.eq(theirs));
    let unknown = alice.read(&format!("{path}&after=nothing"));
    assert_eq!(unknown["okrs"], json!([]));
}

#[test]
fn somebody_without_a_task_is_told_so_without_a_look_at_all_the_tasks_of_others() {
    let [_, above] = workspaces();
    let carol = above.api.signed_in(&above.seeded.sessions.carol);
    carol.read("/api/app/notifications");
    let cost = carol.get("/api/app/notifications").cost();
    // The cycles are looked through for those that run; of 5,001 OKRs none is.
    assert!(cost.rows_read < 300, "{cost:?}");
}

#[test]
fn a_person_sends_sixty_writes_a_minute_in_all_sessions_and_reads_on() {
    let (acme, sql) = seeded("Limits03", now());
    let server = Server::start_with(&sql, &[("WRITES_PER_MINUTE", "")]);
    let alice = server.anonymous().signed_in(&acme.sessions.alice);
    let carol = server.anonymous().signed_in(&acme.sessions.carol);
    let write = |api: &Api| api.patch("/api/app/me", &json!({ "name": "Somebody" }));
    okrs_tests::budget::sixty_are_accepted(|_| write(&alice));
    let refused = write(&alice);
    if refused.status == 429 {
        refused.refusal(429);
        assert!(refused.header("retry-after").is_some());
    }
    alice.read("/api/app/home");
    assert_ne!(write(&carol).status, 429);
}
