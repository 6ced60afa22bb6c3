//! The two things that are deployed: the app, divided by its pages, and the Worker by worker-build.
//!
//! Each is built only when something it is made of changed, so that saving a file of the Worker
//! does not cost a build of the app.

use std::env;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::{self, ScopedJoinHandle};

use anyhow::{Context, Result, bail};

use crate::content_security;
use crate::page;
use crate::page_files::{self, PROGRAM};
use crate::paths::Paths;
use crate::reference;
use crate::run;
use crate::small_std;
use crate::step::{done, step};
use crate::tools::{self, Tools};
use crate::wasm_sections;

/// The profile in `Cargo.toml` for builds that are made often and run briefly.
pub const QUICK_PROFILE: &str = "wasm-dev";

/// The variable that says of which commit the Worker is. What is built without it says `unknown`.
const COMMIT: &str = "OKRS_EDGE_COMMIT";

/// Something that is built from files of this checkout.
struct Artefact {
    name: &'static str,
    /// Files and directories it is made of; a missing one counts as empty.
    inputs: &'static [&'static str],
    /// The file that is there when it has been built.
    output: &'static str,
    /// Whether it says which commit it is of.
    says_commit: bool,
    /// What takes all cores.
    build: fn(&Tools, quick: bool, commit: Option<&str>) -> Result<()>,
    /// What takes one core after that, while the next thing is built.
    finish: fn(&Tools, quick: bool) -> Result<()>,
}

/// The app and the Worker. The app comes first: its program is divided while the Worker is compiled.
const ARTEFACTS: [Artefact; 2] = [
    Artefact {
        name: "the app",
        inputs: &[
            ".cargo",
            "Cargo.lock",
            "Cargo.toml",
            "index.html",
            "package-lock.json",
            "app",
            "json",
            "shared",
            "docs/openapi.json",
            "docs/app-openapi.json",
        ],
        output: "dist/index.html",
        says_commit: false,
        build: build_app,
        finish: divide_app,
    },
    Artefact {
        name: "the Worker",
        inputs: &[
            ".cargo",
            "Cargo.lock",
            "Cargo.toml",
            "package-lock.json",
            "shared",
            "worker/Cargo.toml",
            "worker/build.rs",
            "worker/migrations",
            "worker/src",
        ],
        output: "worker/build/index.js",
        says_commit: true,
        build: build_worker,
        finish: |_, _| Ok(()),
    },
];

/// Installs the tools, then builds what changed. `OKRS_EDGE_BUILD` overrules `quick`, because
/// wrangler calls this too and passes nothing but the environment.
pub fn all(paths: &Paths, quick: bool) -> Result<()> {
    let quick = match env::var("OKRS_EDGE_BUILD").as_deref() {
        Ok("skip") => return all_built(paths),
        Ok("dev") => true,
        _ => quick,
    };
    let command = env::var("WRANGLER_COMMAND").unwrap_or_default();
    if !quick && matches!(&*command, "deploy" | "versions upload") {
        return for_deployment(paths).map(drop);
    }
    let tools = tools::ensure(paths)?;
    with_tools(paths, &tools, quick)
}

/// Installs the tools, then builds what changed, optimised, and has the Worker say of which commit it is, which this
/// gives. Other builds don't, so that a commit alone makes nobody wait for one.
pub fn for_deployment(paths: &Paths) -> Result<Option<String>> {
    let tools = tools::ensure(paths)?;
    let commit = match env::var(COMMIT) {
        Ok(commit) if !commit.is_empty() => Some(commit),
        _ => commit_checked_out(paths)?,
    };
    some(paths, &tools, false, commit.as_deref(), &ARTEFACTS)?;
    Ok(commit)
}

/// Builds what changed.
fn with_tools(paths: &Paths, tools: &Tools, quick: bool) -> Result<()> {
    some(paths, tools, quick, None, &ARTEFACTS)
}

/// Builds the app, if it changed.
pub fn app(paths: &Paths, tools: &Tools, quick: bool) -> Result<()> {
    some(paths, tools, quick, None, &ARTEFACTS[..1])
}

/// Builds the Worker, if it changed.
pub fn worker(paths: &Paths, tools: &Tools, quick: bool) -> Result<()> {
    some(paths, tools, quick, None, &ARTEFACTS[1..])
}

fn some(
    paths: &Paths,
    tools: &Tools,
    quick: bool,
    commit: Option<&str>,
    artefacts: &[Artefact],
) -> Result<()> {
    // Several servers of one checkout see the same change; the first builds, the others find it
    // done.
    fs::create_dir_all(&paths.wasm_target).context("the target directory cannot be made")?;
    let lock = File::create(paths.wasm_target.join("build.lock"))
        .context("the target directory cannot be written to")?;
    lock.lock().context("the build lock cannot be had")?;
    thread::scope(|scope| {
        let mut unfinished = Vec::new();
        for artefact in artefacts {
            let commit = commit.filter(|_| artefact.says_commit);
            let stamp = artefact.stamp(paths, quick, commit)?;
            if artefact.start(paths, tools, &stamp, quick, commit)? {
                unfinished.push(scope.spawn(move || artefact.end(paths, tools, &stamp, quick)));
            }
        }
        unfinished.into_iter().try_for_each(joined)
    })?;
    // It is written in a moment, and stays as it is where nothing changed.
    let dist = paths.root.join("dist");
    if dist.is_dir() {
        reference::write(&paths.root, &dist)?;
    }
    Ok(())
}

