//! Takes what Cargo has compiled from one target directory to another.

use std::collections::HashSet;
use std::fs::{self, File, FileTimes};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::{Context, Result};

/// The directories of `target/` that have units in them: native ones, macros for wasm, and wasm.
const PROFILES: [&str; 5] = [
    "debug",
    "wasm/release",
    "wasm/wasm-dev",
    "wasm/wasm32-unknown-unknown/release",
    "wasm/wasm32-unknown-unknown/wasm-dev",
];

/// Takes all units but those of `members`, given by their directories. What is there already stays.
pub fn transplant(from: &Path, to: &Path, members: &[String]) -> Result<()> {
    for profile in PROFILES
        .into_iter()
        .filter(|profile| from.join(profile).is_dir())
    {
        let (from, to) = (from.join(profile), to.join(profile));
        let mut units = HashSet::new();
        for name in names(&from.join(".fingerprint"))? {
            let Some((package, hash)) = name.rsplit_once('-') else {
                continue;
            };
            if !is_of(package, members) {
                units.insert(hash.to_owned());
            }
        }
        for part in [".fingerprint", "build", "deps"] {
            if !from.join(part).is_dir() {
                continue;
            }
            fs::create_dir_all(to.join(part)).context("target/ cannot be written to")?;
            for name in names(&from.join(part))? {
                if hash_of(&name).is_some_and(|hash| units.contains(hash)) {
                    take(&from.join(part).join(&name), &to.join(part).join(&name))
                        .with_context(|| format!("{name} cannot be taken"))?;
                }
            }
        }
    }
    Ok(())
}

/// Packages of this workspace are called like their directories, most of them with a word before it.
fn is_of(package: &str, members: &[String]) -> bool {
    let name = package.strip_prefix("okrs-").unwrap_or(package);
    members.iter().any(|member| member == name)
}

/// The hash in a name such as `libserde-1f….rlib`, `serde-1f…` or `serde-1f….d`.
fn hash_of(name: &str) -> Option<&str> {
    let stem = name.split('.').next()?;
    stem.rsplit_once('-').map(|(_, hash)| hash)
}

fn names(dir: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(dir).with_context(|| format!("{} is missing", dir.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}

fn take(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for name in names(from)? {
            take(&from.join(&name), &to.join(&name))?;
        }
        return Ok(());
    }
    if to.exists() {
        return Ok(());
    }
    // What compilers and linkers make is written beside its place and renamed, so one file may serve many
    // checkouts. What Cargo and build scripts write, they write in place.
    if is_made_by_compilers(from)? && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    // Cargo compares times.
    let metadata = fs::metadata(from)?;
    let times = FileTimes::new()
        .set_modified(metadata.modified()?)
        .set_accessed(metadata.accessed()?);
    File::options().write(true).open(to)?.set_times(times)?;
    Ok(())
}

fn is_made_by_compilers(file: &Path) -> Result<bool> {
    let ending = file.extension().unwrap_or_default();
    let is_executable = fs::metadata(file)?.permissions().mode() & 0o111 != 0;
    Ok(is_executable || ending == "rlib" || ending == "rmeta")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_others_are_taken_with_their_times_and_our_own_are_not() {
        let root = std::env::temp_dir().join(format!("okrs-edge-seed-{}", std::process::id()));
        let (from, to) = (root.join("from"), root.join("to"));
        for file in [
            ".fingerprint/serde-0f/lib-serde",
            "deps/libserde-0f.rlib",
            "deps/serde-0f.d",
            "build/serde-0f/output",
            ".fingerprint/okrs-shared-1f/lib-okrs_shared",
            "deps/libokrs_shared-1f.rlib",
        ] {
            let file = from.join("debug").join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "made").unwrap();
        }

        transplant(&from, &to, &["shared".to_owned()]).unwrap();

        let modified = |dir: &Path, file: &str| {
            fs::metadata(dir.join("debug").join(file))
                .unwrap()
                .modified()
                .unwrap()
        };
        for file in [
            ".fingerprint/serde-0f/lib-serde",
            "deps/libserde-0f.rlib",
            "build/serde-0f/output",
        ] {
            assert_eq!(modified(&from, file), modified(&to, file), "{file}");
        }
        assert!(to.join("debug/deps/serde-0f.d").is_file());
        assert!(!to.join("debug/deps/libokrs_shared-1f.rlib").exists());
        // Writing in place does not reach what others have.
        fs::write(to.join("debug/build/serde-0f/output"), "other").unwrap();
        assert_eq!(
            fs::read_to_string(from.join("debug/build/serde-0f/output")).unwrap(),
            "made"
        );
        fs::remove_dir_all(&root).unwrap();
    }
}
