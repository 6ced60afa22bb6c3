//! Names this code, because whoever has an answer of other code may get another one for the same data, and the
//! migrations, which the database must have.

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
    let migrations = names("migrations")?;
    println!("cargo::rustc-env=OKRS_MIGRATIONS={}", migrations.join(" "));
    Ok(())
}

/// The names of the files in a directory, in their order.
fn names(directory: &str) -> io::Result<Vec<String>> {
    println!("cargo::rerun-if-changed={directory}");
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
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
