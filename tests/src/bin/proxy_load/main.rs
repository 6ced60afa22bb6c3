//! A deployment in front of the hosted service under load and through outages. It measures and counts;
//! `cargo xtask test` does not run it.
//!
//! ```text
//! cargo xtask build
//! export PATH=$PWD/node_modules/.bin:$PATH OKRS_EDGE_BUILD=skip
//! cargo run --release -p okrs-tests --bin proxy_load -- readers 500 5
//! cargo run --release -p okrs-tests --bin proxy_load -- outages 10 10
//! ```
//!
//! `readers N MINUTES`: so many readers, each with a key of its own, read a list every five seconds.
//! `outages MINUTES KILLS`: so many minutes of each kind of outage, with readers and with writers who
//! don't wait for their writes; the deployment is killed so many times in between.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that can't be made fails where it stands"
)]

mod outages;
mod readers;
mod report;
mod stage;

use std::env;
use std::time::Duration;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let numbers: Vec<u32> = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let minutes = |number: u32| Duration::from_secs(60) * number;
    match (arguments.first().map(String::as_str), &numbers[..]) {
        (Some("readers"), [readers, of]) => {
            readers::run(*readers, minutes(*of));
        }
        (Some("outages"), [of, kills]) => outages::run(minutes(*of), *kills),
        _ => panic!("proxy_load readers N MINUTES | outages MINUTES KILLS"),
    }
}
