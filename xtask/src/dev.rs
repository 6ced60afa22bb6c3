//! From nothing to a running product.

use std::env;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::{CommandExt, parent_id};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::both_sides::BothSides;
use crate::demo;
use crate::paths::{Paths, absolute};
use crate::step::{Seconds, done, step};
use crate::{build, npm, run};

/// How long a first start may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// How wrangler is to build when something changes: as was said, or quickly.
const BUILD: &str = "OKRS_EDGE_BUILD";

/// Opens the set-up page of the local server, which listens on this machine only.
pub const SETUP_TOKEN: &str = "local-set-up";

/// What `cargo xtask dev` was told.
pub struct Options {
    /// Where the server listens, on this machine only.
    pub port: u16,
    /// The directory of its database; the default is the checkout's own.
    pub state: Option<PathBuf>,
    /// Whether it stands in front of the hosted service, which a second server plays.
    pub is_in_front: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8787,
            state: None,
            is_in_front: false,
        }
    }
}

/// A development server, perhaps not started yet.
pub struct Server {
    /// Where it answers, without a slash at the end.
    pub url: String,
    /// The directory of its database and objects.
    pub state: PathBuf,
    /// Where address, sign-in and keys are written for people and scripts to find.
    pub file: PathBuf,
    /// Where it listens.
    pub port: u16,
}

/// Installs, builds, migrates, seeds, and becomes the server: this process is replaced by wrangler's, so
/// that signals and the terminal are wrangler's own and nothing outlives it. What is left to do
/// once the server answers is done by a second process, see [`welcome`].
pub fn run(paths: &Paths, options: &Options) -> Result<()> {
    let both = both_sides(paths, options)?;
    let (server, behind) = match &both {
        None => (&Server::new(paths, options), None),
        Some(both) => (&both.front, Some(both.service.port)),
    };
    for port in behind.into_iter().chain([server.port]) {
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
            bail!(
                "port {port} is taken, perhaps by another `cargo xtask dev`; choose one with `--port`"
            );
        }
    }
    build::all(paths, true)?;
    let first = alone(&server.state)?;
    match &both {
        None => {
            migrate(paths, &server.state)?;
            demo::seed(paths, &demo::program(paths)?, server)?;
        }
        Some(both) => both.prepare(paths)?,
    }
    drop(first);

    let program = env::current_exe().context("this program has no path")?;
    let mut second = Command::new(program);
    second.args(["welcome", "--port", &server.port.to_string()]);
    if let Some(state) = &options.state {
        second.arg("--state").arg(absolute(state));
    }
    if options.is_in_front {
        second.arg("--upstream");
    }
    second
        .spawn()
        .context("the second process cannot be started")?;
    let error = wrangler(paths, server)?
        .args(both.iter().flat_map(BothSides::variables))
        .env(BUILD, env::var_os(BUILD).unwrap_or_else(|| "dev".into()))
        .exec();
    Err(error).context("wrangler cannot be started")
}

/// Both servers, if there are to be two.
fn both_sides(paths: &Paths, options: &Options) -> Result<Option<BothSides>> {
    let dir = options.state.as_deref().map(absolute);
    let dir = dir.unwrap_or_else(|| paths.root.join(".dev/upstream"));
    let both = options
        .is_in_front
        .then(|| BothSides::new(dir, options.port));
    both.transpose()
}

/// wrangler as it runs a server.
pub fn wrangler(paths: &Paths, server: &Server) -> Result<Command> {
    let mut wrangler = npm::wrangler(paths)?;
    wrangler
        .args([
            "dev",
            "--local",
            "--ip",
            "127.0.0.1",
            "--inspector-port",
            "0",
        ])
        .args(["--port", &server.port.to_string()])
        .args(["--var", "EXPOSE_COSTS:true"])
        .args(["--var", &format!("SETUP_TOKEN:{SETUP_TOKEN}")])
        .args(["--show-interactive-dev-session", "false"])
        .arg("--persist-to")
        .arg(&server.state);
    Ok(wrangler)
}

/// Waits for the server that its parent process has become and says how to get in. If there are two servers, it runs the
/// other one for as long as that is there.
pub fn welcome(paths: &Paths, options: &Options) -> Result<()> {
    match both_sides(paths, options)? {
        None => {
            if wait_for(options.port)? {
                demo::print(&Server::new(paths, options))?;
            }
            Ok(())
        }
        Some(both) => both.serve(paths, || {
            if wait_for(both.service.port)? && wait_for(both.front.port)? {
                both.print()?;
            }
            Ok(())
        }),
    }
}

/// Waits until a server answers; `false` if the parent process is gone meanwhile.
fn wait_for(port: u16) -> Result<bool> {
    let start = Instant::now();
    let server = parent_id();
    while !answers(port) {
        if parent_id() != server {
            return Ok(false);
        }
        if start.elapsed() > PATIENCE {
            bail!("the server did not answer within {}", Seconds(PATIENCE));
        }
        sleep(Duration::from_millis(100));
    }
    done(
        format!("The server at port {port} answers"),
        Seconds(start.elapsed()),
    );
    Ok(true)
}

impl Server {
    fn new(paths: &Paths, options: &Options) -> Self {
        let own_state = paths.root.join(".dev/state");
        let state = options
            .state
            .as_deref()
            .map_or_else(|| own_state.clone(), absolute);
        let file = if state == own_state {
            paths.root.join(".dev/demo.json")
        } else {
            state.join("demo.json")
        };
        let url = format!("http://127.0.0.1:{}", options.port);
        Self {
            url,
            state,
            file,
            port: options.port,
        }
    }
}

/// Waits for others that make the same database, and has them wait until this is dropped.
fn alone(state: &Path) -> Result<File> {
    fs::create_dir_all(state).context("the state's directory cannot be made")?;
    let lock = File::create(state.join("first-start.lock"))
        .context("the state's directory cannot be written to")?;
    lock.lock().context("the state's lock cannot be had")?;
    Ok(lock)
}

/// Makes the database, or brings it up to date.
pub fn migrate(paths: &Paths, state: &Path) -> Result<()> {
    step("Migrating the local database", || {
        run::quiet(
            npm::wrangler(paths)?
                // Without a person to ask, wrangler applies them.
                .env("CI", "1")
                .args(["d1", "migrations", "apply", "DB", "--local", "--persist-to"])
                .arg(state),
        )
    })
}

/// Whether an HTTP server answers anything at all. wrangler accepts connections before the Worker
/// is up, and lets them wait.
fn answers(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut first = [0; 5];
    TcpStream::connect_timeout(&address, Duration::from_secs(1))
        .and_then(|mut stream| {
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(
                b"GET /api/app/about HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
            )?;
            stream.read_exact(&mut first)
        })
        .is_ok_and(|()| &first == b"HTTP/")
}
