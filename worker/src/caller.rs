//! Who is asking: a key with its scopes, or somebody signed in, with what they may do.

use chrono::NaiveDate;
use okrs_shared::api_key::{Scope, Scopes};
use okrs_shared::id::{ApiKeyId, MemberId, OrganisationId, SessionId};
use okrs_shared::permission::{Action, Person, Relation, Role};
use okrs_shared::rules::Params;
use okrs_shared::timestamp::Timestamp;
use okrs_shared::upstream::Backend;
use serde::{Deserialize, Serialize};

use crate::clock;
use crate::error::{Error, Result};

/// An authenticated caller whose request has been counted against its budget; [`crate::admit`] lets
/// it in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Caller {
    /// The organisation whose data it may reach, and no other.
    pub organisation_id: OrganisationId,
    /// That organisation's tag: part of its keys and cookies, and the name of its object.
    pub tag: String,
    /// How it proved who it is.
    pub identity: Identity,
    /// What it may ask of the public API; asked by [`Self::require`].
    pub scopes: Scopes,
    /// When the request arrived.
    pub now: Timestamp,
    /// That day in the organisation's time zone.
    pub today: NaiveDate,
    /// The organisation's constants of the rules.
    pub params: Params,
    /// Whose figures it sees: in front of the hosted service what that lists.
    #[serde(default)]
    pub backend: Backend,
    /// The last change of the organisation's data right now; `None` while a write is under way.
    pub last_change_id: Option<String>,
    /// The versions one of which the thing must still have, if the request says so: a JSON list.
    #[serde(skip)]
    pub if_match: Option<String>,
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

/// Who asks, as the audit log names them.
#[derive(Clone)]
pub struct Visitor {
    /// Where.
    pub organisation_id: OrganisationId,
    /// By what.
    pub credential: Shows,
}

/// What somebody was let in with.
#[derive(Clone)]
pub enum Shows {
    /// A key.
    Key(ApiKeyId),
    /// A session, and whose it is.
    Session(SessionId, MemberId),
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
            backend: Backend::D1,
            last_change_id: None,
            if_match: None,
        }
    }

    /// The workspace itself, for looking at what it has: like a key that may do everything, and that sees the figures
    /// which are computed here.
    pub fn of_workspace(
        organisation_id: OrganisationId,
        tag: &str,
        timezone: &str,
        params: Params,
    ) -> Self {
        let now = clock::now();
        Self {
            organisation_id,
            tag: tag.to_owned(),
            identity: Identity::Key {
                id: ApiKeyId(String::new()),
                created_by: None,
            },
            scopes: Scopes::all(),
            now,
            today: clock::date_in(timezone, now),
            params,
            backend: Backend::D1,
            last_change_id: None,
            if_match: None,
        }
    }

    /// Refuses a caller without `scope`.
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

    /// The person who is signed in; a key is refused.
    pub fn person(&self) -> Result<&Person> {
        self.person_if_any().ok_or(Error::KeyNotEnough)
    }

    /// The session of the person who is signed in; a key is refused.
    pub fn session_id(&self) -> Result<&SessionId> {
        match &self.identity {
            Identity::Session { id, .. } => Ok(id),
            Identity::Key { .. } => Err(Error::KeyNotEnough),
        }
    }

    /// Refuses whoever may not do this to everything of its kind.
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
            // The workspace itself has none.
            Identity::Key { id, .. } => (!id.as_str().is_empty()).then_some(id),
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
