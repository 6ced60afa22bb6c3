//! Texts that only this deployment can have written: what a browser keeps for us and may not change.
//!
//! A text is signed (HMAC-SHA-256) with a key that an object of [`crate::throttle_do`] keeps: nobody has to
//! choose one, no copy of the database has it, and an isolate asks for it once.

use std::cell::RefCell;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;

use crate::error::Result;
use crate::platform::Platform;
use crate::throttle_do;
use crate::webcrypto;

thread_local! {
    static KEY: RefCell<Option<String>> = RefCell::default();
}

/// The text with its signature behind a dot. What is sealed for one purpose is nothing for another.
pub async fn seal(platform: &Platform, purpose: &str, text: &str) -> Result<String> {
    let signature = signature(platform, purpose, text).await?;
    Ok(format!("{text}.{signature}"))
}

/// The text that was sealed for this purpose, if this is one.
pub async fn open<'a>(
    platform: &Platform,
    purpose: &str,
    sealed: &'a str,
) -> Result<Option<&'a str>> {
    let Some((text, signed)) = sealed.rsplit_once('.') else {
        return Ok(None);
    };
    let expected = signature(platform, purpose, text).await?;
    let is_ours = bool::from(expected.as_bytes().ct_eq(signed.as_bytes()));
    Ok(is_ours.then_some(text))
}

async fn signature(platform: &Platform, purpose: &str, text: &str) -> Result<String> {
    let kept = KEY.with_borrow(Clone::clone);
    let key = match kept {
        Some(key) => key,
        None => {
            let key = throttle_do::key(platform).await?;
            KEY.replace(Some(key.clone()));
            key
        }
    };
    let message = format!("{purpose}\n{text}");
    let signature = webcrypto::hmac_sha256(key.as_bytes(), message.as_bytes()).await?;
    Ok(URL_SAFE_NO_PAD.encode(signature))
}
