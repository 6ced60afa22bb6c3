//! The Worker in workerd alone, without wrangler's proxies around it: no database, and no object but
//! the throttle, but several times as many requests per second.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use okrs_tests::repository;

/// What workerd is told. `PORT` and `BINDINGS` stand for what differs.
const CONFIG: &str = r#"
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:PORT", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-11-17",
  modules = [
    (name = "index.js", esModule = embed "index.js"),
    (name = "index_bg.wasm", wasm = embed "index_bg.wasm"),
  ],
  durableObjectNamespaces = [(className = "Throttle", uniqueKey = "throttle")],
  durableObjectStorage = (inMemory = void),
  bindings = [(name = "THROTTLE", durableObjectNamespace = "Throttle"), BINDINGS],
);
"#;

/// Runs until its input ends, which is when this process does, however that comes about.
const UNTIL_INPUT_ENDS: &str = r#""$@" & read -r _; kill -s KILL $!; rm -rf -- "$0""#;

/// Fewer than the throttle lets through.
const TOKENS_PER_ADDRESS: usize = 250;

/// A workerd process. It ends with this value or with the test process.
pub struct BareWorker {
    port: u16,
    _shell: Child,
    _input: ChildStdin,
}

/// A connection that stays open from request to request.
pub struct Connection(BufReader<TcpStream>);

impl BareWorker {
    /// Starts the Worker that has been built, with these variables, and waits until it listens.
    pub fn start(vars: &[(&str, &str)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let dir = std::env::temp_dir().join(format!("okrs-bare-{}-{port}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        for file in ["index.js", "index_bg.wasm"] {
            fs::copy(repository().join("worker/build").join(file), dir.join(file)).unwrap();
        }
        let bindings: Vec<_> = vars
            .iter()
            .map(|(name, value)| format!("(name = {name:?}, text = {value:?})"))
            .collect();
        let config = CONFIG
            .replace("PORT", &port.to_string())
            .replace("BINDINGS", &bindings.join(", "));
        fs::write(dir.join("config.capnp"), config).unwrap();
        let mut shell = Command::new("sh")
            .args(["-c", UNTIL_INPUT_ENDS])
            .arg(&dir)
            .arg(repository().join("node_modules/.bin/workerd"))
            .arg("serve")
            .arg(dir.join("config.capnp"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C in the terminal must not reach it before its input ends.
            .process_group(0)
            .spawn()
            .unwrap();
        let worker = Self {
            port,
            _input: shell.stdin.take().unwrap(),
            _shell: shell,
        };
        let deadline = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "workerd does not listen");
            thread::yield_now();
        }
        worker
    }

    /// A new connection.
    pub fn connect(&self) -> Connection {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_nodelay(true).unwrap();
        Connection(BufReader::new(stream))
    }
}

impl Connection {
    /// An address that has not been used up yet: from one, only so many tokens may be shown.
    fn address(&self) -> String {
        static SHOWN: AtomicUsize = AtomicUsize::new(0);
        let nth = SHOWN.fetch_add(1, Ordering::Relaxed) / TOKENS_PER_ADDRESS;
        format!("10.0.{}.{}", nth / 256, nth % 256)
    }

    /// Shows an Access token, byte by byte as it is: the status, and headers and body as they came.
    pub fn show(&mut self, token: &[u8]) -> (u16, String) {
        let mut request = b"POST /api/app/access-sessions HTTP/1.1\r\nhost: 127.0.0.1\r\n\
            sec-fetch-site: same-origin\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\
            cf-connecting-ip: "
            .to_vec();
        request.extend_from_slice(self.address().as_bytes());
        request.extend_from_slice(b"\r\ncf-access-jwt-assertion: ");
        request.extend_from_slice(token);
        request.extend_from_slice(b"\r\n\r\n{}");
        self.0.get_mut().write_all(&request).unwrap();
        let mut answer = String::new();
        while !answer.ends_with("\r\n\r\n") {
            assert!(
                self.0.read_line(&mut answer).unwrap() > 0,
                "no answer to {token:?}: {answer}"
            );
        }
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let headers = answer.to_lowercase();
        match headers.split("content-length: ").nth(1) {
            Some(rest) => {
                let length = rest.split("\r\n").next().unwrap().parse().unwrap();
                self.read(length, &mut answer);
            }
            None => self.read_chunks(&mut answer),
        }
        (status, answer)
    }

    fn read_chunks(&mut self, answer: &mut String) {
        loop {
            let mut size = String::new();
            self.0.read_line(&mut size).unwrap();
            let size = u64::from_str_radix(size.trim(), 16).unwrap();
            self.read(size, answer);
            // Every chunk ends with an empty line, the last one, of no bytes, too.
            self.0.read_line(&mut String::new()).unwrap();
            if size == 0 {
                return;
            }
        }
    }

    fn read(&mut self, bytes: u64, answer: &mut String) {
        self.0.by_ref().take(bytes).read_to_string(answer).unwrap();
    }
}
