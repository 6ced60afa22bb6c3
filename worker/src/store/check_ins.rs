//! Check-ins in the database.

use okrs_shared::checkin::{CheckIn, CheckInStatus, NewCheckIn};
use okrs_shared::id::{CheckInId, KeyResultId, OkrId};
use okrs_shared::key_result::MetricType;
use okrs_shared::okr_detail::CheckInEntry;
use okrs_shared::permission::Action;
use okrs_shared::status::Status;
use okrs_shared::validation::Invalid;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::change::Change;
use super::key_results::{self, recent_check_ins_with};
use super::relations::{self, thing};
use super::slices::Slice;
use super::{Db, Sql, Written, corrections, flag, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;

/// What the audit log keeps of a check-in.
#[derive(Serialize)]
struct Reported<'a> {
    #[serde(flatten)]
    new: &'a NewCheckIn,
    check_in_id: &'a CheckInId,
}

#[derive(Deserialize)]
struct InsertedRow {
    okr_id: OkrId,
    status: CheckInStatus,
    blocker_note: Option<String>,
}

/// Part of the history of a key result.
pub struct History {
    /// What the key result is called.
    pub title: String,
    /// How often it was checked in.
    pub check_in_count: u32,
    /// Whether there is the entry to go on after.
    pub is_known: bool,
    /// Newest first.
    pub entries: Vec<CheckInEntry>,
}

/// Part of the history of a key result, newest first; `None` if the caller sees no key result with this
/// id.
pub async fn latest(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    slice: Slice<'_>,
) -> Result<Option<History>> {
    #[derive(Deserialize)]
    struct Of {
        title: String,
        check_in_count: u32,
        #[serde(deserialize_with = "flag")]
        is_known: bool,
    }
    let after = slice.after;
    let results = db
        .batch(&[
            sql!(
                caller,
                "SELECT k.title, k.check_in_count, \
                 (:after IS NULL OR EXISTS (SELECT 1 FROM check_ins a WHERE a.id = :after \
                  AND a.key_result_id = k.id AND a.organisation_id = :organisation)) AS is_known \
                 FROM key_results k JOIN okrs o ON o.id = k.okr_id \
                 WHERE k.id = :id AND k.organisation_id = :organisation AND k.deleted_at IS NULL AND :sees",
                id,
                after,
                sees = relations::sees(caller, "o")
            ),
            sql!(
                caller,
                ":entries AND (:after IS NULL OR c.sequence < (SELECT a.sequence FROM check_ins a \
                 WHERE a.id = :after AND a.organisation_id = :organisation)) \
                 ORDER BY c.sequence DESC LIMIT :most",
                entries = entries(caller, &sql!("k.id = :id", id)),
                after,
                most = slice.most
            ),
        ])
        .await?;
    let Some(Of {
        title,
        check_in_count,
        is_known,
    }) = results[0].first()?
    else {
        return Ok(None);
    };
    Ok(Some(History {
        title,
        check_in_count,
        is_known,
        entries: results[1].read()?,
    }))
}

/// The values in the history of the key results `k` of which this is so, newest first.
pub fn newest_first(caller: &Caller, condition: &Sql) -> Sql {
    // Of those of one key result the sequence counts, however late a moment an earlier one has.
    sql!(
        ":entries WINDOW so_far AS (PARTITION BY c.key_result_id ORDER BY c.sequence) \
         ORDER BY max(c.created_at) OVER so_far DESC, max(c.id) OVER so_far DESC, c.sequence DESC",
        entries = entries(caller, condition)
    )
}

/// An SQL expression: the place of the next check-in of the key result `k`.
pub const NEXT: &str =
    "(SELECT COALESCE(MAX(l.sequence), 0) + 1 FROM check_ins l WHERE l.key_result_id = k.id)";

fn entries(caller: &Caller, condition: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT c.id, c.key_result_id, c.value, c.status, c.comment, c.blocker_note, c.source, \
                c.created_by AS author_id, m.name AS author, c.created_at, c.corrected_at \
         FROM key_results k JOIN check_ins c ON c.key_result_id = k.id \
           LEFT JOIN members m ON m.id = c.created_by \
         WHERE (:condition) AND k.organisation_id = :organisation AND k.deleted_at IS NULL",
        condition
    )
}

