//! The OpenAPI document, derived natively from the types that the Worker serves.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::run;
use crate::step::step;

/// Where the document is checked in; builds of the app serve this file.
const DOCUMENT: &str = "docs/openapi.json";

/// Writes the document anew.
pub fn run(paths: &Paths) -> Result<()> {
    step(format!("Writing {DOCUMENT}"), || {
        let document = run::stdout(
            Command::new("cargo")
                .args([
                    "run",
                    "--quiet",
                    "--package",
                    "okrs-worker",
                    "--features",
                    "openapi",
                    "--bin",
                    "openapi",
                ])
                .current_dir(&paths.root),
        )?;
        fs::write(paths.root.join(DOCUMENT), document + "\n")
            .with_context(|| format!("{DOCUMENT} cannot be written"))
    })
}
