//! Where things are: the checkout, what is built in it, and the cache that checkouts share.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The directories every chore works with, all absolute.
pub struct Paths {
    /// The checkout.
    pub root: PathBuf,
    /// Cargo's output for this machine.
    pub target: PathBuf,
    /// Cargo's output for wasm. It is not the native one, because the two may be made by different
    /// compilers, and each would throw away what the other built.
    pub wasm_target: PathBuf,
    /// Tools that survive `git clean` and serve every checkout of this user.
    pub cache: PathBuf,
}

impl Paths {
    /// Finds them from the environment that `cargo run` sets, so that a copied or moved checkout
    /// works.
    pub fn discover() -> Result<Self> {
        let manifest_dir = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest_dir
            .parent()
            .context("xtask/ has no parent directory")?
            .to_owned();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| absolute(Path::new(&dir)));
        Ok(Self {
            wasm_target: target.join("wasm"),
            target,
            cache: cache_dir()?,
            root,
        })
    }

    /// The binaries that npm installs: wrangler, esbuild, wasm-opt and the Node they need.
    pub fn npm_bin(&self) -> PathBuf {
        self.root.join("node_modules/.bin")
    }
}

/// A path a user typed, seen from where the user typed it.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn cache_dir() -> Result<PathBuf> {
    if let Some(dir) = env::var_os("OKRS_EDGE_CACHE") {
        return Ok(absolute(Path::new(&dir)));
    }
    let base = match env::var_os("XDG_CACHE_HOME") {
        Some(dir) => PathBuf::from(dir),
        None => env::home_dir()
            .context("no home directory to keep tools in; set OKRS_EDGE_CACHE")?
            .join(".cache"),
    };
    Ok(base.join("okrs-edge"))
}
