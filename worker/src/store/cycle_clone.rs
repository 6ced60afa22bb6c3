//! Cloning the OKRs of a cycle into another, in the database.

use std::collections::HashMap;

use okrs_shared::cycle::{CloneCycle, ClonedOkr, ClonedOkrs};
use okrs_shared::id::{CycleId, KeyResultId, OkrId};
use okrs_shared::limits;
use okrs_shared::status::Status;
use okrs_shared::validation::Invalid;
use serde::Deserialize;

use super::change::Change;
use super::members::list;
use super::relations;
use super::{Db, json_text, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;
use crate::ids;

/// So many key results are bound as one text: D1 takes none of more than 2 MB.
const MOST_IN_TEXT: usize = 5_000;

/// An OKR that can be cloned.
#[derive(Debug, Deserialize)]
pub struct Source {
    pub id: OkrId,
    pub parent_id: Option<OkrId>,
    /// Oldest first; of more than an OKR can have, one more.
    #[serde(deserialize_with = "json_text")]
    pub key_result_ids: Vec<KeyResultId>,
}

/// The OKRs of a cycle that the caller sees and that are not archived, oldest first.
pub async fn sources(db: &Db, caller: &Caller, id: &CycleId) -> Result<Vec<Source>> {
    db.query(sql!(
        caller,
        "SELECT o.id, o.parent_id, \
                (SELECT json_group_array(id) FROM \
                   (SELECT id FROM key_results k WHERE k.okr_id = o.id AND k.deleted_at IS NULL \
                    ORDER BY k.created_at, k.id LIMIT :most + 1)) AS key_result_ids \
         FROM okrs o WHERE o.organisation_id = :organisation AND o.cycle_id = :id AND o.deleted_at IS NULL \
           AND o.archived_at IS NULL AND :sees ORDER BY o.created_at, o.id",
        most = limits::KEY_RESULTS_OF_OKR.most,
        id,
        sees = relations::sees(caller, "o")
    ))
    .await?
    .read()
}

/// Clones these OKRs with their key results, which begin where they have got to. It is refused if
/// they are not all that were asked for.
pub async fn clone(
    db: &Db,
    caller: &Caller,
    id: &CycleId,
    body: &CloneCycle,
    (sources, all_found): (&[Source], bool),
    idempotency: Option<&Idempotency>,
) -> Result<ClonedOkrs> {
    let okrs = okr_rows(sources, &in_order(sources.len()));
    let key_results = key_result_rows(sources, &okrs);
    let answer = ClonedOkrs {
        okrs: okrs
            .iter()
            .map(|(from_id, id, _)| ClonedOkr {
                from_id: from_id.clone(),
                id: id.clone(),
            })
            .collect(),
        key_results: count(key_results.len()),
    };
    let key_results_of = |source: &Source| count(source.key_result_ids.len());
    let most_of_one = sources.iter().map(key_results_of).max().unwrap_or(0);
    let okr_rows = list(&okrs);
    let mut change = Change::new(caller, "cycle.clone", id.as_str())
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM cycles WHERE id = :id AND organisation_id = :organisation)",
                id
            ),
            Error::NotFound("Cycle not found"),
        )
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM cycles WHERE id = :into_cycle_id AND organisation_id = :organisation \
                 AND archived_at IS NULL AND id <> :id)",
                into_cycle_id = body.into_cycle_id,
                id
            ),
            Error::Invalid(Invalid::field(
                "into_cycle_id",
                "must be the id of another cycle of this organisation that is not archived",
            )),
        )
        .require(
            sql!(":all_found", all_found),
            Error::Invalid(Invalid::field(
                "okr_ids",
                "must be ids of OKRs of this cycle that are not archived",
            )),
        )
        .require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM json_each(:okr_rows) j WHERE NOT EXISTS ( \
                 SELECT 1 FROM okrs o WHERE o.id = j.value ->> 0 AND o.organisation_id = :organisation \
                   AND o.cycle_id = :id \
                 AND o.deleted_at IS NULL AND o.archived_at IS NULL))",
                okr_rows,
                id
            ),
            Error::Conflict(Invalid::field(
                "okr_ids",
                "have changed while they were cloned; nothing was done, try again",
            )),
        )
        .require_room_for_okrs(caller, &body.into_cycle_id, count(sources.len()))
        .require_room_for_cloned_key_results(most_of_one)
        .effect(sql!(
            caller,
            "INSERT INTO okrs (id, organisation_id, cycle_id, parent_id, title, description, type, owner_id, \
                               department_id, team_id, visibility, weight, cloned_from_id, created_at, updated_at) \
             SELECT j.value ->> 1, o.organisation_id, :into_cycle_id, j.value ->> 2, o.title, o.description, \
                    o.type, o.owner_id, o.department_id, o.team_id, o.visibility, o.weight, o.id, :now, :now \
             FROM json_each(:okr_rows) j JOIN okrs o ON o.id = j.value ->> 0 WHERE o.organisation_id = :organisation",
            into_cycle_id = body.into_cycle_id,
            okr_rows
        ));
    for some in key_results.chunks(MOST_IN_TEXT) {
        let key_result_rows = list(some);
        change = change.effect(sql!(
            caller,
            "INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, \
                                      current_value, unit, weight, owner_id, status, created_on, created_at, \
                                      updated_at) \
             SELECT j.value ->> 2, k.organisation_id, j.value ->> 1, k.title, k.metric_type, k.current_value, \
                    k.target_value, k.current_value, k.unit, k.weight, k.owner_id, :status, :today, :now, :now \
             FROM json_each(:key_result_rows) j JOIN key_results k ON k.id = j.value ->> 0 \
             WHERE k.organisation_id = :organisation AND k.deleted_at IS NULL",
            status = Status::NotStarted.as_str(),
            key_result_rows
        ));
    }
    change
        .answer(idempotency, &answer)?
        .commit(db, body, answer)
        .await
}

fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}

/// Old id, new id, and the parent's new id where the parent is cloned as well.
fn okr_rows(sources: &[Source], ids: &[String]) -> Vec<(OkrId, OkrId, Option<OkrId>)> {
    let new = |id: &String| OkrId(id.clone());
    let clones: HashMap<&OkrId, OkrId> = sources
        .iter()
        .map(|source| &source.id)
        .zip(ids.iter().map(new))
        .collect();
    sources
        .iter()
        .zip(ids)
        .map(|(source, id)| {
            let parent = source.parent_id.as_ref().and_then(|id| clones.get(id));
            (source.id.clone(), new(id), parent.cloned())
        })
        .collect()
}

/// Old id, the new id of its OKR, and the new id.
fn key_result_rows<'a>(
    sources: &'a [Source],
    okrs: &'a [(OkrId, OkrId, Option<OkrId>)],
) -> Vec<(&'a KeyResultId, &'a OkrId, String)> {
    let of_all = sources
        .iter()
        .zip(okrs)
        .flat_map(|(source, (_, okr, _))| source.key_result_ids.iter().map(move |id| (id, okr)));
    let of_all: Vec<_> = of_all.collect();
    let ids = in_order(of_all.len());
    of_all
        .into_iter()
        .zip(ids)
        .map(|((old, okr), new)| (old, okr, new))
        .collect()
}

/// New ids that sort in the order of the list: those of one millisecond would not of themselves.
fn in_order(count: usize) -> Vec<String> {
    let mut ids: Vec<String> = (0..count).map(|_| ids::new_id()).collect();
    ids.sort();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(id: &str, parent: Option<&str>) -> Source {
        Source {
            id: id.into(),
            parent_id: parent.map(OkrId::from),
            key_result_ids: vec![],
        }
    }

    #[test]
    fn a_clone_is_aligned_to_its_parents_clone_or_to_nothing() {
        let sources = [
            source("team", Some("company")),
            source("company", None),
            source("other", Some("elsewhere")),
        ];
        let ids = ["1", "2", "3"].map(str::to_owned);
        let parents: Vec<_> = okr_rows(&sources, &ids)
            .into_iter()
            .map(|(_, id, parent)| (id.0, parent.map(|parent| parent.0)))
            .collect();
        let expected = [("1", Some("2")), ("2", None), ("3", None)];
        assert_eq!(
            parents,
            expected.map(|(id, parent)| (id.to_owned(), parent.map(str::to_owned)))
        );
    }
}
