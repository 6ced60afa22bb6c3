//! Cookies: read from a request, written into an answer.

use http::{HeaderMap, HeaderValue, header};

use crate::error::{Error, Result};

/// The value of the cookie called `name`.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// A `Set-Cookie` value for a `__Host-` cookie that scripts can't read and that other sites' forms
/// don't send. It lasts so many seconds; 0 deletes it.
pub fn set(name: &str, value: &str, seconds: u32) -> Result<HeaderValue> {
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax");
    HeaderValue::from_str(&text).map_err(|_| Error::internal(format!("{name} is no cookie text")))
}
