//! wrangler, on the data of one server.

use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::OnceLock;
use std::{env, fs};

use crate::server;

/// What stands for a file of the app that is called after its contents.
pub const HASHED: &str = "/okrs-app-0123456789abcdef/okrs-app.js";

/// What stands for the app's page.
pub const PAGE: &str = "<!doctype html>\n";

/// `wrangler {name}` on the data in `dir`, as installed in the checkout.
pub fn command(dir: &Path, name: &str) -> Command {
    let root = server::repository();
    let bin = root.join("node_modules/.bin");
    assert!(
        bin.join("wrangler").exists() && root.join("worker/build/index.js").exists(),
        "there is nothing to test yet: `cargo xtask test` builds the Worker first"
    );
    let rest = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([bin].into_iter().chain(env::split_paths(&rest))).unwrap();
    let mut wrangler = Command::new("wrangler");
    wrangler
        .arg(name)
        .arg("--config")
        .arg(config(&root))
        .args(["--local", "--persist-to"])
        .arg(dir)
        .current_dir(&root)
        .env("PATH", path)
        .env("CI", "1")
        .env("WRANGLER_SEND_METRICS", "false")
        .env("CLOUDFLARE_CF_FETCH_ENABLED", "false");
    wrangler
}

/// The deployment's own configuration without its build command, which each start of a server would
/// run, and with a few files in place of the app, which may be on its way meanwhile: journeys look at that.
fn config(root: &Path) -> &'static Path {
    static CONFIG: OnceLock<PathBuf> = OnceLock::new();
    CONFIG.get_or_init(|| {
        let dir = root.join(".wrangler/black-box");
        let files = dir.join("files");
        write(&files.join("index.html"), PAGE);
        for file in [&HASHED[1..], "start.js", "api/v1/openapi.json", "docs.html"] {
            write(&files.join(file), "{}");
        }
        let headers = fs::read_to_string(root.join("app/_headers")).unwrap();
        write(&files.join("_headers"), &headers);
        let text = fs::read_to_string(root.join("wrangler.toml")).unwrap();
        let file = dir.join("wrangler.toml");
        write(&file, &without_build(&text, root, &files));
        file
    })
}

fn without_build(config: &str, root: &Path, files: &Path) -> String {
    let mut is_build = false;
    let mut text = String::new();
    for line in config.lines() {
        if line.starts_with('[') {
            is_build = line == "[build]";
        }
        if is_build {
            continue;
        }
        text += &match line.split_once(" = ") {
            Some((key @ ("main" | "migrations_dir"), path)) => {
                format!("{key} = {:?}\n", root.join(path.trim_matches('"')))
            }
            Some(("directory", _)) => format!("directory = {files:?}\n"),
            _ => format!("{line}\n"),
        };
    }
    text
}

/// Other suites may write the same: whoever reads it reads all of it. What is there already stays,
/// because wrangler watches it for their servers, and would load those anew under their requests.
fn write(file: &Path, text: &str) {
    if fs::read_to_string(file).is_ok_and(|there| there == text) {
        return;
    }
    let unfinished = file.with_extension(process::id().to_string());
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&unfinished, text).unwrap();
    fs::rename(&unfinished, file).unwrap();
}

/// What `wrangler d1` prints.
pub fn d1(dir: &Path, args: &[&str]) -> Vec<u8> {
    let output = command(dir, "d1")
        .args(args)
        .output()
        .unwrap_or_else(not_started);
    assert!(
        output.status.success(),
        "wrangler d1 {args:?} failed\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// Calls `scripts/{name}.mjs` on the database in `dir`, as `npm run {name} -- --local` does. Exports are only made of
/// what lies beside a configuration, so it gets one of its own.
pub fn script(dir: &Path, name: &str, args: &[&str]) {
    let root = server::repository();
    let home = dir.join("home");
    fs::create_dir_all(home.join(".wrangler")).unwrap();
    let state = home.join(".wrangler/state");
    if !state.exists() {
        std::os::unix::fs::symlink(dir, &state).unwrap();
    }
    let config_file = home.join("wrangler.toml");
    fs::copy(config(&root), &config_file).unwrap();
    let output = Command::new(root.join("node_modules/.bin/node"))
        .arg(root.join(format!("scripts/{name}.mjs")))
        .arg("--local")
        .arg("--config")
        .arg(config_file)
        .args(args)
        .env("CI", "1")
        .output()
        .unwrap_or_else(not_started);
    fs::remove_dir_all(home).unwrap();
    assert!(
        output.status.success(),
        "{name} failed\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

pub fn not_started<T>(error: std::io::Error) -> T {
    panic!("wrangler could not be started: {error}")
}
