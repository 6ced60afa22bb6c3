//! OKRs with names and with what the viewer may do, in the database.

use okrs_shared::id::{CycleId, DepartmentId, MemberId, OkrId, TeamId};
use okrs_shared::initiative::Initiative;
use okrs_shared::number::Number;
use okrs_shared::okr::{OkrType, Visibility};
use okrs_shared::okr_detail::{CheckInEntry, OkrName, TargetChange};
use okrs_shared::status::Status;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::check_ins;
use super::cycles::{self, CycleRow};
use super::key_results::{self, KeyResultExtras, KeyResultRow, Shown};
use super::relations::{self, Related};
use super::{Db, Rows, Sql, flag, initiatives, json_text, okrs, sql, versions};
use crate::caller::Caller;
use crate::error::Result;

/// An OKR, before its figures are computed.
#[derive(Debug, Deserialize)]
pub struct DetailedRow {
    pub id: OkrId,
    pub title: String,
    pub description: Option<String>,
    #[serde(rename = "type")]
    pub okr_type: OkrType,
    pub visibility: Visibility,
    #[serde(deserialize_with = "flag")]
    pub visibility_known: bool,
    pub cycle_id: CycleId,
    pub parent_id: Option<OkrId>,
    pub weight: Number,
    pub owner_id: Option<MemberId>,
    pub owner: Option<String>,
    pub department_id: Option<DepartmentId>,
    pub department: Option<String>,
    pub team_id: Option<TeamId>,
    pub team: Option<String>,
    #[serde(deserialize_with = "flag")]
    pub archived: bool,
    pub comment_count: u32,
    pub listed_status: Option<Status>,
    pub listed_health: Option<u8>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Oldest first.
    #[serde(deserialize_with = "json_text")]
    pub key_results: Vec<(KeyResultRow, KeyResultExtras)>,
    #[serde(flatten)]
    pub related: Related,
}

/// The OKRs called `o` for which `condition` holds and that the caller sees, newest first: two statements
/// for [`read`]. No history is read.
pub fn select(caller: &Caller, shown: Shown, condition: &Sql) -> [Sql; 2] {
    selected(caller, "o.description", shown, condition)
}

/// As [`select`], without descriptions: lists show none, and they are long.
pub fn select_without_texts(caller: &Caller, condition: &Sql) -> [Sql; 2] {
    selected(caller, "NULL", Shown::Details, condition)
}

fn selected(caller: &Caller, description: &'static str, shown: Shown, condition: &Sql) -> [Sql; 2] {
    let seen = sql!(
        caller,
        "o.organisation_id = :organisation AND o.deleted_at IS NULL AND :sees AND (:condition)",
        sees = relations::sees(caller, "o"),
        condition
    );
    let okrs = sql!(
        caller,
        "SELECT r.*, :related FROM ( \
           SELECT o.id, o.title, :description AS description, o.type, o.visibility, o.visibility_known, o.cycle_id, \
                  (SELECT p.id FROM okrs p WHERE p.id = o.parent_id AND p.deleted_at IS NULL AND :sees_parent) \
                    AS parent_id, \
                  o.weight, o.owner_id, m.name AS owner, o.department_id, d.name AS department, o.team_id, \
                  t.name AS team, o.archived_at IS NOT NULL AS archived, o.comment_count, :listed \
                  o.created_at, o.updated_at, NULL AS also_owner_id, :key_results AS key_results \
           FROM okrs o LEFT JOIN members m ON m.id = o.owner_id \
             LEFT JOIN departments d ON d.id = o.department_id LEFT JOIN teams t ON t.id = o.team_id \
           WHERE :seen) r \
         ORDER BY r.created_at DESC, r.id DESC",
        related = relations::columns(caller),
        listed = okrs::listed(caller),
        description = Sql::text(description),
        sees_parent = relations::sees(caller, "p"),
        key_results = key_results::first_of_okr(shown),
        seen
    );
    let ids = sql!("SELECT o.id FROM okrs o WHERE :seen", seen);
    [okrs, key_results::others_of_okrs(&ids, shown)]
}

/// The OKRs that the statements of [`select`] gave.
pub fn read(okrs: &Rows, others: &Rows) -> Result<Vec<DetailedRow>> {
    let mut okrs: Vec<DetailedRow> = okrs.read()?;
    key_results::append(&mut okrs, others, |okr| (&okr.id, &mut okr.key_results))?;
    Ok(okrs)
}

/// An OKR with all that belongs to it.
pub struct OkrFile {
    pub cycles: Vec<CycleRow>,
    pub okr: DetailedRow,
    pub parent: Option<OkrName>,
    pub children: Vec<DetailedRow>,
    pub initiatives: Vec<Initiative>,
    pub check_ins: Vec<CheckInEntry>,
    pub target_changes: Vec<TargetChange>,
}

/// One OKR in one round trip; `None` if the caller does not see one with this id.
pub async fn get(db: &Db, caller: &Caller, id: &OkrId) -> Result<Option<OkrFile>> {
    let [okr, others] = select(caller, Shown::Details, &sql!("o.id = :id", id));
    let below = sql!("o.parent_id = :id AND o.archived_at IS NULL", id);
    let [children, others_of_children] = select(caller, Shown::Details, &below);
    let results = db
        .batch(&[
            cycles::all(caller),
            okr,
            others,
            parent(caller, id),
            children,
            others_of_children,
            initiatives::of_okr(caller, id),
            check_ins::newest_first(caller, &sql!("k.okr_id = :id", id)),
            sql!(
                caller,
                "SELECT t.key_result_id, t.old_target, t.new_target, t.reason, t.created_by AS author_id, \
                        m.name AS author, t.created_at \
                 FROM key_results k JOIN target_changes t ON t.key_result_id = k.id \
                   LEFT JOIN members m ON m.id = t.created_by \
                 WHERE k.okr_id = :id AND k.organisation_id = :organisation AND k.deleted_at IS NULL \
                 ORDER BY t.created_at DESC, t.id DESC",
                id
            ),
            versions::select(caller, id.as_str()),
        ])
        .await?;
    let Some(okr) = read(&results[1], &results[2])?.pop() else {
        return Ok(None);
    };
    db.shows(&results[9])?;
    Ok(Some(OkrFile {
        cycles: results[0].read()?,
        okr,
        parent: results[3].first()?,
        children: read(&results[4], &results[5])?,
        initiatives: results[6].read()?,
        check_ins: results[7].read()?,
        target_changes: results[8].read()?,
    }))
}

/// The name of the OKR that this one is aligned to, if the caller sees it.
pub fn parent(caller: &Caller, id: &OkrId) -> Sql {
    sql!(
        caller,
        "SELECT p.id, p.title FROM okrs o JOIN okrs p ON p.id = o.parent_id \
         WHERE o.id = :id AND o.organisation_id = :organisation AND p.deleted_at IS NULL AND :sees",
        id,
        sees = relations::sees(caller, "p")
    )
}
