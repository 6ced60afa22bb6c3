//! Requests whose bodies are held back, and what becomes of them if their senders lose the right to send them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Api, Request};
use crate::workspaces::Workspace;

/// How long an answer may take: longer than a body may.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request of which all has been sent but the last byte of its body.
pub struct Held {
    stream: TcpStream,
    last: u8,
}

/// What a request is answered with that has no effect: the sender is unknown, may not or may no longer, cannot
/// see it, was too slow, or is one of so many whom nobody knows that they have to wait.
const REFUSED: [u16; 6] = [401, 403, 404, 408, 409, 429];

/// A request by nobody yet.
pub struct HeldWrite {
    /// What it is, for messages.
    pub name: String,
    /// Whether everybody who is signed in may do it.
    pub is_for_all: bool,
    /// Of the request.
    pub method: String,
    /// Of the request, below `/api/v1` or from `/api` on.
    pub path: String,
    /// What is sent in the end.
    pub body: Value,
}

impl HeldWrite {
    /// Sends it as this sender, but for the last byte of its body.
    pub fn held_by(&self, sender: &Api) -> (String, Held) {
        let request = sender.request(&self.method, &self.path);
        (self.name.clone(), request.hold(&self.body))
    }
}

impl Request {
    /// Sends it as JSON, and holds back the body's last byte.
    pub fn hold(self, body: &Value) -> Held {
        let request = self.header("content-type", "application/json").request;
        let request = request.body(()).unwrap();
        let address = request.uri();
        let host = address.authority().unwrap().as_str();
        let body = body.to_string();
        let (last, rest) = body.as_bytes().split_last().unwrap();
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: {host}\r\n",
            request.method(),
            address.path_and_query().unwrap()
        );
        for (name, value) in request.headers() {
            head += &format!("{name}: {}\r\n", value.to_str().unwrap());
        }
        head += &format!(
            "connection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(rest).unwrap();
        Held {
            stream,
            last: *last,
        }
    }
}

impl Held {
    /// Sends the last byte, if the server still waits for it, and gives the answer's status.
    pub fn finish(mut self) -> u16 {
        // Whoever has been refused meanwhile may find nobody there any more.
        let _ = self.stream.write_all(&[self.last]);
        self.status()
    }

    /// Sends the last byte and leaves, without waiting for an answer.
    pub fn leave(mut self) {
        self.stream.write_all(&[self.last]).unwrap();
    }

    /// The answer's status, without the last byte.
    pub fn status(self) -> u16 {
        let mut line = String::new();
        BufReader::new(self.stream).read_line(&mut line).unwrap();
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no answer: {line:?}"))
    }
}

/// Sends each of these writes as four senders who may do it: somebody who signs out, somebody who is disabled, an
/// admin who is demoted, and a key that is revoked, all before the bodies are there. Panics if any takes effect.
pub fn none_takes_effect(acme: &Workspace, writes: &[HeldWrite]) {
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let leaving = make_admin(acme, acme.bob.as_str(), &acme.sessions.bob);
    let disabled = make_admin(acme, acme.carol.as_str(), &acme.sessions.carol);
    let demoted = make_admin(acme, acme.dave.as_str(), &acme.sessions.dave);
    let scopes = json!(["okrs:read", "okrs:write", "kpis:read", "kpis:write"]);
    let body = json!({ "name": "Short-lived", "scopes": scopes });
    let made = alice.post("/api/app/api-keys", &body).expect(201);
    let program = acme.api.with(made["key"].as_str().unwrap());
    let key = made["api_key"]["id"].as_str().unwrap();

    let mut held = Vec::new();
    for write in writes {
        held.extend([&leaving, &disabled, &program].map(|sender| write.held_by(sender)));
        // Some of it a member may do as well.
        held.extend((!write.is_for_all).then(|| write.held_by(&demoted)));
    }
    leaving.delete("/api/app/sessions/current").expect(204);
    let member = |id: &str, rest: &str| format!("/api/app/members/{id}{rest}");
    let disable = member(acme.carol.as_str(), "/disable");
    alice.post(&disable, &json!({})).expect(200);
    let demote = member(acme.dave.as_str(), "");
    alice
        .patch(&demote, &json!({ "role": "member" }))
        .expect(200);
    alice
        .delete(&format!("/api/app/api-keys/{key}"))
        .expect(204);

    let senders = [
        format!("member_id={}", acme.bob),
        format!("member_id={}", acme.carol),
        format!("member_id={}", acme.dave),
        format!("api_key_id={key}"),
    ];
    let done = || senders.each_ref().map(|sender| done_by(&alice, sender));
    let before = done();
    let answers = finish(held);
    assert_eq!(done(), before, "{answers:?}");
    all_refused(&answers);
    // Nor does what they only begin now.
    for write in writes {
        for sender in [&leaving, &disabled, &program] {
            let request = sender.request(&write.method, &write.path);
            let status = request.json(&write.body).send().status;
            assert_eq!(status, 401, "{}", write.name);
        }
    }
    assert_eq!(done(), before);
}

