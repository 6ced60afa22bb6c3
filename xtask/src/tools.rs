//! The pinned tools that builds need, and the environment in which they find each other.

use std::fs::{self, File};
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::step::{done, step};
use crate::wasm_toolchain::{self, WasmToolchain};
use crate::{apt, npm, run};

/// Every tool that Cargo installs. Those from npm are pinned in `package-lock.json`.
const TOOLS: [Tool; 3] = [
    Tool {
        package: "worker-build",
        binary: "worker-build",
        version: Version::Exact("0.8.7"),
        features: &[],
        locked: true,
        needs_openssl: true,
    },
    // Its own lock file does not build.
    Tool {
        package: "wasm-bindgen-cli",
        binary: "wasm-bindgen",
        version: Version::OfLibrary("wasm-bindgen"),
        features: &[],
        locked: false,
        needs_openssl: false,
    },
    Tool {
        package: "wasm_split_cli_support",
        binary: "wasm-split-cli",
        version: Version::Exact("0.2.4"),
        features: &["build-binary"],
        locked: true,
        needs_openssl: false,
    },
];

struct Tool {
    package: &'static str,
    binary: &'static str,
    version: Version,
    /// The features without which the package has no binary.
    features: &'static [&'static str],
    /// Whether the tool is built with the dependencies its authors released it with.
    locked: bool,
    /// Whether compiling it on Linux takes OpenSSL's headers.
    needs_openssl: bool,
}

enum Version {
    Exact(&'static str),
    /// The version of a library in `Cargo.lock`: generated code and library must match to the
    /// digit.
    OfLibrary(&'static str),
}

/// Proof that everything is installed, and the way to run it.
pub struct Tools {
    wasm: WasmToolchain,
    bins: Vec<PathBuf>,
    npm_bin: PathBuf,
    pub wasm_target: PathBuf,
    pub root: PathBuf,
}

impl Tools {
    /// A command for wasm builds: it sees the pinned tools before all others and compiles with the
    /// compiler that has the wasm target. Everything else must be started without this environment.
    pub fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(program);
        let dirs = self
            .wasm
            .bin()
            .into_iter()
            .chain(self.bins.iter().cloned())
            .chain([self.npm_bin.clone()]);
        command
            .env("PATH", run::path_with(dirs)?)
            .env("CARGO_TARGET_DIR", &self.wasm_target)
            .current_dir(&self.root);
        self.wasm.configure(&mut command);
        // worker-build looks at these and not at PATH.
        for (variable, binary) in [("WASM_OPT_BIN", "wasm-opt"), ("ESBUILD_BIN", "esbuild")] {
            command.env(variable, self.npm_bin.join(binary));
        }
        if let Some(wasm_bindgen) = self
            .bins
            .iter()
            .map(|dir| dir.join("wasm-bindgen"))
            .find(|path| path.exists())
        {
            command.env("WASM_BINDGEN_BIN", wasm_bindgen);
        }
        Ok(command)
    }
}

/// Installs what is missing. Two chores at once wait for each other; with everything in place
/// nothing is locked.
pub fn ensure(paths: &Paths) -> Result<Tools> {
    let wanted = wanted(paths)?;
    let found = wasm_toolchain::find(&paths.cache)?;
    let complete = wanted.iter().all(Wanted::is_installed) && npm::is_installed(paths)?;
    let wasm = match found {
        Some(wasm) if complete => {
            done("Tools", "already installed");
            wasm
        }
        _ => {
            let _lock = lock(&paths.cache)?;
            install(paths, &wanted)?
        }
    };
    Ok(Tools {
        wasm,
        bins: wanted.iter().map(|tool| tool.dir.join("bin")).collect(),
        npm_bin: paths.npm_bin(),
        wasm_target: paths.wasm_target.clone(),
        root: paths.root.clone(),
    })
}

fn install(paths: &Paths, wanted: &[Wanted]) -> Result<WasmToolchain> {
    npm::ensure(paths)?;
    let wasm = match wasm_toolchain::find(&paths.cache)? {
        Some(wasm) => wasm,
        None => wasm_toolchain::install(&paths.cache)?,
    };
    // Shared, because the tools have dependencies in common; gone afterwards, because it is large.
    let scratch = paths.cache.join("build");
    for tool in wanted.iter().filter(|tool| !tool.is_installed()) {
        tool.install(&scratch)?;
    }
    let _ = fs::remove_dir_all(&scratch);
    Ok(wasm)
}

/// A tool of the table with its version settled and its place in the cache.
struct Wanted {
    tool: &'static Tool,
    version: String,
    dir: PathBuf,
}

impl Wanted {
    fn is_installed(&self) -> bool {
        self.dir.join("bin").join(self.tool.binary).is_file()
    }

