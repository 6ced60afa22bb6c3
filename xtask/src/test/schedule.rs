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

use super::cores::{Cores, Taken};
use super::counts::{Counts, timed};
use super::selection::Selection;
use super::stages::Stage;
use crate::step::{Seconds, say};

/// How soon a core is missed that another check has given back.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

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
pub fn run(
    stages: &[&'static Stage],
    selection: &Selection,
    cores: Cores,
    logs: &Path,
) -> Result<Vec<Outcome>> {
    fs::create_dir_all(logs).context("target/ cannot be written to")?;
    let schedule = Schedule {
        program: env::current_exe().context("this program has no path")?,
        logs,
        stages,
        selection,
        cores,
        state: Mutex::new(State {
            waiting: (0..stages.len()).collect(),
            ended: BTreeMap::new(),
            shown: 0,
        }),
        changed: Condvar::new(),
    };
    thread::scope(|scope| {
        let schedule = &schedule;
        while let Some((nth, cores)) = schedule.next() {
            scope.spawn(move || {
                let stage = schedule.stages[nth];
                let outcome = if cores.is_some() {
                    schedule.perform(stage)
                } else {
                    left_out(stage)
                };
                drop(cores);
                schedule.end(nth, outcome);
            });
        }
    });
    let state = schedule
        .state
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    let outcomes: Vec<Outcome> = state.ended.into_values().collect();
    for outcome in outcomes.iter().filter(|outcome| !outcome.is_ok) {
        say(&format!("\n✗ {} failed:\n{}", outcome.name, outcome.output));
    }
    Ok(outcomes)
}

struct Schedule<'a> {
    /// This one.
    program: PathBuf,
    /// Where one can read what a stage prints while it runs.
    logs: &'a Path,
    stages: &'a [&'static Stage],
    selection: &'a Selection,
    cores: Cores,
    state: Mutex<State>,
    changed: Condvar,
}

/// Stages, by their places in the table.
struct State {
    waiting: Vec<usize>,
    ended: BTreeMap<usize, Outcome>,
    /// How many of those that ended have been shown.
    shown: usize,
}

impl Schedule<'_> {
    /// Waits for the first stage that can begin now, and gives it with its cores, or without any if what it needs
    /// failed; nothing, once all have begun.
    fn next(&self) -> Option<(usize, Option<Taken>)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.waiting.is_empty() {
            let waiting = state.waiting.iter().enumerate();
            let next = waiting.clone().find_map(|(at, &nth)| {
                let is_good = self.is_good_for(nth, &state)?;
                let cores = self.cores.take(self.stages[nth].cores);
                (cores.is_some() || !is_good).then_some((at, nth, cores.filter(|_| is_good)))
            });
            if let Some((at, nth, cores)) = next {
                state.waiting.remove(at);
                return Some((nth, cores));
            }
            // Nobody tells when another check gives cores back.
            (state, _) = self
                .changed
                .wait_timeout(state, LOOK_AGAIN)
                .unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Whether all that a stage needs was good; nothing while that is not known.
    fn is_good_for(&self, nth: usize, state: &State) -> Option<bool> {
        let needs = self.stages[nth].needs;
        let mut stages = self.stages.iter().enumerate();
        stages.try_fold(true, |is_good, (nth, stage)| {
            if needs.contains(&stage.name) {
                Some(is_good && state.ended.get(&nth)?.is_ok)
            } else {
                Some(is_good)
            }
        })
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
        let mut command = Command::new("nice");
        command
            // Tests wait for servers only so long; compilers beside them can wait.
            .args(["-n", if stage.is_patient { "10" } else { "0" }])
            .arg(&self.program)
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
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = if outcome.is_ok { "✓" } else { "✗" };
        say(&format!(
            "{mark} {}  {}",
            outcome.name,
            Seconds(outcome.time)
        ));
        state.ended.insert(nth, outcome);
        while let Some(outcome) = state.ended.get(&state.shown) {
            if !outcome.output.is_empty() {
                println!("\n── {} ──\n{}", outcome.name, outcome.output);
            }
            state.shown += 1;
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
