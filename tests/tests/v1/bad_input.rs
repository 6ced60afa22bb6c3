//! Bad input gets a clear 4xx in the contract's shape, and nothing changes.

use okrs_tests::workspace;
use serde_json::{Value, json};

use crate::shapes::snapshot;

#[test]
fn bodies_that_are_no_json_object_are_refused() {
    let acme = workspace();
    let before = snapshot(&acme.bulk());
    let deep = "[".repeat(1_000);
    let bodies: [&[u8]; 12] = [
        b"",
        b" ",
        b"null",
        b"42",
        b"\"text\"",
        b"[]",
        b"[\"T\", null, \"org\"]",
        b"{",
        b"{\"title\": \"T\",}",
        b"{\"title\": \"T\"} x",
        b"\xff\xfe{\"title\": 1}",
        deep.as_bytes(),
    ];
    for body in bodies {
        for (method, path) in [
            ("POST", "/okrs".to_owned()),
            ("PUT", format!("/okrs/{}", acme.okr)),
            (
                "POST",
                format!("/key-results/{}/checkins", acme.key_results.number),
            ),
            ("POST", "/kpis".to_owned()),
            ("POST", "/initiatives".to_owned()),
        ] {
            acme.bulk()
                .request(method, &path)
                .body(body)
                .send()
                .refusal(400);
        }
    }
    assert_eq!(snapshot(&acme.bulk()), before);
}

#[test]
fn every_bad_field_is_named() {
    let acme = workspace();
    let before = snapshot(&acme.bulk());
    let okr = json!({ "title": "T", "type": "org", "cycle_id": acme.cycles.active.as_str() });
    let key_result =
        json!({ "title": "T", "metric_type": "number", "start_value": 0, "target_value": 1 });
    let (kpi, initiative) = (json!({ "name": "N" }), json!({ "title": "T" }));
    let long = "x".repeat(501);
    let (okr_path, key_result_path) = (
        format!("/okrs/{}", acme.okr),
        format!("/key-results/{}", acme.key_results.number),
    );
    let check_ins = format!("{key_result_path}/checkins");
    let blank_titles = [
        json!(null),
        json!(""),
        json!(" \t\n"),
        json!(7),
        json!(["T"]),
        json!(long),
    ];
    let numbers = [json!("70"), json!(null), json!(true), json!([1]), json!({})];
    let enums = [
        json!("nonsense"),
        json!(""),
        json!(1),
        json!("ORG"),
        json!([]),
        json!({}),
    ];
    let text = [json!(1), json!(false), json!({})];
    let cases: Vec<(&str, &str, &Value, &str, &[Value])> = vec![
        ("POST", "/okrs", &okr, "title", &blank_titles),
        ("POST", "/okrs", &okr, "type", &enums),
        ("POST", "/okrs", &okr, "type", &[Value::Null]),
        ("POST", "/okrs", &okr, "visibility", &enums),
        ("POST", "/okrs", &okr, "description", &text),
        ("POST", "/okrs", &okr, "cycle_id", &text),
        ("POST", "/okrs", &okr, "owner_id", &text),
        ("PUT", &okr_path, &Value::Null, "title", &blank_titles),
        ("PUT", &okr_path, &Value::Null, "type", &enums),
        ("PUT", &okr_path, &Value::Null, "cycle_id", &text),
        ("PUT", &okr_path, &Value::Null, "visibility", &enums),
        (
            "PUT",
            &key_result_path,
            &Value::Null,
            "title",
            &blank_titles,
        ),
        (
            "PUT",
            &key_result_path,
            &Value::Null,
            "target_value",
            &numbers,
        ),
        (
            "PUT",
            &key_result_path,
            &Value::Null,
            "current_value",
            &numbers,
        ),
        ("PUT", &key_result_path, &Value::Null, "metric_type", &enums),
        ("POST", &check_ins, &Value::Null, "value", &numbers[..2]),
        ("POST", "/kpis", &kpi, "name", &blank_titles),
        ("POST", "/kpis", &kpi, "category", &enums),
        ("POST", "/kpis", &kpi, "update_frequency", &enums),
        ("POST", "/kpis", &kpi, "direction", &enums),
        ("POST", "/kpis", &kpi, "current_value", &numbers[..1]),
        ("POST", "/initiatives", &initiative, "title", &blank_titles),
        ("POST", "/initiatives", &initiative, "status", &enums),
        ("POST", "/initiatives", &initiative, "priority", &enums),
        ("POST", "/initiatives", &initiative, "start_date", &[]),
    ];
    for (method, path, template, field, values) in cases {
        for value in values {
            let mut body = if template.is_null() {
                json!({})
            } else {
                template.clone()
            };
            body[field] = value.clone();
            let message = acme
                .bulk()
                .request(method, path)
                .json(&body)
                .send()
                .refusal(400);
            assert!(
                message.starts_with(field),
                "{method} {path} {body}: {message}"
            );
        }
    }
    let initiative_path = format!("/initiatives/{}", acme.initiative);
    for date in [
        "2026-02-30",
        "01.04.2026",
        "tomorrow",
        "",
        "2026-1-1",
        "2026-01-1",
        "+2026-01-01",
        "-2026-01-01",
        " 2026-01-01",
        "2026-01-01 ",
        "2026 - 01-01",
        "2026-01-01T00:00:00Z",
    ] {
        for field in ["start_date", "end_date"] {
            let body = json!({ "title": "T", field: date });
            for answer in [
                acme.bulk().post("/initiatives", &body),
                acme.bulk().put(&initiative_path, &body),
            ] {
                assert!(answer.refusal(400).starts_with(field), "{date}: {answer:?}");
            }
        }
    }
    for (path, template) in [
        ("/okrs", &okr),
        (&*format!("{okr_path}/key-results"), &key_result),
    ] {
        for field in template.as_object().unwrap().keys() {
            let mut body = template.clone();
            body.as_object_mut().unwrap().remove(field);
            let message = acme.bulk().post(path, &body).refusal(400);
            assert!(
                message.starts_with(field),
                "{path} without {field}: {message}"
            );
        }
    }
    assert_eq!(snapshot(&acme.bulk()), before);
}

