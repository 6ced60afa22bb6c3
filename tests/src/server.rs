//! `wrangler dev` with a database of its own, gone without a trace when the tests are over.

use std::collections::{HashSet, VecDeque};
use std::env;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{self, Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::client::{self, Api};
use crate::database::{self, Files, Migrated};
use crate::secrets;
use crate::shared_server::SETUP_TOKEN;
use crate::wrangler;

/// How long workerd may take to answer its first request; a busy machine compiles the Worker slowly.
const START_WITHIN: Duration = Duration::from_secs(120);
const LOG: &str = "wrangler.log";

static STARTED: AtomicU32 = AtomicU32::new(0);

/// A Worker that answers on a port of this machine.
///
/// It ends, and its data goes, with this value or with the test process: whichever ends first, and
/// however it ends.
pub struct Server {
    port: u16,
    /// Database, objects and log.
    dir: PathBuf,
    /// What is served, if it is not the Worker as it is built.
    script: Option<PathBuf>,
    /// Variables of the Worker, `NAME:value`.
    vars: Vec<String>,
    /// Its secrets: next to the directory, so that nothing below that has to know them.
    secrets: PathBuf,
    running: Option<Running>,
}

/// The process group of wrangler and its workerds.
struct Running {
    wrangler: Child,
    _watchdog: Watchdog,
}

/// A shell that does what is to be done once this process is gone. It learns that from the end of
/// its input, which no way of dying can prevent. Dropped, it does nothing.
struct Watchdog {
    shell: Child,
    _input: ChildStdin,
}

impl Server {
    /// A migrated database, filled with `sql`, and the Worker on top of it.
    pub fn start(sql: &str) -> Self {
        Self::start_with(sql, &[])
    }

    /// Like [`Self::start`], with variables for the Worker: names and values.
    pub fn start_with(sql: &str, vars: &[(&str, &str)]) -> Self {
        Self::start_with_secrets(sql, vars, &[])
    }

    /// Like [`Self::start`], with the Worker in `tests/failing`, whose database fails as requests say.
    pub fn start_failing(sql: &str) -> Self {
        let mut server = Self::prepare(sql, &[], &[]);
        server.script = Some(repository().join("tests/failing/worker.mjs"));
        server.serve();
        server
    }

    /// The Worker on a database that lacks the newest migration.
    pub fn start_unmigrated() -> Self {
        let mut server = Self::prepare("", &[], &[]);
        let all = Migrated::once(&server.dir.join("migrated"));
        all.of_earlier(&server.dir, database::migrations().len() - 1, "");
        server.set_var("SETUP_TOKEN", SETUP_TOKEN);
        server.serve();
        server
    }

    /// Applies the migrations that its database lacks, of a server that has been killed.
    pub fn migrate(&self) {
        wrangler::d1(&self.dir, &["migrations", "apply", "DB"]);
    }

    /// Calls a script that keeps or restores its database, of a server that has been killed.
    pub fn call_script(&self, name: &str, args: &[&str]) {
        wrangler::script(&self.dir, name, args);
    }

    /// Like [`Self::start_with`], with secrets, which wrangler doesn't print.
    pub fn start_with_secrets(sql: &str, vars: &[(&str, &str)], secrets: &[(&str, &str)]) -> Self {
        let mut server = Self::prepare(sql, vars, secrets);
        server.serve();
        server
    }

    fn prepare(sql: &str, vars: &[(&str, &str)], secrets: &[(&str, &str)]) -> Self {
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let dir = env::temp_dir().join(format!("okrs-tests-{}-{nth}", process::id()));
        fs::create_dir_all(&dir).unwrap();
        let server = Self {
            port: free_port(),
            script: None,
            secrets: dir.with_extension("env"),
            dir,
            vars: vars
                .iter()
                .map(|(name, value)| format!("{name}:{value}"))
                .collect(),
            running: None,
        };
        let lines = secrets
            .iter()
            .map(|(name, value)| format!("{name}='{value}'\n"));
        fs::write(&server.secrets, lines.collect::<String>()).unwrap();
        let scratch = server.dir.join("migrated");
        Migrated::once(&scratch).copy(&server.dir, sql);
        server
    }

    /// A client that sends this key.
    pub fn api(&self, key: &str) -> Api {
        Api::new(self.address(), Some(key.to_owned()), self.log())
    }

    /// A client without a key.
    pub fn anonymous(&self) -> Api {
        Api::new(self.address(), None, self.log())
    }

    /// Scheme, host and port.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Kills wrangler and its workerds, and nobody else's, without any warning.
    pub fn kill_9(&mut self) {
        self.running = None;
    }

    /// Serves the same data again, at the same address.
    pub fn restart(&mut self) {
        self.kill_9();
        self.serve();
    }

    /// The database as it is, of a server that has been killed or at which nobody writes.
    pub fn database(&self) -> Files {
        Files::read(&self.dir)
    }

    /// Puts an earlier database back, and leaves objects as they are; of a server that has been killed.
    pub fn put_back(&mut self, database: &Files) {
        database.put_back(&self.dir);
    }

    /// Gives a variable of the Worker another value, from its next start on.
    pub fn set_var(&mut self, name: &str, value: &str) {
        let is_other = |var: &String| !var.starts_with(&format!("{name}:"));
        self.vars.retain(is_other);
        self.vars.push(format!("{name}:{value}"));
    }

    /// How many rows a table of the database has, of a server that has been killed.
    pub fn count_rows(&self, table: &str) -> u64 {
        let command = format!("SELECT COUNT(*) AS count FROM {table}");
        let output = wrangler::d1(
            &self.dir,
            &["execute", "DB", "--json", "--command", &command],
        );
        let results: Value = serde_json::from_slice(&output).unwrap();
        results[0]["results"][0]["count"].as_u64().unwrap()
    }

    /// The number that a query of the database gives while nobody writes.
    pub fn number(&self, query: &str) -> u64 {
        let scratch = self.dir.with_extension("copy");
        self.database().number(query, &scratch)
    }

    /// Has the Worker clean up as it does once a day, as if it were this moment.
    #[track_caller]
    pub fn sweep(&self, at: DateTime<Utc>) {
        let (millis, address) = (at.timestamp_millis(), "/cdn-cgi/local/scheduled");
        let path = format!("{address}?cron=17+3+*+*+*&format=json&time={millis}");
        let answer = self.anonymous().outside("GET", &path).send();
        assert_eq!(answer.json()["outcome"], "ok", "{answer:?}");
    }

    /// The lines of its log that have this in them.
    pub fn logged(&self, part: &str) -> Vec<String> {
        let log = fs::read_to_string(self.log()).unwrap();
        let lines = log.lines().filter(|line| line.contains(part));
        lines.map(str::to_owned).collect()
    }

    /// The lines that the Worker and its objects have logged about a request. Each is JSON and says which it is.
    pub fn log_of(&self, request: &str) -> Vec<Value> {
        let read = |line: &String| {
            // Wrangler may put a word before it, and colour around it.
            let json = line.find('{').zip(line.rfind('}'));
            let json = json.map_or(line.as_str(), |(begin, end)| &line[begin..=end]);
            let said: Value =
                serde_json::from_str(json).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(said["request"], request, "{line}");
            said
        };
        self.logged(request).iter().map(read).collect()
    }

    /// How many objects have tables of ours in their storage.
    pub fn objects_with_tables(&self) -> usize {
        let databases = self.files().into_iter().filter(|file| has_tables(file));
        let objects: HashSet<_> = databases
            .map(|file| file.file_stem().unwrap().to_owned())
            .collect();
        objects.len()
    }

    /// All that it keeps: databases of D1 and of objects, and its log.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut directories = vec![self.dir.clone()];
        let mut files = Vec::new();
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    directories.push(path);
                } else {
                    files.push(path);
                }
            }
        }
        files
    }

    /// Panics if a key of the hosted service is in anything that it keeps.
    #[track_caller]
    pub(crate) fn check_secrets(&self) {
        secrets::assert_none_below(&self.dir);
    }

    fn log(&self) -> PathBuf {
        self.dir.join(LOG)
    }

    fn serve(&mut self) {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log())
            .unwrap();
        let wrangler = wrangler::command(&self.dir, "dev")
            .args(&self.script)
            .args(["--ip", "127.0.0.1", "--port", &self.port.to_string()])
            .args(["--inspector-port", "0", "--var", "EXPOSE_COSTS:true"])
            // A test is many people in little time. What it says of its own comes later and counts.
            .args(["--var", "WRITES_PER_MINUTE:100000"])
            .arg("--env-file")
            .arg(&self.secrets)
            .args(self.vars.iter().flat_map(|var| ["--var", var.as_str()]))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .process_group(0)
            .spawn()
            .unwrap_or_else(wrangler::not_started);
        self.running = Some(Running {
            _watchdog: Watchdog::over(&wrangler, [&self.dir, &self.secrets]),
            wrangler,
        });
        self.wait_until_it_answers();
    }

    fn wait_until_it_answers(&mut self) {
        let about = format!("{}/api/app/about", self.address());
        let deadline = Instant::now() + START_WITHIN;
        while !client::answers(&about) {
            let running = self.running.as_mut().unwrap();
            let ended = running.wrangler.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < deadline,
                "the Worker does not answer at {about} ({ended:?})\n{}",
                tail(&self.log())
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill_9();
        let _ = fs::remove_dir_all(&self.dir);
        let _ = fs::remove_file(&self.secrets);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = self.wrangler.id().to_string();
        let _ = Command::new("sh")
            .args(["-c", "kill -s KILL -- \"-$1\"", "kill", &group])
            .status();
        let _ = self.wrangler.wait();
    }
}

