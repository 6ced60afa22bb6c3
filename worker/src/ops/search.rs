//! Finding things by their words.

use okrs_shared::search::{Hit, SearchQuery};

use crate::caller::Caller;
use crate::error::Result;
use crate::fold::fold;
use crate::store::{self, Db};

/// So many hits are given.
const MOST_HITS: usize = 50;

/// The newest 50 things that the caller sees and whose words have what `query` looks for.
pub async fn find(db: &Db, caller: &Caller, query: &str) -> Result<Vec<Hit>> {
    caller.person()?;
    let q = fold(&SearchQuery::parse(query)?.q);
    let mut found = store::search::words(db, caller).await?;
    found.retain(|(_, words)| words.have(&q));
    found.sort_by(|(one, _), (other, _)| {
        (other.created_at, &other.id).cmp(&(one.created_at, &one.id))
    });
    found.truncate(MOST_HITS);
    let hits = found.into_iter().map(|(row, _)| Hit {
        kind: row.kind,
        id: row.id,
        title: row.title,
        okr_id: row.okr_id,
    });
    Ok(hits.collect())
}
