//! Letting in: what a request shows, whether its organisation's object admits it, and what is to be
//! done about that when the request has been answered.

use std::sync::atomic::Ordering::Relaxed;

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, header};
use okrs_shared::{api_key, session};

use crate::address;
use crate::caller::{Caller, Shows, Visitor};
use crate::clock;
use crate::cookies;
use crate::error::{Error, Result};
use crate::hosted;
use crate::platform::Platform;
use crate::same_origin;
use crate::store;
use crate::strangers;
use crate::workspace_do::{self, Admission, Admitted, AdmittedAs, Credential, Intent};

/// What a request shows to be let in.
pub enum Shown {
    /// Nothing: it is part of another request, whose caller has been let in.
    Inner(Box<Caller>),
    /// An organisation's tag, and a key or a session.
    Credential(String, Credential),
}

/// What a request shows, if it is well-formed and, where a browser sends it by itself, comes from a page of ours:
/// nothing else costs a storage call or has its body read.
pub fn shown(platform: &Platform, parts: &Parts) -> Result<Shown> {
    if let Some(caller) = platform.caller() {
        return Ok(Shown::Inner(Box::new(caller)));
    }
    let (tag, credential) = credential(parts)?;
    if matches!(credential, Credential::Session(_)) {
        same_origin::require(parts)?;
    }
    Ok(Shown::Credential(tag, credential))
}

/// Lets in whoever has shown this, as of now: a body that takes its time is to be there before.
pub async fn sender(platform: &Platform, parts: &Parts, shown: Shown) -> Result<Caller> {
    let (tag, credential) = match shown {
        Shown::Inner(caller) => return Ok(*caller),
        Shown::Credential(tag, credential) => (tag, credential),
    };
    let intent = match parts.method {
        Method::GET | Method::HEAD => Intent::Read,
        _ => Intent::Write,
    };
    let address = address::of(&parts.headers);
    let caller = caller(platform, tag, credential, intent, address).await?;
    // People who are signed in are served from the copy, if it is one.
    if caller.person_if_any().is_some() {
        hosted::look(platform, &caller.tag).await?;
    }
    Ok(caller)
}

/// Lets in whoever comes back from another site with a session's cookie. No page of ours sends that request, so only
/// what a page of ours has asked for before may follow.
pub async fn returning(platform: &Platform, headers: &HeaderMap) -> Result<Caller> {
    let (tag, credential) = session(headers)?;
    caller(
        platform,
        tag,
        credential,
        Intent::Write,
        address::of(headers),
    )
    .await
}

/// The organisation's tag and the key or the session of a request.
fn credential(parts: &Parts) -> Result<(String, Credential)> {
    if parts.headers.contains_key(header::AUTHORIZATION) {
        return key(&parts.headers);
    }
    let may_be_session = cookies::get(&parts.headers, session::COOKIE).is_some()
        || parts.uri.path().starts_with("/api/app/");
    match may_be_session {
        true => session(&parts.headers),
        false => Err(NO_HEADER),
    }
}

/// The organisation's tag and the session of a cookie.
fn session(headers: &HeaderMap) -> Result<(String, Credential)> {
    let cookie = cookies::get(headers, session::COOKIE).ok_or(Error::SignedOut)?;
    let tag = session::tag(cookie).ok_or(Error::SignedOut)?;
    Ok((tag.to_owned(), Credential::Session(api_key::hash(cookie))))
}

const NO_HEADER: Error = Error::NoKey("there is no Authorization header");
const NO_BEARER: Error = Error::NoKey("the Authorization header does not begin with Bearer");
const NO_FORM: Error =
    Error::NoKey("what follows Bearer does not have the form of a key of this server");

/// The organisation's tag and the key that the request shows, where nothing but a key will do.
pub fn key(headers: &HeaderMap) -> Result<(String, Credential)> {
    let value = headers.get(header::AUTHORIZATION).ok_or(NO_HEADER)?;
    let key = bearer(value).ok_or(NO_BEARER)?;
    let tag = api_key::tag(key).ok_or(NO_FORM)?;
    Ok((tag.to_owned(), Credential::Key(api_key::hash(key))))
}

