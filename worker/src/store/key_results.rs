//! Key results in the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::days::{self, Day};
use okrs_shared::id::{KeyResultId, MemberId, OkrId};
use okrs_shared::key_result::{
    KeyResult, KeyResultPatch, MetricType, NewKeyResult, neither_done_nor_not,
};
use okrs_shared::number::Number;
use okrs_shared::permission::Action;
use okrs_shared::rules::KeyResultFacts;
use okrs_shared::status::Status;
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::assignments::Assignments;
use super::change::Change;
use super::check_ins;
use super::relations::thing;
use super::{Db, Rows, Sql, Written, exact, flag, json_text, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;
use crate::ids;

/// A key result with all that its figures are computed from, read from [`first_of_okr`].
#[derive(Debug, Deserialize)]
pub struct KeyResultRow {
    pub id: KeyResultId,
    pub title: String,
    pub metric_type: MetricType,
    #[serde(deserialize_with = "exact")]
    pub start_value: f64,
    #[serde(deserialize_with = "exact")]
    pub target_value: f64,
    #[serde(deserialize_with = "exact")]
    pub current_value: f64,
    pub weight: f64,
    pub owner_id: Option<MemberId>,
    pub status: Status,
    #[serde(deserialize_with = "flag")]
    pub blocked: bool,
    #[serde(deserialize_with = "days::read_optional")]
    pub last_check_in_on: Option<NaiveDate>,
    /// The last six, oldest first.
    #[serde(deserialize_with = "points")]
    pub recent_check_ins: Vec<(NaiveDate, f64)>,
    #[serde(deserialize_with = "days::read")]
    pub created_on: NaiveDate,
    /// Bit 0 is the week of the last check-in.
    pub check_in_weeks: u32,
}

/// What the app shows of a key result beside its figures, read with it if [`Shown::Details`] says so.
#[derive(Debug, Deserialize)]
pub struct KeyResultExtras {
    pub unit: Option<String>,
    /// The owner's name.
    pub owner: Option<String>,
    pub check_in_count: u32,
    pub last_check_in_at: Option<Timestamp>,
    pub last_check_in_status: Option<CheckInStatus>,
    /// The beginning of what blocks it; only [`Shown::Explained`] has it.
    #[serde(default)]
    pub blocker: Option<String>,
}

/// An SQL expression: what `recent_check_ins` of a key result's row becomes with a check-in of today that
/// has this value, an expression, too. It holds six, the latest of which is the last.
macro_rules! recent_check_ins_with {
    ($value:literal) => {
        concat!(
            "json_insert(CASE WHEN json_array_length(recent_check_ins) >= 6 \
                              THEN json_remove(recent_check_ins, '$[0]') ELSE recent_check_ins END, \
                         '$[#]', json_array(:today, ",
            $value,
            "))"
        )
    };
}
pub(super) use recent_check_ins_with;

/// A [`KeyResultRow`] as JSON: an array with its fields in their order. Values go as text with 17
/// digits: SQLite's JSON keeps only 15 of a number.
const ROW: &str = "json_array(id, title, metric_type, format('%!.17g', start_value), \
     format('%!.17g', target_value), format('%!.17g', current_value), weight, owner_id, status, blocked, \
     last_check_in_on, json(recent_check_ins), created_on, check_in_weeks)";

/// A [`KeyResultExtras`] as JSON: an array with its fields in their order.
const EXTRAS: &str = "json_array(unit, (SELECT m.name FROM members m WHERE m.id = owner_id), check_in_count, \
     last_check_in_at, last_check_in_status)";

/// [`EXTRAS`] with what blocks it: of its history that takes the last row, and only where it is blocked.
const EXPLAINED_EXTRAS: &str = "json_array(unit, (SELECT m.name FROM members m WHERE m.id = owner_id), check_in_count, \
     last_check_in_at, last_check_in_status, \
     iif(blocked, (SELECT substr(l.blocker_note, 1, 400) FROM check_ins l WHERE l.key_result_id = r.id \
                   AND l.source = 'check_in' ORDER BY l.sequence DESC LIMIT 1), NULL))";

/// So many key results of an OKR come as one text; D1 makes none of more than 2 MB. With their titles, units and
/// names at their longest these have half of that. Only OKRs that were not made here have more.
const MOST_IN_TEXT: u32 = 100;

/// What is read of each key result.
#[derive(Clone, Copy)]
pub enum Shown {
    /// A [`KeyResultRow`].
    Figures,
    /// A [`KeyResultRow`], and [`KeyResultExtras`] beside it.
    Details,
    /// Both, and what blocks it.
    Explained,
}

impl Shown {
    fn item(self) -> Sql {
        let row = Sql::text(ROW);
        let extras = match self {
            Self::Figures => return row,
            Self::Details => Sql::text(EXTRAS),
            Self::Explained => Sql::text(EXPLAINED_EXTRAS),
        };
        sql!("json_array(:row, :extras)", row, extras)
    }
}

/// An SQL expression: the first 100 key results of the OKR `o`, oldest first, as JSON.
///
/// One text per OKR reaches us cheaper than one row per key result, and the index gives the order, so
/// nothing is sorted.
pub fn first_of_okr(shown: Shown) -> Sql {
    sql!(
        "(SELECT json_group_array(:item) \
         FROM (SELECT id, title, metric_type, start_value, target_value, current_value, weight, owner_id, status, \
                      blocked, last_check_in_on, recent_check_ins, created_on, unit, check_in_count, \
                      last_check_in_at, last_check_in_status, check_in_weeks \
               FROM key_results k WHERE k.okr_id = o.id AND k.deleted_at IS NULL \
               ORDER BY k.created_at, k.id LIMIT :most) r)",
        item = shown.item(),
        most = MOST_IN_TEXT
    )
}

/// The key results after the first 100 of the OKRs whose ids `okrs` selects, a row for each, for [`append`].
pub fn others_of_okrs(okrs: &Sql, shown: Shown) -> Sql {
    sql!(
        "SELECT okr_id, :item AS key_result FROM (SELECT k.* \
              FROM (:okrs) o JOIN key_results k ON k.okr_id = o.id AND k.deleted_at IS NULL \
                AND (k.created_at, k.id) > (SELECT last.created_at, last.id FROM key_results last \
                                            WHERE last.okr_id = o.id AND last.deleted_at IS NULL \
                                            ORDER BY last.created_at, last.id LIMIT 1 OFFSET :most - 1)) r \
              ORDER BY okr_id, created_at, id",
        item = shown.item(),
        okrs,
        most = MOST_IN_TEXT
    )
}

/// Puts the key results of [`others_of_okrs`] behind those that the OKRs have; `own` says where.
pub fn append<O, T: DeserializeOwned>(
    okrs: &mut [O],
    others: &Rows,
    own: impl Fn(&mut O) -> (&OkrId, &mut Vec<T>),
) -> Result<()> {
    #[derive(Deserialize)]
    #[serde(bound = "T: DeserializeOwned")]
    struct OtherRow<T> {
        okr_id: OkrId,
        #[serde(deserialize_with = "json_text")]
        key_result: T,
    }
    if others.is_empty() {
        return Ok(());
    }
    let mut by_okr: HashMap<OkrId, Vec<T>> = HashMap::new();
    for row in others.read::<OtherRow<T>>()? {
        by_okr.entry(row.okr_id).or_default().push(row.key_result);
    }
    for okr in okrs {
        let (id, key_results) = own(okr);
        key_results.extend(by_okr.remove(id).unwrap_or_default());
    }
    Ok(())
}

/// Reads days with values. Lists have tens of thousands of them.
pub(super) fn points<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(NaiveDate, f64)>, D::Error> {
    let points: Vec<(Day, f64)> = Vec::deserialize(deserializer)?;
    let dated = |(day, value): (Day, f64)| (day.date(), value);
    Ok(points.into_iter().map(dated).collect())
}

impl KeyResultRow {
    /// What the rules need to know, given the days of its cycle.
    pub fn facts(&self, cycle_start: NaiveDate, cycle_end: NaiveDate) -> KeyResultFacts<'_> {
        KeyResultFacts {
            metric_type: self.metric_type,
            start_value: self.start_value,
            target_value: self.target_value,
            current_value: self.current_value,
            status: self.status,
            blocked: self.blocked,
            last_check_in_on: self.last_check_in_on,
            points: &self.recent_check_ins,
            check_in_weeks: self.check_in_weeks,
            created_on: self.created_on,
            cycle_start,
            cycle_end,
            check_in_every_weeks: 1,
        }
    }
}

