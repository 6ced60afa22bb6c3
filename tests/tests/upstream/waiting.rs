//! Waiting for something, and for writes that were not answered at once.

use std::time::Duration;

pub use okrs_tests::eventually;
use okrs_tests::{Api, Response};
use serde_json::Value;

/// What settles as soon as the hosted service answers again, its breaker included.
pub const SETTLES: Duration = Duration::from_secs(150);

/// How long ago, in seconds, the hosted service said this.
#[track_caller]
pub fn age(answer: &Response) -> u32 {
    let age = answer.header("age").and_then(|age| age.parse().ok());
    age.unwrap_or_else(|| panic!("no age: {answer:?}"))
}

/// What a plain client is told when the hosted service did not answer: `upstream_unavailable` or
/// `in_doubt`.
#[track_caller]
pub fn unavailable(answer: &Response) -> String {
    let body = answer.expect(503);
    let message = body["message"].as_str().unwrap_or_default();
    assert!(!message.is_empty(), "{answer:?}");
    body["error"].as_str().unwrap().to_owned()
}

/// Where to ask what has become of a write.
#[track_caller]
pub fn location(answer: &Response) -> String {
    let location = answer.header("location").unwrap_or_default();
    assert!(
        location.starts_with("/api/app/pending-writes/"),
        "{answer:?}"
    );
    location.to_owned()
}

/// The write of an answer with 202.
#[track_caller]
pub fn accepted(answer: &Response) -> Value {
    let write = answer.expect(202);
    let id = write["id"].as_str().unwrap();
    assert_eq!(location(answer), format!("/api/app/pending-writes/{id}"));
    write
}

/// The write once it is in one of these states.
#[track_caller]
pub fn settled(api: &Api, location: &str, states: &[&str]) -> Value {
    eventually(&format!("{location} {states:?}"), SETTLES, || {
        let write = api.read(location);
        let state = write["state"].as_str().unwrap();
        states.contains(&state).then_some(write)
    })
}
