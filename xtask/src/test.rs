//! Everything that CI checks, in the order in which failures are cheapest to find.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::browser::Stage;
use crate::paths::Paths;
use crate::step::{failure, say, step};
use crate::tools::{self, Tools};
use crate::{apt, build, components, run, through_upstream};

const WASM_CRATES: [&str; 4] = ["--package", "okrs-worker", "--package", "okrs-app"];
const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Runs all checks, even after one has failed, and ends with one line that says how many tests
/// passed and failed.
pub fn run(paths: &Paths) -> Result<ExitCode> {
    let mut report = Report::default();
    report.check("Format", || {
        run::shown(cargo(paths).args(["fmt", "--all", "--check"]))
    });
    report.check("Lints (native)", || {
        run::shown(
            cargo(paths)
                .args(["clippy", "--workspace", "--all-targets", "--all-features"])
                .args(DENY_WARNINGS),
        )
    });
    report.tests(
        "Unit tests",
        Counts::of_cargo,
        cargo(paths).args([
            "test",
            "--workspace",
            "--exclude",
            "okrs-tests",
            // The OpenAPI document is compared under a feature.
            "--all-features",
            "--no-fail-fast",
        ]),
    );

    if let Some(tools) = report.check("Tools", || tools::ensure(paths)) {
        report.check("Lints (wasm32)", || run::shown(&mut wasm_clippy(&tools)?));
        report.check("Example clients' needs", example_clients);
        if report
            .check("Build", || build::with_tools(paths, &tools, false))
            .is_some()
        {
            let path = run::path_with([paths.npm_bin()])?;
            // The servers under test run what was just built.
            let built = || {
                let mut cargo = cargo(paths);
                cargo.env("PATH", &path).env("OKRS_EDGE_BUILD", "skip");
                // They wait for servers more than they work.
                cargo.env("RUST_TEST_THREADS", "4");
                cargo
            };
            let mut tests = built();
            tests.args(["test", "--package", "okrs-tests", "--no-fail-fast"]);
            report.tests("Black-box tests", Counts::of_cargo, &mut tests);
            let mut tests = built();
            through_upstream::tests(&mut tests);
            report.tests(
                "Black-box tests in front of the hosted service",
                Counts::of_cargo,
                &mut tests,
            );

            let components = report.check("Component tests' needs", || components::tests(&tools));
            if let Some(mut components) = components {
                report.tests("Component tests", Counts::of_cargo, &mut components);
            }

            type Prepare = fn(&Paths) -> Result<Stage>;
            let passes: [(&str, Prepare); 2] = [
                ("Browser tests", Stage::prepare),
                (
                    "Browser tests in front of the hosted service",
                    Stage::prepare_hosted,
                ),
            ];
            for (name, prepare) in passes {
                let stage = report.check("Browser tests' needs", || prepare(paths));
                if let Some(stage) = stage {
                    let mut journeys = stage.playwright(paths)?;
                    report.tests(name, Counts::of_playwright, &mut journeys);
                }
            }
        }
    }
    Ok(report.finish())
}

/// curl, and Python with its usual HTTP library: the example clients are run as their users run them.
fn example_clients() -> Result<()> {
    if !run::is_installed("curl") {
        apt::install(&["curl"])?;
    }
    let has_requests = || run::quiet(Command::new("python3").args(["-c", "import requests"]));
    if has_requests().is_err() {
        apt::install(&["python3-requests"])?;
        has_requests()
            .context("this Python can't be given `requests`; try `pip install requests`")?;
    }
    Ok(())
}

fn cargo(paths: &Paths) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&paths.root);
    cargo
}

fn wasm_clippy(tools: &Tools) -> Result<Command> {
    let mut clippy = tools.command("cargo")?;
    // In the release profile, whose macros and build scripts the builds that follow need as well.
    clippy
        .args(["clippy", "--release", "--target", "wasm32-unknown-unknown"])
        .args(WASM_CRATES)
        .args(DENY_WARNINGS);
    Ok(clippy)
}