/// Where a key result stands in its cycle: what a blocked check-in's status depends on.
#[derive(Debug, Deserialize)]
pub struct PaceRow {
    pub metric_type: MetricType,
    pub start_value: f64,
    pub target_value: f64,
    #[serde(deserialize_with = "days::read")]
    pub created_on: NaiveDate,
    #[serde(deserialize_with = "days::read")]
    pub cycle_start: NaiveDate,
    #[serde(deserialize_with = "days::read")]
    pub cycle_end: NaiveDate,
}

/// The pace of one key result; `None` if it does not exist.
pub async fn pace(db: &Db, caller: &Caller, id: &KeyResultId) -> Result<Option<PaceRow>> {
    let query = sql!(
        caller,
        "SELECT k.metric_type, k.start_value, k.target_value, k.created_on, \
                c.start_date AS cycle_start, c.end_date AS cycle_end \
         FROM key_results k JOIN okrs o ON o.id = k.okr_id JOIN cycles c ON c.id = o.cycle_id \
         WHERE k.id = :id AND k.organisation_id = :organisation AND k.deleted_at IS NULL",
        id
    );
    db.query(query).await?.first()
}

/// Adds a key result, in the state `status`, to an OKR of the caller's organisation.
pub async fn create(
    db: &Db,
    caller: &Caller,
    okr_id: &OkrId,
    new: NewKeyResult,
    status: Status,
    idempotency: Option<&Idempotency>,
) -> Result<Written<KeyResult>> {
    let key_result = KeyResult {
        id: KeyResultId(db.new_id()),
        okr_id: okr_id.clone(),
        title: new.title.to_string(),
        metric_type: new.metric_type,
        start_value: new.start_value,
        target_value: new.target_value,
        current_value: new.current_value(),
        owner_id: new.owner_id.clone(),
        unit: new.unit.clone().map(String::from),
        status,
        created_at: caller.now,
        updated_at: None,
    };
    let change = Change::new(caller, "key_result.create", key_result.id.as_str())
        .require_visible_okr(caller, okr_id.as_str())
        .require_permitted(caller, Action::ChangeOkr, thing::okr(caller, okr_id.as_str()))
        .require_owner(caller, new.owner_id.as_ref())
        .require_room_for_key_result(caller, okr_id)
        .effect(sql!(
            caller,
            "INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, \
                                      current_value, unit, owner_id, status, created_on, created_at, updated_at) \
             SELECT :id, :organisation, :okr_id, :title, :metric_type, :start_value, :target_value, \
             :current_value, :unit, :owner_id, :status, :today, :now, :now WHERE 1",
            id = key_result.id,
            okr_id,
            title = new.title,
            metric_type = new.metric_type.as_str(),
            start_value = new.start_value,
            target_value = new.target_value,
            current_value = key_result.current_value,
            unit = new.unit,
            owner_id = new.owner_id,
            status = status.as_str()
        ));
    change
        .answer(idempotency, &key_result)?
        .commit_or_rehearse(db, &new, |_| Ok(key_result))
        .await
}

