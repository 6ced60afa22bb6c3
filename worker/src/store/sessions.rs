//! Sessions in the database.

use okrs_shared::id::{MemberId, OrganisationId, SessionId};
use okrs_shared::sign_in::Session;
use okrs_shared::timestamp::Timestamp;

use super::change::Change;
use super::{Db, params, sql};
use crate::caller::Caller;
use crate::clock;
use crate::error::{Error, Result};

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
    /// Begins a session of this member.
    pub fn begin_session(
        self,
        caller: &Caller,
        member_id: &MemberId,
        session: &NewSession<'_>,
    ) -> Self {
        self.effect(
            "INSERT INTO sessions (id, organisation_id, member_id, hash, method, user_agent, created_at, last_seen_at, \
                                   expires_at) \
             SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE 1",
            params![
                session.id.as_str(),
                caller.organisation_id,
                member_id,
                session.hash,
                session.method,
                session.user_agent,
                caller.now,
                caller.now,
                session.expires_at,
            ],
        )
        .changes_access()
    }

    /// Ends all sessions of this member, or all but one.
    pub fn end_sessions(
        self,
        caller: &Caller,
        member_id: &MemberId,
        but: Option<&SessionId>,
    ) -> Self {
        self.effect(
            "UPDATE sessions SET ended_at = ? WHERE member_id = ? AND organisation_id = ? AND ended_at IS NULL \
             AND id IS NOT ?",
            params![
                caller.now,
                member_id,
                caller.organisation_id,
                but.map(SessionId::as_str)
            ],
        )
        .changes_access()
    }
}

/// Notes that a session is used. No revision: nobody's view changes.
pub async fn seen(db: &Db, organisation: &OrganisationId, id: &SessionId) -> Result<()> {
    db.query(sql(
        "UPDATE sessions SET last_seen_at = ? WHERE id = ? AND organisation_id = ?",
        params![clock::now(), id.as_str(), organisation],
    ))
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
        .query(sql(
            "SELECT id, method, user_agent, created_at, last_seen_at, expires_at FROM sessions \
             WHERE member_id = ? AND organisation_id = ? AND ended_at IS NULL AND expires_at > ? \
             ORDER BY created_at DESC, id DESC LIMIT 100",
            params![member_id, caller.organisation_id, caller.now],
        ))
        .await?;
    let mut sessions: Vec<Session> = rows.read()?;
    for session in &mut sessions {
        session.is_current = session.id == *current;
    }
    Ok(sessions)
}

/// Ends a session of this member.
pub async fn end(db: &Db, caller: &Caller, member_id: &MemberId, id: &SessionId) -> Result<()> {
    let values = params![id.as_str(), member_id, caller.organisation_id];
    Change::new(caller, "session.end", id.as_str())
        .require(
            "EXISTS (SELECT 1 FROM sessions WHERE id = ? AND member_id = ? AND organisation_id = ? AND ended_at IS NULL)",
            values,
            Error::NotFound("Session not found"),
        )
        .effect(
            "UPDATE sessions SET ended_at = ? WHERE id = ? AND organisation_id = ?",
            params![caller.now, id.as_str(), caller.organisation_id],
        )
        .changes_access()
        .commit(db, &(), ())
        .await
}
