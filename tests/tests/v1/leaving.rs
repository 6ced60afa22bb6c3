//! Clients that leave before they are answered.

use std::time::{Duration, Instant};

use okrs_tests::workspace;
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
    // Whoever polls is not sent to the database for the minute that a write may take.
    let ends = Instant::now() + SOON;
    loop {
        let etag = acme.bulk().get("/okrs").header("etag").unwrap().to_owned();
        let again = acme.bulk().request("GET", "/okrs");
        let again = again.header("if-none-match", &etag).send();
        if again.status == 304 {
            break;
        }
        assert!(
            Instant::now() < ends,
            "a write that nobody waits for has not been settled"
        );
    }
    let okrs = acme.bulk().read("/okrs");
    let key_results = okrs[0]["key_results"].as_array().unwrap();
    let number = acme.key_results.number.as_str();
    let kept = key_results.iter().find(|one| one["id"] == number).unwrap();
    assert!(kept["current_value"].as_f64().unwrap() <= 10.0, "{kept}");
}
