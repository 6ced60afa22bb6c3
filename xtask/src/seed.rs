//! Compiled dependencies that outlive a checkout: a fresh clone links them instead of compiling them.
//!
//! A *seed* is what a green check of a fresh clone left in `target/`, without what was made of this
//! workspace's own files. It is kept per user beside the tools, by what it was made from: lock file,
//! manifests and compilers. It is only ever read; Cargo compares the fingerprints that come along, so one
//! that does not fit is not used, and never wrong.

mod transplant;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};

use self::transplant::transplant;
use crate::paths::Paths;
use crate::run;
use crate::step::{say, step};

/// All seeds together; older ones go first.
const MOST_BYTES: u64 = 8 << 30;
/// In `target/`: the check began there with nothing, so that all in it is of use.
const STARTED_EMPTY: &str = "started-empty";

/// Links what is compiled already into a checkout that has compiled nothing yet.
pub fn lay(paths: &Paths) -> Result<()> {
    if !is_empty(&paths.target) {
        return Ok(());
    }
    if let Some(seed) = best(paths)? {
        let linked = step("Linking compiled dependencies", || {
            transplant(&seed.join("target"), &paths.target, &[])?;
            // The latest use is what the sweep goes by.
            fs::write(seed.join("used"), "").context("the seed cannot be marked")
        });
        if let Err(error) = linked {
            say(&format!("  they will be compiled: {error:#}"));
        }
    }
    fs::write(paths.target.join(STARTED_EMPTY), "").context("target/ cannot be written to")
}

/// Keeps what a green check compiled, unless there is one like it.
pub fn keep(paths: &Paths) -> Result<()> {
    let seed = seeds(paths).join(key(paths)?);
    if seed.is_dir() || !paths.target.join(STARTED_EMPTY).is_file() {
        return Ok(());
    }
    step("Keeping compiled dependencies for the next clone", || {
        let unfinished = seed.with_extension(std::process::id().to_string());
        transplant(&paths.target, &unfinished.join("target"), &members(paths)?)?;
        fs::write(unfinished.join("used"), "").context("the seed cannot be marked")?;
        // Another check may have been quicker; what it left is as good.
        if fs::rename(&unfinished, &seed).is_err() {
            fs::remove_dir_all(&unfinished).context("a superfluous seed cannot be removed")?;
        }
        sweep(&seeds(paths))
    })
}

/// Whether nothing but this program has been compiled there.
fn is_empty(target: &Path) -> bool {
    let is_there = |dir: &str| target.join(dir).is_dir();
    let units = fs::read_dir(target.join("debug/.fingerprint")).map_or(0, Iterator::count);
    !is_there("wasm") && units < 100 && !target.join(STARTED_EMPTY).is_file()
}

fn seeds(paths: &Paths) -> PathBuf {
    paths.cache.join("seeds")
}

/// That which fits, or else the one used last: most dependencies are in it.
fn best(paths: &Paths) -> Result<Option<PathBuf>> {
    let fitting = seeds(paths).join(key(paths)?);
    if fitting.is_dir() {
        return Ok(Some(fitting));
    }
    Ok(by_last_use(&seeds(paths)).pop())
}

/// The kept ones, the one used last at the end.
fn by_last_use(seeds: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(seeds) else {
        return Vec::new();
    };
    let used = |seed: &Path| fs::metadata(seed.join("used")).and_then(|file| file.modified());
    let mut all: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter_map(|seed| Some((used(&seed).ok()?, seed)))
        .collect();
    all.sort();
    all.into_iter().map(|(_, seed)| seed).collect()
}

/// Removes the oldest until the rest is small enough, and one that is too large by itself.
fn sweep(seeds: &Path) -> Result<()> {
    let mut left = MOST_BYTES;
    for seed in by_last_use(seeds).into_iter().rev() {
        let bytes = bytes_below(&seed)?;
        if bytes <= left {
            left -= bytes;
        } else {
            fs::remove_dir_all(&seed)
                .with_context(|| format!("{} cannot be removed", seed.display()))?;
        }
    }
    Ok(())
}

fn bytes_below(dir: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(dir).with_context(|| format!("{} is missing", dir.display()))? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            bytes_below(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}

/// Names a seed by all that decides what is compiled.
fn key(paths: &Paths) -> Result<String> {
    let mut hasher = Sha256::new();
    let mut files = vec![
        "Cargo.lock".into(),
        "Cargo.toml".into(),
        ".cargo/config.toml".into(),
    ];
    files.extend(
        members(paths)?
            .into_iter()
            .map(|dir| format!("{dir}/Cargo.toml")),
    );
    for file in files {
        let text =
            fs::read(paths.root.join(&file)).with_context(|| format!("{file} is missing"))?;
        hasher.update(text);
    }
    // The second is Debian's, which makes wasm where rustup cannot download.
    for rustc in ["rustc", "/usr/bin/rustc"] {
        let version = run::stdout(Command::new(rustc).arg("-vV")).unwrap_or_default();
        hasher.update(version);
    }
    hasher.update(env::var("RUSTFLAGS").unwrap_or_default());
    let digest = hasher.finalize();
    Ok(digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// The directories of this workspace's own packages.
fn members(paths: &Paths) -> Result<Vec<String>> {
    let mut members = Vec::new();
    for entry in fs::read_dir(&paths.root).context("the checkout can't be read")? {
        let dir = entry?.path();
        if dir.join("Cargo.toml").is_file()
            && let Some(name) = dir.file_name()
        {
            members.push(name.to_string_lossy().into_owned());
        }
    }
    members.sort();
    Ok(members)
}
