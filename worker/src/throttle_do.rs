//! Durable Objects that slow down guessing and pay for what each guess costs: one per network, one per
//! account, and one that keeps the deployment's key.
//!
//! A try is counted before it is looked at, so that a thousand at once are no better than one after the
//! other, and given back if it was no guess. It is counted by its network first: who has used that up
//! costs nobody else anything. An account counts the tries of each network for itself, so that a stranger
//! keeps nobody out who comes from elsewhere; those of all networks together get slow. A device that has
//! signed in before counts for itself ([`crate::devices`]). Tokens that nobody can guess piece by piece are
//! counted by network only, so that made-up ones wake no object.
//!
//! The account's object also reads whose password may be meant, and computes the rounds: an object may
//! compute longer than the request of a free plan, and one at a time.
//!
//! Calls (a POST; always `200`, question and answer are JSON):
//! - `/take` of [`Count`]s: `null`, or the seconds to wait
//! - `/give-back` of [`Count`]s: it was no guess
//! - `/sign-in` of a [`Try`]: a [`Verdict`]
//! - `/renew` of a [`Renewal`]: [`Renewed`]
//! - `/key`: the deployment's key

mod tries;

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use okrs_shared::api_key;
use okrs_shared::id::OrganisationId;
use okrs_shared::sign_in;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use worker::{DurableObject, Env, Method, Request, RequestInit, Response, State, durable_object};

use crate::address;
use crate::clock;
use crate::error::{Error, Result};
use crate::log;
use crate::messages;
use crate::password;
use crate::platform::Platform;
use crate::store::people::{self, Candidate};
use crate::store::{Db, Mode};
use crate::webcrypto;
use tries::{Count, Limit, Tries};

/// Wrong tries from one network in a quarter of an hour: a whole office may stand behind it.
const MOST_OF_NETWORK: u32 = 300;
/// Of those, returns from the provider that it did not confirm: each has asked it, with our secret.
const MOST_RETURNS: u32 = 60;
/// Wrong tries at one account in a quarter of an hour, from one network or one device.
const MOST_AT_ACCOUNT: u32 = 10;
/// Wrong tries at one account in a day, from all networks, before they get slow.
const FREE_AT_ACCOUNT: u32 = 50;
/// Hashes that an object computes at once: one is computed, two wait.
const MOST_HASHES: u32 = 3;
const TRIES: &str = "tries";
const KEY: &str = "key";

/// What somebody tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trying {
    /// A password, or a token of ours.
    Secret,
    /// To have come back from the provider.
    Return,
}

/// By what an account counts a try.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum By {
    /// From somewhere in this network.
    Network(String),
    /// On a device that is known, or within a session: it counts for itself.
    Known(String),
}

impl By {
    /// Somebody at this address.
    pub fn address(address: &str) -> Self {
        let narrowest = address::networks(address).into_iter().next();
        Self::Network(narrowest.map_or_else(String::new, |network| network.name))
    }

    fn counts(&self) -> Vec<Count> {
        let most = Limit::Most(MOST_AT_ACCOUNT);
        match self {
            Self::Known(id) => vec![Count::new(format!("known {id}"), most)],
            Self::Network(name) => vec![
                Count::new(format!("network {name}"), most),
                Count::new("all", Limit::Slowing(FREE_AT_ACCOUNT)),
            ],
        }
    }
}

/// Somebody says that they have this address and this password.
#[derive(Debug, Serialize, Deserialize)]
pub struct Try {
    pub email: String,
    pub password: String,
    /// The only workspace that is meant, if one is.
    pub workspace: Option<OrganisationId>,
    pub by: By,
}

/// Whether somebody is who they say they are.
#[derive(Debug, Serialize, Deserialize)]
pub enum Verdict {
    /// They have to wait for so many seconds: nobody has looked.
    Wait(u32),
    /// They are none of these.
    Wrong(Vec<Candidate>),
    /// They are all of these; in each workspace one.
    Right(Vec<Proved>),
}

/// Somebody who has given their password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Proved {
    pub member: Candidate,
    /// What to store instead of what is stored, if that is of an older kind.
    pub renewed: Option<password::Replacement>,
}

/// A new password, for whoever knows the old one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Renewal {
    /// None if there is no old one, or another proof.
    pub old: Option<Old>,
    pub new: String,
}

/// Somebody says that they know the old password.
#[derive(Debug, Serialize, Deserialize)]
pub struct Old {
    /// Its hash.
    pub stored: String,
    /// What they say it is.
    pub password: String,
    pub by: By,
}

/// What became of a [`Renewal`].
#[derive(Debug, Serialize, Deserialize)]
pub enum Renewed {
    /// It has to wait for so many seconds.
    Wait(u32),
    /// The old one is another.
    Wrong,
    /// The hash of the new one.
    Hash(String),
}

