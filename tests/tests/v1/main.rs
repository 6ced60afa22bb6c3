//! Version 1 of the API through HTTP. One binary, so that one server serves all tests.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which may panic, are not seen as tests themselves"
)]

mod operations;
mod shapes;

mod access;
mod bad_input;
mod budget;
mod caching;

mod check_ins;
mod clients;
mod costs;
mod cycles;
mod durability;
mod failing;
mod figures;
mod held_bodies;
mod idempotency;
mod initiatives;
mod key_results;
mod kpis;
mod leaving;
mod lists;
mod okrs;
mod restored;
mod reviews;
