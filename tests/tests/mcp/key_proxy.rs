//! A proxy that adds a key to every request, for a client that cannot.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;

use okrs_tests::Api;

/// Listens on a port of this machine until the tests end.
pub struct KeyProxy {
    address: SocketAddr,
}

impl KeyProxy {
    /// Passes on to the server of `api` with its key.
    pub fn start(api: &Api) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (server, key) = (api.host(), api.key().unwrap().to_owned());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (server, key) = (server.clone(), key.clone());
                // A client that goes away in the middle is no failure.
                thread::spawn(move || pass_on(client, &server, &key).ok());
            }
        });
        Self { address }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Passes on one request and its answer. Neither side may keep the connection, so that a second
/// request can't slip through without a key. All other headers stay as they are, `Host` above all.
fn pass_on(mut client: TcpStream, server: &str, key: &str) -> io::Result<()> {
    let mut head = Vec::new();
    let end = loop {
        let mut buffer = [0; 8192];
        let count = client.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        head.extend_from_slice(&buffer[..count]);
        if let Some(end) = head.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end;
        }
    };
    let text = String::from_utf8_lossy(&head[..end]);
    let mut lines: Vec<&str> = text.split("\r\n").collect();
    lines.retain(|line| !line.to_ascii_lowercase().starts_with("connection:"));
    let added = format!("authorization: Bearer {key}");
    lines.extend([&*added, "connection: close"]);

    let mut upstream = TcpStream::connect(server)?;
    upstream.write_all(lines.join("\r\n").as_bytes())?;
    upstream.write_all(&head[end..])?;
    let (mut body, mut there) = (client.try_clone()?, upstream.try_clone()?);
    thread::spawn(move || io::copy(&mut body, &mut there).ok());
    io::copy(&mut upstream, &mut client)?;
    client.shutdown(Shutdown::Both)
}
