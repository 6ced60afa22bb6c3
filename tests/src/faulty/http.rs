//! As much of HTTP/1.1 as it takes: one request a connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::client::Api;
use crate::clock::now;

/// What each connection says for itself.
const HOP_BY_HOP: [&str; 6] = [
    "accept-encoding",
    "connection",
    "content-length",
    "date",
    "host",
    "transfer-encoding",
];

/// A request, read to its end.
pub struct Asked {
    pub method: String,
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// An answer to be sent.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Asked {
    pub fn read(client: &TcpStream) -> io::Result<Self> {
        let mut reader = BufReader::new(client);
        let first = line(&mut reader)?;
        let mut words = first.split(' ').map(str::to_owned);
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        let mut asked = Self {
            method,
            path,
            headers: Vec::new(),
            body: Vec::new(),
        };
        loop {
            let text = line(&mut reader)?;
            let Some((name, value)) = text.split_once(':') else {
                break;
            };
            asked
                .headers
                .push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        asked.body = match asked.header("content-length") {
            Some(length) => exactly(&mut reader, number(length, 10)?)?,
            None if asked.header("transfer-encoding").is_some() => chunks(&mut reader)?,
            None => Vec::new(),
        };
        Ok(asked)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(other, _)| other == name)?;
        Some(value)
    }

    /// Asks the service the same.
    pub fn pass_on(&self, service: &Api) -> io::Result<Answer> {
        let mut request = service.request(&self.method, &self.path);
        for (name, value) in &self.headers {
            if !HOP_BY_HOP.contains(&&**name) {
                request = request.header(name, value);
            }
        }
        if !self.body.is_empty() {
            request = request.body(self.body.clone());
        }
        let answer = request.try_send().map_err(io::Error::other)?;
        let headers = answer.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), value.into_owned())
        });
        Ok(Answer {
            status: answer.status,
            headers: headers
                .filter(|(name, _)| !HOP_BY_HOP.contains(&&**name))
                .collect(),
            body: answer.body,
        })
    }
}

impl Answer {
    pub fn new(status: u16, media_type: &str, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), media_type.to_owned())],
            body: body.as_bytes().to_vec(),
        }
    }

    pub fn send(&self, client: &mut TcpStream) -> io::Result<()> {
        client.write_all(self.head().as_bytes())?;
        client.write_all(&self.body)
    }

    /// Promises all of it.
    pub fn send_half(&self, client: &mut TcpStream) -> io::Result<()> {
        client.write_all(self.head().as_bytes())?;
        client.write_all(&self.body[..self.body.len() / 2])
    }

    fn head(&self) -> String {
        // As the contract's servers have it; workerd leaves it to what stands in front of it.
        let date = now().format("%a, %d %b %Y %H:%M:%S GMT");
        let mut head = format!(
            "HTTP/1.1 {} -\r\nconnection: close\r\ndate: {date}\r\n",
            self.status
        );
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !matches!(self.status, 204 | 304) {
            head += &format!("content-length: {}\r\n", self.body.len());
        }
        head + "\r\n"
    }
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut text = String::new();
    if reader.read_line(&mut text)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(text.trim_end().to_owned())
}

fn exactly(reader: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = number(&line(reader)?, 16)?;
        body.extend(exactly(reader, length)?);
        line(reader)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn number(text: &str, radix: u32) -> io::Result<usize> {
    usize::from_str_radix(text, radix).map_err(io::Error::other)
}
