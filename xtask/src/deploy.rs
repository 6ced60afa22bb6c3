//! Deployment, as `wrangler deploy` does it, with the database migrated as well.

use anyhow::{Context, Result};

use crate::npm::wrangler;
use crate::paths::Paths;
use crate::step::step;
use crate::{build, run};

/// Migrates the remote database and uploads app and Worker. A dry run builds them and prints what
/// an upload weighs.
pub fn run(paths: &Paths, dry_run: bool) -> Result<()> {
    // Wrangler would build too, but without showing anything until the end.
    build::all(paths, false)?;
    if dry_run {
        return measure(paths);
    }
    let migrate = || {
        step("Migrating the remote database", || {
            run::shown(wrangler(paths)?.args(["d1", "migrations", "apply", "DB", "--remote"]))
        })
    };
    let deploy = || step("Deploying", || run::shown(wrangler(paths)?.arg("deploy")));
    if has_database(paths)? {
        // Migrations fit the code before and after them, so the Worker of the last deployment
        // keeps serving meanwhile.
        migrate()?;
        deploy()
    } else {
        // The first deployment makes the database.
        deploy()?;
        migrate()
    }
}

/// Whether an earlier deployment has made the database. It says no for someone who is not signed
/// in; then `wrangler deploy`, which comes next, asks.
fn has_database(paths: &Paths) -> Result<bool> {
    Ok(run::quiet(wrangler(paths)?.args(["d1", "info", "DB", "--json"])).is_ok())
}

fn measure(paths: &Paths) -> Result<()> {
    let output = step("Packing as for an upload", || {
        run::stdout(wrangler(paths)?.args(["deploy", "--dry-run"]))
    })?;
    let size =
        upload_size(&output).with_context(|| format!("wrangler named no size:\n{output}"))?;
    println!("The Worker's upload is {size} gzipped.");
    Ok(())
}

/// The second figure of a line such as `Total Upload: 812.11 KiB / gzip: 301.93 KiB`.
fn upload_size(output: &str) -> Option<&str> {
    let line = output.lines().find(|line| line.contains("Total Upload:"))?;
    line.split_once("gzip: ").map(|(_, size)| size.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gzipped_size_is_found_in_wranglers_words() {
        let output =
            "⛅️ wrangler\nTotal Upload: 812.11 KiB / gzip: 301.93 KiB\n--dry-run: exiting now.";
        assert_eq!(upload_size(output), Some("301.93 KiB"));
        assert_eq!(upload_size("nothing"), None);
    }
}
