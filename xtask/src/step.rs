//! What a chore says while it works: one line when a step starts, one with its time when it ends.

use std::fmt::Display;
use std::io::{Write, stderr};
use std::time::{Duration, Instant};

use anyhow::Result;

/// Runs `work` as a named step and prints how long it took.
pub fn step<T>(name: impl Display, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("→ {name}"));
    let start = Instant::now();
    let outcome = work();
    let mark = if outcome.is_ok() { "✓" } else { "✗" };
    say(&format!("{mark} {name}  {}", Seconds(start.elapsed())));
    outcome
}

/// Says that something is done, and a word about it: how long it took, or why there was nothing to
/// do.
pub fn done(name: impl Display, why: impl Display) {
    say(&format!("✓ {name}  {why}"));
}

/// Prints the error of a chore with its causes.
pub fn failure(error: &anyhow::Error) {
    let causes: String = error
        .chain()
        .skip(1)
        .map(|cause| format!("\n  because {cause}"))
        .collect();
    say(&format!("\n✗ {error}{causes}"));
}

/// One write per line, so that lines of several processes do not mix and wrangler shows them whole.
pub fn say(line: &str) {
    // Nobody to tell when standard error is closed.
    let _ = stderr().write_all(format!("{line}\n").as_bytes());
}

/// A duration as a person reads it: `0.4 s`, `3 min 07 s`.
pub struct Seconds(pub Duration);

impl Display for Seconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = self.0.as_secs();
        if seconds < 60 {
            write!(f, "{:.1} s", self.0.as_secs_f64())
        } else {
            write!(f, "{} min {:02} s", seconds / 60, seconds % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_like_a_person_says_them() {
        assert_eq!(Seconds(Duration::from_millis(440)).to_string(), "0.4 s");
        assert_eq!(Seconds(Duration::from_secs(187)).to_string(), "3 min 07 s");
    }
}
