//! Everything that can be found, in the database: by its title and by the first 2,000 characters of its description.
//!
//! Each row keeps its words folded, without case and diacritics, and SQLite looks through an index of them, the newest
//! first. It cannot fold itself: what came or changed since somebody looked last has none (triggers see to that), and
//! is folded here before the search goes on. `docs/decisions/0012` says why it is neither FTS5 nor done by each write.

use okrs_shared::id::{CycleId, OkrId};
use okrs_shared::search::HitKind;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::cycles::{self, CycleRow};
use super::relations;
use super::{Db, Rows, Sql, last_change, read_last_change, sql};
use crate::caller::Caller;
use crate::error::Result;

/// So many batches one search sends; all but the first fold what the one before them has read. In the free plan a
/// request has 50 statements, and this takes 33 and those that fold. What is left over has to wait for the next search.
const MOST_BATCHES: usize = 3;

/// The most bytes of folded words in one value: D1 takes 2 MB.
const MOST_BYTES: usize = 1_500_000;

/// Something that was found.
#[derive(Debug, Deserialize)]
pub struct HitRow {
    pub kind: HitKind,
    pub id: String,
    pub title: String,
    pub okr_id: Option<OkrId>,
    pub created_at: Timestamp,
}

/// An OKR, or a key result with the OKR that it belongs to.
#[derive(Debug, Deserialize)]
pub struct OkrHitRow {
    pub kind: HitKind,
    pub id: String,
    pub title: String,
    pub okr_id: OkrId,
    pub okr: String,
    pub cycle_id: CycleId,
    pub created_at: Timestamp,
}

/// A table whose rows have words.
struct Worded {
    /// The words that are yet to be folded, as many as fold in a moment.
    unfolded: fn(&Caller) -> Sql,
    /// Keeps folded words, a JSON array of ids and texts, unless the workspace has changed since they were read: then
    /// they may be those of before. The pluses keep SQLite from going through all that is unfolded for each of them.
    keep: fn(&Caller, &str, &str) -> Sql,
}

/// `$words` of the rows of `$table` for which `$alive` holds.
macro_rules! worded {
    ($table:literal, $words:literal, $alive:literal) => {
        Worded {
            unfolded: |caller| {
                sql!(
                    caller,
                    concat!(
                        "SELECT id, words FROM ( \
                           SELECT id, words, SUM(octet_length(words) + 40) OVER (ROWS UNBOUNDED PRECEDING) AS so_far \
                           FROM (SELECT id, ", $words, " AS words FROM ", $table, " \
                                 WHERE organisation_id = :organisation AND folded IS NULL AND ", $alive, ")) \
                         WHERE so_far <= 2000000"
                    )
                )
            },
            keep: |caller, words, last_change| {
                sql!(
                    caller,
                    concat!(
                        "UPDATE ", $table, " SET folded = n.value ->> 1 FROM json_each(:words) n \
                         WHERE ", $table, ".id = n.value ->> 0 AND +organisation_id = :organisation AND +folded IS NULL \
                           AND EXISTS (SELECT 1 FROM organisations o \
                                       WHERE o.id = :organisation AND o.last_change_id = :last_change)"
                    ),
                    words,
                    last_change
                )
            },
        }
    };
}

#[rustfmt::skip]
const OKRS: Worded = worded!("okrs", "title || char(10) || COALESCE(substr(description, 1, 2000), '')", "deleted_at IS NULL");
const KEY_RESULTS: Worded = worded!("key_results", "title", "deleted_at IS NULL");
#[rustfmt::skip]
const INITIATIVES: Worded = worded!("initiatives", "title || char(10) || COALESCE(substr(description, 1, 2000), '')", "deleted_at IS NULL");
#[rustfmt::skip]
const KPIS: Worded = worded!("kpis", "name || char(10) || COALESCE(substr(description, 1, 2000), '')", "deleted_at IS NULL");
const MEMBERS: Worded = worded!("members", "name", "TRUE");

/// The newest OKRs and key results that the caller sees and that have this text, which is folded, in their words: of
/// one cycle or of all, and at most so many of each. With all cycles.
pub async fn okrs(
    db: &Db,
    caller: &Caller,
    text: &str,
    cycle_id: Option<&CycleId>,
    most: u32,
) -> Result<(Vec<CycleRow>, Vec<OkrHitRow>)> {
    let has = sql!(
        caller,
        "o.deleted_at IS NULL AND o.archived_at IS NULL AND o.cycle_id = COALESCE(:cycle_id, o.cycle_id) AND :sees",
        cycle_id,
        sees = relations::sees(caller, "o")
    );
    let finds = [
        cycles::all(caller),
        sql!(
            caller,
            "SELECT 'okr' AS kind, o.id, o.title, o.id AS okr_id, o.title AS okr, o.cycle_id, o.created_at \
             FROM okrs o INDEXED BY okrs_by_words \
             WHERE o.organisation_id = :organisation AND instr(o.folded, :text) > 0 AND :has \
             ORDER BY o.created_at DESC, o.id DESC LIMIT :most",
            text,
            has,
            most
        ),
        sql!(
            caller,
            "SELECT 'key_result' AS kind, k.id, k.title, o.id AS okr_id, o.title AS okr, o.cycle_id, k.created_at \
             FROM key_results k INDEXED BY key_results_by_words CROSS JOIN okrs o ON o.id = k.okr_id \
             WHERE k.organisation_id = :organisation AND k.deleted_at IS NULL AND instr(k.folded, :text) > 0 AND :has \
             ORDER BY k.created_at DESC, k.id DESC LIMIT :most",
            text,
            has,
            most
        ),
    ];
    let results = folded_and_found(db, caller, &[OKRS, KEY_RESULTS], &finds).await?;
    let mut hits = results[1].read()?;
    hits.extend(results[2].read()?);
    Ok((results[0].read()?, hits))
}

