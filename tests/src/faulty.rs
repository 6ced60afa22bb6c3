//! A line to the hosted service that can be cut, slow or garbled while the tests run.
//!
//! It stands between a Worker with `BACKEND=upstream` and another one that plays the hosted service.
//! Whoever asks with a key has a [`Line`] to itself, so that tests with workspaces of their own can
//! share the servers: what one does to its line, the others don't notice.

mod http;
mod report;

use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::client::Api;
use crate::clock::now;
use crate::secrets;
use crate::server::Server;
use http::{Answer, Asked};

/// What happens to requests on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// They are passed on, and so are the answers.
    None,
    /// The connection closes at once: the service never learns of them.
    Cut,
    /// They are passed on; the answers come so much later.
    Slow(Duration),
    /// They are passed on; the connection closes instead of an answer.
    LostAnswer,
    /// They are passed on; the answers end in the middle.
    Truncated,
    /// They are answered with this status and no JSON.
    Status(u16),
    /// They are answered with 429 and so many seconds to wait.
    TooMany(u32),
    /// They are answered with 200 and JSON of another shape.
    OtherShape,
    /// They are answered with 200 and a page for people.
    Page,
    /// They are passed on; everything in the answers has a field and words that nobody knows yet.
    Newer,
}

/// A request that came through.
#[derive(Clone, Debug)]
pub struct Seen {
    /// When.
    pub at: DateTime<Utc>,
    /// `GET`
    pub method: String,
    /// With the query: `/api/v1/okrs`.
    pub path: String,
    /// All headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
    /// What the service answered; `None` if it never learned of the request or did not answer.
    pub status: Option<u16>,
    /// The body that was sent back.
    pub answer: Vec<u8>,
}

/// The line of one key.
#[derive(Debug)]
pub struct Line {
    faults: Mutex<Faults>,
    seen: Mutex<Vec<Seen>>,
    /// How many of those have been found in order.
    checked: AtomicUsize,
}

#[derive(Clone, Copy, Debug)]
struct Faults {
    reads: Fault,
    writes: Fault,
}

/// All lines; it listens on a port of this machine until the tests end.
pub struct Faulty {
    address: SocketAddr,
    lines: Arc<Lines>,
}

/// By the `Authorization` header.
type Lines = Mutex<HashMap<String, Arc<Line>>>;

impl Faulty {
    /// Passes on to this server.
    pub fn start(service: &Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let lines: Arc<Lines> = Arc::default();
        let (service, all) = (service.anonymous(), lines.clone());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (service, all) = (service.clone(), all.clone());
                // A client that goes away in the middle is no failure.
                thread::spawn(move || carry(client, &service, &all).ok());
            }
        });
        Self { address, lines }
    }

    /// The base address of the service, as seen from this side.
    pub fn base(&self) -> String {
        format!("http://{}/api/v1", self.address)
    }

    /// The line of whoever asks with this key.
    pub fn line(&self, key: &str) -> Arc<Line> {
        line(&self.lines, &format!("Bearer {key}"))
    }

    /// Panics if a request came with anything but a key of the service, or with that anywhere but where
    /// it belongs.
    #[track_caller]
    pub(crate) fn check(&self) {
        for line in self.lines.lock().unwrap().values() {
            let seen = line.seen.lock().unwrap();
            let checked = line.checked.swap(seen.len(), Ordering::Relaxed);
            seen[checked..].iter().for_each(Seen::check);
        }
    }

    /// What came through on all lines, be it without a key or with one that nobody expected.
    pub fn seen(&self) -> Vec<Seen> {
        let lines = self.lines.lock().unwrap();
        lines.values().flat_map(|line| line.seen()).collect()
    }
}

impl Seen {
    #[track_caller]
    fn check(&self) {
        let what = format!("{} {}", self.method, self.path);
        let (keys, others): (Vec<_>, Vec<_>) = self
            .headers
            .iter()
            .partition(|(name, _)| name == "authorization");
        let is_key = |value: &str| {
            value
                .strip_prefix("Bearer ")
                .is_some_and(secrets::is_guarded)
        };
        assert!(
            matches!(keys[..], [(_, value)] if is_key(value)),
            "{what} came with another key, or none"
        );
        for text in others
            .iter()
            .map(|(_, value)| value)
            .chain([&self.path, &self.body])
        {
            secrets::assert_none_in(text.as_bytes(), &what);
        }
    }
}

