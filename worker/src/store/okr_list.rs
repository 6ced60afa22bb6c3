//! The OKRs of a cycle in the database, a page at a time.

use okrs_shared::id::CycleId;
use okrs_shared::okr_list::OkrFilter;
use serde::Deserialize;

use super::cycles::{self, CycleRow};
use super::okr_details::{self, DetailedRow};
use super::{Db, MOST_RECORDS, Sql, last_change, read_last_change, relations, sql};
use crate::caller::Caller;
use crate::error::Result;

/// With these together a page is full, even if it has few OKRs: an answer stays below 1 MB.
const MOST_KEY_RESULTS: u32 = 2_500;

/// OKRs of a cycle, as of one change.
pub struct CycleOkrs {
    pub last_change_id: String,
    pub cycles: Vec<CycleRow>,
    /// Which of the cycles was meant.
    pub cycle_id: Option<CycleId>,
    /// Without descriptions.
    pub okrs: Vec<DetailedRow>,
    /// Whether older ones follow.
    pub has_more: bool,
}

/// A page of the OKRs of the named cycle or the present one that the caller sees, newest first. No history
/// is read.
pub async fn list(db: &Db, caller: &Caller, filter: &OkrFilter) -> Result<CycleOkrs> {
    #[derive(Deserialize)]
    struct Meant {
        id: Option<CycleId>,
        following: usize,
    }
    let meant = cycles::meant(caller, filter.cycle_id.as_ref());
    let following = following(caller, filter, &meant);
    let page = sql!("o.id IN (:page)", page = page(&following));
    let [okrs, others] = okr_details::select_without_texts(caller, &page);
    let results = db
        .batch(&[
            last_change(caller),
            cycles::all(caller),
            sql!(
                "SELECT :meant AS id, (SELECT COUNT(*) FROM (:following)) AS following",
                meant,
                following
            ),
            okrs,
            others,
        ])
        .await?;
    let meant: Option<Meant> = results[2].first()?;
    let okrs = okr_details::read(&results[3], &results[4])?;
    Ok(CycleOkrs {
        last_change_id: read_last_change(&results[0])?,
        cycles: results[1].read()?,
        has_more: meant.as_ref().is_some_and(|row| row.following > okrs.len()),
        cycle_id: meant.and_then(|row| row.id),
        okrs,
    })
}

/// The OKRs that a page may have, and one more, which tells whether there is another page.
fn following(caller: &Caller, filter: &OkrFilter, meant: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT p.id, p.created_at FROM okrs p \
         WHERE p.organisation_id = :organisation AND p.cycle_id = :meant AND p.deleted_at IS NULL \
           AND (:include_archived OR p.archived_at IS NULL) AND :sees \
           AND (:after IS NULL OR (p.created_at, p.id) < \
                  (SELECT a.created_at, a.id FROM okrs a WHERE a.id = :after AND a.organisation_id = :organisation)) \
         ORDER BY p.created_at DESC, p.id DESC LIMIT :most",
        meant,
        include_archived = filter.include_archived,
        sees = relations::sees(caller, "p"),
        after = filter.after,
        most = MOST_RECORDS + 1
    )
}

/// The ids of those that are on the page: the first always is.
fn page(following: &Sql) -> Sql {
    sql!(
        "SELECT n.id FROM ( \
           SELECT f.id, ROW_NUMBER() OVER newest AS place, SUM(f.key_results) OVER newest - f.key_results AS before \
           FROM (SELECT s.id, s.created_at, \
                        (SELECT COUNT(*) FROM key_results k WHERE k.okr_id = s.id AND k.deleted_at IS NULL) \
                          AS key_results \
                 FROM (:following) s) f \
           WINDOW newest AS (ORDER BY f.created_at DESC, f.id DESC)) n \
         WHERE n.place <= :most AND n.before < :most_key_results",
        following,
        most = MOST_RECORDS,
        most_key_results = MOST_KEY_RESULTS
    )
}
