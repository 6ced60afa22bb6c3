//! OKRs with names and with what the viewer may do, in the database.

use okrs_shared::id::{CycleId, DepartmentId, MemberId, OkrId, TeamId};
use okrs_shared::initiative::Initiative;
use okrs_shared::number::Number;
use okrs_shared::okr::{OkrType, Visibility};
use okrs_shared::okr_detail::{CheckInEntry, OkrFilter, OkrName, TargetChange};
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::check_ins;
use super::cycles::{self, CycleRow};
use super::key_results::{self, KeyResultExtras, KeyResultRow};
use super::relations::{self, Related};
use super::{Db, Sql, flag, initiatives, json_text, last_change, read_last_change, sql, versions};
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
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Oldest first.
    #[serde(deserialize_with = "json_text")]
    pub key_results: Vec<(KeyResultRow, KeyResultExtras)>,
    #[serde(flatten)]
    pub related: Related,
}

/// OKRs of a cycle, as of one change.
pub struct CycleOkrs {
    pub last_change_id: String,
    pub cycles: Vec<CycleRow>,
    /// Which of the cycles was meant.
    pub cycle_id: Option<CycleId>,
    pub okrs: Vec<DetailedRow>,
}

/// All OKRs of the named cycle or the present one that the caller sees, newest first.
pub async fn list(db: &Db, caller: &Caller, filter: &OkrFilter) -> Result<CycleOkrs> {
    #[derive(Deserialize)]
    struct Meant {
        id: Option<CycleId>,
    }
    let meant = cycles::meant(caller, filter.cycle_id.as_ref());
    let condition = sql!(
        "o.cycle_id = :meant AND (:include_archived OR o.archived_at IS NULL)",
        meant,
        include_archived = filter.include_archived
    );
    let results = db
        .batch(&[
            last_change(caller),
            cycles::all(caller),
            sql!("SELECT :meant AS id", meant),
            select(caller, &condition),
        ])
        .await?;
    let meant: Option<Meant> = results[2].first()?;
    Ok(CycleOkrs {
        last_change_id: read_last_change(&results[0])?,
        cycles: results[1].read()?,
        cycle_id: meant.and_then(|row| row.id),
        okrs: results[3].read()?,
    })
}

/// The OKRs called `o` for which `condition` holds and that the caller sees, newest first. No
/// history is read.
pub fn select(caller: &Caller, condition: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT r.*, :related FROM ( \
           SELECT o.id, o.title, o.description, o.type, o.visibility, o.visibility_known, o.cycle_id, \
                  (SELECT p.id FROM okrs p WHERE p.id = o.parent_id AND p.deleted_at IS NULL AND :sees_parent) \
                    AS parent_id, \
                  o.weight, o.owner_id, m.name AS owner, o.department_id, d.name AS department, o.team_id, \
                  t.name AS team, o.archived_at IS NOT NULL AS archived, o.comment_count, o.created_at, \
                  o.updated_at, NULL AS also_owner_id, :key_results AS key_results \
           FROM okrs o LEFT JOIN members m ON m.id = o.owner_id \
             LEFT JOIN departments d ON d.id = o.department_id LEFT JOIN teams t ON t.id = o.team_id \
           WHERE o.organisation_id = :organisation AND o.deleted_at IS NULL AND :sees AND (:condition)) r \
         ORDER BY r.created_at DESC, r.id DESC",
        related = relations::columns(caller),
        sees_parent = relations::sees(caller, "p"),
        key_results = key_results::detailed_list_of_okr(),
        sees = relations::sees(caller, "o"),
        condition
    )
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
    let results = db
        .batch(&[
            cycles::all(caller),
            select(caller, &sql!("o.id = :id", id)),
            parent(caller, id),
            select(
                caller,
                &sql!("o.parent_id = :id AND o.archived_at IS NULL", id),
            ),
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
    let Some(okr) = results[1].first()? else {
        return Ok(None);
    };
    db.shows(&results[7])?;
    Ok(Some(OkrFile {
        cycles: results[0].read()?,
        okr,
        parent: results[2].first()?,
        children: results[3].read()?,
        initiatives: results[4].read()?,
        check_ins: results[5].read()?,
        target_changes: results[6].read()?,
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
