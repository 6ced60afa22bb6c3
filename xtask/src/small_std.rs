//! The app with a standard library made for it: compiled for size like the rest, where the one that comes
//! with the compiler is made for speed. Every first visit pays for the difference.
//!
//! Compilers call this unstable, so they have to be told that it is meant. Where the library's source
//! can't be had the app is built with the library that is there, and is only larger.

use std::path::PathBuf;
use std::process::Command;

use crate::run;
use crate::step::say;
use crate::tools::{Tools, prebuilt_allowed};

/// In place of the flags in `.cargo/config.toml`, whose one is repeated. A panic stops the program without a
/// word: what it found wrong, the line of the code, and values that are printed for developers are said by
/// the quick build only.
const FLAGS: &str = "--cfg erase_components -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Makes a command that ends in `cargo build` for wasm build the standard library, too.
pub fn configure(tools: &Tools, command: &mut Command) {
    if !source_is_there(tools) {
        say(
            "  the standard library's source is missing (rustup component add rust-src): the app gets larger",
        );
        return;
    }
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("RUSTFLAGS", FLAGS);
}

/// Asks rustup for it once.
fn source_is_there(tools: &Tools) -> bool {
    let is_there = || source(tools).is_some_and(|source| source.is_dir());
    if !is_there() && prebuilt_allowed() && run::is_installed("rustup") {
        // Without a network there is none; the build goes on.
        let _ = run::quiet(Command::new("rustup").args(["component", "add", "rust-src"]));
    }
    is_there()
}

fn source(tools: &Tools) -> Option<PathBuf> {
    let mut rustc = tools.command("rustc").ok()?;
    let sysroot = run::stdout(rustc.args(["--print", "sysroot"])).ok()?;
    Some(PathBuf::from(sysroot).join("lib/rustlib/src/rust/library/std"))
}