/// What is left of a try at this address when `work` has looked at it: an error counts as a wrong one, unless
/// nobody could look.
pub async fn counted<T>(
    platform: &Platform,
    address: &str,
    trying: Trying,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    let networks = address::networks(address);
    // The object is the widest network's, which counts the narrow ones for themselves.
    let widest = networks.last().map_or("", |network| &*network.name);
    let object = format!("network:{widest}");
    let mut counts = Vec::new();
    for network in &networks {
        let most = Limit::Most(MOST_OF_NETWORK * network.share);
        counts.push(Count::new(&*network.name, most));
        if trying == Trying::Return {
            let most = Limit::Most(MOST_RETURNS * network.share);
            counts.push(Count::new(format!("returns {}", network.name), most));
        }
    }
    if let Some(seconds) = call(platform, &object, "take", &counts).await? {
        return Err(Error::TooManyAttempts(seconds));
    }
    let result = work.await;
    let was_wrong = !matches!(
        result,
        Ok(_) | Err(Error::TooManyAttempts(_) | Error::Internal(_))
    );
    if !was_wrong {
        let inner = platform.clone();
        platform.later(async move { call(&inner, &object, "give-back", &counts).await });
    }
    result
}

/// Whether somebody is who they say they are.
pub async fn sign_in(platform: &Platform, question: &Try) -> Result<Verdict> {
    let object = of_account(&account(&question.email));
    call(platform, &object, "sign-in", question).await
}

/// The hash of a new password for this account: an address, or a member's id.
pub async fn renew(platform: &Platform, account: &str, question: &Renewal) -> Result<Renewed> {
    call(platform, &of_account(account), "renew", question).await
}

/// The hash of a password that somebody may set who has proved that in another way.
pub async fn hash(platform: &Platform, account: &str, password: String) -> Result<String> {
    let question = Renewal {
        old: None,
        new: password,
    };
    match renew(platform, account, &question).await? {
        Renewed::Hash(hash) => Ok(hash),
        Renewed::Wait(seconds) => Err(Error::TooManyAttempts(seconds)),
        Renewed::Wrong => Err(Error::internal("a hash was asked for, and nothing proved")),
    }
}

/// The deployment's key, made when it is needed first, as 64 hexadecimal digits.
pub async fn key(platform: &Platform) -> Result<String> {
    call(platform, KEY, "key", &()).await
}

/// What an address stands for: itself, however it is written.
pub fn account(email: &str) -> String {
    sign_in::address(email).to_ascii_lowercase()
}

fn of_account(account: &str) -> String {
    format!("account:{}", api_key::hash(account))
}

async fn call<T: DeserializeOwned>(
    platform: &Platform,
    object: &str,
    what: &str,
    question: &impl Serialize,
) -> Result<T> {
    let init = RequestInit {
        headers: log::headers_of_call()?,
        method: Method::Post,
        body: Some(serde_json::to_string(question)?.into()),
        ..RequestInit::default()
    };
    let request = Request::new_with_init(&messages::address(what), &init)?;
    let object = platform.throttles()?.get_by_name(object)?;
    let mut answer = messages::understood(object.fetch_with_request(request).await?)?;
    Ok(serde_json::from_str(&answer.text().await?)?)
}

/// The object.
#[durable_object]
pub struct Throttle {
    state: State,
    env: Env,
    /// `None` until they have been read: memory is lost after some idle seconds.
    tries: RefCell<Option<Tries>>,
    /// How many hashes are under way.
    hashes: Cell<u32>,
}

impl DurableObject for Throttle {
    fn new(state: State, env: Env) -> Self {
        Self {
            state,
            env,
            tries: RefCell::new(None),
            hashes: Cell::new(0),
        }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        if let Some(refusal) = messages::refusal(&request.inner().url()) {
            return refusal;
        }
        let what = request.path();
        let name = log::name_of_call(request.headers());
        let question = request.text().await?;
        match log::within(name, self.answer(&what, &question)).await {
            Ok(answer) => Response::ok(answer),
            Err(error) => Err(worker::Error::RustError(format!("{error:?}"))),
        }
    }

    /// What there was to remember may be over: then nothing is left behind.
    async fn alarm(&self) -> worker::Result<Response> {
        self.remember().await?;
        let now = clock::now_ms();
        let end = self.with_tries(|tries| tries.end_at(now));
        match end {
            Some(end) => self.state.storage().set_alarm(until(end)).await?,
            None => {
                self.tries.replace(None);
                self.state.storage().delete_all().await?;
            }
        }
        Response::empty()
    }
}

impl Throttle {
    async fn answer(&self, what: &str, question: &str) -> Result<String> {
        match what {
            "/take" => told(&self.take(&asked::<Vec<_>>(question)?).await?),
            "/give-back" => told(&self.give_back(&asked::<Vec<_>>(question)?).await?),
            "/sign-in" => told(&self.sign_in(asked(question)?).await?),
            "/renew" => told(&self.renew(asked(question)?).await?),
            "/key" => told(&self.key().await?),
            _ => Err(Error::internal(format!("no such call: {what}"))),
        }
    }

