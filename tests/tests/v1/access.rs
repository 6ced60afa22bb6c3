//! Who may do what, for every operation of the OpenAPI document.

use okrs_tests::{SCOPES, workspace};
use serde_json::json;

use crate::operations::operations;
use crate::shapes::snapshot;

#[test]
fn no_operation_answers_a_caller_without_a_key() {
    let acme = workspace();
    for operation in operations(&acme) {
        let answer = operation.call(&acme.api.without_key(), operation.id_in(&acme));
        let message = "Missing or invalid API key: there is no Authorization header";
        assert_eq!(answer.refusal(401), message);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        let cost = answer.cost();
        assert_eq!((cost.d1_calls, cost.object_calls), (0, 0), "{answer:?}");
    }
}

#[test]
fn every_operation_needs_its_scope_and_no_other_will_do() {
    let acme = workspace();
    let before = snapshot(&acme.bulk());
    for operation in operations(&acme) {
        let expected = format!("This key does not have {} permission", operation.scope);
        let others = SCOPES.iter().filter(|scope| **scope != operation.scope);
        let keys = others
            .map(|scope| acme.keys.only(scope))
            .chain([acme.keys.all_but(&operation.scope), &acme.keys.none]);
        for key in keys {
            let answer = operation.call(&acme.api.with(key), operation.id_in(&acme));
            assert_eq!(answer.refusal(403), expected);
            assert_eq!(answer.cost().d1_calls, 0, "{answer:?}");
        }
    }
    assert_eq!(snapshot(&acme.bulk()), before);
}

#[test]
fn a_key_with_only_the_scope_of_an_operation_may_do_it() {
    let acme = workspace();
    let (deletes, others): (Vec<_>, Vec<_>) = operations(&acme)
        .into_iter()
        .partition(|operation| operation.method == "DELETE");
    // Deletes last, key results before their OKR: what they delete, the others need.
    for operation in others.iter().chain(&deletes) {
        let api = acme.api.with(acme.keys.only(&operation.scope));
        let answer = operation.call(&api, operation.id_in(&acme));
        assert!((200..300).contains(&answer.status), "{answer:?}");
    }
}

#[test]
fn things_of_another_workspace_look_like_things_that_do_not_exist() {
    let (acme, other) = (workspace(), workspace());
    let before = (snapshot(&acme.bulk()), snapshot(&other.bulk()));
    for operation in operations(&acme) {
        if !operation.has_id() {
            continue;
        }
        let foreign = operation.call(&acme.bulk(), operation.id_in(&other));
        let unknown = operation.call(&acme.bulk(), "01900000-0000-7000-8000-000000000000");
        foreign.refusal(404);
        assert_eq!(foreign.text(), unknown.text());
    }
    assert_eq!((snapshot(&acme.bulk()), snapshot(&other.bulk())), before);
}

#[test]
fn an_id_that_is_no_text_is_refused_where_an_unknown_one_is() {
    let acme = workspace();
    for operation in operations(&acme) {
        if !operation.has_id() {
            continue;
        }
        for id in ["%ff", "%c3%28", "a%80b"] {
            operation.call(&acme.api.without_key(), id).refusal(401);
            let scopeless = acme.api.with(acme.keys.all_but(&operation.scope));
            operation.call(&scopeless, id).refusal(403);
            let no_text = operation.call(&acme.bulk(), id);
            let unknown = operation.call(&acme.bulk(), "01900000-0000-7000-8000-000000000000");
            no_text.refusal(404);
            assert_eq!(no_text.text(), unknown.text());
        }
    }
}

#[test]
fn a_body_cannot_refer_to_another_workspace() {
    let (acme, other) = (workspace(), workspace());
    let before = snapshot(&acme.bulk());
    let okr = format!("/okrs/{}", acme.okr);
    let new_okr = json!({ "title": "T", "type": "org", "cycle_id": acme.cycles.active.as_str() });
    let new_key_result =
        json!({ "title": "T", "metric_type": "number", "start_value": 0, "target_value": 1 });
    let cases = [
        (
            "POST",
            "/okrs".to_owned(),
            new_okr.clone(),
            "cycle_id",
            other.cycles.active.as_str(),
        ),
        (
            "POST",
            "/okrs".to_owned(),
            new_okr.clone(),
            "owner_id",
            other.alice.as_str(),
        ),
        (
            "POST",
            "/okrs".to_owned(),
            new_okr.clone(),
            "department_id",
            other.department.as_str(),
        ),
        (
            "POST",
            "/okrs".to_owned(),
            new_okr,
            "team_id",
            other.team.as_str(),
        ),
        (
            "PUT",
            okr.clone(),
            json!({}),
            "cycle_id",
            other.cycles.active.as_str(),
        ),
        (
            "PUT",
            okr.clone(),
            json!({}),
            "owner_id",
            other.alice.as_str(),
        ),
        (
            "PUT",
            okr.clone(),
            json!({}),
            "department_id",
            other.department.as_str(),
        ),
        (
            "PUT",
            okr.clone(),
            json!({}),
            "team_id",
            other.team.as_str(),
        ),
        (
            "POST",
            format!("{okr}/key-results"),
            new_key_result,
            "owner_id",
            other.alice.as_str(),
        ),
        (
            "PUT",
            format!("/key-results/{}", acme.key_results.number),
            json!({}),
            "owner_id",
            other.alice.as_str(),
        ),
        (
            "POST",
            "/kpis".to_owned(),
            json!({ "name": "K" }),
            "owner_id",
            other.alice.as_str(),
        ),
        (
            "POST",
            "/kpis".to_owned(),
            json!({ "name": "K" }),
            "team_id",
            other.team.as_str(),
        ),
        (
            "POST",
            "/initiatives".to_owned(),
            json!({ "title": "I" }),
            "owner_id",
            other.alice.as_str(),
        ),
        (
            "POST",
            "/initiatives".to_owned(),
            json!({ "title": "I" }),
            "okr_id",
            other.okr.as_str(),
        ),
        (
            "POST",
            "/initiatives".to_owned(),
            json!({ "title": "I" }),
            "kr_id",
            other.key_results.number.as_str(),
        ),
        (
            "PUT",
            format!("/initiatives/{}", acme.initiative),
            json!({}),
            "owner_id",
            other.alice.as_str(),
        ),
        (
            "PUT",
            format!("/initiatives/{}", acme.initiative),
            json!({}),
            "kr_id",
            other.key_results.number.as_str(),
        ),
    ];
    for (method, path, mut body, field, id) in cases {
        body[field] = json!(id);
        let foreign = acme.bulk().request(method, &path).json(&body).send();
        body[field] = json!("01900000-0000-7000-8000-000000000000");
        let unknown = acme.bulk().request(method, &path).json(&body).send();
        assert!(foreign.refusal(400).starts_with(field), "{foreign:?}");
        assert_eq!(foreign.text(), unknown.text());
    }
    assert_eq!(snapshot(&acme.bulk()), before);
}

