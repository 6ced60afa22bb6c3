//! The journeys of `tests/browser`: Playwright, a Chromium of this machine, and the app as the Worker
//! serves it, with a database of its own.

use std::env;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{self, Command};

use anyhow::{Context, Result};

use crate::dev::{self, SETUP_TOKEN, Server};
use crate::paths::Paths;
use crate::{apt, build, demo, run};

/// What Chromium's program is called by those who package it.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Runs the journeys, or those whose names or files match the filters, on what is built.
pub fn run(paths: &Paths, filters: &[String]) -> Result<()> {
    build::all(paths, true)?;
    let stage = Stage::prepare(paths)?;
    run::shown(stage.playwright(paths)?.args(filters))
}

/// A database with the demo workspace in it, and the browser. The database goes when this does.
pub struct Stage {
    server: Server,
    chromium: PathBuf,
}

impl Stage {
    /// Installs a browser if there is none.
    pub fn prepare(paths: &Paths) -> Result<Self> {
        let chromium = chromium()?;
        let name = format!("okrs-edge-browser-{}", process::id());
        let state = env::temp_dir().join(name);
        let port = free_port()?;
        let stage = Self {
            server: Server {
                // Browsers and Playwright both take this name for safe enough for cookies.
                url: format!("http://localhost:{port}"),
                file: state.join("demo.json"),
                state,
            },
            chromium,
        };
        dev::migrate(paths, &stage.server.state)?;
        demo::seed(paths, &stage.server)?;
        Ok(stage)
    }

    /// `playwright test`, which starts the server and ends it.
    pub fn playwright(&self, paths: &Paths) -> Result<Command> {
        let npm_bin = paths.npm_bin();
        let mut playwright = Command::new(npm_bin.join("playwright"));
        playwright
            .args(["test", "--config", "tests/browser/playwright.config.ts"])
            .current_dir(&paths.root)
            .env("PATH", run::path_with([npm_bin])?)
            .env("BROWSER_TESTS_URL", &self.server.url)
            .env("BROWSER_TESTS_STATE", &self.server.state)
            .env("SETUP_TOKEN", SETUP_TOKEN)
            .env("CHROMIUM", &self.chromium)
            .env("WRANGLER_SEND_METRICS", "false")
            .env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
        Ok(playwright)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What is left lies in the system's directory for such things.
        let _ = fs::remove_dir_all(&self.server.state);
    }
}

/// The browser, which is installed if there is none.
pub fn chromium() -> Result<PathBuf> {
    let find = || NAMES.into_iter().find_map(run::find);
    if let Some(program) = find() {
        return Ok(program);
    }
    apt::install(&["chromium"])?;
    find().context("Chromium was installed but is not on PATH")
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}
