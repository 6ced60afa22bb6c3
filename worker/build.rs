//! Names this code: whoever has an answer of other code may get another one for the same data.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for directory in ["src", "../shared/src"] {
        println!("cargo::rerun-if-changed={directory}");
        hash(Path::new(directory), &mut hasher)?;
    }
    println!("cargo::rustc-env=OKRS_BUILD={:016x}", hasher.finish());
    Ok(())
}

/// Hashes what is in a file, or in all files of a directory, by their names.
fn hash(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_file() {
        fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        entries.push(entry?.path());
    }
    entries.sort();
    entries.iter().try_for_each(|entry| hash(entry, hasher))
}
