//! Many who read.

use std::thread;
use std::time::{Duration, Instant};

use okrs_tests::LISTS;

use crate::report::Reads;
use crate::stage;

const EVERY: Duration = Duration::from_secs(5);

/// So many readers for so long.
pub fn run(readers: u32, duration: Duration) {
    let stage = stage::set(readers as usize);
    let reads = Reads::default();
    let end = Instant::now() + duration;
    thread::scope(|scope| {
        for (nth, api) in (0_u32..).zip(&stage.readers) {
            let reads = &reads;
            let reader = move || {
                // Not all in step.
                thread::sleep(EVERY * nth / readers);
                for path in LISTS.iter().cycle().skip(nth as usize) {
                    let next = Instant::now() + EVERY;
                    if next > end {
                        break;
                    }
                    reads.read(api, path);
                    thread::sleep(next.saturating_duration_since(Instant::now()));
                }
            };
            let small = thread::Builder::new().stack_size(256 * 1024);
            small.spawn_scoped(scope, reader).unwrap();
        }
    });
    println!("{readers} readers, {} s", duration.as_secs());
    reads.print();
    stage.line.print();
}
