//! A client like any other: plain HTTP and JSON. It panics on what no client should ever see.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use okrs_shared::session;
use serde_json::Value;
use ureq::http::{self, HeaderMap};
use ureq::{Agent, Body};

use crate::secrets;
use crate::server::tail;

/// Where paths begin that do not start with `/api`.
const V1: &str = "/api/v1";

static AGENT: LazyLock<Agent> = LazyLock::new(|| agent(Duration::from_secs(60)));

fn agent(timeout: Duration) -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(timeout))
        // A test may send a body with any method.
        .allow_non_standard_methods(true)
        .build()
        .new_agent()
}

/// Whether a GET of this address succeeds right now.
pub(crate) fn answers(url: &str) -> bool {
    agent(Duration::from_secs(5))
        .get(url)
        .call()
        .is_ok_and(|response| response.status() == 200)
}

/// A server and the key or session to ask it with.
#[derive(Clone, Debug)]
pub struct Api {
    address: String,
    credential: Option<Credential>,
    log: PathBuf,
}

/// What a request shows.
#[derive(Clone, Debug)]
enum Credential {
    Key(String),
    /// A cookie's value.
    Session(String),
    /// Nothing, on a page of the server's own.
    Nothing,
}

impl Api {
    pub(crate) fn new(address: String, key: Option<String>, log: PathBuf) -> Self {
        Self {
            address,
            credential: key.map(Credential::Key),
            log,
        }
    }

    /// The same server, asked like a page of its own by somebody signed in with this cookie.
    pub fn signed_in(&self, cookie: &str) -> Self {
        Self {
            credential: Some(Credential::Session(cookie.to_owned())),
            ..self.clone()
        }
    }

    /// The same server, asked like a page of its own by somebody who is not signed in.
    pub fn signed_out(&self) -> Self {
        Self {
            credential: Some(Credential::Nothing),
            ..self.clone()
        }
    }

    /// The same server, asked with another key.
    pub fn with(&self, key: &str) -> Self {
        Self {
            credential: Some(Credential::Key(key.to_owned())),
            ..self.clone()
        }
    }

    /// The same server, asked without a key.
    pub fn without_key(&self) -> Self {
        Self {
            credential: None,
            ..self.clone()
        }
    }

    /// The base address that users put before the paths of the contract.
    pub fn base(&self) -> String {
        format!("{}{V1}", self.address)
    }

    /// The host and port of the server.
    pub fn host(&self) -> String {
        self.address.replace("http://", "")
    }

    /// The key it asks with.
    pub fn key(&self) -> Option<&str> {
        match &self.credential {
            Some(Credential::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// A request to a path below `/api/v1` (or to one that starts with `/api`).
    pub fn request(&self, method: &str, path: &str) -> Request {
        let below = if path.starts_with("/api") { "" } else { V1 };
        self.outside(method, &format!("{below}{path}"))
    }

    /// A request to an address that need not be of an API.
    pub fn outside(&self, method: &str, path: &str) -> Request {
        let mut request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.address));
        match &self.credential {
            Some(Credential::Key(key)) => {
                request = request.header("authorization", format!("Bearer {key}"));
            }
            Some(Credential::Session(cookie)) => {
                request = request
                    .header("cookie", format!("{}={cookie}", session::COOKIE))
                    .header("sec-fetch-site", "same-origin");
            }
            Some(Credential::Nothing) => request = request.header("sec-fetch-site", "same-origin"),
            None => {}
        }
        Request {
            request,
            name: format!("{method} {path}"),
            body: None,
            log: self.log.clone(),
        }
    }

    /// Asks for something.
    pub fn get(&self, path: &str) -> Response {
        self.request("GET", path).send()
    }

    /// Creates something.
    pub fn post(&self, path: &str, body: &Value) -> Response {
        self.request("POST", path).json(body).send()
    }

    /// Changes some fields of something.
    pub fn patch(&self, path: &str, body: &Value) -> Response {
        self.request("PATCH", path).json(body).send()
    }

    /// Changes something.
    pub fn put(&self, path: &str, body: &Value) -> Response {
        self.request("PUT", path).json(body).send()
    }

    /// Deletes something.
    pub fn delete(&self, path: &str) -> Response {
        self.request("DELETE", path).send()
    }

    /// The JSON that a GET answers with 200.
    #[track_caller]
    pub fn read(&self, path: &str) -> Value {
        self.get(path).expect(200)
    }
}

/// A request in the making.
#[derive(Debug)]
pub struct Request {
    pub(crate) request: http::request::Builder,
    name: String,
    body: Option<Vec<u8>>,
    log: PathBuf,
}

impl Request {
    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Sends this JSON.
    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json")
            .body(body.to_string())
    }

