//! The app's own API through HTTP. One binary, so that one server serves all tests.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which may panic, are not seen as tests themselves"
)]

mod ids;

mod api_keys;
mod audit_log;
mod home;
mod members;
mod okr_detail;
mod okr_list;
mod review_cycles;
mod reviews;
mod revocation;
mod sessions;
mod sign_in;
mod teams;
mod workspace;