/// Records a check-in and gives its key result the value and, as v1 shows it, `status`.
///
/// Without a status everything but the value stays as the last check-in left it: what it said, its
/// blocker note and the key result's status. On track is what no check-in has said anything about.
pub async fn create(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    new: NewCheckIn,
    status: Option<Status>,
    idempotency: Option<&Idempotency>,
) -> Result<Written<CheckIn>> {
    let value = new.value.number();
    let said = status.map(|_| new.status.as_str());
    let blocked = status.map(|_| new.status == CheckInStatus::Blocked);
    let check_in = CheckIn {
        id: CheckInId(db.new_id()),
        // Known when the row has been written.
        okr_id: OkrId::from(""),
        key_result_id: id.clone(),
        value,
        status: new.status,
        comment: new.comment.clone().map(String::from),
        blocker_note: new.blocker_note().map(str::to_owned),
        created_at: caller.now,
    };
    let check_in_id = check_in.id.clone();
    let reported = Reported {
        new: &new,
        check_in_id: &check_in_id,
    };
    key_results::existing(Change::new(caller, "key_result.check_in", id.as_str()), caller, id)
        .require_permitted(caller, Action::CheckIn, thing::key_result(caller, id.as_str()))
        .require_fitting_value(caller, id, &new)
        .effect_returning(
            sql!(
                caller,
                "INSERT INTO check_ins (id, organisation_id, okr_id, key_result_id, value, status, comment, blocker_note, \
                                        created_by, created_at, sequence, replaced) \
                 SELECT :check_in_id, organisation_id, okr_id, id, :value, \
                        COALESCE(:said, last_check_in_status, 'on_track'), :comment, \
                        CASE WHEN :said IS NOT NULL THEN :blocker_note \
                             WHEN last_check_in_status = 'blocked' THEN \
                               (SELECT l.blocker_note FROM check_ins l WHERE l.key_result_id = k.id \
                                  AND l.source = 'check_in' ORDER BY l.sequence DESC LIMIT 1) END, \
                        :me, :now, :next, :replaced \
                 FROM key_results k WHERE id = :id AND organisation_id = :organisation",
                check_in_id = check_in.id,
                value,
                said,
                comment = check_in.comment,
                blocker_note = check_in.blocker_note,
                next = Sql::text(NEXT),
                replaced = corrections::row_before(),
                id
            ),
            sql!("RETURNING okr_id, status, blocker_note"),
        )
        .effect(sql!(
            caller,
            "UPDATE key_results SET current_value = :value, \
                    status = COALESCE(:status, iif(last_check_in_status IS NULL, 'on_track', status)), \
                    blocked = COALESCE(:blocked, blocked), last_check_in_at = :now, last_check_in_on = :today, \
                    last_check_in_status = COALESCE(:said, last_check_in_status, 'on_track'), \
                    check_in_count = check_in_count + 1, \
                    recent_check_ins = :recent_check_ins, updated_at = :now \
             WHERE id = :id AND organisation_id = :organisation",
            value,
            status = status.map(Status::as_str),
            blocked,
            said,
            recent_check_ins = sql!(caller, recent_check_ins_with!(":value"), value),
            id
        ))
        .answer_sql(
            idempotency,
            sql!(
                caller,
                "(SELECT json_set(:check_in, '$.okr_id', okr_id, '$.status', status, '$.blocker_note', blocker_note) \
                 FROM check_ins WHERE id = :id AND organisation_id = :organisation)",
                check_in = serde_json::to_string(&check_in)?,
                id = check_in.id
            ),
        )
        .commit_or_rehearse(db, &reported, |committed| {
            let row: InsertedRow = committed.returned(0)?;
            Ok(CheckIn {
                okr_id: row.okr_id,
                status: row.status,
                blocker_note: row.blocker_note,
                ..check_in
            })
        })
        .await
}

impl Change<'_> {
    /// The reported value must suit the kind of the key result.
    pub fn require_fitting_value(
        self,
        caller: &Caller,
        id: &KeyResultId,
        new: &NewCheckIn,
    ) -> Self {
        let (fitting, misfit) = metrics_that_fit(new);
        self.require(
            sql!(
                caller,
                "(SELECT metric_type FROM key_results WHERE id = :id AND organisation_id = :organisation) \
                 IN (SELECT value FROM json_each(:fitting))",
                id,
                fitting
            ),
            Error::Invalid(misfit),
        )
    }
}

/// The metric types that the value suits, as a JSON list, and what to say to the others.
fn metrics_that_fit(new: &NewCheckIn) -> (String, Invalid) {
    let mut misfit = Invalid::field("value", "does not suit this key result");
    let fitting: Vec<&str> = MetricType::VARIANTS
        .iter()
        .filter(|metric| match new.value.for_metric(**metric) {
            Ok(_) => true,
            Err(invalid) => {
                misfit = invalid;
                false
            }
        })
        .map(|metric| metric.as_str())
        .collect();
    let list = serde_json::to_string(&fitting).unwrap_or_default();
    (list, misfit)
}
