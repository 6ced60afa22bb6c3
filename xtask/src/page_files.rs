//! Divides the app's program by its pages: what starts everything, and a file for each group of
//! pages, which the browser fetches when one of them is first shown (`app/src/pages.rs`).
//!
//! Trunk knows nothing of this, so its result is replaced here: from the same linked module
//! `wasm-split-cli` makes the files, wasm-bindgen and wasm-opt treat them as Trunk treats a whole
//! program, and the page is pointed at them.

use std::ffi::OsStr;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, ensure};

use crate::build;
use crate::import_names;
use crate::run;
use crate::tools::Tools;

const PROGRAM: &str = "okrs-app";

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

/// Replaces the program in `dist` with its parts. `linked` is what Cargo made.
pub fn divide(tools: &Tools, linked: &Path, dist: &Path, optimise: bool) -> Result<()> {
    let whole = Whole::find(dist)?;
    // Trunk's name changes with the contents, so the parts may be kept by browsers for ever too.
    let parts = dist.join(&whole.name);
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
    whole.replace(dist)
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

/// The program as Trunk left it.
struct Whole {
    /// Such as `okrs-app-a1b561abb90e8891`.
    name: String,
}

impl Whole {
    fn find(dist: &Path) -> Result<Self> {
        let scripts = files(dist, "js")?;
        let name = scripts
            .iter()
            .filter_map(|script| script.file_stem()?.to_str())
            .find(|name| name.starts_with(PROGRAM))
            .context("Trunk made no program")?;
        Ok(Self {
            name: name.to_owned(),
        })
    }

    fn replace(&self, dist: &Path) -> Result<()> {
        let file = dist.join("index.html");
        let page = fs::read_to_string(&file).context("the app has no page")?;
        fs::write(&file, self.pointed_at_parts(&page)?).context("the page cannot be written")?;
        remove(&dist.join(format!("{}.js", self.name)))?;
        remove(&dist.join(format!("{}_bg.wasm", self.name)))
    }

    fn pointed_at_parts(&self, page: &str) -> Result<String> {
        let name = &self.name;
        ensure!(
            page.contains(&format!("'/{name}.js'")) && page.contains(&format!("'/{name}_bg.wasm'")),
            "Trunk's page does not start the program as it used to"
        );
        Ok(page
            .replace(&format!("/{name}.js"), &format!("/{name}/{PROGRAM}.js"))
            .replace(
                &format!("/{name}_bg.wasm"),
                &format!("/{name}/{PROGRAM}_bg.wasm"),
            ))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_starts_the_part_that_starts_everything() {
        let whole = Whole {
            name: "okrs-app-1f".into(),
        };
        let page = "import init from '/okrs-app-1f.js'; init('/okrs-app-1f_bg.wasm'); \
                    <link href=\"/okrs-app-1f.js\">";
        assert_eq!(
            whole.pointed_at_parts(page).unwrap_or_default(),
            "import init from '/okrs-app-1f/okrs-app.js'; init('/okrs-app-1f/okrs-app_bg.wasm'); \
             <link href=\"/okrs-app-1f/okrs-app.js\">"
        );
    }
}
