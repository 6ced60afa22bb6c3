//! A big workspace moves out of the hosted service, while deployment and command are killed in the
//! middle. It measures and counts; `cargo xtask test` does not run it.
//!
//! ```text
//! cargo xtask build
//! export PATH=$PWD/node_modules/.bin:$PATH OKRS_EDGE_BUILD=skip
//! cargo run --release -p okrs-tests --bin move_load -- 500 5 2
//! ```
//!
//! `move_load OKRS KEY_RESULTS_EACH KILLS`

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that can't be made fails where it stands"
)]

use std::env;
use std::thread::sleep;
use std::time::{Duration, Instant};

use okrs_tests::Moving;

fn main() {
    let numbers: Vec<usize> = env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let [okrs, key_results_each, kills] = numbers[..] else {
        panic!("move_load OKRS KEY_RESULTS_EACH KILLS")
    };
    let mut moving = Moving::start(okrs, key_results_each);
    let began = Instant::now();
    for nth in 1..=kills {
        let mut command = moving.begin();
        // Later each time: OKRs take longest to copy.
        let seen = moving.line.count();
        while moving.line.count() < seen + 1 {
            sleep(Duration::from_millis(5));
        }
        sleep(Duration::from_millis(250) * u32::try_from(nth).unwrap());
        moving.servers.deployment.kill_9();
        command.kill().unwrap();
        command.wait().unwrap();
        let at = began.elapsed();
        let copied = ["okrs", "key_results", "kpis", "initiatives"]
            .map(|table| (table, moving.servers.deployment.count_rows(table)));
        println!(
            "kill {nth}: {at:?} after the beginning, {} requests so far; copied: {copied:?}",
            moving.line.count()
        );
        moving.servers.deployment.restart();
    }
    let resumed = Instant::now();
    let (succeeded, report) = moving.finish();
    println!(
        "complete: {succeeded}; {:?} in all, {:?} of them after the last restart",
        began.elapsed(),
        resumed.elapsed()
    );
    for list in report["lists"].as_array().unwrap() {
        let figures = list["differences"].as_array().unwrap();
        println!(
            "{}: {} there, {} here, same order: {}, equal: {}, differing fields: {}, of those listed computed: {}",
            list["list"],
            list["there"],
            list["here"],
            list["same_order"],
            list["equal"],
            list["differing_fields"],
            figures
                .iter()
                .filter(|one| one["is_computed"] == true)
                .count()
        );
    }
    moving.line.print();
    moving.switch();
    for (list, there, here) in moving.lists() {
        println!(
            "{list} after the switch: {}",
            if there == here {
                "the same"
            } else {
                "DIFFERENT"
            }
        );
    }
}