/// The key of an `Authorization: Bearer …` header; the scheme's case does not matter.
fn bearer(value: &HeaderValue) -> Option<&str> {
    let value = value.to_str().ok()?.trim_start();
    let (scheme, key) = value.split_once(' ').unwrap_or((value, ""));
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// Lets in whoever shows this, and counts the request against its budget.
pub async fn caller(
    platform: &Platform,
    tag: String,
    credential: Credential,
    intent: Intent,
    address: &str,
) -> Result<Caller> {
    strangers::shows(&tag, address)?;
    let admission = workspace_do::admit(platform, &tag, &credential, intent, address).await?;
    if !matches!(admission, Admission::UnknownTag) {
        strangers::is_known(&tag, address);
    }
    match admission {
        Admission::Unknown | Admission::UnknownTag => Err(match credential {
            Credential::Key(_) => Error::Unauthorized,
            Credential::Session(_) => Error::SignedOut,
        }),
        Admission::DatabaseNotMigrated => Err(Error::DatabaseNotMigrated),
        Admission::OverBudget {
            retry_after_seconds,
        } => Err(match credential {
            Credential::Key(_) => Error::RateLimited(retry_after_seconds),
            Credential::Session(_) => Error::TooBusy(retry_after_seconds),
        }),
        Admission::Admitted(admitted) => {
            remember(platform, &tag, &admitted);
            let now = clock::now();
            Ok(Caller {
                organisation_id: admitted.organisation_id,
                tag,
                scopes: admitted.scopes,
                identity: admitted.identity.into(),
                now,
                today: clock::date_in(&admitted.timezone, now),
                params: admitted.rule_params,
                backend: platform.backend(),
                last_change_id: admitted.last_change_id,
                if_match: None,
            })
        }
    }
}

/// Announces a write, as admission does, of somebody whom nobody has admitted, such as one that begins a session.
pub async fn announce(platform: &Platform, tag: &str) -> Result<()> {
    let announcement = workspace_do::announce(platform, tag).await?;
    platform.expects_settlement(tag, announcement);
    Ok(())
}

/// Notes who asks, and what is to be done after the answer: the object of the organisation with this
/// tag expects to hear how a write ended, and a session's row may be due to say that it is used.
fn remember(platform: &Platform, tag: &str, admitted: &Admitted) {
    if let Some(announcement) = admitted.announcement {
        platform.expects_settlement(tag, announcement);
    }
    let organisation = &admitted.organisation_id;
    platform.is_visited_by(Visitor {
        organisation_id: organisation.clone(),
        credential: match &admitted.identity {
            AdmittedAs::Key { id, .. } => Shows::Key(id.clone()),
            AdmittedAs::Session { id, person, .. } => {
                Shows::Session(id.clone(), person.member_id.clone())
            }
        },
    });
    if let AdmittedAs::Session {
        id,
        person,
        is_due: true,
    } = &admitted.identity
    {
        let (inner, organisation, id) = (platform.clone(), organisation.clone(), id.clone());
        let (member_id, timezone) = (person.member_id.clone(), admitted.timezone.clone());
        platform.later(async move {
            let today = clock::date_in(&timezone, clock::now());
            store::sessions::seen(&inner.db()?, &organisation, &id, &member_id, today).await
        });
    }
}

/// Leaves it to after the answer to tell the audit log that whoever asks was refused.
pub fn denied(platform: &Platform, method: &Method, path: &str) {
    let Some(visitor) = platform.visitor().cloned() else {
        return;
    };
    let (inner, method, path) = (platform.clone(), method.clone(), path.to_owned());
    platform.later(async move {
        store::audit_log::denied(&inner.db()?, &visitor, &method, &path).await
    });
}

/// Tells the organisation's object how the write ended: after the answer has gone out, or, if it
/// changed keys, sessions or people, before, so that nobody is let in by what was. It fails if somebody may still be.
///
/// If the Worker dies before that, the object waits out its lease and asks the database.
pub async fn settle(platform: &Platform) -> Result<()> {
    let Some((tag, announcement)) = platform.unsettled() else {
        return Ok(());
    };
    let ledger = platform.ledger();
    let made = ledger.made();
    if ledger.changed_access.load(Relaxed) {
        let told = workspace_do::settle(platform, tag, announcement, made, true).await;
        return match told {
            // What was made stands: the object learns of it when the announcement runs out.
            Err(error) if !ledger.took_access.load(Relaxed) => {
                error.log();
                Ok(())
            }
            told => told,
        };
    }
    let (inner, tag) = (platform.clone(), tag.to_owned());
    platform
        .later(async move { workspace_do::settle(&inner, &tag, announcement, made, false).await });
    Ok(())
}
