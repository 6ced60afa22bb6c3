//! The chores of this repository, each one command: `cargo xtask <chore>`.
//!
//! Every chore starts from whatever the machine has, installs what is missing and says what it
//! does. None needs another to have run before.

mod apt;
mod both_sides;
mod browser;
mod build;
mod components;
mod content_security;
mod demo;
mod deploy;
mod dev;
mod import_names;
mod migrate;
mod npm;
mod openapi;
mod page;
mod page_files;
mod paths;
mod reference;
mod release;
mod run;
mod seed;
mod small_std;
mod step;
mod test;
mod through_upstream;
mod tools;
mod wasm_sections;
mod wasm_toolchain;

use std::process::{Command, ExitCode};

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::paths::Paths;

const HELP: &str = "\
cargo xtask <chore>

  dev       From nothing to a running product on http://127.0.0.1:8787; rebuilds on change
              --port N       another port
              --state DIR    another database, so that several run beside each other
              --upstream     in front of the hosted service, which a second server plays, at the port after it
  test      Everything CI checks: format, lints, unit tests, black-box tests, browser tests
              --only STAGE   one stage and what it needs; repeat it for several
              --changed      what the files can affect that differ from the last commit for which all was
                             green on this machine, and says what that leaves out
              --since REV    the same, compared with another commit
              --record       writes the times to docs/test-times.md
  browser   Only the browser tests, on what is built; names of files or tests choose among them
  other-browsers
            A week in Firefox and in WebKitGTK, on what is built; installs them from Debian's packages
  build     The app into dist/ and the Worker into worker/build/ (wrangler calls this)
              --dev          quicker to compile, slower to run
  deploy    A backup and remote migrations, if there are any, then `wrangler deploy`
              --env NAME     another deployment that wrangler.toml describes, such as staging
              --no-backup    migrates without a backup before
              --dry-run      builds and prints the size of the upload, sends nothing
  release   One archive that deploys, migrates, backs up and runs with Node alone, in target/release-archive
  deny      Whether licences and sources of all dependencies are those that deny.toml allows
  migrate   Move a workspace out of the hosted service, which the deployment at URL stands in front of:
            everything is copied and compared; can be ended and started again at any time
              --url URL      the deployment
              --email EMAIL  an admin; the password is asked for, or in OKRS_EDGE_PASSWORD
              --workspace ID needed only by somebody who is in several
              --json         the report for a program
  setup     Only install what the other chores need
  openapi   Write the OpenAPI document anew
  docs      Write the reference of the API into dist/, which every build does, too