    /// Sends these bytes.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// The answer, whatever its status: unless it is the server's own failure, which no request may
    /// ever cause.
    #[track_caller]
    pub fn send(self) -> Response {
        let body = self.body.as_deref().unwrap_or_default();
        let asked = format!("{} {}", self.name, excerpt(body, 300));
        let log = self.log.clone();
        let response = self
            .try_send()
            .unwrap_or_else(|error| panic!("{asked}: no answer: {error}\n{}", tail(&log)));
        assert!(
            response.status < 500,
            "{asked}: {response:?}\n{}",
            tail(&log)
        );
        response
    }

    /// The answer, if one comes: for tests that kill the server.
    #[track_caller]
    pub fn try_send(self) -> Result<Response, ureq::Error> {
        let response = match self.body {
            Some(body) => AGENT.run(self.request.body(body).unwrap()),
            None => AGENT.run(self.request.body(()).unwrap()),
        };
        Response::read(response?, &self.name)
    }
}

/// An answer, read to its end.
#[derive(Clone)]
pub struct Response {
    /// What was asked, for messages.
    name: String,
    /// The HTTP status.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// What a request cost, as the server says in `Server-Timing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Round trips to D1.
    pub d1_calls: u32,
    /// Rows that D1 read.
    pub rows_read: u32,
    /// Rows that D1 wrote.
    pub rows_written: u32,
    /// Calls of Durable Objects.
    pub object_calls: u32,
}

impl Response {
    /// Panics if a key of the hosted service is in it, whatever the test is about.
    #[track_caller]
    fn read(response: http::Response<Body>, name: &str) -> Result<Self, ureq::Error> {
        let (parts, body) = response.into_parts();
        let answer = Self {
            name: name.to_owned(),
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body
                .into_with_config()
                .limit(64 * 1024 * 1024)
                .read_to_vec()?,
        };
        secrets::assert_none_in(&answer.body, format_args!("the answer to {name}"));
        for (header, value) in &answer.headers {
            secrets::assert_none_in(value.as_bytes(), format_args!("{header} of {name}"));
        }
        Ok(answer)
    }

    /// The body as text.
    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }

    /// The body as JSON (null if there is none) of an answer that must have this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        if self.body.is_empty() {
            return Value::Null;
        }
        assert_eq!(
            self.header("content-type"),
            Some("application/json; charset=utf-8"),
            "{self:?}"
        );
        self.json()
    }

    /// The message of a refusal, which must have this status and the contract's shape.
    #[track_caller]
    pub fn refusal(&self, status: u16) -> String {
        let body = self.expect(status);
        let code = match status {
            400 => "bad_request",
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not_found",
            409 => "conflict",
            410 => "gone",
            415 => "unsupported_media_type",
            405 => "method_not_allowed",
            413 => "payload_too_large",
            422 => "idempotency_key_reused",
            429 => "rate_limit_exceeded",
            other => panic!("{other} is no refusal of the contract"),
        };
        let keys: Vec<&String> = body
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .collect();
        let expected: &[&str] = match status {
            429 => &["error", "message", "retry_after_seconds"],
            _ => &["error", "message"],
        };
        assert_eq!(keys, expected, "{self:?}");
        assert_eq!(body["error"], code, "{self:?}");
        let message = body["message"].as_str().unwrap_or_default();
        assert!(!message.trim().is_empty(), "{self:?}");
        assert!(status != 400 || names_its_field(message), "{self:?}");
        message.to_owned()
    }

    /// The session that the answer begins: the value of its cookie.
    #[track_caller]
    pub fn session(&self) -> String {
        let cookie = self.header("set-cookie").unwrap_or_default();
        let value = cookie
            .strip_prefix(&format!("{}=", session::COOKIE))
            .and_then(|rest| rest.split(';').next());
        value
            .unwrap_or_else(|| panic!("no session in {self:?}"))
            .to_owned()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What the request cost.
    #[track_caller]
    pub fn cost(&self) -> Cost {
        let header = self.header("server-timing").unwrap_or_default();
        let numbers: Vec<u32> = header
            .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
            .filter_map(|word| word.parse().ok())
            .collect();
        let [d1_calls, rows_read, rows_written, object_calls] = numbers[..] else {
            panic!("no costs in {self:?}");
        };
        Cost {
            d1_calls,
            rows_read,
            rows_written,
            object_calls,
        }
    }
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body = excerpt(&self.body, 2_000);
        write!(
            f,
            "{} answered {} {:?} {body}",
            self.name, self.status, self.headers
        )
    }
}

/// Whether the message of a 400 begins with a field (`participants[0].type`), a header, or "body".
fn names_its_field(message: &str) -> bool {
    let (first, rest) = message.split_once([' ', ':']).unwrap_or((message, ""));
    let is_path = |letter: char| letter.is_ascii_lowercase() || "_.[]0123456789".contains(letter);
    !rest.is_empty() && (first == "Idempotency-Key" || first.chars().all(is_path))
}

fn excerpt(bytes: &[u8], most: usize) -> String {
    let text = String::from_utf8_lossy(bytes);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], bytes.len()),
        None => text.into_owned(),
    }
}
