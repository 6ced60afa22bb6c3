//! `cargo xtask dev --upstream`: one server plays the hosted service, another stands in front of it. Neither leaves this
//! machine, and both have the demo's people.

use std::fs::{self, File};
use std::os::unix::process::parent_id;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::dev::{self, SETUP_TOKEN, Server};
use crate::paths::Paths;
use crate::step::step;
use crate::{demo, run};

/// How often it looks whether the server in front is still there.
const EVERY: Duration = Duration::from_millis(300);

/// A server, and the one behind it.
pub struct BothSides {
    /// Stands in front: people and keys come here.
    pub front: Server,
    /// Plays the hosted service.
    pub service: Server,
    /// Where both are.
    dir: PathBuf,
}

impl BothSides {
    /// Both in this directory, the service at the port after that of the one in front.
    pub fn new(dir: PathBuf, port: u16) -> Result<Self> {
        let behind = port.checked_add(1).context("`--port` is too great")?;
        let server = |name: &str, port: u16| Server {
            url: format!("http://127.0.0.1:{port}"),
            state: dir.join(name),
            file: dir.join("demo.json"),
            port,
        };
        Ok(Self {
            front: server("front", port),
            service: server("service", behind),
            dir,
        })
    }

    /// Makes both databases, unless they are there.
    pub fn prepare(&self, paths: &Paths) -> Result<()> {
        let sides = [
            (&self.service, "service.sql"),
            (&self.front, "deployment.sql"),
        ];
        for (server, _) in sides {
            dev::migrate(paths, &server.state)?;
        }
        // What comes last says that all is there: the keys can't be made a second time.
        let made = self.dir.join("made");
        if made.is_file() {
            return Ok(());
        }
        let mut make = Command::new(demo::program(paths)?);
        make.arg("hosted").arg(&self.dir).arg(&self.front.url);
        step("Making the demo workspace on both sides", || {
            run::quiet(&mut make)?;
            for (server, sql) in sides {
                demo::fill(paths, &server.state, &self.dir.join(sql))?;
            }
            fs::write(&made, "").with_context(|| format!("{} cannot be written", made.display()))
        })
    }

    /// What makes the server in front one: where the service is, and the keys to ask it with.
    pub fn variables(&self) -> Vec<String> {
        let keys = self.dir.join("keys.env").to_string_lossy().into_owned();
        let url = format!("UPSTREAM_URL:{}/api/v1", self.service.url);
        [
            "--env-file",
            &keys,
            "--var",
            "BACKEND:upstream",
            "--var",
            &url,
        ]
        .map(str::to_owned)
        .into()
    }

    /// Runs the service until the server in front, which is this process's parent, is gone. `meanwhile` is done once the
    /// service has been started.
    pub fn serve(&self, paths: &Paths, meanwhile: impl FnOnce() -> Result<()>) -> Result<()> {
        let front = parent_id();
        let mut service = self.start(paths)?;
        let said = meanwhile();
        while said.is_ok() && parent_id() == front {
            if service.try_wait()?.is_some() {
                bail!(
                    "the server that plays the service has ended; see {}",
                    self.log().display()
                );
            }
            sleep(EVERY);
        }
        // A terminal has told it to end already; wrangler ends what it started.
        let _ = Command::new("kill").arg(service.id().to_string()).status();
        service.wait()?;
        said
    }

    fn start(&self, paths: &Paths) -> Result<Child> {
        let log = self.log();
        let log =
            File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
        dev::wrangler(paths, &self.service)?
            .env("OKRS_EDGE_BUILD", "skip")
            .stdin(Stdio::null())
            .stderr(log.try_clone()?)
            .stdout(log)
            .spawn()
            .context("the server that plays the service cannot be started")
    }

    fn log(&self) -> PathBuf {
        self.dir.join("service.log")
    }

    /// Says how to get in.
    pub fn print(&self) -> Result<()> {
        let file = &self.front.file;
        let ways_in = fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        println!("\n  In front           {}", self.front.url);
        println!(
            "  Hosted service     {}, played by a second server; its log is {}",
            self.service.url,
            self.log().display()
        );
        println!("  Data               {}", self.dir.display());
        println!(
            "  Sign-in and keys   {}, good on both sides",
            file.display()
        );
        println!("  Set-up token       {SETUP_TOKEN}, to make another workspace\n");
        println!("{ways_in}");
        Ok(())
    }
}
