//! The audit log in the database: reading it, and the rows that are about no change. Changes write
//! their own.

use http::Method;
use okrs_shared::audit::{AuditEntry, AuditFilter};
use serde_json::json;

use super::people::Candidate;
use super::sql::Param;
use super::{Db, Sql, sql};
use crate::caller::{Caller, Shows, Visitor};
use crate::clock;
use crate::error::Result;
use crate::ids;

/// The most refusals that one session leaves in the log in a minute.
const MOST_DENIALS: u32 = 60;
/// The most that one key leaves there: a program that lacks a scope asks for ever.
const MOST_DENIALS_OF_KEY: u32 = 5;
const MINUTE_MS: u64 = 60_000;
/// The most characters of a path that are kept.
const MOST_PATH_CHARS: usize = 500;

/// What is called like its id says: an id is in one of these tables at most. What has been deleted for long is in none:
/// then it is called as this record has it.
const SUBJECT_TITLE: &str = "COALESCE( \
    (SELECT title FROM okrs WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT title FROM key_results WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT title FROM initiatives WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT name FROM kpis WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT name FROM members WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT name FROM teams WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT name FROM departments WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT name FROM cycles WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT name FROM api_keys WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT name FROM review_cycles WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT c.name FROM reviews r JOIN review_cycles c ON c.id = r.review_cycle_id \
     WHERE r.id = a.subject_id AND r.organisation_id = a.organisation_id), \
    (SELECT name FROM review_templates WHERE id = a.subject_id AND organisation_id = a.organisation_id), \
    (SELECT name FROM organisations WHERE id = a.subject_id AND id = a.organisation_id), \
    a.before ->> '$.title', a.after ->> '$.title', a.before ->> '$.name', a.after ->> '$.name')";

/// The latest entries that pass the filter, at most `limit`.
pub async fn list(
    db: &Db,
    caller: &Caller,
    filter: &AuditFilter,
    limit: u32,
) -> Result<Vec<AuditEntry>> {
    db.query(select(caller, filter, limit)).await?.read_json()
}

fn select(caller: &Caller, filter: &AuditFilter, limit: u32) -> Sql {
    fn only<T: Param>(condition: &'static str, value: Option<T>) -> Option<Sql> {
        let condition = Sql::text(condition);
        value.map(|value| sql!(" AND :condition :value", condition, value))
    }
    let passes = [
        only("a.action =", filter.action.as_ref()),
        only("a.member_id =", filter.member_id.as_ref()),
        only("a.api_key_id =", filter.api_key_id.as_ref()),
        only("a.subject_id =", filter.subject_id.as_ref()),
        only("a.at >=", filter.from),
        only("a.at <", filter.to),
        only("a.id <", filter.before_id.as_ref()),
    ];
    sql!(
        caller,
        "SELECT json_object( \
                  'id', a.id, 'at', a.at, 'member_id', a.member_id, 'member_name', m.name, \
                  'api_key_id', a.api_key_id, 'api_key_name', k.name, 'action', a.action, \
                  'subject_id', a.subject_id, 'subject_title', :subject_title, \
                  'before', json(a.before), 'after', json(a.after)) AS json \
         FROM audit_log a LEFT JOIN members m ON m.id = a.member_id AND m.organisation_id = a.organisation_id \
         LEFT JOIN api_keys k ON k.id = a.api_key_id AND k.organisation_id = a.organisation_id \
         WHERE a.organisation_id = :organisation:passes ORDER BY a.id DESC LIMIT :limit",
        subject_title = Sql::text(SUBJECT_TITLE),
        passes = Sql::join(passes.into_iter().flatten(), ""),
        limit
    )
}

/// Notes that somebody signed in, or a key, was refused, unless this minute's worth of theirs is full.
/// No revision: nobody's view changes.
pub async fn denied(db: &Db, visitor: &Visitor, method: &Method, path: &str) -> Result<()> {
    let now = clock::now_ms();
    let path: String = path.chars().take(MOST_PATH_CHARS).collect();
    let (subject_id, api_key_id, member_id, most) = match &visitor.credential {
        Shows::Key(id) => (id.as_str(), Some(id), None, MOST_DENIALS_OF_KEY),
        Shows::Session(id, member) => (id.as_str(), None, Some(member), MOST_DENIALS),
    };
    db.query(sql!(
        "INSERT INTO audit_log (organisation_id, id, at, api_key_id, member_id, action, subject_id, after) \
         SELECT :organisation, :new_id, :now, :api_key_id, :member_id, 'access.denied', :subject_id, :request \
         WHERE (SELECT COUNT(*) FROM audit_log \
                WHERE organisation_id = :organisation AND subject_id = :subject_id AND id >= :first_id \
                  AND action = 'access.denied') < :most",
        organisation = visitor.organisation_id,
        new_id = ids::new_id(),
        now = clock::now(),
        api_key_id,
        member_id,
        subject_id,
        request = json!({ "method": method.as_str(), "path": path }).to_string(),
        first_id = ids::least(now - now % MINUTE_MS),
        most
    ))
    .await?;
    Ok(())
}

/// Notes on each account that somebody, from this network address, did not know its password. No
/// member did it: nobody knows who it was.
pub async fn sign_in_failed(db: &Db, accounts: &[Candidate], address: &str) -> Result<()> {
    let row = |account: &Candidate| {
        sql!(
            "INSERT INTO audit_log (organisation_id, id, at, action, subject_id, after) \
             VALUES (:organisation, :new_id, :now, 'sign_in.failed', :member_id, :from)",
            organisation = account.organisation_id,
            new_id = ids::new_id(),
            now = clock::now(),
            member_id = account.member_id,
            from = json!({ "address": address }).to_string()
        )
    };
    let rows: Vec<Sql> = accounts.iter().map(row).collect();
    if !rows.is_empty() {
        db.batch(&rows).await?;
    }
    Ok(())
}

/// Notes who did what the hosted service accepted and the copy here has no row for. No revision:
/// nobody's view changes.
pub async fn accepted_elsewhere(
    db: &Db,
    caller: &Caller,
    method: &str,
    address: &str,
) -> Result<()> {
    db.query(sql!(
        caller,
        "INSERT INTO audit_log (organisation_id, id, at, api_key_id, member_id, action, subject_id, after) \
         VALUES (:organisation, :new_id, :now, :api_key_id, :me, 'upstream.accepted', :address, :request)",
        new_id = ids::new_id(),
        api_key_id = caller.api_key_id(),
        address,
        request = json!({ "method": method }).to_string()
    ))
    .await?;
    Ok(())
}