    fn install(&self, scratch: &Path) -> Result<()> {
        if prebuilt_allowed() && run::is_installed("cargo-binstall") && self.download().is_ok() {
            return Ok(());
        }
        let Self { tool, version, dir } = self;
        if tool.needs_openssl && cfg!(target_os = "linux") && !has_openssl() {
            apt::install(&["pkg-config", "libssl-dev"])?;
        }
        step(
            format!(
                "Compiling {} {version} (a few minutes, once per version)",
                tool.package
            ),
            || {
                let mut cargo = Command::new("cargo");
                cargo
                    .args(["install", tool.package, "--version", version, "--root"])
                    .arg(dir);
                if !tool.features.is_empty() {
                    cargo.arg("--features").arg(tool.features.join(","));
                }
                if tool.locked {
                    cargo.arg("--locked");
                }
                if !stderr().is_terminal() {
                    cargo.arg("--quiet");
                }
                // The tools' own profiles optimise for a quick tool; on a small machine they
                // compile four times as long.
                cargo
                    .env("CARGO_TARGET_DIR", scratch)
                    .env("CARGO_PROFILE_RELEASE_LTO", "off");
                cargo
                    .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                    .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
                run::shown(&mut cargo)
            },
        )
    }

    fn download(&self) -> Result<()> {
        step(
            format!("Downloading {} {}", self.tool.package, self.version),
            || {
                run::quiet(
                    Command::new("cargo")
                        .args([
                            "binstall",
                            "--no-confirm",
                            "--disable-strategies",
                            "compile",
                        ])
                        .args([self.tool.package, "--version", &self.version, "--root"])
                        .arg(&self.dir)
                        .env("BINSTALL_DISABLE_TELEMETRY", "true"),
                )
            },
        )
    }
}

fn wanted(paths: &Paths) -> Result<Vec<Wanted>> {
    let lock_file =
        fs::read_to_string(paths.root.join("Cargo.lock")).context("Cargo.lock is missing")?;
    TOOLS
        .iter()
        .map(|tool| {
            let version = match tool.version {
                Version::Exact(version) => version.to_owned(),
                Version::OfLibrary(library) => locked_version(&lock_file, library)
                    .with_context(|| format!("Cargo.lock does not contain {library}"))?
                    .to_owned(),
            };
            let dir = paths
                .cache
                .join(format!("tools/{}-{version}", tool.package));
            Ok(Wanted { tool, version, dir })
        })
        .collect()
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock_file: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock_file.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

fn has_openssl() -> bool {
    run::quiet(Command::new("pkg-config").args(["--exists", "openssl"])).is_ok()
}

/// Whether prebuilt tools may be used where they can be had.
pub fn prebuilt_allowed() -> bool {
    std::env::var_os("OKRS_EDGE_NO_PREBUILT").is_none_or(|value| value.is_empty() || value == "0")
}

/// Waits until no other chore installs anything; the lock ends with the returned file.
fn lock(dir: &Path) -> Result<File> {
    fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    let file = File::create(dir.join("lock"))
        .with_context(|| format!("{} cannot be written to", dir.display()))?;
    if file.try_lock().is_err() {
        step("Waiting for another chore to finish", || {
            file.lock().context("the lock cannot be had")
        })?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_library_is_read_from_the_lock_file() {
        let lock_file = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.1"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
"#;
        assert_eq!(locked_version(lock_file, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock_file, "worker-build"), None);
    }
}
