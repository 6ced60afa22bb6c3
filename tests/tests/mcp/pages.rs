//! Lists in pages, what narrows them down, and texts that are cut.

use okrs_tests::{Api, special, workspace};
use serde_json::{Value, json};

use crate::asking::{done, request, result, send};

/// All rows of a list, page by page, and how many pages there were. Each page says how many rows there
/// are in all.
fn all(api: &Api, tool: &str, list: &str, mut arguments: Value) -> (Vec<Value>, usize) {
    let mut rows = Vec::new();
    for pages in 1.. {
        let page = done(api, tool, arguments.clone());
        rows.extend(page[list].as_array().unwrap().clone());
        if page["next_cursor"].is_null() {
            assert_eq!(page["total"], rows.len(), "{tool}");
            return (rows, pages);
        }
        arguments["cursor"] = page["next_cursor"].clone();
    }
    unreachable!("a list ends")
}

#[test]
fn a_list_is_read_to_its_end_by_its_cursor() {
    let crowded = &special().crowded;
    for (tool, list, name) in [
        ("get_okrs", "okrs", "title"),
        ("get_kpis", "kpis", "name"),
        ("list_initiatives", "initiatives", "title"),
    ] {
        let (rows, pages) = all(crowded, tool, list, json!({ "limit": 100 }));
        assert!(pages > 5, "{tool}: {pages}");
        let kind = rows[0][name].as_str().unwrap().replace(" 501", "");
        let named = |nth: usize| format!("{kind} {nth}");
        let names: Vec<_> = rows.iter().map(|row| row[name].clone()).collect();
        let expected: Vec<_> = (1..=501).rev().map(named).collect();
        assert_eq!(names, expected, "{tool}");
    }
    let (found, _) = all(
        crowded,
        "get_okrs",
        "okrs",
        json!({ "words": "okr 50", "limit": 1 }),
    );
    assert_eq!(found.len(), 3, "{found:?}");
    let (risks, _) = all(crowded, "get_risks", "risks", json!({ "words": "okr 50" }));
    assert_eq!(risks.len(), 3, "{risks:?}");
}

#[test]
fn resources_are_listed_in_pages() {
    let crowded = &special().crowded;
    let (mut names, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let page = result(crowded, "resources/list", json!({ "cursor": cursor }));
        assert_eq!(page["_meta"]["okrs-edge/total"], 502);
        let resources = page["resources"].as_array().unwrap().iter();
        names.extend(resources.map(|own| own["name"].clone()));
        cursor = page["nextCursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(
        (names.len(), &names[0], &names[501]),
        (502, &json!("This week"), &json!("OKR 1"))
    );
}

#[test]
fn a_page_reads_what_it_shows() {
    let crowded = &special().crowded;
    let rows = |arguments: Value| {
        let params = json!({ "name": "get_kpis", "arguments": arguments });
        send(crowded, &request("tools/call", params))
            .cost()
            .rows_read
    };
    let (one, all) = (rows(json!({ "limit": 1 })), rows(json!({ "words": "kpi" })));
    assert!(one + 400 < all, "{one} of {all}");
}

#[test]
fn okrs_are_narrowed_down_by_people_teams_and_words() {
    let acme = workspace();
    let api = acme.bulk();
    for (arguments, expected) in [
        (json!({ "owner": "alice" }), 1),
        (json!({ "owner": acme.alice.as_str() }), 1),
        (json!({ "owner": "nobody" }), 0),
        (json!({ "team": "sales" }), 0),
        (json!({ "words": "onboarding conv" }), 1),
        (json!({ "words": "sign-ups" }), 1),
        (json!({ "words": "no such words" }), 0),
    ] {
        let found = done(&api, "get_okrs", arguments.clone());
        assert_eq!(found["total"], expected, "{arguments}");
        assert_eq!(
            found["okrs"].as_array().unwrap().len(),
            expected,
            "{arguments}"
        );
    }
    let owned = done(&api, "list_initiatives", json!({ "words": "REDESIGN" }));
    assert_eq!(owned["total"], 1);
}

#[test]
fn what_a_thing_is_called_comes_first() {
    let acme = workspace();
    let params = json!({ "name": "get_okrs", "arguments": {} });
    let answer = send(&acme.api, &request("tools/call", params));
    let text = answer.json()["result"]["content"][0]["text"].clone();
    let text = text.as_str().unwrap();
    let at = |name: &str| text.find(name).unwrap();
    assert!(at("\"total\"") < at("\"okrs\""), "{text}");
    let row = &text[at("\"okrs\"")..];
    assert!(row.starts_with("\"okrs\":[{\"title\":"), "{row}");
    assert!(answer.text().contains("[{\"title\":"), "{answer:?}");
}

#[test]
fn a_long_text_is_cut_with_a_mark_and_read_to_its_end() {
    let acme = workspace();
    let api = acme.bulk();
    let long: String = (0..9_000)
        .map(|nth| char::from(b'a' + (nth % 26) as u8))
        .collect();
    let id = acme.key_results.number.as_str();
    let made = done(
        &api,
        "create_checkin",
        json!({ "kr_id": id, "value": 41, "note": long }),
    );
    let listed = done(&api, "list_check_ins", json!({ "kr_id": id }));
    let shown = listed["check_ins"][0]["comment"].as_str().unwrap();
    assert_eq!(made["comment"], shown);
    let (beginning, mark) = shown.split_once('…').unwrap();
    assert!(long.starts_with(beginning), "{shown}");
    assert_eq!(mark, format!(" [+{} characters]", 9_000 - beginning.len()));
    let mut arguments = json!({ "type": "check_in", "id": made["id"] });
    let mut read = String::new();
    loop {
        let piece = done(&api, "read_text", arguments.clone());
        read += piece["texts"]["comment"].as_str().unwrap();
        arguments["cursor"] = piece["next_cursor"].clone();
        if arguments["cursor"].is_null() {
            break;
        }
    }
    assert_eq!(read, long);
}
