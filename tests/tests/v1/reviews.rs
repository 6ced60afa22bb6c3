//! `/review-cycles` and `/reviews`

use okrs_tests::workspace;
use serde_json::json;

use crate::shapes::{REVIEW_ANSWER, REVIEW_CYCLE, REVIEW_SUMMARY, assert_shape, snapshot};

#[test]
fn review_cycles_count_people_not_reviews() {
    let acme = workspace();
    let cycles = acme.api.read("/review-cycles");
    assert_eq!(cycles.as_array().unwrap().len(), 1);
    assert_shape(&cycles[0], REVIEW_CYCLE);
    assert_eq!(cycles[0]["id"], acme.review_cycle.as_str());
    assert_eq!(cycles[0]["name"], "Mid-Year Review");
    assert_eq!(cycles[0]["status"], "active");
    // Three reviews of two people.
    assert_eq!(cycles[0]["reviewee_count"], 2);
}

#[test]
fn a_shared_review_gives_its_answers_in_order() {
    let acme = workspace();
    let summary = acme
        .api
        .read(&format!("/reviews/{}/summary", acme.shared_review));
    assert_shape(&summary, REVIEW_SUMMARY);
    for answer in summary["answers"].as_array().unwrap() {
        assert_shape(answer, REVIEW_ANSWER);
    }
    let expected = json!({
        "review_id": acme.shared_review.as_str(),
        "employee": "Bob O'Hara",
        "cycle": "Mid-Year Review",
        "type": "manager",
        "status": "shared",
        "answers": [
            {"question": "What went well this cycle?", "answer": "Shipped the redesign on time"},
            {"question": "What are your growth areas?", "answer": "Delegation"},
        ],
        "shared_at": summary["shared_at"],
    });
    assert_eq!(summary, expected);
}

#[test]
fn a_review_that_is_not_shared_looks_like_none() {
    let acme = workspace();
    let missing = acme
        .api
        .get("/reviews/01900000-0000-7000-8000-000000000000/summary");
    missing.refusal(404);
    for id in [&acme.draft_review, &acme.submitted_review] {
        let unshared = acme.api.get(&format!("/reviews/{id}/summary"));
        unshared.refusal(404);
        assert_eq!(unshared.text(), missing.text());
    }
    let wrong_kind = acme
        .api
        .get(&format!("/reviews/{}/summary", acme.review_cycle));
    assert_eq!(wrong_kind.text(), missing.text());
}

#[test]
fn private_notes_never_appear() {
    let acme = workspace();
    let mut texts = snapshot(&acme.api);
    for id in [
        &acme.shared_review,
        &acme.draft_review,
        &acme.submitted_review,
    ] {
        let response = acme.api.get(&format!("/reviews/{id}/summary"));
        texts.push(response.text().to_owned());
    }
    for text in texts {
        assert!(!text.contains("PRIVATE"), "{text}");
    }
}