/// Changes the fields that the patch names. A new current value is kept in the history as an edit.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    patch: KeyResultPatch,
) -> Result<Written<KeyResult>> {
    let update = Assignments::default()
        .set("title", patch.title.as_ref())
        .set("metric_type", patch.metric_type.map(MetricType::as_str))
        .set("start_value", patch.start_value)
        .set("target_value", patch.target_value)
        .set("current_value", patch.current_value)
        .set("owner_id", patch.owner_id.as_ref())
        .set("unit", patch.unit.as_ref())
        .set("updated_at", Some(caller.now))
        .update(
            "key_results",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let mut change = existing(Change::new(caller, "key_result.update", id.as_str()), caller, id)
        .require_permitted(caller, Action::ChangeOkr, thing::okr_of_key_result(caller, id.as_str()))
        .require_owner(caller, patch.owner_id.as_ref().and_then(Option::as_ref))
        .require_fitting_state(caller, id, &patch)
        .keep_target(caller, id, patch.target_value, None)
        .effect_returning(
            update,
            sql!(
                "RETURNING id, okr_id, title, metric_type, start_value, target_value, current_value, owner_id, \
                 unit, status, created_at, updated_at"
            ),
        );
    if let Some(value) = patch.current_value {
        change = change.effect(sql!(
            caller,
            "INSERT INTO check_ins (id, organisation_id, okr_id, key_result_id, value, source, created_by, \
                                    created_at, sequence) \
             SELECT :new_id, organisation_id, okr_id, id, :value, 'edit', :me, :now, :next FROM key_results k \
             WHERE id = :id AND organisation_id = :organisation",
            new_id = ids::new_id(),
            value,
            next = Sql::text(check_ins::NEXT),
            id
        ));
    }
    change
        .commit_or_rehearse(db, &patch, |committed| committed.returned(1))
        .await
}

/// Deletes a key result with its check-ins. The rows stay for an undo, out of everyone's sight.
pub async fn delete(db: &Db, caller: &Caller, id: &KeyResultId) -> Result<Written<()>> {
    existing(
        Change::new(caller, "key_result.delete", id.as_str()),
        caller,
        id,
    )
    .require_permitted(
        caller,
        Action::ChangeOkr,
        thing::okr_of_key_result(caller, id.as_str()),
    )
    .effect(sql!(
        caller,
        "UPDATE key_results SET deleted_at = :now WHERE id = :id AND organisation_id = :organisation",
        id
    ))
    .commit_or_rehearse(db, &(), |_| Ok(()))
    .await
}

/// A change of a key result that must exist for the caller, with how it was before for the audit log.
pub fn existing<'a>(change: Change<'a>, caller: &Caller, id: &KeyResultId) -> Change<'a> {
    change
        .before(sql!(
            caller,
            "(SELECT json_object('title', title, 'metric_type', metric_type, 'start_value', start_value, \
                                'target_value', target_value, 'current_value', current_value, \
                                'owner_id', owner_id, 'unit', unit, 'status', status, 'blocked', blocked, \
                                'weight', weight, 'okr_id', okr_id) \
             FROM key_results WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require_visible_key_result(caller, id.as_str())
}

impl Change<'_> {
    /// A boolean key result is done or not: neither an edit of its value nor one of its kind may leave
    /// it elsewhere.
    fn require_fitting_state(
        self,
        caller: &Caller,
        id: &KeyResultId,
        patch: &KeyResultPatch,
    ) -> Self {
        let refusal = match (patch.current_value, patch.metric_type) {
            (Some(_), _) => neither_done_nor_not("current_value"),
            (None, Some(_)) => Invalid::field(
                "metric_type",
                "can become boolean only where the current value is 0 or 1",
            ),
            (None, None) => return self,
        };
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM key_results WHERE id = :id AND organisation_id = :organisation \
                 AND (coalesce(:metric_type, metric_type) <> 'boolean' \
                 OR coalesce(:current_value, current_value) IN (0, 1)))",
                id,
                metric_type = patch.metric_type.map(MetricType::as_str),
                current_value = patch.current_value
            ),
            Error::Invalid(refusal),
        )
    }

    /// Keeps the target that a key result has in its history, if `new_target` is another one. To be
    /// said before the effect that sets it.
    pub fn keep_target(
        self,
        caller: &Caller,
        id: &KeyResultId,
        new_target: Option<Number>,
        reason: Option<&str>,
    ) -> Self {
        self.effect(sql!(
            caller,
            "INSERT INTO target_changes (id, organisation_id, key_result_id, old_target, new_target, reason, \
                                         created_by, created_at) \
             SELECT :new_id, organisation_id, id, target_value, :new_target, :reason, :me, :now FROM key_results \
             WHERE id = :id AND organisation_id = :organisation AND target_value <> :new_target",
            new_id = ids::new_id(),
            new_target,
            reason,
            id
        ))
    }
}
