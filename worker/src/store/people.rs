//! Members as signing in needs them, and as they see themselves.

use chrono::TimeDelta;
use okrs_shared::id::{DepartmentId, MemberId, OrganisationId, SessionId, TeamId};
use okrs_shared::permission::{Action, Role};
use okrs_shared::rules::Params;
use okrs_shared::sign_in::{self, Me};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::upstream::UnknownVisibility;
use okrs_shared::validation::Invalid;
use okrs_shared::workspace::{WeekStart, Workspace};
use serde::{Deserialize, Serialize};
use strum::VariantArray as _;

use super::change::Change;
use super::{Db, Sql, json_text, notifications, sql, versions};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::password::Replacement;

/// Somebody who may turn out to be the one who signs in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Candidate {
    pub member_id: MemberId,
    pub role: Role,
    /// It stays where it was read.
    #[serde(skip_serializing)]
    pub password_hash: Option<String>,
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub tag: String,
    pub timezone: String,
}

/// Everybody with this address who may sign in, in all organisations: the one query that can't name
/// one, because an address is all that is known.
pub async fn with_email(db: &Db, email: &str) -> Result<Vec<Candidate>> {
    db.query(sql!(
        "SELECT m.id AS member_id, m.role, m.password_hash, o.id AS organisation_id, \
                o.name AS organisation, o.tag, o.timezone \
         FROM members m JOIN organisations o ON o.id = m.organisation_id \
         WHERE m.email IN (:email, :typed) AND m.disabled_at IS NULL ORDER BY o.name LIMIT 20",
        email = sign_in::address(email),
        // Earlier versions kept addresses as they were typed.
        typed = email.trim()
    ))
    .await?
    .read()
}

/// Whether no organisation exists yet.
pub async fn is_empty(db: &Db) -> Result<bool> {
    #[derive(Deserialize)]
    struct Row {
        #[serde(deserialize_with = "super::flag")]
        is_empty: bool,
    }
    let row: Option<Row> = db
        .query(sql!(
            "SELECT NOT EXISTS (SELECT 1 FROM organisations) AS is_empty"
        ))
        .await?
        .first()?;
    Ok(row.is_some_and(|row| row.is_empty))
}

#[derive(Deserialize)]
struct MeRow {
    id: MemberId,
    name: String,
    email: String,
    role: Role,
    department_id: Option<DepartmentId>,
    #[serde(deserialize_with = "json_text")]
    team_ids: Vec<TeamId>,
    #[serde(deserialize_with = "super::flag")]
    has_password: bool,
    #[serde(deserialize_with = "super::flag")]
    is_linked: bool,
    unread_notifications: u32,
    organisation_id: OrganisationId,
    organisation: String,
    timezone: String,
    week_start: WeekStart,
    check_in_weekday: u8,
    #[serde(deserialize_with = "json_text")]
    rule_params: Params,
    unknown_visibility: UnknownVisibility,
}

/// The member as they see themselves, in their workspace.
pub async fn me(db: &Db, caller: &Caller, id: &MemberId) -> Result<Option<Me>> {
    let version = versions::select(caller, id.as_str());
    let results = db.batch(&[select_me(caller, id), version]).await?;
    db.shows(&results[1])?;
    let row: Option<MeRow> = results[0].first()?;
    Ok(row.map(|row| row.shown(db, caller)))
}

fn select_me(caller: &Caller, id: &MemberId) -> Sql {
    sql!(
        caller,
        "SELECT m.id, m.name, m.email, m.role, m.department_id, \
                (SELECT json_group_array(team_id) FROM team_members \
                 WHERE member_id = m.id AND organisation_id = m.organisation_id) AS team_ids, \
                m.password_hash IS NOT NULL AS has_password, \
                EXISTS (SELECT 1 FROM identities WHERE member_id = m.id AND organisation_id = m.organisation_id) \
                  AS is_linked, \
                (SELECT COUNT(*) FROM notifications n WHERE n.member_id = m.id AND n.read_at IS NULL \
                 AND :shows) AS unread_notifications, \
                o.id AS organisation_id, o.name AS organisation, o.timezone, o.week_start, \
                o.check_in_weekday, o.rule_params, o.unknown_visibility \
         FROM members m JOIN organisations o ON o.id = m.organisation_id \
         WHERE m.id = :id AND m.organisation_id = :organisation",
        shows = notifications::shows(caller),
        id
    )
}

