//! Keys, sessions and people, as the organisation's object needs them to let requests in.

use std::collections::HashMap;

use okrs_shared::api_key::Scopes;
use okrs_shared::id::{ApiKeyId, DepartmentId, MemberId, OrganisationId, SessionId, TeamId};
use okrs_shared::permission::{Person, Role};
use okrs_shared::rules::Params;
use okrs_shared::timestamp::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use strum::VariantArray as _;

use super::{Db, Rows, Sql, flag, json_text, migrated, sql};
use crate::caller::{Caller, Identity};
use crate::clock;
use crate::error::{Error, Result};

/// The organisation and its keys as the database has them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Facts {
    /// The organisation of this tag.
    pub organisation_id: OrganisationId,
    /// IANA name.
    pub timezone: String,
    /// The constants of the rules.
    pub rule_params: Params,
    /// Its last change, as of the read.
    pub last_change_id: String,
    /// By their hash; revoked ones are left out.
    pub keys: HashMap<String, KeyFacts>,
}

/// One key as the database has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyFacts {
    /// The key's row.
    pub id: ApiKeyId,
    /// What it may do.
    pub scopes: Scopes,
    /// Its budget.
    pub requests_per_minute: u32,
    /// The member who made it.
    pub created_by: Option<MemberId>,
    /// From then on it is unknown.
    pub expires_at: Option<Timestamp>,
}

/// One session as the database has it.
#[derive(Clone, Debug)]
pub struct SessionFacts {
    /// The session's row.
    pub id: SessionId,
    /// Whose it is.
    pub person: Person,
    /// Milliseconds since 1970.
    pub last_seen_ms: u64,
    /// Milliseconds since 1970.
    pub expires_ms: u64,
}

#[derive(Deserialize)]
struct OrganisationRow {
    id: OrganisationId,
    timezone: String,
    #[serde(deserialize_with = "json_text")]
    rule_params: Params,
    last_change_id: String,
}

