//! What was seen.

use std::collections::BTreeMap;
use std::sync::Mutex;

use okrs_tests::Response;

/// What readers were answered.
#[derive(Default)]
pub struct Reads(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    by_answer: BTreeMap<String, usize>,
    without_age: usize,
    largest_age: u32,
    /// In milliseconds.
    took: Vec<u128>,
}

impl Reads {
    /// Reads and counts; no answer at all is counted as well.
    pub fn read(&self, api: &okrs_tests::Api, path: &str) {
        let began = std::time::Instant::now();
        let answer = api.request("GET", path).try_send();
        let took = began.elapsed().as_millis();
        let mut counts = self.0.lock().unwrap();
        counts.took.push(took);
        match answer {
            Ok(answer) => counts.add(&answer),
            Err(_) => counts.add_answer("none (killed)"),
        }
    }

    /// Prints them.
    pub fn print(&self) {
        let mut counts = self.0.lock().unwrap();
        counts.took.sort_unstable();
        let took = |part: usize| counts.took.get(counts.took.len() * part / 100);
        println!(
            "reads: {:?}; without age: {}; largest age: {} s; took (ms): half {:?}, 99% {:?}",
            counts.by_answer,
            counts.without_age,
            counts.largest_age,
            took(50),
            took(99)
        );
    }
}

impl Counts {
    fn add(&mut self, answer: &Response) {
        self.add_answer(&answer.status.to_string());
        match answer.header("age").and_then(|age| age.parse().ok()) {
            Some(age) => self.largest_age = self.largest_age.max(age),
            None => self.without_age += 1,
        }
    }

    fn add_answer(&mut self, answer: &str) {
        *self.by_answer.entry(answer.to_owned()).or_default() += 1;
    }
}