impl MeRow {
    fn shown(self, db: &Db, caller: &Caller) -> Me {
        Me {
            may: Action::VARIANTS
                .iter()
                .copied()
                .filter(|action| action.is_open_to(self.role))
                .collect(),
            id: self.id,
            name: self.name,
            email: self.email,
            role: self.role,
            department_id: self.department_id,
            team_ids: self.team_ids,
            has_password: self.has_password,
            is_linked: self.is_linked,
            unread_notifications: self.unread_notifications,
            workspace: Workspace {
                id: self.organisation_id,
                tag: caller.tag.clone(),
                name: self.organisation,
                timezone: self.timezone,
                week_start: self.week_start,
                check_in_weekday: self.check_in_weekday,
                rule_params: self.rule_params,
                unknown_visibility: db.is_copy().then_some(self.unknown_visibility),
                today: caller.today,
            },
        }
    }
}

/// Changes what a member is called.
pub async fn rename(db: &Db, caller: &Caller, id: &MemberId, name: &str) -> Result<Me> {
    Change::new(caller, "member.rename", id.as_str())
        .before(sql!(
            caller,
            "(SELECT json_object('name', name) FROM members WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE members SET name = :name WHERE id = :id AND organisation_id = :organisation",
            name = name.trim(),
            id
        ))
        .commit_and_read(db, &name, select_me(caller, id))
        .await
        .map(|row: MeRow| row.shown(db, caller))
}

/// The password hash of a member.
pub async fn password_hash(db: &Db, caller: &Caller, id: &MemberId) -> Result<Option<String>> {
    #[derive(Deserialize)]
    struct Row {
        password_hash: Option<String>,
    }
    let row: Option<Row> = db
        .query(sql!(
            caller,
            "SELECT password_hash FROM members WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .await?
        .first()?;
    row.map(|row| row.password_hash)
        .ok_or_else(|| Error::internal("whoever is signed in is no member"))
}

/// So long after a sign-in a first password can be set: a browser that was left alone must not make a way in.
const FIRST_PASSWORD_WITHIN: TimeDelta = TimeDelta::minutes(5);

impl Change<'_> {
    /// Who has no password must have signed in just now.
    pub fn require_password_or_recent_session(
        self,
        caller: &Caller,
        id: &MemberId,
        session: &SessionId,
    ) -> Self {
        let since = Timestamp::new(caller.now.get() - FIRST_PASSWORD_WITHIN);
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation \
                   AND password_hash IS NOT NULL) \
                 OR EXISTS (SELECT 1 FROM sessions WHERE id = :session AND organisation_id = :organisation \
                   AND created_at >= :since)",
                id,
                session,
                since
            ),
            Error::Conflict(Invalid::conflict(
                "A first password is set within five minutes of signing in; sign in again",
            )),
        )
    }

    /// Gives a member a password. Neither the audit log nor anything else learns it.
    pub fn set_password(self, caller: &Caller, id: &MemberId, hash: &str) -> Self {
        self.effect(sql!(
            caller,
            "UPDATE members SET password_hash = :hash WHERE id = :id AND organisation_id = :organisation",
            hash,
            id
        ))
    }

    /// Keeps the same password in another way, unless they have another one by now.
    pub fn renew_password(self, caller: &Caller, id: &MemberId, renewed: &Replacement) -> Self {
        self.effect(sql!(
            caller,
            "UPDATE members SET password_hash = :new \
             WHERE id = :id AND organisation_id = :organisation AND password_hash = :old",
            new = renewed.new,
            id,
            old = renewed.old
        ))
    }
}

#[derive(Deserialize)]
struct UpstreamIdRow {
    upstream_id: Option<String>,
}

/// What the hosted service calls a member, or whom they have been linked with; `None` if it does not know them.
pub async fn upstream_id(db: &Db, caller: &Caller, member_id: &str) -> Result<Option<String>> {
    let query = sql!(
        caller,
        "SELECT COALESCE(m.upstream_id, (SELECT MIN(p.upstream_id) FROM members p \
                                         WHERE p.linked_to = m.id AND p.organisation_id = :organisation)) AS upstream_id \
         FROM members m WHERE m.id = :member_id AND m.organisation_id = :organisation",
        member_id
    );
    let row: Option<UpstreamIdRow> = db.query(query).await?.first()?;
    Ok(row.and_then(|row| row.upstream_id))
}
