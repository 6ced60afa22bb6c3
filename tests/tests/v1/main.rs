//! Version 1 of the API through HTTP. One binary, so that one server serves all tests.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which may panic, are not seen as tests themselves"
)]

mod shapes;

mod checkins;
mod cycles;
mod figures;
mod initiatives;
mod key_results;
mod kpis;
mod lists;
mod okrs;
mod reviews;
