//! The hosted service: the only place that knows its key.

use http::header::{CONTENT_TYPE, DATE, RETRY_AFTER};
use worker::{
    AbortSignal, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, web_sys,
};

use crate::outbound;

/// How long it may take, in milliseconds, before the answer counts as lost.
const TIMEOUT_MS: u32 = 20_000;

/// Requests that the contract grants each key in a minute.
const USUAL_LIMIT: u32 = 60;

/// Where the service is, and the key to it.
///
/// Neither `Debug` nor `Display`: the key must not get into a log or an answer.
pub struct Service {
    base: String,
    key: String,
    /// Requests a minute.
    pub limit: u32,
}

/// What the service answered.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// As it came.
    pub body: String,
    /// The service's clock, in milliseconds since 1970, to the second.
    pub date_ms: Option<u64>,
    /// What it asks to be left alone for.
    pub retry_after_seconds: Option<u32>,
}

impl Service {
    /// The service of the workspace with this tag: `UPSTREAM_URL`, ending in `/api/v1`, and
    /// `UPSTREAM_API_KEY`, a key or, for several workspaces, a JSON object of tags and keys.
    pub fn of(env: &Env, tag: &str) -> Result<Self, &'static str> {
        let text = |name: &str| env.var(name).ok().map(|value| value.to_string());
        let base = text("UPSTREAM_URL").ok_or("UPSTREAM_URL is not set")?;
        outbound::trusted_url(&base).ok_or("UPSTREAM_URL is not https")?;
        let keys = text("UPSTREAM_API_KEY").ok_or("UPSTREAM_API_KEY is not set")?;
        let limit = text("UPSTREAM_REQUESTS_PER_MINUTE").and_then(|limit| limit.parse().ok());
        Ok(Self {
            base: base.trim_end_matches('/').to_owned(),
            key: key_of(&keys, tag).ok_or("UPSTREAM_API_KEY has no key for this workspace")?,
            limit: limit.unwrap_or(USUAL_LIMIT),
        })
    }

    /// Sends a request; `Err` says why there is no answer, for the log.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&str>,
    ) -> Result<Answer, String> {
        let failed = |error: worker::Error| format!("{path}: {error}");
        let headers = Headers::new();
        let set = |name: &str, value: &str| headers.set(name, value).map_err(failed);
        set("authorization", &format!("Bearer {}", self.key))?;
        set("accept", "application/json")?;
        if body.is_some() {
            set(CONTENT_TYPE.as_str(), "application/json")?;
        }
        let init = RequestInit {
            headers,
            method,
            body: body.map(Into::into),
            // A redirect could lead anywhere, with the key.
            redirect: RequestRedirect::Manual,
            ..RequestInit::default()
        };
        let request =
            Request::new_with_init(&format!("{}{path}", self.base), &init).map_err(failed)?;
        let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(TIMEOUT_MS));
        let mut response = Fetch::Request(request)
            .send_with_signal(&signal)
            .await
            .map_err(failed)?;
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let date_ms = header(DATE.as_str()).and_then(|date| millis(&date));
        let retry_after_seconds = header(RETRY_AFTER.as_str()).and_then(|text| text.parse().ok());
        Ok(Answer {
            status: response.status_code(),
            date_ms,
            retry_after_seconds,
            // A body that breaks off is an answer that was lost.
            body: response.text().await.map_err(failed)?,
        })
    }
}

fn key_of(keys: &str, tag: &str) -> Option<String> {
    if !keys.starts_with('{') {
        return Some(keys.to_owned());
    }
    let keys: std::collections::HashMap<String, String> = serde_json::from_str(keys).ok()?;
    keys.get(tag).cloned()
}

/// What an HTTP date says, in milliseconds since 1970.
fn millis(date: &str) -> Option<u64> {
    let parsed = worker::js_sys::Date::parse(date);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a positive integer"
    )]
    (parsed > 0.0).then_some(parsed as u64)
}
