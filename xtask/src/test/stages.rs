//! The table of what the whole check consists of.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::native::{self, EVERYTHING, Program, cargo};
use super::selection::Selection;
use crate::browser::Stage as Setting;
use crate::paths::Paths;
use crate::tools::{self, Tools};
use crate::{apt, build, components, run, through_upstream};

/// A part of the check that passes or fails as one.
pub struct Stage {
    /// What `--only` calls it.
    pub name: &'static str,
    /// The stages that have to succeed before, by their names.
    pub needs: &'static [&'static str],
    /// How many cores it keeps busy. Stages run side by side as far as the machine's cores go.
    pub cores: usize,
    /// Whether it gives way to what runs beside it: compilers do.
    pub is_patient: bool,
    /// Does it, and shows what it does.
    pub run: fn(&Paths, &Selection) -> Result<()>,
}

/// All stages, in an order in which each comes after what it needs: of those that can begin, the first does.
/// Lints and native programs share a directory that Cargo locks, and all that is compiled for wasm another one.
pub const STAGES: [Stage; 18] = [
    compiles("format", &[], |paths, _| {
        run::shown(cargo(paths).args(["fmt", "--all", "--check"]))
    }),
    compiles("lints", &[], |paths, _| {
        run::shown(
            cargo(paths)
                .arg("clippy")
                .args(EVERYTHING)
                .arg("--all-targets")
                .args(DENY_WARNINGS),
        )
    }),
    compiles("tools", &[], |paths, _| {
        tools::ensure(paths)?;
        example_clients()
    }),
    compiles("wasm-lints", &["tools"], |paths, _| {
        run::shown(&mut wasm_clippy(&tools::ensure(paths)?)?)
    }),
    compiles("worker", &["tools"], |paths, selection| {
        build::worker(paths, &tools::ensure(paths)?, selection.is_quick)
    }),
    compiles("native", &[], |paths, _| native::programs(paths).map(drop)),
    compiles("units", &["native"], units),
    compiles("app", &["tools"], |paths, selection| {
        build::app(paths, &tools::ensure(paths)?, selection.is_quick)
    }),
    // Most of the time its servers are down, slow or behind, and nobody computes.
    asks("upstream", 0, |paths, _| suite(paths, "upstream")),
    asks("app-api", 1, |paths, _| suite(paths, "app")),
    asks("sign-in", 1, |paths, _| suite(paths, "sign_in")),
    asks("v1", 1, |paths, _| suite(paths, "v1")),
    asks("v1-hosted", 1, |paths, _| {
        let mut tests = black_box(paths, "v1")?;
        through_upstream::tests(&mut tests);
        run::shown(&mut tests)
    }),
    asks("mcp", 1, |paths, _| suite(paths, "mcp")),
    Stage {
        // wrangler runs in them, with servers of their own, and a release is made of what is built.
        is_patient: false,
        ..compiles("deployment", &["worker", "app"], |paths, _| {
            run::shown(&mut deployment(paths)?)
        })
    },
    Stage {
        // Its browser has a limit, too.
        is_patient: false,
        ..compiles("components", &["tools"], |paths, _| {
            run::shown(&mut components::tests(&tools::ensure(paths)?)?)
        })
    },
    browses("journeys", |paths, selection| {
        journeys(paths, selection, Setting::prepare)
    }),
    browses("journeys-hosted", |paths, selection| {
        journeys(paths, selection, Setting::prepare_hosted)
    }),
];

/// The stage of this name.
pub fn find(name: &str) -> Result<&'static Stage> {
    let found = STAGES.iter().find(|stage| stage.name == name);
    found.with_context(|| {
        let names: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
        format!("there is no stage `{name}`; there are {}", names.join(", "))
    })
}

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];
const WASM_CRATES: [&str; 4] = ["--package", "okrs-worker", "--package", "okrs-app"];

type Run = fn(&Paths, &Selection) -> Result<()>;

