//! Clients that leave before they are answered.

use std::time::Duration;

use okrs_tests::{eventually, workspace};
use serde_json::json;

/// Far less than it takes for a write that died to be given up.
const SOON: Duration = Duration::from_secs(20);

#[test]
fn a_write_whose_sender_has_left_is_brought_to_its_end_and_told() {
    let acme = workspace();
    let path = format!("/key-results/{}/checkins", acme.key_results.number);
    for value in 1..=10 {
        let body = json!({ "value": value });
        acme.bulk().request("POST", &path).hold(&body).leave();
    }
    let number = acme.key_results.number.as_str();
    let value = || {
        let okrs = acme.bulk().read("/okrs");
        let key_results = okrs[0]["key_results"].as_array().unwrap().clone();
        let kept = key_results.into_iter().find(|one| one["id"] == number);
        kept.unwrap()["current_value"].as_f64().unwrap()
    };
    // Whoever polls is not sent to the database for the minute that a write may take. The server may not have read
    // the last byte of any of them yet when it is asked for the first time.
    eventually("a write that nobody waits for is settled", SOON, || {
        let etag = acme.bulk().get("/okrs").header("etag").unwrap().to_owned();
        let again = acme.bulk().request("GET", "/okrs");
        let again = again.header("if-none-match", &etag).send();
        (again.status == 304 && value() <= 10.0).then_some(())
    });
}
