//! What the object remembers.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use futures_util::FutureExt as _;
use futures_util::future::{LocalBoxFuture, Shared};
use futures_util::lock::Mutex;
use okrs_shared::id::PendingWriteId;
use okrs_shared::upstream::{Backend, Budget};
use serde::Deserialize;
use worker::{Env, Result, SqlStorage, State};

use super::breaker::Breaker;
use super::budget::ServiceBudget;
use super::service::Service;
use super::snapshots::Snapshots;
use crate::clock;
use crate::hosted::{LISTS, STALE_MS};
use crate::log;
use crate::platform::Platform;
use crate::sqlite::text;
use crate::store::mirror::MirroredOrganisation;
use crate::upstream::copy::comparisons::Comparisons;
use crate::upstream::queue::Queue;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
";

/// Whoever has looked at something looks on for so long, in milliseconds.
pub const INTEREST_MS: u64 = 60_000;

/// Work that several wait for.
pub type Flight<T> = Shared<LocalBoxFuture<'static, T>>;

/// Writes that a list will show, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Sent, or about to be.
    pub begun: u64,
    /// Answered, or lost.
    pub ended: u64,
    /// How many of them the last answer shows.
    pub shown: u64,
}

impl Marks {
    /// Whether a write is under way.
    pub fn is_moving(self) -> bool {
        self.begun != self.ended
    }

    /// Whether the last answer is older than a write.
    pub fn is_behind(self) -> bool {
        self.shown < self.ended
    }
}

/// Why the service does not answer now, and after how many seconds, at least 1, to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// What it accepts in a minute is used up, or whoever asks has had their share of it.
    OverBudget(u32),
    /// It does not answer.
    Unavailable(u32),
}

impl NotNow {
    /// After how many seconds to try again.
    pub fn seconds(self) -> u32 {
        match self {
            Self::OverBudget(seconds) | Self::Unavailable(seconds) => seconds,
        }
    }
}

/// How renewing an answer ended.
#[derive(Clone, Debug)]
pub enum Renewed {
    /// There is a new one.
    Fresh,
    /// The service refuses it: status and body.
    Refused(u16, String),
    /// There is none, for now.
    Failed(NotNow),
}

/// What an attempt to send a write, or to find out about it, came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// It has ended.
    Ended,
    /// It was not sent, or had no effect.
    NotNow(NotNow),
    /// It was not sent, because an earlier write to the same thing has not ended; that is looked at again in so
    /// many seconds.
    Behind(u32),
    /// The answer was lost.
    InDoubt,
}

/// The object's state.
pub struct Object {
    /// Of the runtime.
    pub state: State,
    /// Bindings.
    pub env: Env,
    tag: OnceCell<String>,
    /// The organisation whose copy it keeps.
    pub organisation: RefCell<Option<MirroredOrganisation>>,
    /// Whether the service is asked at all.
    pub breaker: RefCell<Breaker>,
    /// How often it may be asked.
    pub budget: RefCell<ServiceBudget>,
    /// What it answered.
    pub snapshots: RefCell<Snapshots>,
    /// How each list was beside the copy.
    pub comparisons: Comparisons,
    /// When all lists were last asked to be compared anew, in milliseconds since 1970; 0 if never.
    pub asked_anew_at: Cell<u64>,
    /// Writes on their way.
    pub queue: Queue,
    /// When each address was asked for last, in milliseconds since 1970.
    pub looked_at: RefCell<HashMap<String, u64>>,
    /// When each address that could not be read is worth another try.
    pub retry_at: RefCell<HashMap<String, u64>>,
    /// Of each list.
    pub marks: RefCell<HashMap<String, Marks>>,
    /// Reads on their way, by address.
    pub reads: RefCell<HashMap<String, Flight<Renewed>>>,
    /// Held while a list is copied.
    pub copying: Mutex<()>,
    /// Comparisons under way, by list.
    pub comparing: RefCell<HashMap<String, Flight<()>>>,
    /// Writes that are being sent or looked after.
    pub attempts: RefCell<HashMap<PendingWriteId, Flight<Attempt>>>,
    /// Whether the queue is being worked off.
    pub is_draining: Cell<bool>,
}

#[derive(Deserialize)]
struct KeptRow {
    value: String,
}

