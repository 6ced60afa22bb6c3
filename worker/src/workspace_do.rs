//! One Durable Object per organisation: it admits requests.
//!
//! It protects the budget (an exact count per key and UTC minute, which only one place can keep)
//! and answers everything a request must know before it may touch data, in one call: whose key or
//! session it is, what it may do, and which change of the organisation's data was the last. It is found by the
//! tag inside the key or cookie, so no database read is spent on finding it.
//!
//! The database stays the truth about keys, sessions and people. The object keeps a copy, made when
//! it first needs it, renewed after a minute, and thrown away when told that they changed. If the last change then
//! is one that nobody told of, a backup was put back: sessions, which are kept longer, are read anew as well.
//!
//! Everybody can make up a tag. The object of one that no organisation has writes nothing, and asks
//! the database once in five minutes; [`crate::strangers`] limits how many of them are woken.
//!
//! The last change's id makes `304 Not Modified` cheap, so it must never be too old. A write announces
//! itself before it touches the database and settles afterwards; in between the object names no
//! change, and readers ask the database. If the settling never comes, a lease runs out and the
//! object reads which change was the last, and the keys with it, anew.
//!
//! Calls (always `200`, the answer is JSON):
//! - `/admit/{tag}/{key|session}/{hash}/{read|write}/{network address}`: an [`Admission`]
//! - `/announce/{tag}`: a write begins that had no need to be admitted; the answer is the announcement's number
//! - `/settle/{tag}/{change's id or none}/{revision or 0}/{number}/{keep|forget}`: the write of this announcement has
//!   ended; `forget` if it changed keys, sessions or people
//! - `/end/{tag}/{session}`: this session has ended, and nothing else has changed
//! - `/usage/{tag}`: [`Usage`] of each key, by its id
//! - `/forget-usage/{tag}/{key}`: this key ended long ago

pub mod memory;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use okrs_shared::api_key::Scopes;
use okrs_shared::id::{ApiKeyId, MemberId, OrganisationId, SessionId};
use okrs_shared::limits;
use okrs_shared::permission::Person;
use okrs_shared::rules::Params;
use serde::{Deserialize, Serialize};
use worker::{DurableObject, Env, Request, RequestInit, Response, State, durable_object};

use crate::address::{self, Network};
use crate::caller;
use crate::clock;
use crate::error::{Error, Result};
use crate::ledger::Made;
use crate::log;
use crate::messages;
use crate::platform::Platform;
use crate::store::{self, Db, Mode};
use memory::Memory;

/// What a request is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// It changes nothing.
    Read,
    /// It may change something: the object names no change until it has settled.
    Write,
}

/// What a request shows to be let in: the hash of its key or of its session's cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// An API key.
    Key(String),
    /// A session's cookie.
    Session(String),
}

/// The answer to a request that wants in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// The key or session is valid and the request has been counted.
    Admitted(Box<Admitted>),
    /// No such key or session, or it has expired or been revoked.
    Unknown,
    /// No organisation has this tag.
    UnknownTag,
    /// The database lacks a migration.
    DatabaseNotMigrated,
    /// The budget of this minute is used up.
    OverBudget {
        /// Seconds until the next UTC minute, 1 to 60.
        retry_after_seconds: u32,
    },
}

/// What an admitted request needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Admitted {
    /// The organisation that the key or session belongs to.
    pub organisation_id: OrganisationId,
    /// IANA name.
    pub timezone: String,
    /// The constants of the rules. Left out while they are the defaults: most are, and this is sent
    /// with every request.
    #[serde(default, skip_serializing_if = "Params::are_default")]
    pub rule_params: Params,
    /// Who it is.
    pub identity: AdmittedAs,
    /// What it may ask of the public API.
    pub scopes: Scopes,
    /// The last change; `None` while a write is under way.
    pub last_change_id: Option<String>,
    /// The number under which a write has been announced, to settle it with.
    pub announcement: Option<u64>,
}

/// Whose key or session it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdmittedAs {
    /// A program.
    Key {
        /// The key's row.
        id: ApiKeyId,
        /// The member who made the key.
        created_by: Option<MemberId>,
    },
    /// Somebody signed in.
    Session {
        /// The session's row.
        id: SessionId,
        /// With all that permissions depend on.
        person: Person,
        /// Whether its row should say that it was seen just now.
        is_due: bool,
    },
}

