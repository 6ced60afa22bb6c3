//! Reading the audit log, as pages and as a file for a spreadsheet.

use csv::Writer;
use okrs_shared::audit::{AuditEntry, AuditFilter, AuditPage};
use okrs_shared::id::{ApiKeyId, MemberId};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::store::{self, Db};

/// The most rows of a file.
const MOST_ROWS: u32 = 10_000;
/// So many of them are read and written at once.
const ROWS_OF_PIECE: u32 = 500;

/// A page of the entries that pass the filter in the query string, the latest first.
pub async fn list(db: &Db, caller: &Caller, query: &str) -> Result<AuditPage> {
    let filter = AuditFilter::parse(query)?;
    let size = filter.page_size();
    // One more than asked for tells whether there is another page.
    let mut entries = store::audit_log::list(db, caller, &filter, size + 1).await?;
    let has_more = entries.len() > size as usize;
    entries.truncate(size as usize);
    let last = entries.last().filter(|_| has_more);
    Ok(AuditPage {
        next_before_id: last.map(|entry| entry.id.clone()),
        entries,
    })
}

/// The latest 10,000 entries that pass a filter, as CSV with a header line, to be written in pieces: together they
/// may be longer than there is memory.
pub struct Export {
    /// What comes next.
    filter: AuditFilter,
    rows_left: u32,
    is_begun: bool,
}

impl Export {
    /// Of the entries that pass the filter in the query string.
    pub fn new(query: &str) -> Result<Self> {
        Ok(Self {
            filter: AuditFilter::parse(query)?,
            rows_left: MOST_ROWS,
            is_begun: false,
        })
    }

    /// The next piece of the file; `None` after its end.
    pub async fn next(&mut self, db: &Db, caller: &Caller) -> Result<Option<Vec<u8>>> {
        let most = self.rows_left.min(ROWS_OF_PIECE);
        if most == 0 {
            return Ok(None);
        }
        let entries = store::audit_log::list(db, caller, &self.filter, most).await?;
        let is_full = entries.len() == most as usize;
        self.rows_left = if is_full { self.rows_left - most } else { 0 };
        self.filter.before_id = entries.last().map(|entry| entry.id.clone());
        let heads = (!std::mem::replace(&mut self.is_begun, true)).then_some(HEADS);
        let piece = to_csv(heads, &entries);
        piece
            .map(Some)
            .map_err(|error| Error::internal(error.to_string()))
    }
}

const HEADS: [&str; 11] = [
    "id",
    "at",
    "member",
    "member_id",
    "api_key",
    "api_key_id",
    "action",
    "subject",
    "subject_id",
    "before",
    "after",
];

fn to_csv(heads: Option<[&str; 11]>, entries: &[AuditEntry]) -> Result<Vec<u8>, csv::Error> {
    let mut file = Writer::from_writer(Vec::new());
    if let Some(heads) = heads {
        file.write_record(heads)?;
    }
    for entry in entries {
        let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
        let cells = [
            Some(entry.id.clone()),
            Some(entry.at.to_string()),
            entry.member_name.clone(),
            entry.member_id.as_ref().map(MemberId::to_string),
            entry.api_key_name.clone(),
            entry.api_key_id.as_ref().map(ApiKeyId::to_string),
            Some(entry.action.clone()),
            entry.subject_title.clone(),
            Some(entry.subject_id.clone()),
            json(&entry.before),
            json(&entry.after),
        ];
        file.write_record(cells.map(|cell| harmless(cell.unwrap_or_default())))?;
    }
    file.into_inner().map_err(|error| error.into_error().into())
}

/// A spreadsheet takes a cell that begins like this for a formula, and would run what a stranger
/// named an OKR.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(formula.to_owned()), format!("'{formula}"));
        }
        assert_eq!(harmless("Grow = win".to_owned()), "Grow = win");
    }
}
