//! Health and status where two sides have figures: people, assistants and programs see the same.

use okrs_tests::Api;
use serde_json::{Value, json};

use crate::acme::{Acme, acme, acme_with_history};
use crate::waiting::{SETTLES, eventually};

/// Status and health of the OKR, as one way of asking says.
type Figures = (Value, Value);

fn figures(okr: &Value) -> Figures {
    let score = match &okr["health"] {
        Value::Null => &okr["health_score"],
        health => &health["score"],
    };
    (okr["status"].clone(), score.clone())
}

fn found(acme: &Acme, list: &Value) -> Value {
    let mut okrs = list.as_array().unwrap().iter();
    let okr = okrs.find(|okr| okr["id"] == acme.okr.as_str());
    okr.unwrap_or_else(|| panic!("{list}")).clone()
}

fn tool(api: &Api, name: &str, arguments: Value) -> Value {
    let message = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": { "name": name, "arguments": arguments },
    });
    let answer = api.post("/api/public/mcp", &message).expect(200);
    answer["result"]["structuredContent"].clone()
}

/// What the service lists of the OKR, once the app has it as well.
fn listed(acme: &Acme) -> Figures {
    acme.copy();
    let listed = figures(&found(acme, &acme.key.read("/okrs")));
    eventually("the copy", SETTLES, || {
        let copied = acme.alice().read("/api/app/okrs");
        let is_there = copied["okrs"].as_array().is_some_and(|all| !all.is_empty());
        is_there.then_some(())
    });
    listed
}

/// Status and health as this deployment computes them, which the comparison sets beside the service's.
fn computed(acme: &Acme) -> Figures {
    let compared = eventually("a comparison", SETTLES, || {
        let compared = acme.alice().read("/api/app/comparison");
        let mut lists = compared.as_array().unwrap().iter();
        lists.find(|list| list["list"] == "/okrs").cloned()
    });
    let here = |field: &str| {
        let mut all = compared["differences"].as_array().unwrap().iter();
        let one = all.find(|one| one["id"] == acme.okr.as_str() && one["field"] == field);
        one.map_or(Value::Null, |one| {
            serde_json::from_str(one["here"].as_str().unwrap()).unwrap()
        })
    };
    (here("status"), here("health_score"))
}

#[test]
fn until_there_is_history_here_everybody_sees_what_the_service_says() {
    let acme = acme();
    let listed = listed(&acme);
    assert_ne!(
        computed(&acme).1,
        Value::Null,
        "this side would say something else"
    );

    let alice = acme.alice();
    assert_eq!(figures(&found(&acme, &alice.read("/okrs"))), listed);
    let okr = found(&acme, &alice.read("/api/app/okrs")["okrs"]);
    // A line says it only of those that are.
    assert_eq!(
        (figures(&okr), &okr["computed_here"]),
        (listed.clone(), &Value::Null)
    );
    let page = alice.read(&format!("/api/app/okrs/{}", acme.okr));
    assert_eq!(figures(&page["okr"]), listed);

    let list = tool(
        &acme.key,
        "get_okrs",
        json!({ "include_key_results": true }),
    );
    let row = found(&acme, &list["okrs"]);
    assert_eq!(
        (figures(&row), &row["computed_here"]),
        (listed.clone(), &Value::Null)
    );
    // Whose the others are, it says once.
    assert!(
        list["figures"].as_str().unwrap().contains("hosted service"),
        "{list}"
    );
    let id = json!({ "okr_id": acme.okr.as_str() });
    assert_eq!(
        figures(&tool(&acme.key, "get_okr", id.clone())["okr"]),
        listed
    );
    let explained = tool(&acme.key, "explain_health", id);
    assert_eq!(figures(&explained), listed);
    // No sum that comes to something else stands beside it.
    assert!(
        explained["formula"]
            .as_str()
            .unwrap()
            .contains("hosted service"),
        "{explained}"
    );

    let kpi = &acme.key.read("/kpis")[0];
    assert_eq!(alice.read("/api/app/kpis")[0]["status"], kpi["status"]);
    let kpis = tool(&acme.key, "get_kpis", json!({}));
    assert_eq!(kpis["kpis"][0]["status"], kpi["status"]);
}

#[test]
fn where_enough_has_been_seen_here_our_own_figures_are_shown_and_said_to_be_ours() {
    let acme = acme_with_history();
    let listed = listed(&acme);
    let computed = computed(&acme);
    assert_ne!(computed.1, Value::Null, "this side says something else");

    let alice = acme.alice();
    let okr = found(&acme, &alice.read("/api/app/okrs")["okrs"]);
    assert_eq!(
        (&figures(&okr).1, &okr["computed_here"]),
        (&computed.1, &json!(true))
    );
    let list = tool(&acme.key, "get_okrs", json!({}));
    let row = found(&acme, &list["okrs"]);
    assert_eq!(
        (&figures(&row).1, &row["computed_here"]),
        (&computed.1, &json!(true))
    );
    assert!(
        list["figures"].as_str().unwrap().contains("computed_here"),
        "{list}"
    );
    // Programs get the service's own answer, whatever is known here.
    assert_eq!(figures(&found(&acme, &acme.key.read("/okrs"))), listed);
}