/// What has been found so far.
#[derive(Default)]
struct Report {
    tests: Counts,
    failed_checks: Vec<&'static str>,
}

impl Report {
    /// Runs a check; a failure is printed and remembered, and the next check still runs.
    fn check<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        match step(name, work) {
            Ok(value) => Some(value),
            Err(error) => {
                failure(&error);
                self.failed_checks.push(name);
                None
            }
        }
    }

    /// Runs tests and adds up what `read` finds in each line that they print.
    fn tests(&mut self, name: &'static str, read: fn(&str) -> Counts, command: &mut Command) {
        let mut counts = Counts::default();
        let outcome = step(name, || counts.add_from(read, command));
        self.tests.passed += counts.passed;
        self.tests.failed += counts.failed;
        if let Err(error) = outcome {
            failure(&error);
            // Tests that did not compile have no count of their own.
            if counts.failed == 0 {
                self.failed_checks.push(name);
            }
        }
    }

    /// The last line is for machines: a failed check counts as one failed test there.
    fn finish(self) -> ExitCode {
        let Self {
            mut tests,
            failed_checks,
        } = self;
        if !failed_checks.is_empty() {
            say(&format!("\nFailed: {}", failed_checks.join(", ")));
        }
        tests.failed += failed_checks.len();
        println!("{tests}");
        if tests.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Counts {
    passed: usize,
    failed: usize,
}

impl Counts {
    /// Runs tests, shows their output as it comes and counts their results.
    fn add_from(&mut self, read: fn(&str) -> Self, command: &mut Command) -> Result<()> {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("`{}` cannot be started", run::line(command)))?;
        let stdout = child.stdout.take().context("the tests have no output")?;
        for line in BufReader::new(stdout).lines() {
            let line = line.context("the tests printed something that is not text")?;
            println!("{line}");
            self.add(read(&line));
        }
        let status = child.wait().context("the tests disappeared")?;
        if !status.success() {
            bail!("`{}` failed ({status})", run::line(command));
        }
        Ok(())
    }

    fn add(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }

    /// Reads a line such as `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
    fn of_cargo(line: &str) -> Self {
        let mut counts = Self::default();
        let results = line
            .strip_prefix("test result: ")
            .and_then(|rest| rest.split_once(". "))
            .map_or("", |(_, results)| results);
        for result in results.split("; ") {
            match result.split_once(' ') {
                Some((number, "passed")) => counts.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => counts.failed += number.parse().unwrap_or(0),
                _ => {}
            }
        }
        counts
    }

    /// Reads a line such as `  12 passed (3.4s)` or `  1 did not run`.
    fn of_playwright(line: &str) -> Self {
        let mut counts = Self::default();
        if let Some((number, result)) = line.trim().split_once(' ')
            && let Ok(number) = number.parse()
        {
            match result.split(" (").next() {
                Some("passed") => counts.passed = number,
                Some("failed" | "flaky" | "interrupted" | "did not run") => counts.failed = number,
                _ => {}
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(read: fn(&str) -> Counts, lines: &[&str]) -> String {
        let mut counts = Counts::default();
        for line in lines {
            counts.add(read(line));
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
        assert_eq!(sum(Counts::of_cargo, &lines), "7 passed, 2 failed");
    }

    #[test]
    fn a_journey_that_did_not_run_counts_as_failed() {
        let lines = [
            "Running 9 tests using 2 workers",
            "  ✓  1 signing_in.spec.ts:3:1 › 2 passed doors (1.2s)",
            "  1 failed",
            "    signing_in.spec.ts:9:1 › a door",
            "  2 did not run",
            "  6 passed (12.3s)",
        ];
        assert_eq!(sum(Counts::of_playwright, &lines), "6 passed, 3 failed");
    }
}
