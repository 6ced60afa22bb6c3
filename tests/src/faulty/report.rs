//! What came through a line, for measurements.

use std::collections::BTreeMap;

use super::{Line, Seen};

impl Line {
    /// Prints what the hosted service got.
    pub fn print(&self) {
        let seen = self.seen();
        let refused = seen.iter().filter(|seen| seen.status == Some(429)).count();
        let mut by_minute: BTreeMap<i64, usize> = BTreeMap::new();
        let mut by_path: BTreeMap<String, usize> = BTreeMap::new();
        for Seen {
            at, method, path, ..
        } in &seen
        {
            *by_minute.entry(at.timestamp().div_euclid(60)).or_default() += 1;
            let kind = match &**method {
                "GET" => path.clone(),
                _ => "writes".to_owned(),
            };
            *by_path.entry(format!("{method} {kind}")).or_default() += 1;
        }
        println!(
            "requests to the hosted service: {}; its 429s: {refused}; by minute: {:?}; by address: {by_path:?}",
            seen.len(),
            by_minute.values().collect::<Vec<_>>()
        );
    }
}
