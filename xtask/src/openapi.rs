//! The OpenAPI documents, derived natively from the types that the Worker serves.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::run;
use crate::step::step;

/// The documents by name, and where they are checked in; builds of the app serve these files.
const DOCUMENTS: [(&str, &str); 2] = [
    ("v1", "docs/openapi.json"),
    ("app", "docs/app-openapi.json"),
];

/// Writes the documents anew.
pub fn run(paths: &Paths) -> Result<()> {
    for (name, file) in DOCUMENTS {
        step(format!("Writing {file}"), || write(paths, name, file))?;
    }
    Ok(())
}

fn write(paths: &Paths, name: &str, file: &str) -> Result<()> {
    let document = run::stdout(
        Command::new("cargo")
            .args(["run", "--quiet", "--package", "okrs-worker"])
            .args(["--features", "openapi", "--bin", "openapi", "--", name])
            .current_dir(&paths.root),
    )?;
    fs::write(paths.root.join(file), document + "\n")
        .with_context(|| format!("{file} cannot be written"))
}
