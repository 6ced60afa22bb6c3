//! This machine's cores, shared out among the stages of every check that runs on it: two checks at once take turns
//! instead of making each other's servers too slow for their limits.

use std::fs::{self, File};
use std::path::PathBuf;
use std::thread;

use anyhow::{Context, Result};

use crate::paths::Paths;

/// A file for each core. Whoever has locked it has the core, until the file is closed, however that comes about.
pub struct Cores(Vec<PathBuf>);

/// Cores that are taken until this goes.
pub struct Taken {
    _locked: Vec<File>,
}

impl Cores {
    /// Those of the user whose cache this is.
    pub fn of(paths: &Paths) -> Result<Self> {
        let dir = paths.cache.join("cores");
        fs::create_dir_all(&dir).context("the cache cannot be written to")?;
        let count = thread::available_parallelism().map_or(1, usize::from);
        let files = (0..count).map(|nth| dir.join(nth.to_string()));
        Ok(Self(files.collect()))
    }

    /// So many of them, or all if there are not so many; nothing while others have too many.
    pub fn take(&self, count: usize) -> Option<Taken> {
        let count = count.min(self.0.len());
        let free = self.0.iter().filter_map(|file| {
            let file = File::create(file).ok()?;
            file.try_lock().is_ok().then_some(file)
        });
        let locked: Vec<File> = free.take(count).collect();
        (locked.len() == count).then_some(Taken { _locked: locked })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_core_is_taken_once_until_it_is_given_back() {
        let dir = std::env::temp_dir().join(format!("okrs-edge-cores-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let cores = || Cores(vec![dir.join("0"), dir.join("1")]);
        let one = cores().take(1);
        assert!(one.is_some() && cores().take(2).is_none());
        let other = cores().take(1);
        assert!(other.is_some() && cores().take(1).is_none() && cores().take(0).is_some());
        drop((one, other));
        assert!(cores().take(3).is_some());
        fs::remove_dir_all(dir).unwrap();
    }
}
