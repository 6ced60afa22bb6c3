//! Who is asking: a key with its scopes, or somebody signed in, with what they may do.

use axum::extract::FromRequestParts;
use chrono::NaiveDate;
use http::request::Parts;
use http::{HeaderMap, Method, header};
use okrs_shared::api_key::{self, Scope, Scopes};
use okrs_shared::id::{ApiKeyId, MemberId, OrganisationId, SessionId};
use okrs_shared::permission::{Action, Person, Relation, Role};
use okrs_shared::rules::Params;
use okrs_shared::session;
use okrs_shared::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use worker::send::SendFuture;

use crate::address;
use crate::clock;
use crate::cookies;
use crate::error::{Error, Result};
use crate::platform::Platform;
use crate::same_origin;
use crate::store::mirror::Home;
use crate::strangers;
use crate::upstream;
use crate::workspace_do::{self, Admission, Credential, Intent};

/// An authenticated caller whose request has been counted against its budget.
///
/// As an extractor it must come before the body: a refused caller's body is never read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Caller {
    /// The organisation whose data it may reach, and no other.
    pub organisation_id: OrganisationId,
    /// That organisation's tag: part of its keys and cookies, and the name of its object.
    pub tag: String,
    /// How it proved who it is.
    pub identity: Identity,
    scopes: Scopes,
    /// When the request arrived.
    pub now: Timestamp,
    /// That day in the organisation's time zone.
    pub today: NaiveDate,
    /// The organisation's constants of the rules.
    pub params: Params,
    /// The revision that the organisation's data has right now; `None` while a write is under way.
    pub revision: Option<u64>,
}

/// A program with a key, or a person with a session.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Identity {
    /// An API key reaches the whole organisation, as far as its scopes go.
    Key {
        /// Its row.
        id: ApiKeyId,
        /// The member who made it.
        created_by: Option<MemberId>,
    },
    /// Somebody signed in is held to what they may see and do.
    Session {
        /// Its row.
        id: SessionId,
        /// Whose it is.
        person: Person,
    },
}

impl Caller {
    /// Somebody who has just proved who they are, for the write that begins their session.
    pub fn becoming(
        organisation_id: OrganisationId,
        tag: &str,
        session_id: SessionId,
        member_id: MemberId,
        role: Role,
        timezone: &str,
    ) -> Self {
        let now = clock::now();
        Self {
            organisation_id,
            tag: tag.to_owned(),
            identity: Identity::Session {
                id: session_id,
                person: Person {
                    member_id,
                    role,
                    department_ids: vec![],
                    team_ids: vec![],
                    managed_department_ids: vec![],
                    managed_team_ids: vec![],
                },
            },
            scopes: role.scopes(),
            now,
            today: clock::date_in(timezone, now),
            // Beginning a session computes nothing.
            params: Params::default(),
            revision: None,
        }
    }

    /// The workspace itself, for looking at what it has: like a key that may do everything.
    pub fn of_workspace(tag: &str, home: Home) -> Self {
        let now = clock::now();
        Self {
            organisation_id: home.organisation_id,
            tag: tag.to_owned(),
            identity: Identity::Key {
                id: ApiKeyId(String::new()),
                created_by: None,
            },
            scopes: Scopes::all(),
            now,
            today: clock::date_in(&home.timezone, now),
            params: home.rule_params,
            revision: None,
        }
    }

    /// Refuses a caller without `scope`. The first line of every op of the public API.
    pub fn require(&self, scope: Scope) -> Result<()> {
        match (&self.identity, self.scopes.contains(scope)) {
            (_, true) => Ok(()),
            (Identity::Key { .. }, false) => Err(Error::MissingScope(scope)),
            (Identity::Session { .. }, false) => Err(Error::NotPermitted),
        }
    }

    /// Whether it has the scope, for what is shown only then.
    pub fn has(&self, scope: Scope) -> bool {
        self.scopes.contains(scope)
    }

    /// The person who is signed in; a key is refused. The first line of every op of the app's API
    /// that is open to all members.
    pub fn person(&self) -> Result<&Person> {
        self.person_if_any().ok_or(Error::KeyNotEnough)
    }

    /// Refuses whoever may not do this to everything of its kind. The first line of every op about
    /// the workspace as a whole.
    pub fn require_action(&self, action: Action) -> Result<&Person> {
        let person = self.person()?;
        if action.allows(person.role, Relation::Other) {
            Ok(person)
        } else {
            Err(Error::NotPermitted)
        }
    }

