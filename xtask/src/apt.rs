//! Debian packages, for what neither Cargo nor npm can bring.

use std::process::Command;

use anyhow::{Result, bail};

use crate::run;
use crate::step::step;

/// Installs packages as root or by way of sudo. Where that cannot be, the error says what a person
/// has to install.
pub fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if !run::is_installed("apt-get") {
        bail!("install {names}, or what your system calls them; there is no apt-get to do it here");
    }
    let is_root = run::stdout(Command::new("id").arg("-u"))? == "0";
    if !is_root && !run::is_installed("sudo") {
        bail!(
            "only root may install packages, and there is no sudo. As root: `apt-get install {names}`"
        );
    }
    let apt_get = |arguments: &[&str]| {
        let mut words = vec![
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=300",
        ];
        if !is_root {
            words.insert(0, "sudo");
        }
        run::quiet(Command::new(words[0]).args(&words[1..]).args(arguments))
    };
    step(format!("Installing {names} (apt-get)"), || {
        apt_get(&["update"])?;
        apt_get(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
    })
}
