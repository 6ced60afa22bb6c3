//! Devices that somebody has signed in on: their tries at that account count for themselves, so that whoever
//! guesses elsewhere keeps nobody out at home.
//!
//! A device is known by a cookie of its own that outlives sessions. It is sealed and not a row: it gives nothing
//! but tries of its own, so there is nothing to take back, and a try costs no look into the database.

use http::HeaderValue;
use okrs_shared::api_key;

use crate::cookies;
use crate::error::Result;
use crate::platform::Platform;
use crate::seal;
use crate::webcrypto;

/// The cookie's name.
pub const COOKIE: &str = "__Host-device";
/// 400 days: browsers keep no cookie for longer.
const SECONDS: u32 = 400 * 24 * 60 * 60;
const PURPOSE: &str = "device";

/// What this device is called at the account, if somebody has signed in to it there.
pub async fn known(
    platform: &Platform,
    cookie: Option<&str>,
    account: &str,
) -> Result<Option<String>> {
    let Some(cookie) = cookie else {
        return Ok(None);
    };
    let text = seal::open(platform, PURPOSE, cookie).await?;
    let known = text.and_then(|text| text.split_once('.'));
    let known = known.filter(|(_, of)| *of == api_key::hash(account));
    Ok(known.map(|(id, _)| id.to_owned()))
}

/// The cookie of a device on which somebody has just signed in to the account.
pub async fn remember(platform: &Platform, account: &str) -> Result<HeaderValue> {
    let id = api_key::hash_bytes(&webcrypto::random::<16>());
    let text = format!("{}.{}", &id[..32], api_key::hash(account));
    cookies::set(
        COOKIE,
        &seal::seal(platform, PURPOSE, &text).await?,
        SECONDS,
    )
}