    /// The person who is signed in, if it is a person.
    pub fn person_if_any(&self) -> Option<&Person> {
        match &self.identity {
            Identity::Key { .. } => None,
            Identity::Session { person, .. } => Some(person),
        }
    }

    /// The person whose view of the data is limited; `None` for keys and admins, who see all of it.
    pub fn limited(&self) -> Option<&Person> {
        self.person_if_any()
            .filter(|person| person.role != Role::Admin)
    }

    /// The member to name as the author of what is done: the person, or whoever made the key.
    pub fn author(&self) -> Option<&MemberId> {
        match &self.identity {
            Identity::Key { created_by, .. } => created_by.as_ref(),
            Identity::Session { person, .. } => Some(&person.member_id),
        }
    }

    /// The key, if it came with one.
    pub fn api_key_id(&self) -> Option<&ApiKeyId> {
        match &self.identity {
            Identity::Key { id, .. } => Some(id),
            Identity::Session { .. } => None,
        }
    }

    /// Whose idempotency keys are the same: a key's own, or a person's over all their sessions.
    pub fn sender_id(&self) -> &str {
        match &self.identity {
            Identity::Key { id, .. } => id.as_str(),
            Identity::Session { person, .. } => person.member_id.as_str(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let intent = match parts.method {
            Method::GET | Method::HEAD => Intent::Read,
            _ => Intent::Write,
        };
        let platform = Platform::of(parts)?;
        if let Some(caller) = platform.caller() {
            return Ok(caller);
        }
        let (tag, credential) = credential(parts)?;
        if matches!(credential, Credential::Session(_)) {
            same_origin::require(parts)?;
        }
        let address = address::of(&parts.headers);
        SendFuture::new(async {
            let caller = admit(platform.clone(), tag, credential, intent, address).await?;
            // People who are signed in are served from the copy, if it is one.
            if caller.person_if_any().is_some() {
                upstream::look(&platform, &caller.tag).await?;
            }
            Ok(caller)
        })
        .await
    }
}

/// The organisation's tag and what the request shows, if it is well-formed: nothing else costs a
/// storage call.
fn credential(parts: &Parts) -> Result<(String, Credential)> {
    if parts.headers.contains_key(header::AUTHORIZATION) {
        return key(&parts.headers);
    }
    match cookies::get(&parts.headers, session::COOKIE) {
        Some(cookie) => {
            let tag = session::tag(cookie).ok_or(Error::SignedOut)?;
            Ok((tag.to_owned(), Credential::Session(api_key::hash(cookie))))
        }
        None if parts.uri.path().starts_with("/api/app/") => Err(Error::SignedOut),
        None => Err(Error::Unauthorized),
    }
}

/// The same where nothing but a key will do.
pub fn key(headers: &HeaderMap) -> Result<(String, Credential)> {
    let key = bearer(headers).ok_or(Error::Unauthorized)?;
    let tag = api_key::tag(key).ok_or(Error::Unauthorized)?;
    Ok((tag.to_owned(), Credential::Key(api_key::hash(key))))
}

/// Lets in whoever shows this, and counts the request against its budget.
pub async fn admit(
    platform: Platform,
    tag: String,
    credential: Credential,
    intent: Intent,
    address: &str,
) -> Result<Caller> {
    strangers::shows(&tag, address)?;
    let admission = workspace_do::admit(&platform, &tag, &credential, intent).await?;
    if !matches!(admission, Admission::UnknownTag) {
        strangers::is_known(&tag, address);
    }
    match admission {
        Admission::Unknown | Admission::UnknownTag => Err(match credential {
            Credential::Key(_) => Error::Unauthorized,
            Credential::Session(_) => Error::SignedOut,
        }),
        Admission::OverBudget {
            retry_after_seconds,
        } => Err(Error::RateLimited(retry_after_seconds)),
        Admission::Admitted(admitted) => {
            platform.admitted(&tag, &admitted, intent);
            let now = clock::now();
            Ok(Caller {
                organisation_id: admitted.organisation_id,
                tag,
                scopes: admitted.scopes,
                identity: admitted.identity.into(),
                now,
                today: clock::date_in(&admitted.timezone, now),
                params: admitted.rule_params,
                revision: admitted.revision,
            })
        }
    }
}

/// The key of an `Authorization: Bearer …` header; the scheme's case does not matter.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