impl Object {
    /// As its last life left it.
    pub fn wake(state: State, env: Env) -> Result<Self> {
        let sql = state.storage().sql();
        sql.exec(TABLES, None)?;
        let tag = OnceCell::new();
        if let Some(kept) = kept(&sql, "tag")? {
            let _ = tag.set(kept);
        }
        let asked_anew_at = kept(&sql, "asked_anew_at")?.and_then(|text| text.parse().ok());
        let budget = kept(&sql, "budget")?.and_then(|json| serde_json::from_str(&json).ok());
        let limit = tag
            .get()
            .and_then(|tag| Service::of(&env, tag).ok())
            .map_or(0, |service| service.limit);
        Ok(Self {
            tag,
            organisation: RefCell::default(),
            breaker: RefCell::default(),
            budget: RefCell::new(ServiceBudget::with_limit(budget, limit)),
            snapshots: RefCell::new(Snapshots::wake(sql.clone())?),
            comparisons: Comparisons::wake(sql.clone())?,
            asked_anew_at: Cell::new(asked_anew_at.unwrap_or(0)),
            queue: Queue::wake(sql)?,
            looked_at: RefCell::default(),
            retry_at: RefCell::default(),
            marks: RefCell::default(),
            reads: RefCell::default(),
            copying: Mutex::default(),
            comparing: RefCell::default(),
            attempts: RefCell::default(),
            is_draining: Cell::new(false),
            state,
            env,
        })
    }

    /// Notes whose object this is: alarms come without a name.
    pub fn serves(&self, tag: &str) -> Result<()> {
        if self.tag.get().is_none() {
            self.keep("tag", tag)?;
            let _ = self.tag.set(tag.to_owned());
            if let Ok(service) = Service::of(&self.env, tag) {
                self.budget.replace_with(|budget| {
                    ServiceBudget::with_limit(Some(std::mem::take(budget)), service.limit)
                });
            }
        }
        Ok(())
    }

    /// The workspace's tag.
    pub fn tag(&self) -> &str {
        self.tag.get().map_or("", String::as_str)
    }

    /// The service and its key; what is wrong with the deployment's variables goes to the log.
    pub fn service(&self) -> Option<Service> {
        Service::of(&self.env, self.tag())
            .inspect_err(|problem| log::error("the hosted service can't be asked", problem))
            .ok()
    }

    /// Bindings for work of its own.
    pub fn platform(&self) -> Platform {
        Platform::of_no_request(&self.env)
    }

    /// Whether the data is the service's, and the database has a copy of it. Where the database has the
    /// data itself, nothing may be copied over it and nothing sent away.
    pub fn has_copy(&self) -> bool {
        self.platform().backend() == Backend::Upstream
    }

    /// Writes the budget to disk: a restart must not forget what was sent.
    pub fn keep_budget(&self) -> Result<()> {
        let json = serde_json::to_string(&*self.budget.borrow())?;
        self.keep("budget", &json)
    }

    /// Writes a small thing to disk.
    pub fn keep(&self, name: &str, value: &str) -> Result<()> {
        self.state.storage().sql().exec(
            "INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)",
            vec![text(name), text(value)],
        )?;
        Ok(())
    }

    /// How the budget and the copy stand.
    pub fn standing(self: &Rc<Self>) -> Result<Budget> {
        let now = clock::now_ms();
        let as_of = self.oldest_looked_at(now);
        let mut budget = self.budget.borrow_mut();
        let paused_for_seconds = self.breaker.borrow().paused_for_seconds(now);
        Ok(Budget {
            limit: budget.limit(),
            left: budget.left(now),
            resets_in_seconds: budget.resets_in_seconds(now),
            paused_for_seconds,
            as_of: as_of.and_then(clock::at_ms),
            is_stale: as_of.is_some_and(|read_at| now > read_at + STALE_MS),
            waiting_writes: self.queue.count_in("('waiting', 'sending', 'in_doubt')")?,
            undecided_writes: self.queue.count_in("('undecided', 'held')")?,
            failed_writes: self.queue.failed()?,
        })
    }

    /// When the oldest of the lists that somebody looks at was read.
    fn oldest_looked_at(&self, now: u64) -> Option<u64> {
        let snapshots = self.snapshots.borrow();
        let looked_at = self.looked_at.borrow();
        LISTS
            .iter()
            .filter(|list| {
                let last = looked_at.get(**list).copied().unwrap_or(0);
                now < last + INTEREST_MS
            })
            .filter_map(|list| snapshots.get(list))
            .map(|snapshot| snapshot.read_at)
            .min()
    }

    /// Begins work that goes on even if nobody waits for it any more.
    pub fn launch<T: Clone + 'static>(&self, work: impl Future<Output = T> + 'static) -> Flight<T> {
        let flight = log::within(log::current(), work).boxed_local().shared();
        let going_on = flight.clone();
        self.state.wait_until(async move {
            going_on.await;
        });
        flight
    }
}

fn kept(sql: &SqlStorage, name: &str) -> Result<Option<String>> {
    let rows: Vec<KeptRow> = sql
        .exec("SELECT value FROM kept WHERE name = ?", vec![text(name)])?
        .to_array()?;
    Ok(rows.into_iter().next().map(|row| row.value))
}
