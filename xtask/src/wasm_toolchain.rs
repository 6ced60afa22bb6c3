//! A compiler for wasm32-unknown-unknown.
//!
//! Normally that is the user's own with one more target. Where rustup cannot download, Debian's
//! compiler takes its place: Debian packages the standard library's source but not its wasm build,
//! so that is compiled here, once per version.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::step::{say, step};
use crate::tools::prebuilt_allowed;
use crate::{apt, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's Rust for building browsers, newer than the one it ships for itself. Its linker is named
/// after its LLVM, see [`install_packages`].
const PACKAGES: [&str; 5] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "rust-web-clippy",
];

/// The programs of those packages that builds run, all in `/usr/bin`.
const PROGRAMS: [&str; 6] = [
    "rustc",
    "rustdoc",
    "cargo",
    "cargo-clippy",
    "clippy-driver",
    "rust-lld",
];

/// Which compiler builds wasm.
pub enum WasmToolchain {
    /// Whatever `rustc` is on PATH.
    Default,
    /// Debian's, with its wasm standard library in this directory.
    Debian(PathBuf),
}

impl WasmToolchain {
    /// The directory that has to come first in PATH.
    pub fn bin(&self) -> Option<PathBuf> {
        match self {
            Self::Default => None,
            Self::Debian(dir) => Some(dir.join("bin")),
        }
    }

    /// Makes a command, and whatever it starts, compile with this toolchain.
    pub fn configure(&self, command: &mut Command) {
        let Self::Debian(dir) = self else { return };
        command
            .env("RUSTC", dir.join("bin/rustc"))
            .env("RUSTDOC", dir.join("bin/rustdoc"));
        // Clippy's driver does not ask rustc where the standard library is.
        command.env("SYSROOT", dir);
        // Set by the `cargo` that runs this program, and meant for its own compiler.
        command
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO")
            .env_remove("LD_LIBRARY_PATH");
    }
}

/// The toolchain that is already there, if any.
pub fn find(cache: &Path) -> Result<Option<WasmToolchain>> {
    if prebuilt_allowed() && default_has_target() {
        return Ok(Some(WasmToolchain::Default));
    }
    if !has_packages() {
        return Ok(None);
    }
    let dir = debian_dir(cache)?;
    Ok(dir.is_dir().then_some(WasmToolchain::Debian(dir)))
}

/// Adds the target to the user's compiler, or else makes Debian's able to build for it.
pub fn install(cache: &Path) -> Result<WasmToolchain> {
    if prebuilt_allowed() && run::is_installed("rustup") {
        let added = step(format!("Downloading the {TARGET} target (rustup)"), || {
            run::quiet(Command::new("rustup").args(["target", "add", TARGET]))
        });
        if added.is_ok() && default_has_target() {
            return Ok(WasmToolchain::Default);
        }
        say("  rustup cannot download here; using Debian's compiler instead");
    }
    install_packages()?;
    let dir = debian_dir(cache)?;
    if !dir.is_dir() {
        step(
            format!("Compiling the standard library for {TARGET} (a minute, once per version)"),
            || build_standard_library(&dir),
        )?;
    }
    Ok(WasmToolchain::Debian(dir))
}

fn default_has_target() -> bool {
    run::stdout(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|dir| Path::new(&dir).is_dir())
}

/// Where the standard library for Debian's current compiler belongs.
fn debian_dir(cache: &Path) -> Result<PathBuf> {
    Ok(cache.join(format!("wasm-toolchain-{}", rustc_says("release: ")?)))
}

fn install_packages() -> Result<()> {
    if has_packages() {
        return Ok(());
    }
    apt::install(&PACKAGES).with_context(|| {
        format!("no compiler for {TARGET}; `rustup target add {TARGET}` would bring one")
    })?;
    // rustc links wasm with the lld of its own LLVM and does not depend on it.
    let llvm = rustc_says("LLVM version: ")?;
    let major = llvm.split('.').next().unwrap_or(&llvm);
    apt::install(&[&format!("lld-{major}")])
}

fn has_packages() -> bool {
    PROGRAMS
        .iter()
        .all(|program| Path::new("/usr/bin").join(program).exists())
}

/// Compiles std from Debian's source and lays a sysroot around it: wasm from here, the rest from
/// Debian.
fn build_standard_library(dir: &Path) -> Result<()> {
    let unfinished = dir.with_extension("unfinished");
    let _ = fs::remove_dir_all(&unfinished);
    let source = unfinished.join("source");
    fs::create_dir_all(source.join("src"))?;
    fs::write(
        source.join("Cargo.toml"),
        "[package]\nname = \"nothing\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    )?;
    fs::write(source.join("src/lib.rs"), "")?;
    run::quiet(
        Command::new("/usr/bin/cargo")
            // `test` is for wasm-bindgen-test.
            .args([
                "build",
                "--release",
                "-Zbuild-std=std,panic_abort,test",
                "--target",
                TARGET,
            ])
            .current_dir(&source)
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            // Without bitcode the release profile's fat LTO fails.
            .env("RUSTFLAGS", "-C embed-bitcode=yes")
            .env("CARGO_TARGET_DIR", source.join("target"))
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("LD_LIBRARY_PATH"),
    )?;

    let libraries = unfinished.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&libraries)?;
    for entry in fs::read_dir(source.join("target").join(TARGET).join("release/deps"))? {
        let file = entry?.path();
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libnothing-") {
            fs::copy(&file, libraries.join(name))?;
        }
    }
    let host = rustc_says("host: ")?;
    symlink(
        Path::new("/usr/lib/rustlib").join(&host),
        unfinished.join("lib/rustlib").join(&host),
    )?;
    write_programs(&unfinished.join("bin"), dir)?;
    fs::remove_dir_all(&source)?;
    // Whoever sees the directory sees it complete.
    fs::rename(&unfinished, dir).context("the toolchain cannot be moved into place")
}

/// Small scripts, because a real `rustc` beside the sysroot would have to be a copy of Debian's.
fn write_programs(bin: &Path, sysroot: &Path) -> Result<()> {
    fs::create_dir_all(bin)?;
    for program in PROGRAMS.iter().filter(|program| **program != "rust-lld") {
        let takes_sysroot = matches!(*program, "rustc" | "rustdoc" | "clippy-driver");
        let flag = if takes_sysroot {
            format!("--sysroot '{}' ", sysroot.display())
        } else {
            String::new()
        };
        let script = bin.join(program);
        fs::write(
            &script,
            format!("#!/bin/sh\nexec /usr/bin/{program} {flag}\"$@\"\n"),
        )?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// What Debian's rustc says about itself after these words.
fn rustc_says(words: &str) -> Result<String> {
    let version = run::stdout(Command::new("/usr/bin/rustc").args(["--version", "--verbose"]))?;
    let rest = version.lines().find_map(|line| line.strip_prefix(words));
    Ok(rest
        .with_context(|| format!("rustc does not say its {words}"))?
        .to_owned())
}
