//! Requests whose bodies are held back.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::client::Request;

/// How long an answer may take: longer than a body may.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request of which all has been sent but the last byte of its body.
pub struct Held {
    stream: TcpStream,
    last: u8,
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
