//! Finding things by their words.

use okrs_shared::id::CycleId;
use okrs_shared::search::{Hit, SearchQuery};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::fold::fold;
use crate::store::cycles::CycleRow;
use crate::store::search::OkrHitRow;
use crate::store::{self, Db};

/// So many hits are given.
const MOST_HITS: u32 = 50;

/// OKRs and key results that were found, and the cycles that they belong to.
pub struct OkrHits {
    /// All cycles.
    pub cycles: Vec<CycleRow>,
    /// Newest first, at most 50.
    pub hits: Vec<OkrHitRow>,
    /// Whether there are more.
    pub is_truncated: bool,
}

/// The newest 50 OKRs and key results whose words have this text: of one cycle or of all.
pub async fn okrs(
    db: &Db,
    caller: &Caller,
    text: &str,
    cycle_id: Option<&CycleId>,
) -> Result<OkrHits> {
    let q = fold(&SearchQuery::checked(text)?.q);
    let (cycles, mut hits) = store::search::okrs(db, caller, &q, cycle_id, MOST_HITS + 1).await?;
    if cycle_id.is_some_and(|id| cycles.iter().all(|cycle| cycle.id != *id)) {
        return Err(Error::NotFound("Cycle not found"));
    }
    hits.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
    let is_truncated = hits.len() > MOST_HITS as usize;
    hits.truncate(MOST_HITS as usize);
    Ok(OkrHits {
        cycles,
        hits,
        is_truncated,
    })
}

/// The newest 50 things that the caller sees and whose words have what `query` looks for.
pub async fn find(db: &Db, caller: &Caller, query: &str) -> Result<Vec<Hit>> {
    let q = fold(&SearchQuery::parse(query)?.q);
    let mut hits = store::search::all(db, caller, &q, MOST_HITS).await?;
    hits.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
    hits.truncate(MOST_HITS as usize);
    let hits = hits.into_iter().map(|row| Hit {
        kind: row.kind,
        id: row.id,
        title: row.title,
        okr_id: row.okr_id,
    });
    Ok(hits.collect())
}
