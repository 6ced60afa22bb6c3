//! Divides the app's program by its pages: what starts everything, and a file for each group of
//! pages, which the browser fetches when one of them is first shown (`app/src/pages.rs`).
//!
//! `wasm-split-cli` makes the files from the linked module; wasm-bindgen and wasm-opt treat them as they
//! would treat a whole program.

use std::ffi::OsStr;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result};

use crate::build;
use crate::import_names;
use crate::page;
use crate::run;
use crate::tools::Tools;

/// The app's package, and the name of the part that starts everything.
pub const PROGRAM: &str = "okrs-app";

/// What the compiler uses, and every browser of the last years knows; wasm-opt itself knows more.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What wasm-opt does: its usual work, then once more from expressions that were taken apart. Nothing of
/// Rust's lies below address 1024, and who made the file is nobody's concern.
const SMALLER: [&str; 9] = [
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Writes the parts of the program that Cargo linked into a directory in `dist`, and gives the address that
/// their names begin with.
pub fn divide(tools: &Tools, linked: &Path, dist: &Path, optimise: bool) -> Result<String> {
    // The name changes with the contents, so browsers may keep the parts for ever.
    let program = fs::read(linked).context("the app has no program")?;
    let name = format!("{PROGRAM}-{}", page::hash(&program));
    let parts = dist.join(&name);
    fs::create_dir_all(&parts).context("the app's directory cannot be written to")?;
    run::shown(
        tools
            .command("wasm-split-cli")?
            .args(["--out-name", PROGRAM])
            .args([linked, &parts])
            // It explains every module it makes.
            .env("RUST_LOG", "error"),
    )?;
    let main = parts.join(PROGRAM).with_extension("wasm");
    run::shown(
        tools
            .command("wasm-bindgen")?
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
            .arg("--out-dir")
            .args([&parts, &main]),
    )?;
    remove(&main)?;
    if optimise {
        let script = parts.join(PROGRAM).with_extension("js");
        let program = parts.join(format!("{PROGRAM}_bg.wasm"));
        import_names::shorten(&program, &script)?;
        bundle(tools, &parts)?;
        make_smaller(tools, files(&parts, "wasm")?)?;
    }
    Ok(format!("/{name}/{PROGRAM}"))
}

/// wasm-opt works on one core, and longest on the largest part: that one is begun first, and as many as
/// there are cores are at work.
fn make_smaller(tools: &Tools, mut parts: Vec<PathBuf>) -> Result<()> {
    parts.sort_by_key(|part| fs::metadata(part).map_or(0, |file| file.len()));
    let left = Mutex::new(parts);
    let next = || left.lock().ok().and_then(|mut left| left.pop());
    let work = || {
        while let Some(part) = next() {
            let mut wasm_opt = tools.command("wasm-opt")?;
            wasm_opt.args(SMALLER).args(FEATURES).arg("-o");
            run::shown(wasm_opt.args([&part, &part]))?;
        }
        Ok(())
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(build::joined)
    })
}

/// Makes one small script of those that wasm-bindgen and wasm-split wrote: each would be a request of
/// its own, with its comments in it.
fn bundle(tools: &Tools, parts: &Path) -> Result<()> {
    let script = parts.join(PROGRAM).with_extension("js");
    run::shown(
        tools
            .command("esbuild")?
            .arg(&script)
            .args(["--bundle", "--minify", "--format=esm"])
            .args(["--allow-overwrite", "--log-level=warning"])
            // wasm-bindgen names the module that loads the parts once for each part.
            .arg("--log-override:duplicate-object-key=silent")
            .arg(format!("--outfile={}", script.display())),
    )?;
    for other in files(parts, "js")? {
        if other != script {
            remove(&other)?;
        }
    }
    Ok(())
}

fn files(dir: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).with_context(|| format!("{} is missing", dir.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|found| found == OsStr::new(extension))
        {
            files.push(path);
        }
    }
    Ok(files)
}

fn remove(file: &Path) -> Result<()> {
    fs::remove_file(file).with_context(|| format!("{} cannot be removed", file.display()))
}
