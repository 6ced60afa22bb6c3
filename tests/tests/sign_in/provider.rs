//! A real OpenID Connect provider: a process of its own on this machine.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use okrs_tests::repository;
use serde_json::{Value, json};

/// Where it listens, before and after it runs.
pub struct Provider {
    port: u16,
    /// What it reads.
    dir: PathBuf,
    process: Option<Child>,
}

impl Provider {
    /// A place for a provider. It does not run yet: it must know its client first, which must know
    /// its address.
    pub fn new() -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let name = format!("okrs-provider-{}-{port}", std::process::id());
        let dir = std::env::temp_dir().join(name);
        fs::create_dir_all(&dir).unwrap();
        Self {
            port,
            dir,
            process: None,
        }
    }

    /// What it calls itself, and where it is.
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Says who its client is, and whether the ID token has all claims.
    pub fn configure(&self, client: &Value, claims_in_id_token: bool) {
        let settings = json!({ "client": client, "claims_in_id_token": claims_in_id_token });
        fs::write(self.dir.join("settings.json"), settings.to_string()).unwrap();
    }

    /// Says what it knows about the person with this login, from now on. It has checked their address, unless
    /// the claims say something else about that.
    pub fn account(&self, login: &str, claims: &Value) {
        let mut known = json!({ "email_verified": true });
        let claims = claims.as_object().unwrap().clone();
        known.as_object_mut().unwrap().extend(claims);
        fs::write(
            self.dir.join(format!("{login}.account.json")),
            known.to_string(),
        )
        .unwrap();
    }

    /// Starts it, and waits until it answers.
    pub fn start(&mut self) {
        let script = repository().join("tests/provider/provider.mjs");
        let process = Command::new(repository().join("node_modules/.bin/node"))
            .arg(script)
            .arg(self.port.to_string())
            .arg(&self.dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C in the terminal must not reach it before its input ends.
            .process_group(0)
            .spawn()
            .unwrap();
        self.process = Some(process);
        let deadline = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < deadline, "the provider does not answer");
            thread::yield_now();
        }
    }

    /// Stops it.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// What we are called at the provider.
pub const CLIENT_ID: &str = "okrs edge/test";
/// Odd characters on purpose: they have to be escaped.
pub const SECRET: &str = "a secret: with/odd characters & more";

/// The client that a Worker at `address` is: one that keeps a secret.
pub fn client(address: &str) -> Value {
    json!({
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "redirect_uris": [format!("{address}/api/app/oidc/callback")],
    })
}

/// The client that a Worker at `address` is, as one that keeps no secret.
pub fn public_client(address: &str) -> Value {
    json!({
        "client_id": CLIENT_ID,
        "token_endpoint_auth_method": "none",
        "redirect_uris": [format!("{address}/api/app/oidc/callback")],
    })
}