impl From<AdmittedAs> for caller::Identity {
    fn from(identity: AdmittedAs) -> Self {
        match identity {
            AdmittedAs::Key { id, created_by } => Self::Key { id, created_by },
            AdmittedAs::Session { id, person, .. } => Self::Session { id, person },
        }
    }
}

/// How much a key is used.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Usage {
    /// Requests accepted in the present UTC minute.
    pub used_this_minute: u32,
    /// Milliseconds since 1970.
    pub last_used_at: u64,
}

/// Asks the organisation's object to admit a request.
pub async fn admit(
    platform: &Platform,
    tag: &str,
    credential: &Credential,
    intent: Intent,
    address: &str,
) -> Result<Admission> {
    let (kind, hash) = match credential {
        Credential::Key(hash) => ("key", hash),
        Credential::Session(hash) => ("session", hash),
    };
    let intent = match intent {
        Intent::Read => "read",
        Intent::Write => "write",
    };
    let path = format!("admit/{tag}/{kind}/{hash}/{intent}/{address}");
    let mut answer = call(platform, tag, &path).await?;
    Ok(serde_json::from_str(&answer.text().await?)?)
}

/// Announces a write that nobody has been admitted for, such as the one that begins a session. Gives the number to
/// settle it with.
pub async fn announce(platform: &Platform, tag: &str) -> Result<u64> {
    let mut answer = call(platform, tag, &format!("announce/{tag}")).await?;
    Ok(serde_json::from_str(&answer.text().await?)?)
}

/// Tells the organisation's object that the write of this announcement has ended, which change it made, if any, and
/// whether it changed keys, sessions or people.
pub async fn settle(
    platform: &Platform,
    tag: &str,
    announcement: u64,
    made: Option<Made>,
    forget: bool,
) -> Result<()> {
    let (change_id, revision) = made.map_or(("none".to_owned(), 0), |made| {
        (made.change_id, made.revision)
    });
    let keep = if forget { "forget" } else { "keep" };
    let path = format!("settle/{tag}/{change_id}/{revision}/{announcement}/{keep}");
    call(platform, tag, &path).await?;
    Ok(())
}

/// Tells the organisation's object that this session has ended.
pub async fn end_session(platform: &Platform, tag: &str, id: &SessionId) -> Result<()> {
    call(platform, tag, &format!("end/{tag}/{id}")).await?;
    Ok(())
}

/// How much each key of the organisation is used. Keys that never were are left out.
pub async fn usage(platform: &Platform, tag: &str) -> Result<HashMap<ApiKeyId, Usage>> {
    let mut answer = call(platform, tag, &format!("usage/{tag}")).await?;
    Ok(serde_json::from_str(&answer.text().await?)?)
}

/// Has the organisation's object forget how much a key was used that ended long ago.
pub async fn forget_usage(platform: &Platform, tag: &str, id: &ApiKeyId) -> Result<()> {
    call(platform, tag, &format!("forget-usage/{tag}/{id}")).await?;
    Ok(())
}

async fn call(platform: &Platform, tag: &str, path: &str) -> Result<Response> {
    platform.ledger().object_calls.fetch_add(1, Relaxed);
    let init = RequestInit {
        headers: log::headers_of_call()?,
        ..RequestInit::default()
    };
    let request = Request::new_with_init(&messages::address(path), &init)?;
    let object = platform.workspaces()?.get_by_name(tag)?;
    messages::understood(object.fetch_with_request(request).await?)
}

/// The object. Its memory is lost after some idle seconds; what must last is in its SQLite.
#[durable_object]
pub struct Workspace {
    memory: RefCell<Memory>,
    env: Env,
}

impl DurableObject for Workspace {
    fn new(state: State, env: Env) -> Self {
        let platform = Platform::of_no_request(&env);
        let writes_per_minute = platform.var("WRITES_PER_MINUTE");
        let writes_per_minute = writes_per_minute.and_then(|number| number.parse().ok());
        let memory = Memory::wake(
            state.storage().sql(),
            writes_per_minute.unwrap_or(limits::WRITES_A_MINUTE),
            clock::now_ms(),
        );
        Self {
            memory: RefCell::new(memory.expect("the object's own tables can be made and read")),
            env,
        }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let name = log::name_of_call(request.headers());
        log::within(name, self.answer(request)).await
    }
}

