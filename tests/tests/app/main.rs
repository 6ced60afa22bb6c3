//! The app's own API through HTTP. One binary, so that one server serves all tests.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which may panic, are not seen as tests themselves"
)]

mod cycles;
mod import;
mod members;
mod sessions;
mod sign_in;
mod teams;
mod workspace;