Environment
  OKRS_EDGE_CACHE         where tools are kept (default: okrs-edge in the user's cache directory)
  OKRS_EDGE_BUILD         dev: build as `build --dev` does; skip: use what is already built
  OKRS_EDGE_COMMIT        the commit that a deployment says it is of (default: the one that is checked out)
  OKRS_EDGE_PASSWORD      migrate: the admin's password
  OKRS_EDGE_NO_PREBUILT   1: compile all tools, as a machine without downloads would
";

/// What the command line asked for.
enum Chore {
    Help,
    Setup,
    Build {
        quick: bool,
    },
    Dev(dev::Options),
    /// The second half of `dev`, not for people.
    Welcome(dev::Options),
    Test(test::Options),
    Browser {
        filters: Vec<String>,
    },
    OtherBrowsers,
    Deploy(deploy::Options),
    Release,
    Deny,
    Migrate(migrate::Options),
    Openapi,
    Docs,
}

fn main() -> ExitCode {
    match parse().and_then(perform) {
        Ok(code) => code,
        Err(error) => {
            step::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn perform(chore: Chore) -> Result<ExitCode> {
    let paths = Paths::discover()?;
    match chore {
        Chore::Help => print!("{HELP}"),
        Chore::Setup => drop(tools::ensure(&paths)?),
        Chore::Build { quick } => build::all(&paths, quick)?,
        Chore::Dev(options) => dev::run(&paths, &options)?,
        Chore::Welcome(options) => dev::welcome(&paths, &options)?,
        Chore::Test(options) => return test::run(&paths, options),
        Chore::Browser { filters } => browser::run(&paths, &filters)?,
        Chore::OtherBrowsers => browser::run_others(&paths)?,
        Chore::Deploy(options) => deploy::run(&paths, &options)?,
        Chore::Release => release::run(&paths)?,
        Chore::Deny => deny(&paths)?,
        Chore::Migrate(options) => return migrate::run(&options),
        Chore::Openapi => openapi::run(&paths)?,
        Chore::Docs => reference::write(&paths.root, &paths.root.join("dist"))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// `cargo deny`, without what it would ask the network for.
fn deny(paths: &Paths) -> Result<()> {
    if !run::is_installed("cargo-deny") {
        bail!("cargo-deny is missing; `cargo install --locked cargo-deny` installs it");
    }
    let mut deny = Command::new("cargo");
    deny.args(["deny", "--offline", "check", "licenses", "bans", "sources"]);
    run::shown(deny.current_dir(&paths.root))
}

fn parse() -> Result<Chore> {
    let mut args = lexopt::Parser::from_env();
    let name = match args.next()? {
        Some(Value(name)) => name.string()?,
        None | Some(Short('h') | Long("help")) => return Ok(Chore::Help),
        Some(other) => return Err(other.unexpected().into()),
    };
    let mut chore = match name.as_str() {
        "help" => Chore::Help,
        "setup" => Chore::Setup,
        "build" => Chore::Build { quick: false },
        "dev" => Chore::Dev(dev::Options::default()),
        "welcome" => Chore::Welcome(dev::Options::default()),
        "test" => Chore::Test(test::Options::default()),
        "browser" => Chore::Browser {
            filters: Vec::new(),
        },
        "other-browsers" => Chore::OtherBrowsers,
        "release" => Chore::Release,
        "deny" => Chore::Deny,
        "deploy" => Chore::Deploy(deploy::Options::default()),
        "migrate" => Chore::Migrate(migrate::Options::default()),
        "openapi" => Chore::Openapi,
        "docs" => Chore::Docs,
        other => bail!("there is no chore `{other}`; `cargo xtask help` lists them"),
    };
    while let Some(arg) = args.next()? {
        match (&mut chore, arg) {
            (_, Short('h') | Long("help")) => return Ok(Chore::Help),
            (Chore::Build { quick }, Long("dev")) => *quick = true,
            (Chore::Test(options), Long("stage")) => options.stage = Some(args.value()?.string()?),
            (Chore::Test(options), Long("only")) => options.only.push(args.value()?.string()?),
            (Chore::Test(options), Long("changed")) => options.is_changed = true,
            (Chore::Test(options), Long("since")) => {
                options.is_changed = true;
                options.since = Some(args.value()?.string()?);
            }
            (Chore::Test(options), Long("record")) => options.is_recorded = true,
            (Chore::Test(options), Long("package")) => {
                options.packages.push(args.value()?.string()?)
            }
            (Chore::Test(options), Long("journey")) => {
                options.journeys.push(args.value()?.string()?)
            }
            (Chore::Test(options), Long("quick")) => options.is_quick = true,
            (Chore::Browser { filters }, Value(filter)) => filters.push(filter.string()?),
            (Chore::Deploy(options), Long("dry-run")) => options.dry_run = true,
            (Chore::Deploy(options), Long("env")) => options.env = Some(args.value()?.string()?),
            (Chore::Deploy(options), Long("no-backup")) => options.no_backup = true,
            (Chore::Migrate(options), Long("url")) => options.url = args.value()?.string()?,
            (Chore::Migrate(options), Long("email")) => options.email = args.value()?.string()?,
            (Chore::Migrate(options), Long("workspace")) => {
                options.workspace = Some(args.value()?.string()?);
            }
            (Chore::Migrate(options), Long("json")) => options.json = true,
            (Chore::Dev(options) | Chore::Welcome(options), Long("port")) => {
                options.port = args.value()?.parse()?
            }
            (Chore::Dev(options) | Chore::Welcome(options), Long("state")) => {
                options.state = Some(args.value()?.into())
            }
            (Chore::Dev(options) | Chore::Welcome(options), Long("upstream")) => {
                options.is_in_front = true
            }
            (_, other) => return Err(other.unexpected().into()),
        }
    }
    Ok(chore)
}