/// The commit that is checked out, marked if files are others than its; none if this is no checkout.
fn commit_checked_out(paths: &Paths) -> Result<Option<String>> {
    if !paths.root.join(".git").exists() {
        return Ok(None);
    }
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        run::stdout(git.args(args).current_dir(&paths.root))
    };
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    let mark = if changed.is_empty() { "" } else { "-changed" };
    Ok(Some(format!("{commit}{mark}")))
}

fn all_built(paths: &Paths) -> Result<()> {
    match ARTEFACTS
        .iter()
        .find(|artefact| !paths.root.join(artefact.output).is_file())
    {
        Some(artefact) => bail!(
            "OKRS_EDGE_BUILD=skip, but {} is missing; run `cargo xtask build`",
            artefact.output
        ),
        None => Ok(()),
    }
}

impl Artefact {
    /// Builds it, unless it is what this stamp stands for. Says whether it has to be finished.
    fn start(
        &self,
        paths: &Paths,
        tools: &Tools,
        stamp: &str,
        quick: bool,
        commit: Option<&str>,
    ) -> Result<bool> {
        let stamp_file = self.stamp_file(paths);
        if paths.root.join(self.output).is_file()
            && fs::read_to_string(&stamp_file).is_ok_and(|built| built == stamp)
        {
            done(capitalised(self.name), "unchanged");
            return Ok(false);
        }
        // A build that fails half-way must not pass for the one before it.
        let _ = fs::remove_file(&stamp_file);
        let speed = if quick { "quick" } else { "optimised" };
        step(format!("Building {} ({speed})", self.name), || {
            (self.build)(tools, quick, commit)
        })?;
        Ok(true)
    }

    fn end(&self, paths: &Paths, tools: &Tools, stamp: &str, quick: bool) -> Result<()> {
        (self.finish)(tools, quick)?;
        fs::write(self.stamp_file(paths), stamp)
            .context("the target directory cannot be written to")
    }

    fn stamp_file(&self, paths: &Paths) -> PathBuf {
        let name = Path::new(self.output)
            .parent()
            .and_then(Path::to_str)
            .unwrap_or_default()
            .replace('/', "-");
        paths.wasm_target.join(name).with_extension("stamp")
    }

    fn stamp(&self, paths: &Paths, quick: bool, commit: Option<&str>) -> Result<String> {
        let mut hasher = DefaultHasher::new();
        (quick, commit).hash(&mut hasher);
        for input in self.inputs {
            hash_contents(&paths.root.join(input), &mut hasher)
                .with_context(|| format!("{input} cannot be read"))?;
        }
        Ok(format!("{:016x}", hasher.finish()))
    }
}

/// Contents and not times, because switching branches back and forth changes only the times.
fn hash_contents(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if path.is_dir() {
        let mut children: Vec<_> = fs::read_dir(path)?.collect::<Result<_, _>>()?;
        children.sort_by_key(fs::DirEntry::file_name);
        for child in children {
            hash_contents(&child.path(), hasher)?;
        }
    } else if path.exists() {
        path.hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}

fn build_app(tools: &Tools, quick: bool, _: Option<&str>) -> Result<()> {
    let mut cargo = tools.command("cargo")?;
    cargo
        .args(["build", "--package", "okrs-app", "--bin", PROGRAM])
        .args(["--target", "wasm32-unknown-unknown", "--profile"])
        .arg(profile(quick));
    if !quick {
        small_std::configure(tools, &mut cargo);
    }
    run::shown(&mut cargo)
}

/// Fills a directory beside `dist` first: whoever serves `dist` sees half of a build as briefly as can be.
fn divide_app(tools: &Tools, quick: bool) -> Result<()> {
    let linked = tools
        .wasm_target
        .join("wasm32-unknown-unknown")
        .join(profile(quick))
        .join(format!("{PROGRAM}.wasm"));
    let new = tools.wasm_target.join("dist");
    emptied(&new)?;
    step("Dividing the app by its pages", || {
        let program = page_files::divide(tools, &linked, &new, !quick)?;
        page::write(&tools.root, &new, &program)?;
        content_security::seal(&new)
    })?;
    let dist = tools.root.join("dist");
    emptied(&dist)?;
    for entry in fs::read_dir(&new).context("the app has no files")? {
        let entry = entry?;
        fs::rename(entry.path(), dist.join(entry.file_name()))
            .context("the app can't be moved to dist")?;
    }
    Ok(())
}

fn emptied(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        }
        .with_context(|| format!("{} cannot be removed", path.display()))?;
    }
    Ok(())
}

fn build_worker(tools: &Tools, quick: bool, commit: Option<&str>) -> Result<()> {
    let mut worker_build = tools.command("worker-build")?;
    // wasm-opt makes it smaller but the upload, which is compressed, larger.
    worker_build.args(["worker", "--no-opt"]);
    if quick {
        worker_build.args(["--profile", QUICK_PROFILE]);
    } else {
        worker_build.arg("--release");
    }
    if let Some(commit) = commit {
        worker_build.env(COMMIT, commit);
    }
    // The compiler's message says what is wrong; worker-build's own stack does not.
    worker_build.env("RUST_BACKTRACE", "0");
    run::shown(&mut worker_build)?;
    if quick {
        return Ok(());
    }
    let built = tools.root.join("worker/build");
    wasm_sections::move_names(&built.join("index_bg.wasm"), &built.join("index_bg.names"))
}

fn profile(quick: bool) -> &'static str {
    if quick { QUICK_PROFILE } else { "release" }
}

/// What a thread came to.
pub fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    let outcome = thread.join();
    outcome.unwrap_or_else(|panic| panic::resume_unwind(panic))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
