//! The Model Context Protocol through HTTP. One binary, so that one server serves all tests.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which may panic, are not seen as tests themselves"
)]

mod asking;
mod key_proxy;

mod bad_input;
mod budget;
mod clients;
mod conformance;
mod costs;
mod cycles;
mod failing;
mod inspector;
mod okrs;
mod pages;
mod peoples_words;
mod protocol;
mod resources;
mod rust_client;
mod scopes;
mod tokens;
mod writes;
