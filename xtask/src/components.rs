//! The app's components by themselves, in a headless Chromium: `app/src/component_tests.rs`.

use std::process::Command;

use anyhow::{Context, Result};

use crate::tools::Tools;
use crate::{apt, browser, build, run};

const DRIVER: &str = "chromedriver";

/// `cargo test` of the app in WebAssembly. Installs the browser and what drives it if there is none.
pub fn tests(tools: &Tools) -> Result<Command> {
    browser::chromium()?;
    if !run::is_installed(DRIVER) {
        apt::install(&["chromium-driver"])?;
    }
    let driver = run::find(DRIVER).context("chromedriver was installed but is not on PATH")?;
    let mut cargo = tools.command("cargo")?;
    cargo
        .args(["test", "--package", "okrs-app", "--no-fail-fast"])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--profile", build::QUICK_PROFILE])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("CHROMEDRIVER", driver);
    Ok(cargo)
}
