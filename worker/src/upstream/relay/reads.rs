//! What a key reads.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{Method, StatusCode, header};
use okrs_shared::api_key::{self, Scope};
use okrs_shared::initiative::InitiativeFilter;
use serde_json::Value;

use crate::admit;
use crate::answer::JSON;
use crate::caller::Caller;
use crate::clock;
use crate::error::Result;
use crate::extract::IfNoneMatch;
use crate::hosted::{self, LastAnswer, Read, STALE_MS};
use crate::ops::initiatives::NOT_FOUND;
use crate::platform::Platform;
use crate::upstream::items;

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readable<'a> {
    /// The initiatives, perhaps filtered.
    Initiatives,
    /// One initiative.
    Initiative(&'a str),
    /// Anything else that the service serves, as it serves it.
    Other(&'a str),
}

impl<'a> Readable<'a> {
    /// What stands at this address, if anything does.
    pub fn of(address: &'a str) -> Option<Self> {
        let parts: Vec<&str> = address.split('/').skip(1).collect();
        Some(match parts[..] {
            ["initiatives"] => Self::Initiatives,
            ["initiatives", id] => Self::Initiative(id),
            ["okrs" | "cycles" | "kpis" | "review-cycles"] | ["reviews", _, "summary"] => {
                Self::Other(address)
            }
            _ => return None,
        })
    }
}

/// Answers a key that has this scope with what the service answered last.
pub async fn answer(
    platform: &Platform,
    request: Request,
    readable: Readable<'_>,
    scope: Scope,
) -> Result<Response> {
    let (parts, _) = request.into_parts();
    let credential = admit::shown(platform, &parts)?;
    let caller = admit::sender(platform, &parts, credential).await?;
    caller.require(scope)?;
    let query = parts.uri.query().unwrap_or_default();
    let read = match readable {
        Readable::Other(address) => hosted::read(platform, &caller, address).await?,
        Readable::Initiatives => initiatives(platform, &caller, query).await?,
        Readable::Initiative(id) => initiative(platform, &caller, id).await?,
    };
    let client = IfNoneMatch::of(&parts.headers);
    Ok(match read {
        Read::Found(found) => shown(&parts, &client, found),
        Read::Refused(status, body) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            (status, [JSON], body).into_response()
        }
    })
}

/// The list, with what the filter leaves of it. Only a list that may be cut off is filtered by the
/// service: each filter would cost its budget.
async fn initiatives(platform: &Platform, caller: &Caller, query: &str) -> Result<Read> {
    let filter = InitiativeFilter::parse(query)?;
    let read = hosted::read(platform, caller, "/initiatives").await?;
    if filter == InitiativeFilter::default() {
        return Ok(read);
    }
    let found = match read {
        Read::Found(found) => found,
        refused @ Read::Refused(..) => return Ok(refused),
    };
    let list = std::str::from_utf8(&found.body).unwrap_or_default();
    match items::of(list) {
        Some(items) if items.len() < items::MOST => {
            let passing = items.iter().filter(|item| passes(item.json, &filter));
            let body = format!(
                "{{\"data\":{}}}",
                items::array(passing.map(|item| item.json))
            );
            Ok(Read::Found(made_of(&found, body)))
        }
        _ => hosted::read(platform, caller, &format!("/initiatives?{query}")).await,
    }
}

fn passes(initiative: &str, filter: &InitiativeFilter) -> bool {
    let initiative: Value = serde_json::from_str(initiative).unwrap_or_default();
    let is = |field: &str, wanted: Option<&str>| {
        wanted.is_none_or(|wanted| initiative[field].as_str() == Some(wanted))
    };
    is("status", filter.status.map(|status| status.as_str()))
        && is(
            "priority",
            filter.priority.map(|priority| priority.as_str()),
        )
        && is("okr_id", filter.okr_id.as_ref().map(|id| id.as_str()))
        && is("kr_id", filter.kr_id.as_ref().map(|id| id.as_str()))
}

/// One initiative: from the list. What a fresh list that is not cut off does not have is not there, and asking the
/// service for it would use up what all share.
async fn initiative(platform: &Platform, caller: &Caller, id: &str) -> Result<Read> {
    if let Read::Found(found) = hosted::read(platform, caller, "/initiatives").await? {
        let list = std::str::from_utf8(&found.body).unwrap_or_default();
        let Some(items) = items::of(list) else {
            return hosted::read(platform, caller, &format!("/initiatives/{id}")).await;
        };
        if let Some(item) = items.iter().find(|item| item.id == id) {
            let body = format!("{{\"data\":{}}}", item.json);
            return Ok(Read::Found(made_of(&found, body)));
        }
        let is_fresh = clock::now_ms() <= found.read_at + STALE_MS;
        if is_fresh && items.len() < items::MOST {
            return Err(NOT_FOUND);
        }
    }
    hosted::read(platform, caller, &format!("/initiatives/{id}")).await
}

fn made_of(found: &LastAnswer, body: String) -> LastAnswer {
    LastAnswer {
        version: api_key::hash(&body)[..16].to_owned(),
        body: Bytes::from(body),
        read_at: found.read_at,
        is_first: found.is_first,
    }
}

/// The answer, with how old it is.
fn shown(parts: &Parts, client: &IfNoneMatch, found: LastAnswer) -> Response {
    let age = clock::now_ms().saturating_sub(found.read_at) / 1_000;
    let etag = format!("W/\"{}\"", found.version);
    let headers = [
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::VARY, "authorization, cookie".to_owned()),
        (header::AGE, age.to_string()),
        (header::ETAG, etag.clone()),
    ];
    // RFC 9211; less than nothing is left of an answer that should have been renewed.
    let left = (STALE_MS / 1_000).cast_signed() - age.cast_signed();
    let how = match found.is_first {
        true => "fwd=miss; stored",
        false => "hit",
    };
    let status = [("cache-status", format!("okrs-edge; {how}; ttl={left}"))];
    if client.has(&etag) {
        return (StatusCode::NOT_MODIFIED, headers, status).into_response();
    }
    let body = match parts.method {
        Method::HEAD => Body::empty(),
        _ => Body::from(found.body),
    };
    (headers, status, [JSON], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_read_of_the_public_api_can_be_relayed() {
        for row in crate::router::v1() {
            if row.method == Method::GET {
                let address = row.path.replace("{id}", "x");
                assert!(Readable::of(&address).is_some(), "{address}");
                assert!(
                    crate::router::scope_of_read(&address).is_some(),
                    "{address}"
                );
            }
        }
    }

    #[test]
    fn a_filter_looks_at_the_fields_as_they_came() {
        let filter = InitiativeFilter::parse("status=todo").unwrap();
        assert!(passes(r#"{"id":"i","status":"todo","mood":1}"#, &filter));
        assert!(!passes(r#"{"id":"i","status":"paused"}"#, &filter));
    }
}
