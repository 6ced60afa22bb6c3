//! Everything that CI checks: `stages.rs` says what that is, `schedule.rs` runs it.

mod cores;
mod counts;
mod native;
mod schedule;
mod selection;
mod stages;
mod times;

use std::fs;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result};

use self::cores::Cores;
use self::counts::Counts;
use self::schedule::Outcome;
use self::selection::Selection;
use self::stages::{STAGES, Stage};
use self::times::Times;
use crate::paths::Paths;
use crate::run;
use crate::seed;
use crate::step::say;

/// What `cargo xtask test` was told.
#[derive(Default)]
pub struct Options {
    /// The one stage that this process is for, if it was started by another.
    pub stage: Option<String>,
    /// Only these stages, and what they need.
    pub only: Vec<String>,
    /// Only what the files can affect that differ from `since`.
    pub is_changed: bool,
    /// A commit; by default the last one for which all of the check was green on this machine.
    pub since: Option<String>,
    /// Whether the times are written to `docs/test-times.md`.
    pub is_recorded: bool,
    /// What is left of the stages.
    pub packages: Vec<String>,
    /// Journeys by their files.
    pub journeys: Vec<String>,
    /// Whether what is tested is built quickly.
    pub is_quick: bool,
}

/// How many of the slowest tests are named.
const SLOWEST: usize = 10;

/// Runs the check, goes on after something has failed, and ends with one line that says how many tests
/// passed and failed.
pub fn run(paths: &Paths, options: Options) -> Result<ExitCode> {
    let mut selection = Selection {
        stages: options.only.into_iter().collect(),
        packages: options.packages.into_iter().collect(),
        journeys: options.journeys.into_iter().collect(),
        is_quick: options.is_quick,
    };
    if let Some(stage) = &options.stage {
        (stages::find(stage)?.run)(paths, &selection)?;
        return Ok(ExitCode::SUCCESS);
    }
    for stage in &selection.stages {
        stages::find(stage)?;
    }
    let last = Times::of_last(paths);
    if options.is_changed {
        let since = options.since.or_else(|| last.as_ref()?.commit.clone());
        let since = since.context(
            "no check was green on this machine yet; say `--since` which commit to compare with",
        )?;
        let files = selection::changed_files(paths, &since)?;
        let Some(found) = selection::of_changed(&files) else {
            say(&format!("Nothing changed since {since}."));
            println!("{}", Counts::default());
            return Ok(ExitCode::SUCCESS);
        };
        say(&format!("{} files changed since {since}.", files.len()));
        selection = found;
    }
    selection = selection.with_needs();
    let (chosen, others): (Vec<_>, Vec<_>) =
        STAGES.iter().partition(|stage| selection.has(stage.name));
    let is_whole = selection.is_whole() && !selection.is_quick;

    seed::lay(paths)?;
    let start = Instant::now();
    let outcomes = schedule::run(
        &chosen,
        &selection,
        Cores::of(paths)?,
        &paths.target.join("check"),
    )?;
    let times = Times {
        commit: clean_commit(paths),
        stages: outcomes
            .iter()
            .map(|outcome| (outcome.name.to_owned(), outcome.time.as_secs_f64()))
            .collect(),
        whole: start.elapsed().as_secs_f64(),
    };
    say_what_was_left_out(&selection, &others);
    let is_green = outcomes.iter().all(|outcome| outcome.is_ok);
    let report = format!("{}\n\n{}", times.table(last.as_ref()), slowest(&outcomes));
    println!("\n{report}");
    if is_whole && is_green {
        times.keep(paths)?;
        seed::keep(paths)?;
        if options.is_recorded {
            record(paths, &report)?;
        }
    }
    Ok(finish(&outcomes))
}

/// The commit that is checked out, if the files are as it has them.
fn clean_commit(paths: &Paths) -> Option<String> {
    let git = |arguments: &[&str]| {
        run::stdout(Command::new("git").args(arguments).current_dir(&paths.root)).ok()
    };
    let is_clean = git(&["status", "--porcelain"])?.is_empty();
    git(&["rev-parse", "HEAD"]).filter(|_| is_clean)
}

fn say_what_was_left_out(selection: &Selection, others: &[&Stage]) {
    if !others.is_empty() {
        let names: Vec<_> = others.iter().map(|stage| stage.name).collect();
        say(&format!("\nLeft out: {}.", names.join(", ")));
    }
    let parts = [
        ("unit tests but those of", &selection.packages),
        ("journeys but those of", &selection.journeys),
    ];
    for (what, kept) in parts.into_iter().filter(|(_, kept)| !kept.is_empty()) {
        let names: Vec<_> = kept.iter().map(String::as_str).collect();
        say(&format!("Left out: {what} {}.", names.join(", ")));
    }
}

fn slowest(outcomes: &[Outcome]) -> String {
    let mut tests: Vec<_> = outcomes.iter().flat_map(|outcome| &outcome.tests).collect();
    tests.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let rows = tests.iter().take(SLOWEST);
    let rows: String = rows
        .map(|(name, seconds)| format!("\n{seconds:>7.1} s  {name}"))
        .collect();
    format!("The slowest tests:{rows}")
}

fn record(paths: &Paths, report: &str) -> Result<()> {
    let text = format!(
        "# What the check takes\n\n\
         Written by `cargo xtask test --record`, with {} cores.\n\n```\n{report}\n```\n",
        std::thread::available_parallelism().map_or(1, usize::from)
    );
    fs::write(paths.root.join("docs/test-times.md"), text).context("docs/ cannot be written to")
}

/// The last line is for machines: a stage that failed without a failed test counts as one failed test there.
fn finish(outcomes: &[Outcome]) -> ExitCode {
    let mut counts = outcomes
        .iter()
        .fold(Counts::default(), |sum, outcome| sum.plus(outcome.counts));
    let failed: Vec<_> = outcomes.iter().filter(|outcome| !outcome.is_ok).collect();
    if !failed.is_empty() {
        let names: Vec<_> = failed.iter().map(|outcome| outcome.name).collect();
        say(&format!("\nFailed: {}", names.join(", ")));
    }
    counts.failed += failed
        .iter()
        .filter(|outcome| outcome.counts.failed == 0)
        .count();
    println!("{counts}");
    if counts.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