#[test]
fn keys_that_are_not_valid_now_are_unknown() {
    let acme = workspace();
    let mistyped = format!("{}x", &acme.keys.all[..acme.keys.all.len() - 1]);
    let of_nobody = okrs_shared::api_key::assemble("Nobody00", &[9; 22]);
    let made_up = okrs_shared::api_key::assemble(
        okrs_shared::api_key::tag(&acme.keys.all).unwrap(),
        &[9; 22],
    );
    for key in [&acme.keys.expired, &acme.keys.revoked, &of_nobody, &made_up] {
        let answer = acme.api.with(key).get("/cycles");
        assert_eq!(answer.refusal(401), "Missing or invalid API key");
    }
    acme.api.with(&mistyped).get("/cycles").refusal(401);
    acme.api
        .with(&acme.keys.expiring)
        .get("/cycles")
        .expect(200);
}

#[test]
fn a_malformed_key_costs_no_storage_call() {
    let acme = workspace();
    // The last character is another one: in one key of many it is an A already.
    let (rest, last) = acme.keys.all.split_at(acme.keys.all.len() - 1);
    let bad_checksum = format!("Bearer {rest}{}", if last == "A" { "B" } else { "A" });
    let basic = format!("Basic {}", acme.keys.all);
    let no_bearer = "the Authorization header does not begin with Bearer";
    let no_key = "what follows Bearer does not have the form of a key of this server";
    for (header, problem) in [
        ("Bearer", no_key),
        ("Bearer ", no_key),
        ("Bearer okrt_", no_key),
        ("okrt_abc", no_bearer),
        (&*bad_checksum, no_key),
        (&*basic, no_bearer),
    ] {
        let request = acme.api.without_key().request("GET", "/okrs");
        let answer = request.header("authorization", header).send();
        // The words of the contract come first.
        let message = format!("Missing or invalid API key: {problem}");
        assert_eq!(answer.refusal(401), message, "{header}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        let cost = answer.cost();
        assert_eq!((cost.d1_calls, cost.object_calls), (0, 0), "{header}");
    }
}

#[test]
fn made_up_tags_are_soon_refused_without_a_storage_call() {
    let acme = workspace();
    let ask = |key: &str, address: &str| {
        let request = acme.api.with(key).request("GET", "/cycles");
        request.header("cf-connecting-ip", address).send()
    };
    let made_up = |nth: u32| okrs_shared::api_key::assemble(&format!("Fake{nth:04}"), &[9; 22]);
    ask(&acme.keys.all, "2001:db8:7:7::1").expect(200);
    // A minute may begin in between, so it takes at most two minutes' worth.
    let refused = (0..=40).find_map(|nth| {
        let answer = ask(&made_up(nth), &format!("2001:db8:7:7::{nth:x}"));
        if answer.status == 429 {
            return Some((nth, answer));
        }
        assert_eq!(answer.refusal(401), "Missing or invalid API key");
        None
    });
    let (nth, refused) = refused.expect("nobody stopped it");
    assert!(nth >= 20, "{nth}");
    refused.refusal(429);
    let cost = refused.cost();
    assert_eq!((cost.d1_calls, cost.object_calls), (0, 0), "{refused:?}");
    let wait = refused.json()["retry_after_seconds"].as_u64().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    // Neither a neighbour with a key nor anybody elsewhere has to suffer for it.
    ask(&acme.keys.all, "2001:db8:7:7::1").expect(200);
    ask(&made_up(9_999), "2001:db8:7:8::1").refusal(401);
}

#[test]
fn the_scheme_is_read_in_any_case_and_the_alias_scope_counts() {
    let acme = workspace();
    let header = format!("bEARER {}", acme.keys.alias);
    let answer = acme
        .api
        .without_key()
        .request("PUT", &format!("/okrs/{}", acme.okr))
        .header("authorization", &header)
        .json(&json!({ "title": "Renamed" }))
        .send();
    answer.expect(200);
}

#[test]
fn refusals_come_in_the_order_401_403_400_404() {
    let acme = workspace();
    let nothing = "/key-results/nothing/checkins";
    let bad = json!({ "value": "seventy" });
    acme.api.without_key().post(nothing, &bad).refusal(401);
    acme.api
        .with(acme.keys.only("okrs:read"))
        .post(nothing, &bad)
        .refusal(403);
    acme.api.post(nothing, &bad).refusal(400);
    acme.api.post(nothing, &json!({ "value": 70 })).refusal(404);
}