/// The newest of all that the caller sees and that has this text, which is folded, in its words: at most so many of
/// each kind.
pub async fn all(db: &Db, caller: &Caller, text: &str, most: u32) -> Result<Vec<HitRow>> {
    let sees = relations::sees(caller, "o");
    let finds = [
        sql!(
            caller,
            "SELECT 'okr' AS kind, o.id, o.title, o.id AS okr_id, o.created_at \
             FROM okrs o INDEXED BY okrs_by_words \
             WHERE o.organisation_id = :organisation AND o.deleted_at IS NULL AND instr(o.folded, :text) > 0 AND :sees \
             ORDER BY o.created_at DESC, o.id DESC LIMIT :most",
            text,
            sees,
            most
        ),
        sql!(
            caller,
            "SELECT 'key_result' AS kind, k.id, k.title, o.id AS okr_id, k.created_at \
             FROM key_results k INDEXED BY key_results_by_words CROSS JOIN okrs o ON o.id = k.okr_id \
             WHERE k.organisation_id = :organisation AND k.deleted_at IS NULL AND instr(k.folded, :text) > 0 \
               AND o.deleted_at IS NULL AND :sees \
             ORDER BY k.created_at DESC, k.id DESC LIMIT :most",
            text,
            sees,
            most
        ),
        sql!(
            caller,
            "SELECT 'initiative' AS kind, i.id, i.title, iif(o.deleted_at IS NULL, o.id, NULL) AS okr_id, i.created_at \
             FROM initiatives i INDEXED BY initiatives_by_words LEFT JOIN okrs o ON o.id = i.okr_id \
             WHERE i.organisation_id = :organisation AND i.deleted_at IS NULL AND instr(i.folded, :text) > 0 \
               AND (o.id IS NULL OR :sees) \
             ORDER BY i.created_at DESC, i.id DESC LIMIT :most",
            text,
            sees,
            most
        ),
        sql!(
            caller,
            "SELECT 'kpi' AS kind, id, name AS title, NULL AS okr_id, created_at FROM kpis INDEXED BY kpis_by_words \
             WHERE organisation_id = :organisation AND deleted_at IS NULL AND instr(folded, :text) > 0 \
             ORDER BY created_at DESC, id DESC LIMIT :most",
            text,
            most
        ),
        sql!(
            caller,
            "SELECT 'member' AS kind, id, name AS title, NULL AS okr_id, created_at \
             FROM members INDEXED BY members_by_words \
             WHERE organisation_id = :organisation AND instr(folded, :text) > 0 \
             ORDER BY created_at DESC, id DESC LIMIT :most",
            text,
            most
        ),
    ];
    let tables = [OKRS, KEY_RESULTS, INITIATIVES, KPIS, MEMBERS];
    let results = folded_and_found(db, caller, &tables, &finds).await?;
    let mut hits = Vec::new();
    for rows in &results {
        hits.extend(rows.read()?);
    }
    Ok(hits)
}

/// What `finds` find, once nothing in these tables is left to be folded: one round trip if nothing has changed since
/// somebody looked for something last.
async fn folded_and_found(
    db: &Db,
    caller: &Caller,
    tables: &[Worded],
    finds: &[Sql],
) -> Result<Vec<Rows>> {
    let mut batch = Vec::new();
    for nth in 1.. {
        let keeps = batch.len();
        batch.push(last_change(caller));
        batch.extend(tables.iter().map(|table| (table.unfolded)(caller)));
        batch.extend_from_slice(finds);
        let mut results = db.batch(&batch).await?.split_off(keeps);
        let found = results.split_off(1 + tables.len());
        let last_change = read_last_change(&results[0])?;
        batch.clear();
        for (table, unfolded) in tables.iter().zip(&results[1..]) {
            for words in folded(unfolded)? {
                batch.push((table.keep)(caller, &words, &last_change));
            }
        }
        if batch.is_empty() || nth == MOST_BATCHES {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Words that are yet to be folded, folded: JSON arrays of ids and texts, each short enough for D1.
fn folded(unfolded: &Rows) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Whose {
        id: String,
    }
    #[derive(Deserialize)]
    struct Folded {
        words: String,
    }
    let rows: Vec<(Whose, Folded)> = unfolded.read_folded()?;
    let mut texts: Vec<String> = Vec::new();
    for (Whose { id }, Folded { words }) in rows {
        let row = serde_json::to_string(&(id, words))?;
        match texts.last_mut() {
            Some(text) if text.len() + row.len() < MOST_BYTES => {
                text.push(',');
                text.push_str(&row);
            }
            _ => texts.push(format!("[{row}")),
        }
    }
    for text in &mut texts {
        text.push(']');
    }
    Ok(texts)
}
