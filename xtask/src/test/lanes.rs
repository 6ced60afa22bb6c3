//! Runs stages side by side, each as a process of its own, so that what it prints can be shown whole and in
//! the table's order.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write as _, pipe};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::counts::{Counts, timed};
use super::selection::Selection;
use super::stages::{Lane, Stage};
use crate::step::{Seconds, say};

/// What became of a stage.
pub struct Outcome {
    /// Which one.
    pub name: &'static str,
    /// Whether it did what it is for.
    pub is_ok: bool,
    /// How long it took.
    pub time: Duration,
    /// What its tests said.
    pub counts: Counts,
    /// Its tests with their seconds.
    pub tests: Vec<(String, f64)>,
    /// All that it printed.
    output: String,
}

/// Runs these stages and gives their outcomes in the same order. What failed is shown once more at the end.
pub fn run(stages: &[&'static Stage], selection: &Selection, logs: &Path) -> Result<Vec<Outcome>> {
    fs::create_dir_all(logs).context("target/ cannot be written to")?;
    let lanes = Lanes {
        program: env::current_exe().context("this program has no path")?,
        logs,
        stages,
        selection,
        ended: Mutex::default(),
        changed: Condvar::new(),
    };
    thread::scope(|scope| {
        let lanes = &lanes;
        for lane in [Lane::Computes, Lane::Sleeps] {
            scope.spawn(move || lanes.go_along(lane));
        }
    });
    let ended = lanes
        .ended
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    let outcomes: Vec<Outcome> = ended.outcomes.into_values().collect();
    for outcome in outcomes.iter().filter(|outcome| !outcome.is_ok) {
        say(&format!("\n✗ {} failed:\n{}", outcome.name, outcome.output));
    }
    Ok(outcomes)
}

struct Lanes<'a> {
    /// This one.
    program: PathBuf,
    /// Where one can read what a stage prints while it runs.
    logs: &'a Path,
    stages: &'a [&'static Stage],
    selection: &'a Selection,
    ended: Mutex<Ended>,
    changed: Condvar,
}

#[derive(Default)]
struct Ended {
    /// By the stage's place in the table.
    outcomes: BTreeMap<usize, Outcome>,
    /// How many have been shown.
    shown: usize,
}

impl Lanes<'_> {
    /// The stages of one lane, one after the other.
    fn go_along(&self, lane: Lane) {
        for (nth, stage) in self.stages.iter().enumerate() {
            if stage.lane == lane {
                let outcome = if self.may_begin(stage) {
                    self.perform(stage)
                } else {
                    left_out(stage)
                };
                self.end(nth, outcome);
            }
        }
    }

    /// Waits for what the stage needs; false if that failed.
    fn may_begin(&self, stage: &Stage) -> bool {
        let needs: Vec<usize> = (0..self.stages.len())
            .filter(|&nth| stage.needs.contains(&self.stages[nth].name))
            .collect();
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let needed = |nth| ended.outcomes.get(nth);
            if needs.iter().all(|nth| needed(nth).is_some()) {
                return needs.iter().filter_map(needed).all(|outcome| outcome.is_ok);
            }
            ended = self
                .changed
                .wait(ended)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn perform(&self, stage: &'static Stage) -> Outcome {
        say(&format!("→ {}", stage.name));
        let start = Instant::now();
        let mut outcome = left_out(stage);
        outcome.output.clear();
        match self.process(stage, &mut outcome) {
            Ok(is_ok) => outcome.is_ok = is_ok,
            Err(error) => outcome.output += &format!("{error:#}\n"),
        }
        outcome.time = start.elapsed();
        outcome
    }

    /// This program once more, for one stage.
    fn process(&self, stage: &Stage, outcome: &mut Outcome) -> Result<bool> {
        let (reader, writer) = pipe().context("there are no more pipes")?;
        let mut command = Command::new(&self.program);
        command
            .args(["test", "--stage", stage.name])
            .args(self.selection.arguments())
            .stdin(Stdio::null())
            .stdout(writer.try_clone().context("there are no more pipes")?)
            .stderr(writer);
        let mut child = command.spawn().context("a stage cannot be started")?;
        // Its ends of the pipe would keep the reader waiting.
        drop(command);
        let mut log = File::create(self.logs.join(stage.name).with_extension("log"))
            .context("a stage's output can't be kept")?;
        for line in BufReader::new(reader).split(b'\n') {
            let line = line.context("a stage's output can't be read")?;
            let line = String::from_utf8_lossy(&line);
            outcome.counts.add_line(&line);
            if let Some((name, seconds)) = timed(&line) {
                outcome
                    .tests
                    .push((format!("{}: {name}", stage.name), seconds));
            }
            writeln!(log, "{line}").context("a stage's output can't be kept")?;
            outcome.output += &line;
            outcome.output.push('\n');
        }
        Ok(child.wait().context("a stage disappeared")?.success())
    }

    /// Shows what it printed as soon as all before it have been shown.
    fn end(&self, nth: usize, outcome: Outcome) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = if outcome.is_ok { "✓" } else { "✗" };
        say(&format!(
            "{mark} {}  {}",
            outcome.name,
            Seconds(outcome.time)
        ));
        ended.outcomes.insert(nth, outcome);
        while let Some(outcome) = ended.outcomes.get(&ended.shown) {
            if !outcome.output.is_empty() {
                println!("\n── {} ──\n{}", outcome.name, outcome.output);
            }
            ended.shown += 1;
        }
        self.changed.notify_all();
    }
}

fn left_out(stage: &Stage) -> Outcome {
    Outcome {
        name: stage.name,
        is_ok: false,
        time: Duration::ZERO,
        counts: Counts::default(),
        tests: Vec::new(),
        output: format!("It needs {}, which failed.\n", stage.needs.join(" and ")),
    }
}