/// Sends each of these writes as the manager of a team who is moved out of it before the bodies are there. Panics if
/// one takes effect that is refused when somebody moved sends it: `after` are the same writes in another workspace.
pub fn moved_is_as_if_moved_before(
    held: (&Workspace, &[HeldWrite]),
    after: (&Workspace, &[HeldWrite]),
) {
    let move_bob = |acme: &Workspace| {
        let alice = acme.api.signed_in(&acme.sessions.alice);
        let team = format!("/api/app/teams/{}", acme.team);
        let body = json!({ "manager_id": null, "member_ids": [acme.dave.as_str()] });
        alice.patch(&team, &body).expect(200);
    };
    let bob = |acme: &Workspace| acme.api.signed_in(&acme.sessions.bob);
    let sent = held
        .1
        .iter()
        .map(|write| write.held_by(&bob(held.0)))
        .collect();
    move_bob(held.0);
    let sent = finish(sent);
    move_bob(after.0);
    for ((name, status), write) in sent.iter().zip(after.1) {
        assert_eq!(*name, write.name);
        let request = bob(after.0).request(&write.method, &write.path);
        let expected = request.json(&write.body).send().status;
        assert_eq!(
            REFUSED.contains(status),
            REFUSED.contains(&expected),
            "{name}: {status}, and {expected} for somebody moved before"
        );
    }
}

/// Sends the last bytes of all at once. Gives the statuses of the answers.
pub fn finish(held: Vec<(String, Held)>) -> Vec<(String, u16)> {
    thread::scope(|scope| {
        let finish = |(name, held): (String, Held)| scope.spawn(move || (name, held.finish()));
        let answers: Vec<_> = held.into_iter().map(finish).collect();
        let joined = answers.into_iter().map(|answer| answer.join().unwrap());
        joined.collect()
    })
}

/// Panics if one of these is answered as if it had an effect.
#[track_caller]
pub fn all_refused(answers: &[(String, u16)]) {
    for (name, status) in answers {
        assert!(REFUSED.contains(status), "{name}: {status}");
    }
}

/// An admin beside alice.
fn make_admin(acme: &Workspace, id: &str, cookie: &str) -> Api {
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/api/app/members/{id}");
    alice.patch(&path, &json!({ "role": "admin" })).expect(200);
    acme.api.signed_in(cookie)
}

/// What the audit log says that this sender has done, refusals left out.
fn done_by(alice: &Api, sender: &str) -> usize {
    let page = alice.read(&format!("/api/app/audit-log?{sender}&limit=200"));
    let entries = page["entries"].as_array().unwrap();
    let is_done = |entry: &&Value| entry["action"] != "access.denied";
    entries.iter().filter(is_done).count()
}