#[test]
fn a_patch_without_a_known_field_is_refused() {
    let acme = workspace();
    for path in [
        format!("/okrs/{}", acme.okr),
        format!("/key-results/{}", acme.key_results.number),
        format!("/initiatives/{}", acme.initiative),
    ] {
        for body in [json!({}), json!({ "unknown": 1 })] {
            let message = acme.api.put(&path, &body).refusal(400);
            assert!(message.starts_with("body "), "{message}");
            assert!(message.contains("title"), "{message}");
        }
    }
}

#[test]
fn numbers_out_of_range_are_refused_and_extreme_ones_kept() {
    let acme = workspace();
    let check_ins = format!("/key-results/{}/checkins", acme.key_results.number);
    for value in ["1e400", "-1e400", "NaN", "Infinity", "0x10", "01"] {
        let body = format!("{{\"value\": {value}}}");
        acme.bulk()
            .request("POST", &check_ins)
            .body(body)
            .send()
            .refusal(400);
    }
    for (sent, printed) in [
        ("1e308", "1e+308"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("9007199254740993", "9007199254740992.0"),
        ("9007199254740991", "9007199254740991"),
        ("0.1", "0.1"),
        ("70.0", "70"),
        ("5e-324", "5e-324"),
    ] {
        let body = format!("{{\"value\": {sent}}}");
        let answer = acme.bulk().request("POST", &check_ins).body(body).send();
        answer.expect(201);
        assert!(
            answer.text().contains(&format!("\"value\":{printed},")),
            "{sent}: {}",
            answer.text()
        );
        acme.bulk().read("/okrs");
    }
}

#[test]
fn any_text_is_kept_as_it_was_sent_but_for_white_space_in_titles() {
    let acme = workspace();
    let texts = [
        "👩‍🚀 naïve Straße 日本語",
        "\u{202e}right to left\u{202c} עברית",
        "it's \"quoted\" \\ %_; DROP TABLE okrs; --",
        "a\u{0}b",
        &"ä".repeat(500),
        "<script>alert(1)</script>",
        "line\nbreak\ttab",
    ];
    for text in texts {
        let body = json!({ "title": text, "description": text, "type": "team", "cycle_id": acme.cycles.active.as_str() });
        let title = text.replace(['\n', '\t'], " ");
        let created = acme.bulk().post("/okrs", &body).expect(201);
        assert_eq!(created["title"], title);
        assert_eq!(created["description"], text);
        let listed = acme.bulk().read("/okrs");
        assert_eq!(listed[0]["title"], title);
    }
}

#[test]
fn a_byte_order_mark_before_a_body_is_skipped() {
    let acme = workspace();
    let path = format!("/okrs/{}", acme.okr);
    for (nth, mark) in ["", "\u{feff}"].into_iter().enumerate() {
        let title = format!("Title {nth}");
        let body = format!("{mark}{}", json!({ "title": title }));
        let request = acme.api.request("PUT", &path);
        let request = request.header("content-type", "application/json");
        let okr = request.body(body).send().expect(200);
        assert_eq!(okr["title"], title.as_str());
    }
    let twice = "\u{feff}\u{feff}{}";
    let request = acme.api.request("PUT", &path).body(twice);
    request.send().refusal(400);
}

#[test]
fn large_bodies_are_refused_before_they_are_parsed() {
    let acme = workspace();
    let body = json!({ "title": "T", "description": "x".repeat(2 * 1024 * 1024) });
    let answer = acme.api.post("/okrs", &body);
    answer.refusal(413);
    assert_eq!(answer.cost().d1_calls, 0);
    let fits = json!({ "name": "K", "description": "x".repeat(10_000), "x": "y".repeat(200_000) });
    acme.api.post("/kpis", &fits).expect(201);
}

#[test]
fn unknown_addresses_and_methods_are_said_to_be_so() {
    let acme = workspace();
    for path in [
        "/nothing",
        "/okrs/x/y",
        "/okrs/",
        "/OKRS",
        "/api/v2/okrs",
        "/api/x",
    ] {
        acme.api.get(path).refusal(404);
    }
    for (method, path, allowed) in [
        ("DELETE", "/okrs", "GET,HEAD,POST"),
        ("PATCH", "/okrs/x", "PUT,DELETE"),
        ("GET", "/key-results/x/checkins", "POST"),
        ("POST", "/cycles", "GET,HEAD"),
    ] {
        let answer = acme.api.request(method, path).send();
        answer.refusal(405);
        let sorted = |list: &str| {
            let mut methods: Vec<String> = list
                .split(',')
                .map(|method| method.trim().to_owned())
                .collect();
            methods.sort();
            methods
        };
        assert_eq!(
            sorted(answer.header("allow").unwrap()),
            sorted(allowed),
            "{path}"
        );
    }
}

#[test]
fn strange_ids_are_just_unknown() {
    let acme = workspace();
    for id in [
        "x",
        "%00",
        "%F0%9F%9A%80",
        "..%2f..",
        "'%20OR%201=1--",
        &"9".repeat(2_000),
    ] {
        acme.api.delete(&format!("/okrs/{id}")).refusal(404);
        acme.api.get(&format!("/initiatives/{id}")).refusal(404);
    }
}
