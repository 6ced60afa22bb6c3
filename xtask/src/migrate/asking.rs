//! Asking the deployment, with curl: this crate would have to compile TLS otherwise.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::Options;
use crate::step::say;

/// How long a deployment may be away, restarted perhaps, before it is given up.
const PATIENCE: Duration = Duration::from_secs(600);
const SESSION: &str = "__Host-okrs=";

/// A deployment, asked by an admin who is signed in.
pub struct Deployment {
    url: String,
    cookie: String,
}

struct Answer {
    status: u16,
    headers: String,
    body: Value,
}

impl Deployment {
    /// Signs in.
    pub fn sign_in(options: &Options, password: &str) -> Result<Self> {
        let url = options.url.trim_end_matches('/').to_owned();
        if !is_safe(&url) {
            bail!("{url} is neither https nor this machine: the password would be readable");
        }
        let mut deployment = Self {
            url,
            cookie: String::new(),
        };
        let body = json!({
            "email": options.email, "password": password, "workspace_id": options.workspace,
        });
        let answer = deployment.ask("POST", "/sessions", Some(&body))?;
        if let Some(cookie) = session(&answer.headers) {
            deployment.cookie = cookie;
            return Ok(deployment);
        }
        let several: Vec<String> = answer.body["choose_from"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| Some((one["id"].as_str()?, one["name"].as_str()?)))
            .map(|(id, name)| format!("\n  --workspace {id}  {name}"))
            .collect();
        bail!("choose a workspace:{}", several.concat())
    }

    /// Ends the session. It would end by itself.
    pub fn sign_out(&self) {
        let _ = self.once("DELETE", "/sessions/current", None);
    }

    /// What the app's API answers to this address.
    pub fn get(&self, path: &str) -> Result<Value> {
        Ok(self.ask("GET", path, None)?.body)
    }

    /// What the app's API answers when something is to be done at this address.
    pub fn post(&self, path: &str) -> Result<Value> {
        Ok(self.ask("POST", path, Some(&json!({})))?.body)
    }

    /// The answer, which is waited for if the deployment is away.
    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Answer> {
        let deadline = Instant::now() + PATIENCE;
        let mut is_away = false;
        loop {
            let why = match self.once(method, path, body)? {
                Ok(answer) if answer.status < 400 => return Ok(answer),
                Ok(answer) if answer.status < 500 => {
                    let message = answer.body["message"].as_str().unwrap_or("no message");
                    bail!("{method} {path}: {} {message}", answer.status);
                }
                Ok(answer) => format!("it answers {}", answer.status),
                Err(why) => why,
            };
            if Instant::now() > deadline {
                bail!("{} does not answer: {why}", self.url);
            }
            if !is_away {
                say(&format!(
                    "→ {} does not answer; trying again ({why})",
                    self.url
                ));
                is_away = true;
            }
            sleep(Duration::from_secs(1));
        }
    }

    /// One request; the inner error says why there was no answer.
    fn once(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<std::result::Result<Answer, String>> {
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let mut config = format!(
            "url = \"{}/api/app{path}\"\nrequest = \"{method}\"\nheader = \"Origin: {}\"\n",
            quoted(&self.url),
            quoted(&self.url)
        );
        if !self.cookie.is_empty() {
            config += &format!("header = \"Cookie: {SESSION}{}\"\n", quoted(&self.cookie));
        }
        if let Some(body) = body {
            config += "header = \"Content-Type: application/json\"\n";
            config += &format!("data-raw = \"{}\"\n", quoted(&body.to_string()));
        }
        let mut curl = Command::new("curl")
            // The password and the session are in what it reads, not in its arguments.
            .args(["--disable", "--silent", "--show-error", "--globoff"])
            .args(["--include", "--suppress-connect-headers"])
            .args(["--max-time", "60", "--config", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("curl cannot be started; is it installed?")?;
        let mut input = curl.stdin.take().context("curl takes no input")?;
        input.write_all(config.as_bytes()).context("curl is gone")?;
        drop(input);
        let output = curl.wait_with_output().context("curl is gone")?;
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Ok(Err(why));
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(Answer::read(&text).ok_or_else(|| "that was no answer".to_owned()))
    }
}

impl Answer {
    /// What curl prints: headers, an empty line, the body.
    fn read(text: &str) -> Option<Self> {
        let (headers, body) = text.split_once("\r\n\r\n")?;
        let status = headers.split_whitespace().nth(1)?.parse().ok()?;
        if (100..200).contains(&status) {
            return Self::read(body);
        }
        Some(Self {
            status,
            headers: headers.to_owned(),
            // A page of somebody in between is no JSON.
            body: serde_json::from_str(body).unwrap_or_default(),
        })
    }
}

/// The session that the answer begins.
fn session(headers: &str) -> Option<String> {
    headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let value = value.trim().strip_prefix(SESSION)?;
        let cookie = value.split(';').next()?;
        name.eq_ignore_ascii_case("set-cookie")
            .then(|| cookie.to_owned())
    })
}

/// Whether nobody on the way can read what is sent.
fn is_safe(url: &str) -> bool {
    let is_local = |rest: &str| {
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| {
            rest.strip_prefix(host)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        })
    };
    url.starts_with("https://") || url.strip_prefix("http://").is_some_and(is_local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_found_whatever_the_case_of_its_header() {
        let answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\nSet-cookie: __Host-okrs=Abc.12; Path=/\r\n\r\n{\"me\":{}}";
        let answer = Answer::read(answer).unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(session(&answer.headers).as_deref(), Some("Abc.12"));
        assert!(answer.body["me"].is_object());
    }

    #[test]
    fn passwords_go_only_where_nobody_reads_them() {
        for url in [
            "https://okrs.example",
            "http://127.0.0.1:8787",
            "http://localhost",
        ] {
            assert!(is_safe(url), "{url}");
        }
        for url in [
            "http://okrs.example",
            "http://localhost.example",
            "ftp://x",
            "",
        ] {
            assert!(!is_safe(url), "{url}");
        }
    }
}
