//! Writes: done by the hosted service, answered with its words, shown here at once.

use std::thread;

use okrs_tests::{Api, Response};
use serde_json::{Value, json};

use crate::acme::{Acme, acme, new_okr};

const KEY_RESULT: &str = "/key-results";

/// One write after the other, each of which must do what it says.
struct Writer<'a> {
    acme: &'a Acme,
    /// A key or somebody signed in.
    api: Api,
}

impl Writer<'_> {
    /// Writes, and compares all that there is to compare.
    #[track_caller]
    fn write(&self, method: &str, path: &str, body: &Value, status: u16) -> Response {
        let request = self.api.request(method, path);
        let answer = match body {
            Value::Null => request.send(),
            body => request.json(body).send(),
        };
        assert_eq!(answer.status, status, "{answer:?}");
        let writes = self.acme.line.writes();
        let sent = writes.last().unwrap();
        assert_eq!(
            (&*sent.method, &*sent.path),
            (method, &*format!("/api/v1{path}"))
        );
        assert_eq!(answer.body, sent.answer, "{answer:?}");
        for list in ["/okrs", "/kpis", "/initiatives"] {
            let (ours, theirs) = (self.acme.key.get(list), self.acme.service.get(list));
            assert_eq!(ours.text(), theirs.text(), "after {method} {path}");
        }
        answer
    }

    /// Creates something and gives its id.
    #[track_caller]
    fn create(&self, path: &str, body: &Value, status: u16) -> String {
        let made = self.write("POST", path, body, status).expect(status);
        // Initiatives come in an envelope.
        let made = made.get("data").unwrap_or(&made);
        made["id"].as_str().unwrap().to_owned()
    }

    /// An OKR as the app shows it, out of the copy.
    fn shown(&self, okr: &str) -> Value {
        self.api_of_alice().read(&format!("/api/app/okrs/{okr}"))
    }

    fn api_of_alice(&self) -> Api {
        self.acme.alice()
    }

    fn all(&self) {
        let okr = self.create("/okrs", &new_okr(self.acme, "Grow"), 201);
        assert_eq!(self.shown(&okr)["okr"]["title"], "Grow");
        let renamed = json!({ "title": "Grow faster" });
        self.write("PUT", &format!("/okrs/{okr}"), &renamed, 200);
        assert_eq!(self.shown(&okr)["okr"]["title"], "Grow faster");

        let key_result = self.new_key_result(&okr);
        let path = format!("{KEY_RESULT}/{key_result}");
        self.write("PUT", &path, &json!({ "title": "Sign-ups a day" }), 200);
        let shown = &self.shown(&okr)["okr"]["key_results"][0];
        assert_eq!(shown["title"], "Sign-ups a day");
        self.check_ins(&okr, &key_result);
        self.write("DELETE", &path, &Value::Null, 204);
        assert_eq!(self.shown(&okr)["okr"]["key_results"], json!([]));
        self.write("DELETE", &format!("/okrs/{okr}"), &Value::Null, 204);
        self.api_of_alice()
            .get(&format!("/api/app/okrs/{okr}"))
            .refusal(404);
    }

    fn new_key_result(&self, okr: &str) -> String {
        let body = json!({
            "title": "Sign-ups", "metric_type": "number", "start_value": 0, "target_value": 10,
        });
        self.create(&format!("/okrs/{okr}/key-results"), &body, 201)
    }

    fn check_ins(&self, okr: &str, key_result: &str) {
        let path = format!("{KEY_RESULT}/{key_result}/checkins");
        let body = json!({ "value": 4, "status": "at_risk", "comment": "By hand" });
        self.create(&path, &body, 201);
        let blocked = json!({ "value": 5, "status": "blocked", "blocker_note": "Legal" });
        let old = format!("/okrs/{key_result}/checkins");
        let answer = self.write("POST", &old, &blocked, 200);
        assert!(answer.header("deprecation").is_some(), "{answer:?}");

        let shown = self.shown(okr);
        let listed = &shown["okr"]["key_results"][0];
        assert_eq!(listed["current_value"], 5);
        let check_ins = shown["check_ins"].as_array().unwrap();
        assert_eq!(check_ins.len(), 2, "{shown}");
        assert_eq!(check_ins[0]["blocker_note"], "Legal");
        assert_eq!(check_ins[1]["comment"], "By hand");
        assert_eq!(check_ins[1]["author_id"], self.acme.alice.as_str());
    }

    fn others(&self) {
        let new = json!({ "name": "Churn", "unit": "%", "direction": "lower" });
        let kpi = self.create("/kpis", &new, 201);
        let path = format!("/kpis/{kpi}/updates");
        self.write("POST", &path, &json!({ "value": 3.5 }), 200);
        let shown = self.api_of_alice().read(&format!("/api/app/kpis/{kpi}"));
        assert!(shown.to_string().contains("3.5"), "{shown}");

        let new = json!({ "title": "Ship it", "kr_id": self.acme.key_results.number.as_str() });
        let initiative = self.create("/initiatives", &new, 201);
        let path = format!("/initiatives/{initiative}");
        self.write("PUT", &path, &json!({ "status": "done" }), 200);
        let shown = self.shown(self.acme.okr.as_str());
        assert!(shown["initiatives"].to_string().contains(&initiative));
        self.write("DELETE", &path, &Value::Null, 200);
        let shown = self.shown(self.acme.okr.as_str());
        assert!(!shown["initiatives"].to_string().contains(&initiative));
    }
}