#[derive(Deserialize)]
struct KeyRow {
    id: ApiKeyId,
    hash: String,
    scopes: Scopes,
    requests_per_minute: u32,
    created_by: Option<MemberId>,
    expires_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct SessionRow {
    id: SessionId,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
    #[serde(flatten)]
    person: PersonRow,
}

#[derive(Deserialize)]
struct LivesRow {
    #[serde(deserialize_with = "flag")]
    lives: bool,
}

#[derive(Deserialize)]
struct PersonRow {
    member_id: MemberId,
    role: Role,
    #[serde(deserialize_with = "list")]
    department_ids: Vec<DepartmentId>,
    #[serde(deserialize_with = "list")]
    team_ids: Vec<TeamId>,
    #[serde(deserialize_with = "list")]
    managed_department_ids: Vec<DepartmentId>,
    #[serde(deserialize_with = "list")]
    managed_team_ids: Vec<TeamId>,
}

fn list<'de, D, T>(deserializer: D) -> std::result::Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: DeserializeOwned,
{
    json_text(deserializer)
}

/// The organisation with this tag, its keys that have not been revoked, and the session with this
/// hash if it has not ended; `None` if there is no such organisation. It is refused where the database lacks a migration.
pub async fn facts(
    db: &Db,
    tag: &str,
    session: Option<&str>,
) -> Result<Option<(Facts, Option<SessionFacts>)>> {
    let mut batch = vec![
        migrated::required(),
        sql!(
            "SELECT id, timezone, rule_params, last_change_id FROM organisations WHERE tag = :tag",
            tag
        ),
        sql!(
            "SELECT id, hash, scopes, requests_per_minute, created_by, expires_at FROM api_keys \
             WHERE organisation_id = (SELECT id FROM organisations WHERE tag = :tag) AND revoked_at IS NULL",
            tag
        ),
    ];
    batch.extend(session.map(|hash| session_with(tag, hash)));
    let results = db.batch(&batch).await?;
    let Some(organisation) = results[1].first::<OrganisationRow>()? else {
        return Ok(None);
    };
    let keys = results[2].read::<KeyRow>()?;
    let session = match results.get(3) {
        Some(rows) => rows.first::<SessionRow>()?,
        None => None,
    };
    let facts = Facts {
        organisation_id: organisation.id,
        timezone: organisation.timezone,
        rule_params: organisation.rule_params,
        last_change_id: organisation.last_change_id,
        keys: keys.into_iter().map(KeyRow::facts).collect(),
    };
    Ok(Some((facts, session.map(SessionRow::facts))))
}

/// The session with the person behind it. What they manage and where they belong is read with it,
/// so that no later request has to.
fn session_with(tag: &str, hash: &str) -> Sql {
    sql!(
        "WITH person AS ( \
           SELECT s.id, s.last_seen_at, s.expires_at, m.id AS member_id, m.role, m.department_id, m.organisation_id \
           FROM sessions s JOIN members m ON m.id = s.member_id JOIN organisations o ON o.id = s.organisation_id \
           WHERE s.hash = :hash AND o.tag = :tag AND s.ended_at IS NULL AND m.disabled_at IS NULL), \
         :belongings SELECT id, last_seen_at, expires_at, :person FROM person",
        hash,
        tag,
        belongings = Sql::text(BELONGINGS),
        person = Sql::text(PERSON)
    )
}

/// The member with this id as a person, if they may sign in; for [`read_person`].
pub fn person(caller: &Caller, id: &MemberId) -> Sql {
    sql!(
        caller,
        "WITH person AS (:member AND disabled_at IS NULL), :belongings SELECT :person FROM person",
        member = member(caller, id),
        belongings = Sql::text(BELONGINGS),
        person = Sql::text(PERSON)
    )
}

/// The row of the member with this id that [`BELONGINGS`] starts from; more conditions may follow.
fn member(caller: &Caller, id: &MemberId) -> Sql {
    sql!(
        caller,
        "SELECT id AS member_id, role, department_id, organisation_id FROM members \
         WHERE id = :id AND organisation_id = :organisation",
        id
    )
}

/// That whoever was let in would be let in again now, and could still do all that they could then, each with
/// the refusal if that is not so. Conditions of a write: between letting in and writing lies a time, in which
/// authority can end.
pub fn still(caller: &Caller) -> Vec<(Sql, Error)> {
    // The caller's own `now` is when it was let in.
    let then = clock::now();
    match &caller.identity {
        Identity::Key { id, .. } => vec![(is_valid(caller, id, then), Error::Unauthorized)],
        Identity::Session { id, person } => {
            let is_live = sql!(
                caller,
                "EXISTS (SELECT 1 FROM sessions s JOIN members m ON m.id = s.member_id \
                 WHERE s.id = :id AND s.organisation_id = :organisation AND s.ended_at IS NULL \
                 AND s.expires_at > :then AND m.disabled_at IS NULL)",
                id,
                then
            );
            vec![
                (is_live, Error::SignedOut),
                (has_lost_nothing(caller, person), Error::RightsChanged),
            ]
        }
    }
}

/// Whether whoever was let in some time ago may not write any more: the key has ended, the person is disabled.
/// Signing out takes nothing back.
pub async fn is_over(db: &Db, caller: &Caller) -> Result<bool> {
    let lives = match &caller.identity {
        Identity::Key { id, .. } => is_valid(caller, id, clock::now()),
        Identity::Session { person, .. } => sql!(
            "EXISTS (:member AND disabled_at IS NULL)",
            member = member(caller, &person.member_id)
        ),
    };
    let row: Option<LivesRow> = db
        .query(sql!("SELECT :lives AS lives", lives))
        .await?
        .first()?;
    Ok(!row.is_some_and(|row| row.lives))
}

fn is_valid(caller: &Caller, id: &ApiKeyId, then: Timestamp) -> Sql {
    sql!(
        caller,
        "EXISTS (SELECT 1 FROM api_keys WHERE id = :id AND organisation_id = :organisation \
         AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :then))",
        id,
        then
    )
}

/// That a person has at least the role and the belongings that were read when they were let in. What an admin
/// may do does not depend on belongings.
fn has_lost_nothing(caller: &Caller, person: &Person) -> Sql {
    let roles = Role::VARIANTS.iter().filter(|role| **role >= person.role);
    let roles: Vec<&str> = roles.map(|role| role.as_str()).collect();
    let member = sql!(
        ":member AND role IN (SELECT value FROM json_each(:roles))",
        member = member(caller, &person.member_id),
        roles = json!(roles).to_string()
    );
    if person.role == Role::Admin {
        return sql!("EXISTS (:member)", member);
    }
    let belongings = [
        ("their_departments", json!(person.department_ids)),
        ("their_teams", json!(person.team_ids)),
        ("managed_departments", json!(person.managed_department_ids)),
        ("managed_teams", json!(person.managed_team_ids)),
    ];
    let kept = belongings.into_iter().map(|(now, then)| {
        sql!(
            " AND NOT EXISTS (SELECT value FROM json_each(:then) EXCEPT SELECT id FROM :now)",
            then = then.to_string(),
            now = Sql::text(now)
        )
    });
    sql!(
        "EXISTS (WITH person AS (:member), :belongings SELECT 1 FROM person WHERE 1:kept)",
        member,
        belongings = Sql::text(BELONGINGS),
        kept = Sql::join(kept, "")
    )
}

/// What [`person`] found.
pub fn read_person(rows: &Rows) -> Result<Option<Person>> {
    Ok(rows.first::<PersonRow>()?.map(PersonRow::person))
}

/// What the one row of `person` manages and where they belong.
const BELONGINGS: &str = "managed_departments AS ( \
       SELECT d.id FROM departments d JOIN person p ON d.manager_id = p.member_id \
       WHERE d.organisation_id = p.organisation_id), \
     managed_teams AS ( \
       SELECT t.id, t.department_id FROM teams t JOIN person p ON t.organisation_id = p.organisation_id \
       WHERE t.manager_id = p.member_id OR t.department_id IN (SELECT id FROM managed_departments)), \
     their_teams AS ( \
       SELECT t.id, t.department_id FROM team_members tm JOIN person p ON tm.member_id = p.member_id \
       JOIN teams t ON t.id = tm.team_id WHERE tm.organisation_id = p.organisation_id \
       UNION SELECT id, department_id FROM managed_teams), \
     their_departments AS ( \
       SELECT department_id AS id FROM person WHERE department_id IS NOT NULL \
       UNION SELECT department_id FROM their_teams WHERE department_id IS NOT NULL \
       UNION SELECT id FROM managed_departments)";

/// The columns of [`PersonRow`].
const PERSON: &str = "member_id, role, \
     (SELECT json_group_array(id) FROM their_departments) AS department_ids, \
     (SELECT json_group_array(id) FROM their_teams) AS team_ids, \
     (SELECT json_group_array(id) FROM managed_departments) AS managed_department_ids, \
     (SELECT json_group_array(id) FROM managed_teams) AS managed_team_ids";

impl KeyRow {
    fn facts(self) -> (String, KeyFacts) {
        let facts = KeyFacts {
            id: self.id,
            scopes: self.scopes,
            requests_per_minute: self.requests_per_minute,
            created_by: self.created_by,
            expires_at: self.expires_at,
        };
        (self.hash, facts)
    }
}

impl PersonRow {
    fn person(self) -> Person {
        Person {
            member_id: self.member_id,
            role: self.role,
            department_ids: self.department_ids,
            team_ids: self.team_ids,
            managed_department_ids: self.managed_department_ids,
            managed_team_ids: self.managed_team_ids,
        }
    }
}

impl SessionRow {
    fn facts(self) -> SessionFacts {
        SessionFacts {
            id: self.id,
            person: self.person.person(),
            last_seen_ms: millis(self.last_seen_at),
            expires_ms: millis(self.expires_at),
        }
    }
}

fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.get().timestamp_millis()).unwrap_or(0)
}
