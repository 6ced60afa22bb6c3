//! How much there can be of what people write: the table that `docs/limits.md` has for them. A test reads it there
//! and holds it against this one and against the Worker.
//!
//! A limit refuses what is newly written. What is there already, what the hosted service lists and what comes with a
//! backup is taken whole: it can be read, changed and deleted however much it is.

use crate::validation::Invalid;

/// The most characters of a title, a name, a unit or whatever else stands on one line.
pub const ONE_LINE_CHARACTERS: usize = 500;
/// The most characters of a description, a comment, a note or an answer.
pub const TEXT_CHARACTERS: usize = 10_000;
/// How many writes a person can send in a minute, if the deployment says nothing else.
pub const WRITES_A_MINUTE: u32 = 60;

/// How many things of a kind there can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What they are, as refusals call them: `key_results`.
    pub things: &'static str,
    /// What they belong to: "an OKR".
    pub of: &'static str,
    /// The most of them.
    pub most: u32,
}

impl Limit {
    /// What one more is refused with.
    pub fn refusal(self) -> Invalid {
        let Self { things, of, most } = self;
        Invalid::field(things, format_args!("of {of} can be at most {most}"))
    }
}

/// Deleted ones don't count.
pub const KEY_RESULTS_OF_OKR: Limit = limit("key_results", "an OKR", 100);
/// Archived ones count, deleted ones don't.
pub const OKRS_OF_CYCLE: Limit = limit("okrs", "a cycle", 1_000);
/// Archived ones count, deleted ones don't.
pub const OKRS: Limit = limit("okrs", "a workspace", 5_000);
/// Deleted ones don't count.
pub const KPIS: Limit = limit("kpis", "a workspace", 2_000);
/// Deleted ones don't count.
pub const INITIATIVES: Limit = limit("initiatives", "a workspace", 5_000);
/// Archived ones don't count: a cycle can't be deleted.
pub const CYCLES: Limit = limit("cycles", "a workspace", 200);
/// Revoked and expired ones don't count.
pub const API_KEYS: Limit = limit("api_keys", "a workspace", 500);
/// Disabled ones don't count: a member can't be deleted.
pub const MEMBERS: Limit = limit("members", "a workspace", 10_000);

/// All of them.
pub const ALL: [Limit; 8] = [
    KEY_RESULTS_OF_OKR,
    OKRS_OF_CYCLE,
    OKRS,
    KPIS,
    INITIATIVES,
    CYCLES,
    API_KEYS,
    MEMBERS,
];

const fn limit(things: &'static str, of: &'static str, most: u32) -> Limit {
    Limit { things, of, most }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The cells of the document's tables that begin with `head`, row by row.
    fn rows(head: &str) -> Vec<Vec<String>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/limits.md");
        let document = fs::read_to_string(path).unwrap();
        let table = document.lines().skip_while(|line| !line.starts_with(head));
        let rows = table.skip(2).take_while(|line| line.starts_with('|'));
        let cells = |row: &str| {
            let cells = row.trim_matches('|').split('|');
            cells.map(|cell| cell.trim().to_owned()).collect()
        };
        rows.map(cells).collect()
    }

    fn number(cell: &str) -> usize {
        cell.replace(',', "").parse().unwrap()
    }

    #[test]
    fn the_document_has_the_limits_of_this_table() {
        let documented: Vec<(String, String, usize)> = rows("| what |")
            .into_iter()
            .map(|row| (row[0].replace('`', ""), row[1].clone(), number(&row[2])))
            .collect();
        let known = ALL.map(|limit| {
            let most = usize::try_from(limit.most).unwrap();
            (limit.things.to_owned(), limit.of.to_owned(), most)
        });
        assert_eq!(documented, known);
        let others: Vec<usize> = rows("| what is written")
            .iter()
            .map(|row| number(&row[1]))
            .collect();
        let writes = usize::try_from(WRITES_A_MINUTE).unwrap();
        assert_eq!(others, [ONE_LINE_CHARACTERS, TEXT_CHARACTERS, writes]);
    }
}