impl Workspace {
    async fn answer(&self, request: Request) -> worker::Result<Response> {
        // What follows the host: `announce`, the tag.
        let url = request.inner().url();
        if let Some(refusal) = messages::refusal(&url) {
            return refusal;
        }
        let parts: Vec<&str> = url.split('/').skip(3).collect();
        match parts[..] {
            ["admit", tag, kind, hash, intent, address] => {
                let credential = match kind {
                    "key" => Credential::Key(hash.to_owned()),
                    _ => Credential::Session(hash.to_owned()),
                };
                let intent = match intent {
                    "read" => Intent::Read,
                    _ => Intent::Write,
                };
                let networks = address::networks(address);
                let admission = self.admit(tag, &credential, intent, &networks).await?;
                Response::from_json(&admission)
            }
            ["announce", _] => {
                let announcement = self.memory.borrow_mut().announce(clock::now_ms())?;
                Response::from_json(&announcement)
            }
            ["settle", _, change_id, revision, announcement, keep] => {
                let revision = revision.parse().unwrap_or_default();
                let made = (revision > 0).then(|| Made {
                    revision,
                    change_id: change_id.to_owned(),
                });
                let mut memory = self.memory.borrow_mut();
                if keep == "forget" {
                    memory.forget()?;
                }
                memory.settle(announcement.parse().unwrap_or_default(), made)?;
                Response::empty()
            }
            // As the Worker before this said it, `…/{revision}` or `…/{revision}/forget`: its announcement runs out.
            ["settle", _, _, ref forget @ ..] => {
                let mut memory = self.memory.borrow_mut();
                if !forget.is_empty() {
                    memory.forget()?;
                }
                memory.doubt()?;
                Response::empty()
            }
            ["end", _, id] => {
                self.memory
                    .borrow_mut()
                    .end_session(&SessionId(id.to_owned()));
                Response::empty()
            }
            ["forget-usage", _, id] => {
                let mut memory = self.memory.borrow_mut();
                memory.forget_usage(&ApiKeyId(id.to_owned()))?;
                Response::empty()
            }
            ["usage", _] => Response::from_json(&self.memory.borrow().usage(clock::now_ms())?),
            _ => Response::error("no such call", 404),
        }
    }

    async fn admit(
        &self,
        tag: &str,
        credential: &Credential,
        intent: Intent,
        networks: &[Network],
    ) -> worker::Result<Admission> {
        let now = clock::now_ms();
        let must_ask = self.memory.borrow_mut().must_ask(credential, now);
        if must_ask {
            let is_stranger = self.memory.borrow().is_stranger(credential);
            let may_ask = self
                .memory
                .borrow_mut()
                .may_ask_for(credential, networks, now);
            if !may_ask {
                return Ok(Admission::OverBudget {
                    retry_after_seconds: 1,
                });
            }
            let asked = self.ask_until_it_counts(tag, credential).await;
            if is_stranger {
                self.memory.borrow_mut().was_asked_for(credential, networks);
            }
            match asked {
                Err(Error::DatabaseNotMigrated) => return Ok(Admission::DatabaseNotMigrated),
                Err(error) => return Err(worker::Error::RustError(format!("{error:?}"))),
                Ok(()) => {}
            }
        }
        self.memory
            .borrow_mut()
            .admit(credential, intent, clock::now_ms())
    }

    /// An answer that was overtaken by a change of keys or people is no answer.
    async fn ask_until_it_counts(&self, tag: &str, credential: &Credential) -> Result<()> {
        while !self.ask(tag, credential).await? {}
        Ok(())
    }

    /// Renews the copy of what the database says about the organisation, its keys and this session.
    /// `false` if that changed while it was read.
    async fn ask(&self, tag: &str, credential: &Credential) -> Result<bool> {
        let question = self.memory.borrow().question();
        let db = Db::new(self.env.d1("DB")?, Arc::default(), Mode::Primary);
        let session = match credential {
            Credential::Session(hash) => Some(hash.as_str()),
            Credential::Key(_) => None,
        };
        let facts = store::admission::facts(&db, tag, session).await;
        let mut memory = self.memory.borrow_mut();
        match facts {
            Ok(facts) => Ok(memory.learn(facts, credential, question, clock::now_ms())?),
            Err(Error::DatabaseNotMigrated) => Err(Error::DatabaseNotMigrated),
            // A copy that is a little old is better than turning everybody away.
            Err(error) if memory.knows(credential) => {
                log::error("keys are not renewed", format!("of {tag}: {error:?}"));
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }
}
