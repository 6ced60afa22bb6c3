//! Sessions in the database.

use chrono::NaiveDate;
use okrs_shared::id::{MemberId, OrganisationId, SessionId};
use okrs_shared::sign_in::Session;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::change::Change;
use super::{Db, sql};
use crate::caller::Caller;
use crate::clock;
use crate::error::{Error, Result};
use crate::ids;

/// A session in the making.
pub struct NewSession<'a> {
    /// Its row.
    pub id: SessionId,
    /// SHA-256 of its cookie.
    pub hash: String,
    /// How the person proved who they are.
    pub method: &'static str,
    /// What the browser calls itself.
    pub user_agent: Option<&'a str>,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

impl Change<'_> {
    /// Begins a session of this member. What the organisation's object knows of others stays true.
    pub fn begin_session(
        self,
        caller: &Caller,
        member_id: &MemberId,
        session: &NewSession<'_>,
    ) -> Self {
        self.effect(sql!(
            caller,
            "INSERT INTO sessions (id, organisation_id, member_id, hash, method, user_agent, created_at, \
                                   last_seen_at, expires_at) \
             SELECT :id, :organisation, :member_id, :hash, :method, :user_agent, :now, :now, :expires_at WHERE 1",
            id = session.id,
            member_id,
            hash = session.hash,
            method = session.method,
            user_agent = session.user_agent,
            expires_at = session.expires_at
        ))
        .effect(sql!(
            caller,
            "UPDATE members SET last_seen_on = :today WHERE id = :member_id AND organisation_id = :organisation",
            member_id
        ))
    }

    /// Ends all sessions of this member, or all but one.
    pub fn end_sessions(
        self,
        caller: &Caller,
        member_id: &MemberId,
        but: Option<&SessionId>,
    ) -> Self {
        self.effect(sql!(
            caller,
            "UPDATE sessions SET ended_at = :now WHERE member_id = :member_id \
               AND organisation_id = :organisation AND ended_at IS NULL \
             AND id IS NOT :but",
            member_id,
            but = but.map(SessionId::as_str)
        ))
        .changes_access()
    }
}

/// Notes that a session is used, and on which day its member was here. No revision: nobody's view changes.
pub async fn seen(
    db: &Db,
    organisation: &OrganisationId,
    id: &SessionId,
    member_id: &MemberId,
    today: NaiveDate,
) -> Result<()> {
    db.batch(&[
        sql!(
            "UPDATE sessions SET last_seen_at = :now WHERE id = :id AND organisation_id = :organisation",
            now = clock::now(),
            id,
            organisation
        ),
        sql!(
            "UPDATE members SET last_seen_on = :today \
             WHERE id = :member_id AND organisation_id = :organisation AND last_seen_on IS NOT :today",
            today,
            member_id,
            organisation
        ),
    ])
    .await?;
    Ok(())
}

/// The member's sessions that have not ended, the latest first.
pub async fn list(
    db: &Db,
    caller: &Caller,
    member_id: &MemberId,
    current: &SessionId,
) -> Result<Vec<Session>> {
    let rows = db
        .query(sql!(
            caller,
            "SELECT id, method, user_agent, created_at, last_seen_at, expires_at FROM sessions \
             WHERE member_id = :member_id AND organisation_id = :organisation AND ended_at IS NULL \
               AND expires_at > :now \
             ORDER BY created_at DESC, id DESC LIMIT 100",
            member_id
        ))
        .await?;
    let mut sessions: Vec<Session> = rows.read()?;
    for session in &mut sessions {
        session.is_current = session.id == *current;
    }
    Ok(sessions)
}

/// Ends a session of this member. The organisation's object has to hear of it: [`workspace_do::end_session`].
///
/// [`workspace_do::end_session`]: crate::workspace_do::end_session
pub async fn end(db: &Db, caller: &Caller, member_id: &MemberId, id: &SessionId) -> Result<()> {
    Change::new(caller, "session.end", id.as_str())
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM sessions WHERE id = :id AND member_id = :member_id \
                 AND organisation_id = :organisation AND ended_at IS NULL)",
                id,
                member_id
            ),
            Error::NotFound("Session not found"),
        )
        .effect(sql!(
            caller,
            "UPDATE sessions SET ended_at = :now WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .commit(db, &(), ())
        .await
}

/// Ends the session whose cookie has this hash, if it is one of the organisation with this tag: its browser has a new
/// one. No revision: nobody's view changes.
pub async fn end_replaced(db: &Db, tag: &str, hash: &str) -> Result<Option<SessionId>> {
    #[derive(Deserialize)]
    struct Row {
        id: SessionId,
    }
    let is_it = || {
        sql!(
            "hash = :hash AND ended_at IS NULL \
             AND organisation_id = (SELECT id FROM organisations WHERE tag = :tag)",
            hash,
            tag
        )
    };
    let results = db
        .batch(&[
            sql!(
                "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id) \
                 SELECT organisation_id, :new_id, :now, member_id, 'session.end', id FROM sessions WHERE :is_it",
                new_id = ids::new_id(),
                now = clock::now(),
                is_it = is_it()
            ),
            sql!(
                "UPDATE sessions SET ended_at = :now WHERE :is_it RETURNING id",
                now = clock::now(),
                is_it = is_it()
            ),
        ])
        .await?;
    let row: Option<Row> = results[1].first()?;
    Ok(row.map(|row| row.id))
}