impl Line {
    /// What happens from now on.
    pub fn set(&self, fault: Fault) {
        *self.faults.lock().unwrap() = Faults {
            reads: fault,
            writes: fault,
        };
    }

    /// What happens to writes from now on; nothing happens to reads.
    pub fn set_for_writes(&self, fault: Fault) {
        *self.faults.lock().unwrap() = Faults {
            reads: Fault::None,
            writes: fault,
        };
    }

    /// What came through so far, in this order.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// How many requests came through so far.
    pub fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// The writes that came through so far.
    pub fn writes(&self) -> Vec<Seen> {
        let mut seen = self.seen();
        seen.retain(|request| request.method != "GET");
        seen
    }

    fn fault(&self, method: &str) -> Fault {
        let faults = self.faults.lock().unwrap();
        match method {
            "GET" => faults.reads,
            _ => faults.writes,
        }
    }
}

fn line(lines: &Lines, authorization: &str) -> Arc<Line> {
    let make = || {
        Arc::new(Line {
            faults: Mutex::new(Faults {
                reads: Fault::None,
                writes: Fault::None,
            }),
            seen: Mutex::default(),
            checked: AtomicUsize::new(0),
        })
    };
    let mut lines = lines.lock().unwrap();
    lines
        .entry(authorization.to_owned())
        .or_insert_with(make)
        .clone()
}

/// Serves one request.
fn carry(mut client: TcpStream, service: &Api, lines: &Lines) -> io::Result<()> {
    let asked = Asked::read(&client)?;
    let line = line(lines, asked.header("authorization").unwrap_or_default());
    let at = now();
    // Its place is where it came, not where it was answered.
    let place = {
        let mut seen = line.seen.lock().unwrap();
        seen.push(Seen {
            at,
            method: asked.method.clone(),
            path: asked.path.clone(),
            headers: asked.headers.clone(),
            body: String::from_utf8_lossy(&asked.body).into_owned(),
            status: None,
            answer: Vec::new(),
        });
        seen.len() - 1
    };
    let pass_on = || {
        let answer = asked.pass_on(service)?;
        line.seen.lock().unwrap()[place].status = Some(answer.status);
        Ok::<Answer, io::Error>(answer)
    };
    let answer = match line.fault(&asked.method) {
        Fault::None => pass_on()?,
        Fault::Cut => return Ok(()),
        Fault::Slow(wait) => {
            let answer = pass_on()?;
            thread::sleep(wait);
            answer
        }
        Fault::LostAnswer => return pass_on().map(drop),
        Fault::Truncated => return pass_on()?.send_half(&mut client),
        Fault::Status(status) => Answer::new(status, "text/plain", "upstream connect error"),
        Fault::TooMany(wait) => too_many(wait),
        Fault::OtherShape => Answer::new(200, "application/json", r#"{"oops":1}"#),
        Fault::Page => Answer::new(200, "text/html", "<!doctype html><title>Sorry</title>"),
        Fault::Newer => newer(pass_on()?),
    };
    line.seen.lock().unwrap()[place].answer = answer.body.clone();
    answer.send(&mut client)
}

/// As the contract has it: without a message.
fn too_many(wait: u32) -> Answer {
    let body = json!({ "error": "rate_limit_exceeded", "retry_after_seconds": wait });
    let mut answer = Answer::new(429, "application/json", &body.to_string());
    answer
        .headers
        .push(("retry-after".to_owned(), wait.to_string()));
    answer
}

/// This answer as a service gives it that has moved on.
fn newer(mut answer: Answer) -> Answer {
    if let Ok(mut body) = serde_json::from_slice(&answer.body) {
        move_on(&mut body);
        answer.body = body.to_string().into_bytes();
    }
    answer
}

fn move_on(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(move_on),
        Value::Object(fields) => {
            for word in ["type", "status", "metric_type", "priority"] {
                if let Some(known) = fields.get_mut(word) {
                    *known = json!(format!("{word}_of_tomorrow"));
                }
            }
            for field in ["key_results", "data"] {
                if let Some(inner) = fields.get_mut(field) {
                    move_on(inner);
                }
            }
            fields.insert("field_of_tomorrow".to_owned(), json!({ "deep": [1, null] }));
        }
        _ => {}
    }
}