#[test]
fn a_key_writes_okrs_key_results_and_check_ins() {
    let acme = acme();
    acme.copy();
    let api = acme.key.clone();
    Writer { acme: &acme, api }.all();
}

#[test]
fn somebody_signed_in_writes_okrs_key_results_and_check_ins() {
    let acme = acme();
    acme.copy();
    let api = acme.alice();
    Writer { acme: &acme, api }.all();
}

#[test]
fn a_key_writes_kpis_and_initiatives() {
    let acme = acme();
    acme.copy();
    let api = acme.key.clone();
    Writer { acme: &acme, api }.others();
}

#[test]
fn somebody_signed_in_writes_kpis_and_initiatives() {
    let acme = acme();
    acme.copy();
    let api = acme.alice();
    Writer { acme: &acme, api }.others();
}

#[test]
fn the_audit_log_says_who_really_did_it() {
    let acme = acme();
    acme.copy();
    let dave = acme.key.signed_in(&acme.sessions.dave);
    let mut new = new_okr(&acme, "Of the team");
    new["type"] = json!("team");
    new["team_id"] = json!(acme.team.as_str());
    let okr = dave.post("/okrs", &new).expect(201);
    let page = acme.alice().read("/api/app/audit-log?action=okr.create");
    let entry = page.to_string();
    assert!(entry.contains(okr["id"].as_str().unwrap()), "{page}");
    assert!(entry.contains(acme.dave.as_str()), "{page}");
}

#[test]
fn what_is_refused_here_never_reaches_the_hosted_service() {
    let acme = acme();
    acme.copy();
    let (okr, check_ins) = (format!("/okrs/{}", acme.okr), acme.check_ins());
    let value = json!({ "value": 41 });
    acme.key
        .with(acme.keys.only("okrs:read"))
        .post(&check_ins, &value)
        .refusal(403);
    acme.key.without_key().post(&check_ins, &value).refusal(401);
    acme.key
        .post(&check_ins, &json!({ "value": "lots" }))
        .refusal(400);
    acme.key.put(&okr, &json!({ "title": "" })).refusal(400);
    acme.key.post("/kpis", &json!({})).refusal(400);
    let everyone = json!({ "unknown_visibility": "everyone" });
    acme.alice()
        .patch("/api/app/workspace", &everyone)
        .expect(200);
    let carol = acme.key.signed_in(&acme.sessions.carol);
    carol.delete(&okr).refusal(403);
    carol.post(&check_ins, &value).refusal(403);
    carol.delete("/okrs/nothing").refusal(404);
    assert_eq!(acme.line.writes().len(), 0);
}

#[test]
fn what_the_hosted_service_refuses_is_refused_in_its_words() {
    let acme = acme();
    acme.copy();
    let nobody = json!({ "name": "K", "owner_id": "01900000-0000-7000-8000-000000000000" });
    for (method, path, body) in [
        ("PUT", "/okrs/nothing", json!({ "title": "T" })),
        (
            "POST",
            "/key-results/nothing/checkins",
            json!({ "value": 1 }),
        ),
        ("POST", "/kpis", nobody),
    ] {
        let ours = acme.key.request(method, path).json(&body).send();
        let theirs = acme.service.request(method, path).json(&body).send();
        assert_eq!((ours.status, ours.text()), (theirs.status, theirs.text()));
        assert!((400..405).contains(&ours.status), "{ours:?}");
    }
    assert_eq!(acme.key.get("/kpis").body, acme.service.get("/kpis").body);

    // Here it is still in the copy.
    let okr = format!("/okrs/{}", acme.okr);
    acme.service.delete(&okr).expect(204);
    let ours = acme.key.put(&okr, &json!({ "title": "T" }));
    let theirs = acme.service.put(&okr, &json!({ "title": "T" }));
    assert_eq!(ours.refusal(404), theirs.refusal(404));
    let last = acme.line.writes().pop().unwrap();
    assert_eq!((&*last.method, last.status), ("PUT", Some(404)));
}

#[test]
fn check_ins_of_one_key_result_at_once_are_all_taken_in_turn() {
    let acme = acme();
    acme.copy();
    let post = |value: i64| acme.key.post(&acme.check_ins(), &json!({ "value": value }));
    thread::scope(|scope| {
        let all: Vec<_> = (41..=44)
            .map(|value| scope.spawn(move || post(value)))
            .collect();
        for one in all {
            one.join().unwrap().expect(201);
        }
    });
    let mut reported = acme.reported(acme.key_results.number.as_str());
    reported.sort_unstable();
    assert_eq!(reported, [41, 42, 43, 44]);
}
