//! One Durable Object per account and per network address that tries to sign in: it slows down
//! guessing.
//!
//! It protects passwords and links. A try takes one of a window's tries before it is looked at, so
//! that a thousand at once are no better than one after the other; a success gives it back. It is an
//! object, because only one place can count exactly.
//!
//! Calls (always `200`, the answer is JSON):
//! - `/take/{most}`: `null`, or the seconds to wait when there were `most` in the last window
//! - `/give-back`: the try succeeded

use std::cell::Cell;
use std::time::Duration;

use okrs_shared::api_key;
use serde::{Deserialize, Serialize};
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::address;
use crate::clock;
use crate::error::{Error, Result};
use crate::platform::Platform;

const WINDOW_MS: u64 = 15 * 60_000;
/// Tries of one account in a window.
const MOST_PER_ACCOUNT: u32 = 10;
/// Tries from one network address in a window: a whole office may stand behind it.
const MOST_PER_ADDRESS: u32 = 300;
const STATE_KEY: &str = "window";

/// A try that has been counted, to be given back if it succeeds.
pub struct Attempt {
    objects: Vec<String>,
}

/// Counts a try to prove being `account` (an e-mail address, or a link's id) from `address`, or
/// refuses it.
pub async fn attempt(platform: &Platform, account: &str, address: &str) -> Result<Attempt> {
    let account = format!("account:{}", api_key::hash(&account.trim().to_lowercase()));
    take(
        platform,
        vec![(account, MOST_PER_ACCOUNT), per_address(address)],
    )
    .await
}

/// Counts a try from `address` to show a token that nobody can guess piece by piece, or refuses it.
pub async fn attempt_from(platform: &Platform, address: &str) -> Result<Attempt> {
    take(platform, vec![per_address(address)]).await
}

fn per_address(address: &str) -> (String, u32) {
    let network = address::network(address);
    (format!("address:{network}"), MOST_PER_ADDRESS)
}

async fn take(platform: &Platform, limits: Vec<(String, u32)>) -> Result<Attempt> {
    for (object, most) in &limits {
        let mut answer = call(platform, object, &format!("take/{most}")).await?;
        if let Some(seconds) = serde_json::from_str(&answer.text().await?)? {
            return Err(Error::TooManyAttempts(seconds));
        }
    }
    Ok(Attempt {
        objects: limits.into_iter().map(|(object, _)| object).collect(),
    })
}

impl Attempt {
    /// It was no guess.
    pub async fn succeeded(self, platform: &Platform) -> Result<()> {
        for object in &self.objects {
            call(platform, object, "give-back").await?;
        }
        Ok(())
    }
}

async fn call(platform: &Platform, object: &str, path: &str) -> Result<Response> {
    let object = platform.throttles()?.get_by_name(object)?;
    Ok(object
        .fetch_with_str(&format!("https://throttle/{path}"))
        .await?)
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Window {
    /// Milliseconds since 1970.
    began_at: u64,
    tries: u32,
}

/// The object.
#[durable_object]
pub struct Throttle {
    state: State,
    /// `None` until it has been read: memory is lost after some idle seconds.
    window: Cell<Option<Window>>,
}

impl DurableObject for Throttle {
    fn new(state: State, _: Env) -> Self {
        Self {
            state,
            window: Cell::new(None),
        }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let now = clock::now_ms();
        let mut window = self.window(now).await?;
        // What follows the host: `take`, `10`.
        let url = request.inner().url();
        let parts: Vec<&str> = url.split('/').skip(3).collect();
        let wait = match parts[..] {
            ["take", most] => {
                let most = most.parse().unwrap_or(MOST_PER_ACCOUNT);
                if window.tries >= most {
                    Some(seconds_left(&window, now))
                } else {
                    window.tries += 1;
                    self.keep(window).await?;
                    None
                }
            }
            ["give-back"] => {
                window.tries = window.tries.saturating_sub(1);
                self.keep(window).await?;
                None
            }
            _ => return Response::error("no such call", 404),
        };
        Response::from_json(&wait)
    }

    /// The window is over: nothing is left behind.
    async fn alarm(&self) -> worker::Result<Response> {
        self.window.set(None);
        self.state.storage().delete_all().await?;
        Response::empty()
    }
}

impl Throttle {
    async fn window(&self, now: u64) -> worker::Result<Window> {
        let kept = match self.window.get() {
            Some(window) => Some(window),
            None => self.state.storage().get(STATE_KEY).await?,
        };
        let new = Window {
            began_at: now,
            tries: 0,
        };
        Ok(kept
            .filter(|window| now < window.began_at + WINDOW_MS)
            .unwrap_or(new))
    }

    async fn keep(&self, window: Window) -> worker::Result<()> {
        // Set before anything is awaited: the next request sees it.
        self.window.set(Some(window));
        let storage = self.state.storage();
        storage.put(STATE_KEY, window).await?;
        if storage.get_alarm().await?.is_none() {
            storage.set_alarm(Duration::from_millis(WINDOW_MS)).await?;
        }
        Ok(())
    }
}

fn seconds_left(window: &Window, now: u64) -> u32 {
    let left_ms = (window.began_at + WINDOW_MS).saturating_sub(now);
    u32::try_from(left_ms.div_ceil(1_000)).unwrap_or(u32::MAX)
}
