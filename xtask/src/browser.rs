//! The journeys of `tests/browser`: Playwright, a Chromium of this machine, and the app as the Worker
//! serves it, with a database of its own. And a week in other browsers.

use std::env;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, Result};

use crate::dev::{self, SETUP_TOKEN, Server};
use crate::paths::Paths;
use crate::step::step;
use crate::{apt, build, demo, run};

/// What Chromium's program is called by those who package it.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Its program without a window, and the Debian package that has it.
const HEADLESS: &str = "chromium-headless-shell";

/// Other browsers than Chromium, with what drives them and a display for the one that needs it: each program
/// and the Debian package that has it.
const OTHERS: [(&str, &str); 3] = [
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
];

/// Runs the journeys, or those whose names or files match the filters, on what is built: first with the
/// data here, then in front of the hosted service.
pub fn run(paths: &Paths, filters: &[String]) -> Result<()> {
    build::all(paths, true)?;
    let demo = demo::program(paths)?;
    for prepare in [Stage::prepare, Stage::prepare_hosted] {
        let stage = prepare(paths, &demo)?;
        let mut playwright = stage.playwright(paths, false)?;
        if !filters.is_empty() {
            // The other pass may have what matches.
            playwright.arg("--pass-with-no-tests").args(filters);
        }
        run::shown(&mut playwright)?;
    }
    Ok(())
}

/// Runs a week in the other browsers, which are installed if they are missing.
pub fn run_others(paths: &Paths) -> Result<()> {
    let missing = OTHERS
        .into_iter()
        .filter(|(program, _)| !run::is_installed(program));
    let packages: Vec<_> = missing.map(|(_, package)| package).collect();
    if !packages.is_empty() {
        apt::install(&packages)?;
    }
    let mut stage = Stage::prepare_empty(paths)?;
    // Safari and its like keep no secure cookie of plain HTTP, wherever it is from.
    stage.server.url = stage.server.url.replace("http:", "https:");
    run::shown(
        stage
            .playwright(paths, false)?
            .env("BROWSER_TESTS_OTHERS", "1"),
    )
}

/// Databases with something in them, and the browser. The databases go when this does.
pub struct Stage {
    server: Server,
    /// The deployment that plays the hosted service, if the data is there.
    service: Option<Server>,
    chromium: PathBuf,
    /// What is to be removed.
    dir: PathBuf,
}

/// For each journey that wants its own.
const PAIRS: usize = 64;
/// What the hosted service allows each workspace in a minute: the contract's figure and room for the
/// haste of tests.
const PER_MINUTE: usize = 120;

impl Stage {
    /// One server, with the demo workspace that the program `demo` makes. Installs a browser if there is none.
    pub fn prepare(paths: &Paths, demo: &Path) -> Result<Self> {
        let stage = Self::prepare_empty(paths)?;
        demo::seed(paths, demo, &stage.server)?;
        Ok(stage)
    }

    /// One server, with nothing in it.
    fn prepare_empty(paths: &Paths) -> Result<Self> {
        let stage = Self::new("plain", false)?;
        dev::migrate(paths, &stage.server.state)?;
        Ok(stage)
    }

    /// A server whose data is with another server, which plays the hosted service.
    pub fn prepare_hosted(paths: &Paths, demo: &Path) -> Result<Self> {
        let stage = Self::new("hosted", true)?;
        fs::create_dir_all(&stage.dir).context("the databases have no place")?;
        let mut make = Command::new(demo);
        make.arg("pairs")
            .args([PAIRS.to_string(), PER_MINUTE.to_string()])
            .arg(&stage.dir);
        step("Making workspaces of the hosted service", || {
            run::quiet(&mut make)
        })?;
        let service = stage.service.iter().map(|server| (server, "service.sql"));
        for (server, sql) in service.chain([(&stage.server, "deployment.sql")]) {
            dev::migrate(paths, &server.state)?;
            demo::fill(paths, &server.state, &stage.dir.join(sql))?;
        }
        Ok(stage)
    }

    fn new(name: &str, is_hosted: bool) -> Result<Self> {
        let name = format!("okrs-edge-browser-{name}-{}", process::id());
        let dir = env::temp_dir().join(name);
        let server = |name: &str| -> Result<Server> {
            let (state, port) = (dir.join(name), free_port()?);
            Ok(Server {
                // Browsers and Playwright both take this name for safe enough for cookies.
                url: format!("http://localhost:{port}"),
                file: state.join("demo.json"),
                state,
                port,
            })
        };
        Ok(Self {
            server: server("state")?,
            service: is_hosted.then(|| server("service")).transpose()?,
            chromium: headless()?,
            dir,
        })
    }

    /// `playwright test`, which starts the servers and ends them. What only an optimised build can show is
    /// looked at only if it is one.
    pub fn playwright(&self, paths: &Paths, is_optimised: bool) -> Result<Command> {
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
        if is_optimised {
            playwright.env("OKRS_EDGE_OPTIMISED", "1");
        }
        if let Some(service) = &self.service {
            playwright
                .env("BROWSER_TESTS_SERVICE_URL", &service.url)
                .env("BROWSER_TESTS_SERVICE_STATE", &service.state)
                .env("BROWSER_TESTS_PAIRS", self.dir.join("pairs.json"))
                .env("BROWSER_TESTS_PER_MINUTE", PER_MINUTE.to_string());
        }
        Ok(playwright)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What is left lies in the system's directory for such things.
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// The browser without a window, which is Chromium without the interface that nobody looks at: journeys take a
/// quarter less with it. Where it can't be had, the one with a window does.
fn headless() -> Result<PathBuf> {
    let find = || run::find(HEADLESS);
    if let Some(program) = find() {
        return Ok(program);
    }
    // Not all that have apt-get have the package.
    apt::install(&[HEADLESS])
        .ok()
        .and_then(|()| find())
        .map_or_else(chromium, Ok)
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_journeys_that_are_left_out_in_front_of_the_hosted_service_are_there() {
        let browser = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/browser");
        let files = fs::read_dir(browser.join("journeys")).unwrap();
        let journeys: String = files
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        let list = fs::read_to_string(browser.join("hosted.ts")).unwrap();
        let titles: Vec<&str> = list
            .lines()
            .filter_map(|line| Some(line.strip_prefix("  \"")?.split_once("\":")?.0))
            .collect();
        assert!(!titles.is_empty());
        for title in titles {
            assert!(journeys.contains(&format!("test(\"{title}\"")), "{title}");
        }
        let texts = list.split('"').skip(1).step_by(2);
        let code: Vec<&str> = texts.filter(|text| text.ends_with(".rs")).collect();
        assert!(!code.is_empty());
        for file in code {
            assert!(browser.join("../..").join(file).is_file(), "{file}");
        }
    }
}
