//! Everything that can be found, in the database: by its title and by the first 2,000 characters of its description,
//! because all that could be found crosses over to be compared.

use okrs_shared::id::{CycleId, OkrId};
use okrs_shared::search::HitKind;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::cycles::{self, CycleRow};
use super::relations;
use super::{Db, Sql, sql};
use crate::caller::Caller;
use crate::error::Result;

/// Something with words.
#[derive(Debug, Deserialize)]
pub struct WordsRow {
    pub kind: HitKind,
    pub id: String,
    pub title: String,
    pub okr_id: Option<OkrId>,
    pub created_at: Timestamp,
}

/// Its words, without case and diacritics.
#[derive(Debug, Deserialize)]
pub struct FoldedWords {
    title: String,
    description: Option<String>,
}

impl FoldedWords {
    /// Whether one of them has this text, which is folded, too.
    pub fn have(&self, text: &str) -> bool {
        let description = self.description.as_deref().unwrap_or_default();
        self.title.contains(text) || description.contains(text)
    }
}

/// An OKR, or a key result with the OKR that it belongs to.
#[derive(Debug, Deserialize)]
pub struct OkrWordsRow {
    pub kind: HitKind,
    pub id: String,
    pub title: String,
    pub okr_id: OkrId,
    pub okr: String,
    pub cycle_id: CycleId,
    pub created_at: Timestamp,
}

/// The OKRs and key results that the caller sees, with their words: of one cycle or of all.
pub async fn okr_words(
    db: &Db,
    caller: &Caller,
    cycle_id: Option<&CycleId>,
) -> Result<(Vec<CycleRow>, Vec<(OkrWordsRow, FoldedWords)>)> {
    let sees = relations::sees(caller, "o");
    let of_cycle = |select: Sql| {
        sql!(
            caller,
            ":select WHERE o.organisation_id = :organisation AND o.deleted_at IS NULL AND o.archived_at IS NULL \
             AND o.cycle_id = COALESCE(:cycle_id, o.cycle_id) AND :sees",
            select,
            cycle_id,
            sees
        )
    };
    let results = db
        .batch(&[
            cycles::all(caller),
            of_cycle(sql!(
                "SELECT 'okr' AS kind, o.id, o.title, substr(o.description, 1, 2000) AS description, o.id AS okr_id, \
                 o.title AS okr, o.cycle_id, \
                 o.created_at FROM okrs o"
            )),
            of_cycle(sql!(
                "SELECT 'key_result' AS kind, k.id, k.title, NULL AS description, o.id AS okr_id, o.title AS okr, \
                        o.cycle_id, k.created_at \
                 FROM okrs o JOIN key_results k ON k.okr_id = o.id AND k.deleted_at IS NULL"
            )),
        ])
        .await?;
    let mut words = results[1].read_folded()?;
    words.extend(results[2].read_folded()?);
    Ok((results[0].read()?, words))
}

/// All that the caller sees and that has words, with its words.
pub async fn words(db: &Db, caller: &Caller) -> Result<Vec<(WordsRow, FoldedWords)>> {
    let sees = relations::sees(caller, "o");
    let results = db
        .batch(&[
            sql!(
                caller,
                "SELECT 'okr' AS kind, o.id, o.title, substr(o.description, 1, 2000) AS description, o.id AS okr_id, \
                        o.created_at FROM okrs o \
                 WHERE o.organisation_id = :organisation AND o.deleted_at IS NULL AND :sees",
                sees
            ),
            sql!(
                caller,
                "SELECT 'key_result' AS kind, k.id, k.title, NULL AS description, o.id AS okr_id, k.created_at \
                 FROM okrs o JOIN key_results k ON k.okr_id = o.id \
                 WHERE o.organisation_id = :organisation AND o.deleted_at IS NULL AND k.deleted_at IS NULL AND :sees",
                sees
            ),
            sql!(
                caller,
                "SELECT 'initiative' AS kind, i.id, i.title, substr(i.description, 1, 2000) AS description, iif(o.deleted_at IS NULL, o.id, \
                        NULL) AS okr_id, i.created_at \
                 FROM initiatives i LEFT JOIN okrs o ON o.id = i.okr_id \
                 WHERE i.organisation_id = :organisation AND i.deleted_at IS NULL AND (o.id IS NULL OR :sees)",
                sees
            ),
            sql!(
                caller,
                "SELECT 'kpi' AS kind, id, name AS title, substr(description, 1, 2000) AS description, NULL AS okr_id, \
                        created_at FROM kpis \
                 WHERE organisation_id = :organisation AND deleted_at IS NULL"
            ),
            sql!(
                caller,
                "SELECT 'member' AS kind, id, name AS title, NULL AS description, NULL AS okr_id, created_at \
                 FROM members WHERE organisation_id = :organisation"
            ),
        ])
        .await?;
    let mut words = Vec::new();
    for rows in &results {
        words.extend(rows.read_folded()?);
    }
    Ok(words)
}
