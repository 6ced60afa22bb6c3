//! The demo workspace that `cargo xtask dev` starts with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::dev::{SETUP_TOKEN, Server};
use crate::npm::wrangler;
use crate::paths::Paths;
use crate::run;
use crate::step::step;

/// Makes the demo workspace by [`program`] in the migrated database of a server that does not run yet, unless it
/// is there already, and writes down how to get in.
pub fn seed(paths: &Paths, program: &Path, server: &Server) -> Result<()> {
    // Beside the data: the keys in it belong to this database and can't be made a second time.
    let kept = server.state.join("demo.json");
    if !kept.is_file() {
        step("Making the demo workspace", || make(paths, program, server))?;
    }
    let text =
        fs::read_to_string(&kept).with_context(|| format!("{} cannot be read", kept.display()))?;
    let text = with_url(&text, &server.url);
    if let Some(dir) = server.file.parent() {
        fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    }
    fs::write(&server.file, text)
        .with_context(|| format!("{} cannot be written", server.file.display()))
}

/// Says how to get in.
pub fn print(server: &Server) -> Result<()> {
    let Server {
        url, state, file, ..
    } = server;
    let ways_in =
        fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    println!("\n  Address            {url}");
    println!("  Data               {}", state.display());
    println!("  Sign-in and keys   {}", file.display());
    println!("  Set-up token       {SETUP_TOKEN}, to make another workspace\n");
    println!("{ways_in}");
    Ok(())
}

/// Compiles the program that makes workspaces, and says where it is.
pub fn program(paths: &Paths) -> Result<PathBuf> {
    run::shown(
        Command::new("cargo")
            .args(["build", "--quiet", "--package", "okrs-demo"])
            .current_dir(&paths.root),
    )?;
    Ok(paths.target.join("debug/okrs-demo"))
}

fn make(paths: &Paths, program: &Path, server: &Server) -> Result<()> {
    let sql = server.state.join("demo.sql");
    let ways_in = server.state.join("demo.json.new");
    fs::create_dir_all(&server.state)
        .with_context(|| format!("{} cannot be made", server.state.display()))?;
    run::quiet(
        Command::new(program)
            .args([&sql, &ways_in])
            .arg(&server.url),
    )?;
    fill(paths, &server.state, &sql)?;
    fs::remove_file(&sql).with_context(|| format!("{} cannot be removed", sql.display()))?;
    let kept = server.state.join("demo.json");
    fs::rename(&ways_in, &kept).with_context(|| format!("{} cannot be written", kept.display()))
}

/// Runs the SQL of a file in the migrated database of a server that does not run yet.
pub fn fill(paths: &Paths, state: &Path, sql: &Path) -> Result<()> {
    run::quiet(
        wrangler(paths)?
            .args(["d1", "execute", "DB", "--local", "--yes", "--persist-to"])
            .arg(state)
            .arg("--file")
            .arg(sql),
    )
}

/// This file for a server at another address.
fn with_url(text: &str, url: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.trim_start().starts_with("\"url\":") {
            format!("  \"url\": \"{url}\",\n")
        } else {
            format!("{line}\n")
        }
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::with_url;

    #[test]
    fn only_the_address_changes_with_the_port() {
        let text = "{\n  \"url\": \"http://127.0.0.1:1\",\n  \"keys\": {}\n}\n";
        let expected = "{\n  \"url\": \"http://127.0.0.1:2\",\n  \"keys\": {}\n}\n";
        assert_eq!(with_url(text, "http://127.0.0.1:2"), expected);
    }
}