    async fn sign_in(&self, question: Try) -> Result<Verdict> {
        let counts = question.by.counts();
        let Some(_hashing) = self.begin_hash() else {
            return Ok(Verdict::Wait(1));
        };
        if let Some(seconds) = self.take(&counts).await? {
            return Ok(Verdict::Wait(seconds));
        }
        let verdict = self.look(question).await;
        // Whoever gave their password was not guessing, and whom nobody could look up may not have been.
        if !matches!(verdict, Ok(Verdict::Wrong(_))) {
            self.give_back(&counts).await?;
        }
        verdict
    }

    async fn look(&self, question: Try) -> Result<Verdict> {
        let db = Db::new(self.env.d1("DB")?, Arc::default(), Mode::Primary);
        let mut candidates = people::with_email(&db, &question.email).await?;
        if let Some(workspace) = &question.workspace {
            candidates.retain(|candidate| candidate.organisation_id == *workspace);
        }
        if candidates.is_empty() {
            // Unknown addresses take as long as known ones.
            password::check(&question.password, None).await?;
        }
        let mut found = Vec::new();
        for member in &candidates {
            let stored = member.password_hash.as_deref();
            if let Some(right) = password::check(&question.password, stored).await? {
                found.push(Proved {
                    member: member.clone(),
                    renewed: right.renewed,
                });
            }
        }
        Ok(if found.is_empty() {
            Verdict::Wrong(candidates)
        } else {
            Verdict::Right(found)
        })
    }

    async fn renew(&self, question: Renewal) -> Result<Renewed> {
        let Some(_hashing) = self.begin_hash() else {
            return Ok(Renewed::Wait(1));
        };
        if let Some(old) = &question.old {
            let counts = old.by.counts();
            if let Some(seconds) = self.take(&counts).await? {
                return Ok(Renewed::Wait(seconds));
            }
            if password::check(&old.password, Some(&old.stored))
                .await?
                .is_none()
            {
                return Ok(Renewed::Wrong);
            }
            self.give_back(&counts).await?;
        }
        Ok(Renewed::Hash(password::hash(&question.new).await?))
    }

    async fn key(&self) -> Result<String> {
        let storage = self.state.storage();
        if let Some(key) = storage.get::<String>(KEY).await? {
            return Ok(key);
        }
        let key = api_key::hash_bytes(&webcrypto::random::<32>());
        storage.put(KEY, &key).await?;
        Ok(key)
    }

    async fn take(&self, counts: &[Count]) -> Result<Option<u32>> {
        self.remember().await?;
        let now = clock::now_ms();
        let wait = self.with_tries(|tries| tries.take(counts, now));
        if wait.is_none() {
            self.keep().await?;
        }
        Ok(wait)
    }

    async fn give_back(&self, counts: &[Count]) -> Result<()> {
        self.remember().await?;
        self.with_tries(|tries| tries.give_back(counts));
        self.keep().await
    }

    /// Reads what earlier lives left. Nothing else happens in the object meanwhile: the runtime holds requests
    /// back while storage is read.
    async fn remember(&self) -> worker::Result<()> {
        if self.tries.borrow().is_none() {
            let kept: Option<String> = self.state.storage().get(TRIES).await?;
            let kept = kept.and_then(|text| serde_json::from_str(&text).ok());
            let mut tries = self.tries.borrow_mut();
            tries.get_or_insert_with(|| kept.unwrap_or_default());
        }
        Ok(())
    }

    fn with_tries<T>(&self, look: impl FnOnce(&mut Tries) -> T) -> T {
        look(self.tries.borrow_mut().get_or_insert_default())
    }

    async fn keep(&self) -> Result<()> {
        let now = clock::now_ms();
        let (text, end) =
            self.with_tries(|tries| (serde_json::to_string(tries), tries.end_at(now)));
        let storage = self.state.storage();
        storage.put(TRIES, text?).await?;
        if let Some(end) = end
            && storage.get_alarm().await?.is_none()
        {
            storage.set_alarm(until(end)).await?;
        }
        Ok(())
    }

    /// A place among those that wait for a hash, unless all are taken.
    fn begin_hash(&self) -> Option<Hashing<'_>> {
        let hashes = self.hashes.get();
        if hashes >= MOST_HASHES {
            return None;
        }
        self.hashes.set(hashes + 1);
        Some(Hashing(&self.hashes))
    }
}

/// One of the hashes that are under way.
struct Hashing<'a>(&'a Cell<u32>);

impl Drop for Hashing<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

fn asked<T: DeserializeOwned>(question: &str) -> Result<T> {
    Ok(serde_json::from_str(question)?)
}

fn told(answer: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(answer)?)
}

/// How long it is until this time, in milliseconds since 1970.
fn until(at: u64) -> Duration {
    Duration::from_millis(at.saturating_sub(clock::now_ms()))
}
