//! Running other programs: shown, quiet, or for their output; always with an error that names the
//! command.

use std::env;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// Runs a command whose own output is worth seeing while it works.
pub fn shown(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command whose output matters only when it fails; then all of it is in the error.
pub fn quiet(command: &mut Command) -> Result<()> {
    output(command).map(drop)
}

/// Runs a command and gives its trimmed standard output.
pub fn stdout(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    let text = String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` did not print text", line(command)))?;
    Ok(text.trim().to_owned())
}

fn output(command: &mut Command) -> Result<Output> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        let stdout = String::from_utf8_lossy(&output.stdout);
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({})\n{}\n{}",
            line(command),
            output.status,
            stdout.trim_end(),
            stderr.trim_end()
        );
    }
    Ok(output)
}

fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy().into_owned();
    if error.kind() == ErrorKind::NotFound {
        anyhow::anyhow!("`{program}` is not installed or not on PATH")
    } else {
        anyhow::anyhow!("`{program}` could not be started: {error}")
    }
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|arg| arg.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

/// Whether a program of this name is on PATH.
pub fn is_installed(program: &str) -> bool {
    find(program).is_some()
}

/// Where PATH has a program.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

/// PATH with some directories before all others.
pub fn path_with(first: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    let dirs: Vec<PathBuf> = first.into_iter().chain(env::split_paths(&rest)).collect();
    env::join_paths(dirs).context("a directory name cannot stand in PATH")
}
