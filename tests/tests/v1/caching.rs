//! ETags: an unchanged list costs next to nothing, a changed one is never mistaken for it.

use okrs_tests::{Api, workspace};
use serde_json::json;

const LISTS: [&str; 5] = [
    "/okrs",
    "/cycles",
    "/kpis",
    "/initiatives",
    "/review-cycles",
];

fn ask(api: &Api, path: &str, etag: &str) -> okrs_tests::Response {
    api.request("GET", path)
        .header("if-none-match", etag)
        .send()
}

#[test]
fn an_unchanged_list_is_304_and_read_from_nowhere() {
    let acme = workspace();
    for path in LISTS {
        let first = acme.bulk().get(path);
        let etag = first.header("etag").unwrap().to_owned();
        assert!(etag.starts_with("W/\""), "{etag}");
        for known in [etag.clone(), format!("\"other\", {etag}"), "*".to_owned()] {
            let again = ask(&acme.bulk(), path, &known);
            assert_eq!((again.status, again.body.len()), (304, 0), "{path} {known}");
            assert_eq!(again.header("etag"), Some(&*etag));
            let cost = again.cost();
            assert_eq!((cost.d1_calls, cost.object_calls), (0, 1), "{path}");
        }
        assert_eq!(ask(&acme.bulk(), path, "W/\"other\"").status, 200);
    }
}

#[test]
fn an_unchanged_list_is_sent_again_without_reading_it() {
    let acme = workspace();
    for path in LISTS {
        let (first, second) = (acme.bulk().get(path), acme.bulk().get(path));
        assert_eq!(first.body, second.body);
        assert_eq!(second.cost().d1_calls, 0, "{path}");
    }
}

#[test]
fn an_answer_says_how_long_it_is() {
    let acme = workspace();
    let no_such_okr = "/okrs/01a20bb9-97b7-70cc-a6db-b6a751797e5f/progress";
    for path in LISTS.into_iter().chain([no_such_okr]) {
        let answer = acme.bulk().get(path);
        let length = answer.body.len().to_string();
        assert_eq!(answer.header("content-length"), Some(&*length), "{path}");
    }
}

#[test]
fn every_write_is_seen_by_the_very_next_read() {
    let acme = workspace();
    let check_ins = format!("/key-results/{}/checkins", acme.key_results.number);
    for value in 1..=25 {
        let stale = acme.bulk().get("/okrs").header("etag").unwrap().to_owned();
        acme.bulk()
            .post(&check_ins, &json!({ "value": value }))
            .expect(201);
        let fresh = ask(&acme.bulk(), "/okrs", &stale);
        assert_eq!(fresh.status, 200, "check-in {value} was missed");
        assert!(
            fresh
                .text()
                .contains(&format!("\"current_value\":{value},")),
            "{}",
            fresh.text()
        );
    }
}

#[test]
fn a_refused_write_leaves_the_lists_as_they_were() {
    let acme = workspace();
    let etag = acme.bulk().get("/okrs").header("etag").unwrap().to_owned();
    acme.bulk().post("/okrs", &json!({})).refusal(400);
    acme.bulk().delete("/okrs/nothing").refusal(404);
    // The object may still wait for the refused writes to settle: then the list is read, not wrong.
    let again = acme.bulk().get("/okrs");
    assert_eq!(again.header("etag"), Some(&*etag));
}

#[test]
fn the_etag_of_one_workspace_says_nothing_about_another() {
    let (acme, other) = (workspace(), workspace());
    let theirs = acme.bulk().get("/okrs");
    let ours = other.bulk().get("/okrs");
    assert_ne!(theirs.body, ours.body);
}