impl Watchdog {
    /// Will kill the group that `leader` leads and remove what it left.
    fn over(leader: &Child, leavings: [&Path; 2]) -> Self {
        // The second gives the killed time to let go of their files.
        let script = "read -r _; kill -s KILL -- \"-$1\"; sleep 1; shift; rm -rf -- \"$@\"";
        let mut shell = Command::new("sh")
            .args(["-c", script, "watchdog", &leader.id().to_string()])
            .args(leavings)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C in the terminal must not reach it.
            .process_group(0)
            .spawn()
            .unwrap();
        Self {
            _input: shell.stdin.take().unwrap(),
            shell,
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}

/// The root of the checkout.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The last lines of a log.
pub(crate) fn tail(log: &Path) -> String {
    let Ok(file) = File::open(log) else {
        return format!("(no {})", log.display());
    };
    let mut lines = VecDeque::new();
    for line in BufReader::new(file).lines().map_while(Result::ok) {
        lines.push_back(line);
        if lines.len() > 60 {
            lines.pop_front();
        }
    }
    format!(
        "--- end of {} ---\n{}",
        log.display(),
        Vec::from(lines).join("\n")
    )
}

/// Whether it is a database of an object, or its log, and has one of our tables.
fn has_tables(file: &Path) -> bool {
    let is_database = file
        .extension()
        .is_some_and(|extension| extension == "sqlite" || extension == "sqlite-wal");
    let table = b"CREATE TABLE budgets";
    is_database
        && fs::read(file)
            .unwrap_or_default()
            .windows(table.len())
            .any(|window| window == table)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
