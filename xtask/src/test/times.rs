//! How long the parts of the check took, beside how long they took when all of it was last green on this
//! machine.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::paths::Paths;
use crate::step::Seconds;

/// What a green check leaves for the next.
#[derive(Default)]
pub struct Times {
    /// The commit that was checked, if nothing was changed in it.
    pub commit: Option<String>,
    /// The stages by name, with their seconds.
    pub stages: Vec<(String, f64)>,
    /// The whole check, in seconds.
    pub whole: f64,
}

/// A stage has grown if it takes more than this many times as long.
const GROWN: f64 = 1.1;
/// Less is noise, in seconds.
const NOTICEABLE: f64 = 3.0;

impl Times {
    /// The times of the last green check on this machine.
    pub fn of_last(paths: &Paths) -> Option<Self> {
        let kept: Value = serde_json::from_str(&fs::read_to_string(file(paths)).ok()?).ok()?;
        let stages = kept["stages"].as_array()?.iter();
        let stages = stages.filter_map(|stage| {
            Some((
                stage["name"].as_str()?.to_owned(),
                stage["seconds"].as_f64()?,
            ))
        });
        Some(Self {
            commit: kept["commit"].as_str().map(str::to_owned),
            stages: stages.collect(),
            whole: kept["seconds"].as_f64()?,
        })
    }

    /// Keeps them for the next check.
    pub fn keep(&self, paths: &Paths) -> Result<()> {
        let stages = self.stages.iter();
        let stages: Vec<_> = stages
            .map(|(name, seconds)| json!({ "name": name, "seconds": seconds }))
            .collect();
        let kept = json!({ "commit": self.commit, "stages": stages, "seconds": self.whole });
        let file = file(paths);
        // Whoever reads it meanwhile reads the one before.
        let unfinished = file.with_extension(format!("{}.new", std::process::id()));
        fs::create_dir_all(&paths.cache)
            .and_then(|()| fs::write(&unfinished, format!("{kept:#}\n")))
            .and_then(|()| fs::rename(&unfinished, &file))
            .with_context(|| format!("{} cannot be written", file.display()))
    }

    fn of(&self, name: &str) -> Option<f64> {
        let stage = self.stages.iter().find(|(stage, _)| stage == name);
        stage.map(|(_, seconds)| *seconds)
    }

    /// A row for each stage, and one for all of it.
    pub fn table(&self, last: Option<&Self>) -> String {
        let mut rows = vec![row("stage", "took", "before", "")];
        let all = self
            .stages
            .iter()
            .map(|(name, seconds)| (name.as_str(), *seconds, last.and_then(|last| last.of(name))));
        let whole = ("all", self.whole, last.map(|last| last.whole));
        for (name, now, before) in all.chain([whole]) {
            let has_grown =
                before.is_some_and(|before| now > before * GROWN && now - before > NOTICEABLE);
            let before = before.map_or_else(String::new, shown);
            rows.push(row(
                name,
                &shown(now),
                &before,
                if has_grown { "longer" } else { "" },
            ));
        }
        rows.join("\n")
    }
}

fn row(name: &str, now: &str, before: &str, word: &str) -> String {
    format!("{name:<16}{now:>14}{before:>14}  {word}")
        .trim_end()
        .to_owned()
}

fn shown(seconds: f64) -> String {
    Seconds(std::time::Duration::from_secs_f64(seconds.max(0.0))).to_string()
}

fn file(paths: &Paths) -> PathBuf {
    paths.cache.join("last-check.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_grew_by_more_than_a_tenth_is_named() {
        let times = |lints: f64, units: f64| Times {
            stages: vec![("lints".into(), lints), ("units".into(), units)],
            whole: lints + units,
            commit: None,
        };
        let table = times(50.0, 61.0).table(Some(&times(48.0, 50.0)));
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[1], "lints                   50.0 s        48.0 s");
        assert_eq!(
            lines[2],
            "units               1 min 01 s        50.0 s  longer"
        );
        assert!(lines[3].starts_with("all") && lines[3].ends_with("longer"));
    }

    #[test]
    fn without_a_check_before_there_is_nothing_to_compare_with() {
        let times = Times {
            stages: vec![("lints".into(), 2.0)],
            whole: 2.0,
            commit: None,
        };
        assert!(!times.table(None).contains("longer"));
    }
}
