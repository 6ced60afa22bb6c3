//! What happened to an OKR, from the audit log.

use okrs_shared::activity::ActivitySubject;
use okrs_shared::id::{KeyResultId, MemberId, OkrId};
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::{Db, corrections, flag, relations, sql};
use crate::caller::Caller;
use crate::error::Result;

/// A row of the audit log, with names.
#[derive(Debug, Deserialize)]
pub struct ActivityRow {
    pub id: String,
    pub at: Timestamp,
    pub action: String,
    pub member_id: Option<MemberId>,
    pub member: Option<String>,
    #[serde(deserialize_with = "flag")]
    pub by_api_key: bool,
    pub subject: ActivitySubject,
    pub subject_id: String,
    pub key_result_id: Option<KeyResultId>,
    pub key_result: Option<String>,
    /// JSON.
    pub before: Option<String>,
    /// JSON.
    pub after: Option<String>,
}

/// The newest 200 rows about an OKR, its key results, their check-ins and the comments, deleted ones
/// too; `None` if the caller does not see the OKR.
pub async fn of_okr(db: &Db, caller: &Caller, okr_id: &OkrId) -> Result<Option<Vec<ActivityRow>>> {
    let results = db
        .batch(&[
            relations::visible_okr(caller, okr_id.as_str()),
            sql!(
                caller,
                "WITH subjects (kind, id, key_result_id) AS ( \
                   SELECT 'okr', :okr_id, NULL \
                   UNION ALL SELECT 'key_result', id, id FROM key_results \
                   WHERE okr_id = :okr_id AND organisation_id = :organisation \
                   UNION ALL SELECT 'check_in', c.id, k.id \
                     FROM key_results k JOIN check_ins c ON c.key_result_id = k.id \
                     WHERE k.okr_id = :okr_id AND k.organisation_id = :organisation AND c.corrected_at IS NOT NULL \
                   UNION ALL SELECT 'comment', id, key_result_id FROM comments \
                   WHERE okr_id = :okr_id AND organisation_id = :organisation) \
                 SELECT a.id, a.at, a.action, a.member_id, m.name AS member, \
                 a.api_key_id IS NOT NULL AS by_api_key, s.kind AS subject, \
                        a.subject_id, s.key_result_id, k.title AS key_result, a.before, a.after \
                 FROM subjects s JOIN audit_log a ON a.organisation_id = :organisation AND a.subject_id = s.id \
                   LEFT JOIN members m ON m.id = a.member_id \
                   LEFT JOIN key_results k ON k.id = s.key_result_id \
                 WHERE :stands \
                 ORDER BY a.id DESC LIMIT 200",
                okr_id,
                stands = corrections::stands(caller)
            ),
        ])
        .await?;
    if results[0].is_empty() {
        return Ok(None);
    }
    results[1].read().map(Some)
}
