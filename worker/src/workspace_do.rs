//! One Durable Object per organisation: it admits requests.
//!
//! It protects the budget (an exact count per key and UTC minute, which only one place can keep)
//! and answers everything a request must know before it may touch data, in one call: whose key it
//! is, what it may do, and which revision the organisation's data has. It is found by the tag inside
//! the key, so no database read is spent on finding it.
//!
//! The database stays the truth about keys. The object keeps a copy, made when it first needs it,
//! renewed after five minutes, and thrown away when told that keys changed.
//!
//! The revision makes `304 Not Modified` cheap, so it must never be too old. A write announces
//! itself before it touches the database and settles afterwards; in between the object names no
//! revision, and readers ask the database. If the settling never comes, a lease runs out and the
//! object reads the revision anew.
//!
//! Calls (always `200`, the answer is JSON):
//! - `/admit/{tag}/{hash}/{read|write}`: an [`Admission`]
//! - `/settle/{tag}/{revision or 0}`: a write has ended
//! - `/forget/{tag}`: keys changed

pub mod memory;

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use okrs_shared::api_key::Scopes;
use okrs_shared::id::{ApiKeyId, MemberId, OrganisationId};
use serde::{Deserialize, Serialize};
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::clock;
use crate::error::Result;
use crate::platform::Platform;
use crate::store::{self, Db};
use memory::Memory;

/// What a request is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// It changes nothing.
    Read,
    /// It may change something: the object names no revision until it has settled.
    Write,
}

/// The answer to a request that wants in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// The key is valid and the request has been counted.
    Admitted(Admitted),
    /// No such key, or it has expired or been revoked.
    Unknown,
    /// The budget of this minute is used up.
    OverBudget {
        /// Seconds until the next UTC minute, 1 to 60.
        retry_after_seconds: u32,
    },
}

/// What an admitted request needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Admitted {
    /// The organisation that the key belongs to.
    pub organisation_id: OrganisationId,
    /// IANA name.
    pub timezone: String,
    /// The key's row.
    pub api_key_id: ApiKeyId,
    /// The member who made the key.
    pub created_by: Option<MemberId>,
    /// What the key may do.
    pub scopes: Scopes,
    /// `None` while a write is under way.
    pub revision: Option<u64>,
}

/// Asks the organisation's object to admit a request with the key that has this hash.
pub async fn admit(
    platform: &Platform,
    tag: &str,
    hash: &str,
    intent: Intent,
) -> Result<Admission> {
    let intent = match intent {
        Intent::Read => "read",
        Intent::Write => "write",
    };
    let mut answer = call(platform, tag, &format!("admit/{tag}/{hash}/{intent}")).await?;
    Ok(serde_json::from_str(&answer.text().await?)?)
}

/// Tells the organisation's object that a write has ended, and which revision it made, if any.
pub async fn settle(platform: &Platform, tag: &str, revision: Option<u64>) -> Result<()> {
    let revision = revision.unwrap_or(0);
    call(platform, tag, &format!("settle/{tag}/{revision}")).await?;
    Ok(())
}

async fn call(platform: &Platform, tag: &str, path: &str) -> Result<Response> {
    platform.ledger().object_calls.fetch_add(1, Relaxed);
    let object = platform.workspaces()?.get_by_name(tag)?;
    Ok(object
        .fetch_with_str(&format!("https://workspace/{path}"))
        .await?)
}

/// The object. Its memory is lost after some idle seconds; what must last is in its SQLite.
#[durable_object]
pub struct Workspace {
    memory: RefCell<Memory>,
    env: Env,
}

impl DurableObject for Workspace {
    fn new(state: State, env: Env) -> Self {
        let memory = Memory::wake(state.storage().sql(), clock::now_ms());
        Self {
            memory: RefCell::new(memory.expect("the object's own tables can be made and read")),
            env,
        }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let path = request.path();
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match parts[..] {
            ["admit", tag, hash, intent] => {
                let intent = if intent == "read" {
                    Intent::Read
                } else {
                    Intent::Write
                };
                let admission = self.admit(tag, hash, intent).await?;
                Response::from_json(&admission)
            }
            ["settle", _, revision] => {
                let revision = revision.parse().ok().filter(|revision| *revision > 0);
                self.memory.borrow_mut().settle(revision)?;
                Response::empty()
            }
            ["forget", _] => {
                self.memory.borrow_mut().forget();
                Response::empty()
            }
            _ => Response::error("no such call", 404),
        }
    }
}

impl Workspace {
    async fn admit(&self, tag: &str, hash: &str, intent: Intent) -> worker::Result<Admission> {
        let now = clock::now_ms();
        if self.memory.borrow().must_ask(hash, intent, now) {
            let writes_before = self.memory.borrow().writes_announced();
            let db = Db::new(self.env.d1("DB")?, Arc::default());
            let facts = store::keys::facts(&db, tag).await;
            match facts {
                Ok(facts) => {
                    self.memory
                        .borrow_mut()
                        .learn(facts, writes_before, clock::now_ms())?
                }
                // A copy that is a little old is better than turning everybody away.
                Err(error) if self.memory.borrow().knows(hash) => {
                    worker::console_error!("keys of {tag} not renewed: {error:?}");
                }
                Err(error) => return Err(worker::Error::RustError(format!("{error:?}"))),
            }
        }
        self.memory
            .borrow_mut()
            .admit(hash, intent, clock::now_ms())
    }
}
