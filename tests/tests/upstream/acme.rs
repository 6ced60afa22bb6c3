//! A workspace at the hosted service, and the deployment in front of it.

use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use okrs_tests::{
    Api, Fault, LISTS, Line, Proxied, Seeded, Server, by_tag, now, people_only, seeded,
};
use serde_json::{Value, json};

use crate::waiting::{accepted, location, settled};

/// Enough for every test that takes one, with room for more tests.
const POOL: usize = 80;
/// What the hosted service allows.
pub const PER_MINUTE: u32 = 60;

/// A workspace that no other test touches, with a line to the hosted service of its own.
///
/// The deployment knows nothing but its people, teams and keys until it asks for the first time.
/// It asks with the key `all`, which the tests leave to it.
pub struct Acme {
    /// Asks the deployment with a key that has every scope and no limit.
    pub key: Api,
    /// Asks the hosted service itself, past the deployment, with a key without a limit.
    pub service: Api,
    /// What the deployment asks the hosted service through.
    pub line: Arc<Line>,
    seeded: Seeded,
    /// The servers that other tests use as well, and which are never dropped.
    shared: Option<&'static Proxied>,
}

/// A workspace that has the servers to itself.
pub struct Alone {
    pub acme: Acme,
    pub servers: Proxied,
}

/// Takes a workspace of the shared servers that nobody has taken yet.
pub fn acme() -> Acme {
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    let nth = TAKEN.fetch_add(1, Ordering::Relaxed);
    assert!(nth < POOL, "the pool has one for every test; raise POOL");
    taken(nth)
}

/// The one of which the deployment has seen every key result move for weeks. For one test.
pub fn acme_with_history() -> Acme {
    taken(POOL)
}

fn taken(nth: usize) -> Acme {
    static SHARED: OnceLock<(Proxied, Vec<Seeded>)> = OnceLock::new();
    let (servers, pool) = SHARED.get_or_init(|| {
        let (pool, sql): (Vec<_>, Vec<_>) = (0..=POOL)
            .map(|nth| seeded(&format!("Host{nth:04}"), now()))
            .unzip();
        let keys = by_tag(pool.iter().map(|seeded: &Seeded| &*seeded.keys.all));
        let here = people_only(&sql[..POOL].concat()) + &sql[POOL] + &seen_for_weeks(&pool[POOL]);
        let servers = Proxied::start(&sql.concat(), &here, &keys, PER_MINUTE);
        (servers, pool)
    });
    let seeded = &pool[nth];
    let mut acme = Acme::of(seeded, servers, &seeded.keys.all);
    acme.shared = Some(servers);
    acme
}

/// A week between each two of three values of every key result.
fn seen_for_weeks(acme: &Seeded) -> String {
    format!(
        "UPDATE key_results SET recent_check_ins = json_array(json_array(date('now', '-15 days'), start_value), \
         json_array(date('now', '-8 days'), start_value), json_array(date('now', '-1 day'), current_value)), \
         last_check_in_on = date('now', '-1 day'), last_check_in_status = 'on_track', check_in_count = 3 \
         WHERE organisation_id = '{}';\n",
        acme.organisation
    )
}

impl Alone {
    /// Servers for this test alone; the deployment sends so many requests a minute at most. If that
    /// is more than usual, so is what the hosted service accepts.
    pub fn start(tag: &str, per_minute: u32) -> Self {
        let (seeded, sql) = seeded(tag, now());
        let key = match per_minute <= PER_MINUTE {
            true => &seeded.keys.all,
            false => &seeded.keys.bulk,
        };
        let servers = Proxied::start(&sql, &people_only(&sql), key, per_minute);
        let acme = Acme::of(&seeded, &servers, key);
        Self { acme, servers }
    }

    /// The deployment.
    pub fn deployment(&mut self) -> &mut Server {
        &mut self.servers.deployment
    }
}

impl Acme {
    fn of(seeded: &Seeded, servers: &Proxied, key: &str) -> Self {
        Self {
            key: servers.deployment.api(&seeded.keys.bulk),
            service: servers.service.api(&seeded.keys.bulk),
            line: servers.line.line(key),
            seeded: seeded.clone(),
            shared: None,
        }
    }

    /// Asks the deployment like somebody who is signed in there.
    pub fn alice(&self) -> Api {
        self.key.signed_in(&self.sessions.alice)
    }

    /// Reads every list once, so that the deployment has a copy of it.
    pub fn copy(&self) {
        for path in LISTS {
            self.key.get(path).expect(200);
        }
    }

    /// Where check-ins of the number key result go.
    pub fn check_ins(&self) -> String {
        format!("/key-results/{}/checkins", self.key_results.number)
    }

    /// Leaves a write of which nobody can know what became of it: a check-in that says what is there
    /// already, sent while writes fail like this. Gives its address.
    pub fn undecidable(&self, fault: Fault) -> String {
        self.copy();
        let alice = self.alice();
        let body = json!({ "value": 50, "status": "on_track" });
        alice.post(&self.check_ins(), &body).expect(201);
        self.line.set_for_writes(fault);
        let request = alice.request("POST", &self.check_ins());
        let answer = request.header("prefer", "respond-async").json(&body).send();
        accepted(&answer);
        self.line.set(Fault::None);
        let location = location(&answer);
        settled(&alice, &location, &["undecided"]);
        let budget = alice.read("/api/app/budget");
        assert_eq!(budget["undecided_writes"], 1, "{budget}");
        location
    }

    /// The values that people and programs reported for a key result, as the hosted service has
    /// them: oldest first, without the one that was there from the start.
    pub fn reported(&self, key_result: &str) -> Vec<i64> {
        let alice = self.service.signed_in(&self.sessions.alice);
        let detail = alice.read(&format!("/api/app/okrs/{}", self.okr));
        let check_ins = detail["check_ins"].as_array().unwrap();
        let of_it = check_ins
            .iter()
            .filter(|check_in| check_in["key_result_id"] == key_result)
            .map(|check_in| check_in["value"].as_i64().unwrap());
        let mut values: Vec<i64> = of_it.collect();
        values.reverse();
        if key_result == self.key_results.number.as_str() {
            values.remove(0);
        }
        values
    }
}

/// Whatever the test was about: the key of the hosted service must not be found anywhere.
impl Drop for Acme {
    fn drop(&mut self) {
        if let Some(servers) = self.shared
            && !thread::panicking()
        {
            servers.check_secrets();
        }
    }
}

impl Deref for Acme {
    type Target = Seeded;

    fn deref(&self) -> &Seeded {
        &self.seeded
    }
}

/// The body that makes a new OKR.
pub fn new_okr(acme: &Acme, title: &str) -> Value {
    json!({ "title": title, "type": "org", "cycle_id": acme.cycles.active.as_str() })
}

/// How many things of a list are called so.
pub fn called(list: &Value, name: &str) -> usize {
    let items = list.get("data").unwrap_or(list).as_array().unwrap();
    items
        .iter()
        .filter(|item| item["title"] == name || item["name"] == name)
        .count()
}