const fn compiles(name: &'static str, needs: &'static [&'static str], run: Run) -> Stage {
    Stage {
        name,
        needs,
        cores: 1,
        is_patient: true,
        run,
    }
}

/// Tests of servers that run the Worker.
const fn asks(name: &'static str, cores: usize, run: Run) -> Stage {
    Stage {
        name,
        needs: &["native", "worker"],
        cores,
        is_patient: false,
        run,
    }
}

/// Journeys in browsers, two at a time.
const fn browses(name: &'static str, run: Run) -> Stage {
    Stage {
        name,
        needs: &["native", "worker", "app"],
        cores: 2,
        is_patient: false,
        run,
    }
}

/// Unit tests, and those in documentation.
fn units(paths: &Paths, selection: &Selection) -> Result<()> {
    let mut failed = Vec::new();
    for program in native::programs(paths)? {
        if program.is_test && !program.is_black_box && selection.has_package(&program.package) {
            println!("\n{} ({})", program.name, program.package);
            if run::shown(&mut program.command()).is_err() {
                failed.push(program.name);
            }
        }
    }
    if selection.is_whole() {
        run::shown(&mut native::doc_tests(paths))?;
    }
    ensure!(
        failed.is_empty(),
        "unit tests failed: {}",
        failed.join(", ")
    );
    Ok(())
}

fn suite(paths: &Paths, name: &str) -> Result<()> {
    run::shown(&mut black_box(paths, name)?)
}

/// Tests whose servers run what was built before.
fn black_box(paths: &Paths, name: &str) -> Result<Command> {
    let mut tests = program(paths, |program| {
        program.is_black_box && program.name == name
    })?
    .command();
    tests
        .env("PATH", run::path_with([paths.npm_bin()])?)
        // They wait for servers more than they work.
        .env("RUST_TEST_THREADS", "4");
    Ok(tests)
}

/// Tests of the scripts that deploy, back up and restore: they need Node and wrangler alone, and so do these.
fn deployment(paths: &Paths) -> Result<Command> {
    let dir = paths.root.join("tests/deployment");
    let mut files = Vec::new();
    for entry in fs::read_dir(&dir)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    let mut node = Command::new(paths.npm_bin().join("node"));
    node.args(["--test", "--test-reporter", "spec"]);
    node.args(files)
        .current_dir(&paths.root)
        .env("PATH", run::path_with([paths.npm_bin()])?);
    Ok(node)
}

fn program(paths: &Paths, is_it: impl Fn(&Program) -> bool) -> Result<Program> {
    let found = native::programs(paths)?.into_iter().find(is_it);
    found.context("Cargo did not make the program")
}

fn journeys(
    paths: &Paths,
    selection: &Selection,
    prepare: impl FnOnce(&Paths, &std::path::Path) -> Result<Setting>,
) -> Result<()> {
    let demo = program(paths, |program| {
        !program.is_test && program.name == "okrs-demo"
    })?;
    let setting = prepare(paths, demo.file())?;
    let mut playwright = setting.playwright(paths, !selection.is_quick)?;
    if !selection.journeys.is_empty() {
        // The other pass may have what matches.
        playwright
            .arg("--pass-with-no-tests")
            .args(&selection.journeys);
    }
    run::shown(&mut playwright)
}

/// curl, and Python with its usual HTTP library: the example clients are run as their users run them.
fn example_clients() -> Result<()> {
    if !run::is_installed("curl") {
        apt::install(&["curl"])?;
    }
    let has_requests = || run::quiet(Command::new("python3").args(["-c", "import requests"]));
    if has_requests().is_err() {
        apt::install(&["python3-requests"])?;
        if let Err(error) = has_requests() {
            bail!("this Python can't be given `requests`; try `pip install requests` ({error})");
        }
    }
    Ok(())
}

fn wasm_clippy(tools: &Tools) -> Result<Command> {
    let mut clippy = tools.command("cargo")?;
    // In the profile of the component tests, whose macros and build scripts are the same.
    clippy
        .args(["clippy", "--target", "wasm32-unknown-unknown", "--profile"])
        .arg(build::QUICK_PROFILE)
        .args(WASM_CRATES)
        .args(DENY_WARNINGS);
    Ok(clippy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_comes_after_what_it_needs() {
        for (nth, stage) in STAGES.iter().enumerate() {
            for need in stage.needs {
                let before = &STAGES[..nth];
                assert!(
                    before.iter().any(|stage| stage.name == *need),
                    "{} needs {need}",
                    stage.name
                );
            }
        }
    }
}
