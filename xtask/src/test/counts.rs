//! What tests print about themselves: how many passed, and how long each took.

use std::fmt;

/// How many tests passed and failed.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    /// Tests that held.
    pub passed: usize,
    /// Tests that did not, and those that did not come to an end.
    pub failed: usize,
}

impl Counts {
    /// Adds what a line says: one of libtest's, such as `test result: ok. 12 passed; 0 failed; …`, or one of
    /// Playwright's, such as `  12 passed (3.4s)` or `  1 did not run`, or one of Node's, such as `ℹ pass 3`.
    pub fn add_line(&mut self, line: &str) {
        if let Some(results) = line.strip_prefix("test result: ") {
            let results = results.split_once(". ").map_or("", |(_, results)| results);
            for result in results.split("; ") {
                self.add_result(result, &["failed"]);
            }
        } else if let Some((word, number)) = line
            .strip_prefix("ℹ ")
            .and_then(|line| line.split_once(' '))
        {
            let number: usize = number.parse().unwrap_or_default();
            match word {
                "pass" => self.passed += number,
                "fail" | "cancelled" => self.failed += number,
                _ => {}
            }
        } else if line.starts_with("  ") {
            let result = line.trim().split(" (").next().unwrap_or_default();
            self.add_result(result, &["failed", "flaky", "interrupted", "did not run"]);
        }
    }

    fn add_result(&mut self, result: &str, bad: &[&str]) {
        let Some((number, word)) = result.split_once(' ') else {
            return;
        };
        let Ok(number) = number.parse::<usize>() else {
            return;
        };
        if word == "passed" {
            self.passed += number;
        } else if bad.contains(&word) {
            self.failed += number;
        }
    }

    /// The counts of both, added up.
    pub fn plus(self, more: Self) -> Self {
        Self {
            passed: self.passed + more.passed,
            failed: self.failed + more.failed,
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The name of the test that a line is about, and its seconds: one of libtest's, such as
/// `test access::a_viewer … ok <1.234s>`, or one of Playwright's, such as
/// `  ✓  3 check_in.spec.ts:12:5 › a title (1.2s)`.
pub fn timed(line: &str) -> Option<(&str, f64)> {
    if let Some(rest) = line.strip_prefix("test ") {
        let (name, rest) = rest.split_once(" ... ")?;
        let (_, seconds) = rest.split_once('<')?;
        return Some((name, seconds.strip_suffix("s>")?.parse().ok()?));
    }
    let rest = line.trim_start().strip_prefix('✓')?.trim_start();
    let (_, rest) = rest.split_once(' ')?;
    let (name, time) = rest.rsplit_once(" (")?;
    let time = time.strip_suffix(')')?;
    let seconds = if let Some(milliseconds) = time.strip_suffix("ms") {
        milliseconds.parse::<f64>().ok()? / 1000.0
    } else if let Some(minutes) = time.strip_suffix('m') {
        minutes.parse::<f64>().ok()? * 60.0
    } else {
        time.strip_suffix('s')?.parse().ok()?
    };
    Some((name.trim(), seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(lines: &[&str]) -> String {
        let mut counts = Counts::default();
        for line in lines {
            counts.add_line(line);
        }
        counts.to_string()
    }

    #[test]
    fn results_of_several_runs_add_up() {
        let lines = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; finished in 0.00s",
            "test result: FAILED. 4 passed; 2 failed; 1 ignored; finished in 1.00s",
        ];
        assert_eq!(sum(&lines), "7 passed, 2 failed");
    }

    #[test]
    fn tests_of_scripts_count() {
        let lines = [
            "✔ a backup loads (1203ms)",
            "ℹ tests 6",
            "ℹ pass 4",
            "ℹ fail 1",
            "ℹ cancelled 1",
        ];
        assert_eq!(sum(&lines), "4 passed, 2 failed");
    }

    #[test]
    fn journeys_that_never_ran_count_as_failed() {
        let lines = [
            "Running 5 tests using 2 workers",
            "  ✓  1 sign_in.spec.ts:3:5 › 7 passed (1s)",
            "  1 failed",
            "  1 did not run",
            "  3 passed (8.1s)",
        ];
        assert_eq!(sum(&lines), "3 passed, 2 failed");
    }

    #[test]
    fn the_time_of_a_test_is_read_from_its_line() {
        let lines = [
            (
                "test access::a_viewer_waits ... ok <1.250s>",
                Some(("access::a_viewer_waits", 1.25)),
            ),
            ("test access::a_viewer_waits ... ok", None),
            (
                "  ✓   3 check_in.spec.ts:12:5 › a title (in brackets) (1.2s)",
                Some(("check_in.spec.ts:12:5 › a title (in brackets)", 1.2)),
            ),
            (
                "  ✓  3 home.spec.ts:1:1 › quick (350ms)",
                Some(("home.spec.ts:1:1 › quick", 0.35)),
            ),
            (
                "  ✓  3 home.spec.ts:1:1 › slow (1.5m)",
                Some(("home.spec.ts:1:1 › slow", 90.0)),
            ),
        ];
        for (line, expected) in lines {
            assert_eq!(timed(line), expected, "{line}");
        }
    }
}
