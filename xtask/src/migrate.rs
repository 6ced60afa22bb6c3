//! Moving out of the hosted service: a deployment that stands in front of it copies all that it lists,
//! and this waits for that, says how far it is, and ends with both compared.
//!
//! The deployment does the work and keeps where it is. So this may be ended and started again at any
//! time, and so may the deployment.

mod asking;
mod report;

use std::io::{IsTerminal, stdin};
use std::process::{Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::step::say;
use asking::Deployment;
use report::Report;

/// What the service lists.
const LISTS: usize = 5;
/// The password's variable: what is on a command line, everybody on the machine can read.
const PASSWORD: &str = "OKRS_EDGE_PASSWORD";
/// While people work, a list may change between being read and being compared: then all is compared once
/// more, so often at most.
const PASSES: usize = 3;
const EVERY: Duration = Duration::from_secs(1);
/// The deployment tries for an hour.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(30 * 60);

/// What `cargo xtask migrate` was told.
#[derive(Default)]
pub struct Options {
    /// The deployment: `https://okrs.example.org`.
    pub url: String,
    /// An admin of the workspace.
    pub email: String,
    /// The workspace's id, needed only by somebody who is in several.
    pub workspace: Option<String>,
    /// Whether the report is for a program.
    pub json: bool,
}

/// Makes the deployment copy everything, and reports. Fails unless the copy is complete.
pub fn run(options: &Options) -> Result<ExitCode> {
    if options.url.is_empty() || options.email.is_empty() {
        bail!("`migrate` needs `--url` of the deployment and `--email` of an admin");
    }
    let deployment = Deployment::sign_in(options, &password()?)?;
    let moved = stands_in_front(&deployment).and_then(|()| moved(&deployment));
    deployment.sign_out();
    let report = moved?;
    if options.json {
        println!("{}", report.json());
    } else {
        print!("{report}");
    }
    Ok(match report.is_complete() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn stands_in_front(deployment: &Deployment) -> Result<()> {
    if deployment.get("/capabilities")?["backend"] != "upstream" {
        bail!("the data of this workspace is there already: BACKEND is not \"upstream\"");
    }
    Ok(())
}

fn moved(deployment: &Deployment) -> Result<Report> {
    let mut last = pass(deployment)?;
    for _ in 1..PASSES {
        if last.is_complete() || last.undecided_writes > 0 {
            break;
        }
        say("→ Something differs; once more, in case it changed meanwhile");
        last = pass(deployment)?;
    }
    Ok(last)
}

/// Has everything read, copied and compared once, and waits for that and for the writes on their way.
fn pass(deployment: &Deployment) -> Result<Report> {
    let mut progress = String::new();
    loop {
        let asked_at = deployment.post("/comparison")?["asked_at"].clone();
        let asked = Instant::now();
        while asked.elapsed() < ASK_AGAIN_AFTER {
            let lists = deployment.get("/comparison")?;
            let budget = deployment.get("/budget")?;
            let done: Vec<Value> = lists
                .as_array()
                .context("the deployment's comparison is no list")?
                .iter()
                .filter(|list| list["compared_at"].as_str() >= asked_at.as_str())
                .cloned()
                .collect();
            let now = report::progress(&done, LISTS, &budget);
            if now != progress {
                say(&now);
                progress = now;
            }
            if done.len() == LISTS {
                let report = Report::new(done, &budget);
                if report.waiting_writes == 0 {
                    return Ok(report);
                }
                // What they change is to be compared as well.
                wait_for_writes(deployment)?;
                break;
            }
            sleep(EVERY);
        }
    }
}

fn wait_for_writes(deployment: &Deployment) -> Result<()> {
    say("→ Waiting for the writes that are on their way to the service");
    while deployment.get("/budget")?["waiting_writes"] != 0 {
        sleep(EVERY);
    }
    Ok(())
}

/// From the environment, or from whoever sits in front of it.
fn password() -> Result<String> {
    if let Ok(password) = std::env::var(PASSWORD)
        && !password.is_empty()
    {
        return Ok(password);
    }
    if !stdin().is_terminal() {
        bail!("the password is to be in the environment variable {PASSWORD}");
    }
    let ask = "printf 'Password: ' >&2; trap 'stty echo; exit 1' INT TERM; stty -echo; \
               IFS= read -r password; stty echo; echo >&2; printf '%s' \"$password\"";
    let output = Command::new("sh")
        .args(["-c", ask])
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output()
        .context("the password cannot be asked for")?;
    String::from_utf8(output.stdout).context("the password is no text")
}
