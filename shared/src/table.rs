//! Tables as spreadsheets write and copy them: text in, titles and rows out.
//!
//! What a column means is not known here: whoever reads says which titles they know. Commas, semicolons, tabs and bars
//! separate the cells; whichever of them makes the most known titles does, because a title says more than how even
//! the rows are. A line `sep=;`, which Excel wants, is obeyed. Lines above the titles, empty rows and what surrounds a
//! cell are nothing.

mod encoding;

use csv::{ReaderBuilder, StringRecord};

pub use self::encoding::{Encoding, is_workbook};

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Titles are looked for in so many rows that are not empty.
const FIRST_ROWS: usize = 10;

/// A table with a row of titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// As the file spells them.
    pub titles: Vec<String>,
    /// All rows below the titles that are not empty.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line that it begins on, from 1, as an editor counts them.
    pub line: u32,
    /// Without what surrounds them.
    pub cells: Vec<String>,
}

impl Row {
    /// What stands in this column; rows may end early.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// The table in a text; none if no title of its first rows is known.
pub fn read(text: &str, is_known: impl Fn(&str) -> bool) -> Option<Table> {
    let (from, said) = beginning(text);
    let separators = SEPARATORS
        .into_iter()
        .filter(|&separator| said.is_none_or(|said| said == separator));
    let known = |row: &Row| row.cells.iter().filter(|cell| is_known(cell)).count();
    let mut best: Option<(usize, usize, u8)> = None;
    for separator in separators {
        for (at, row) in rows(text, from, separator).take(FIRST_ROWS).enumerate() {
            let count = known(&row);
            if count > best.map_or(0, |(most, ..)| most) {
                best = Some((count, at, separator));
            }
        }
    }
    let (_, at, separator) = best?;
    let mut rows = rows(text, from, separator).skip(at);
    let titles = rows.next()?.cells;
    Some(Table {
        titles,
        rows: rows.collect(),
    })
}

/// A title without what people spell differently: case, spaces and marks, remarks in brackets, a plural's end.
pub fn folded(title: &str) -> String {
    let mut depth = 0_u32;
    let mut folded = String::new();
    for letter in title.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && letter.is_alphanumeric() => folded.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    match folded.strip_suffix('s') {
        Some(singular) if !singular.is_empty() => singular.to_owned(),
        _ => folded,
    }
}

/// A cell as one line: what breaks or widens it folds to a space.
pub fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the table begins, and the separator that a first line `sep=` says.
fn beginning(text: &str) -> (usize, Option<u8>) {
    let body = text.trim_start_matches('\u{feff}');
    let from = text.len() - body.len();
    let line = body.split(['\r', '\n']).next().unwrap_or_default();
    let said = line.trim_matches('"');
    let separator = said
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("sep="))
        .and_then(|_| said.as_bytes().get(4).copied())
        .filter(|separator| SEPARATORS.contains(separator));
    match separator {
        Some(_) => (from + line.len(), separator),
        None => (from, None),
    }
}

/// The rows from this byte on that are not empty.
fn rows(text: &str, from: usize, separator: u8) -> impl Iterator<Item = Row> {
    let body = &text[from..];
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(body.as_bytes());
    let (mut line, mut counted) = (1 + breaks(&text[..from]), 0);
    // Text of any shape is a table of rows that may differ in length: there is no error to end at.
    let records = reader.into_records().map_while(Result::ok);
    records.filter_map(move |record| {
        let begin = beginning_of(body, &record);
        line += breaks(&body[counted..begin]);
        counted = begin;
        let cells: Vec<String> = record.iter().map(cell).collect();
        let is_empty = cells.iter().all(String::is_empty);
        (!is_empty).then_some(Row { line, cells })
    })
}

/// The byte that a record begins at. The parser's own position is that of the blank lines before it, or of the second
/// half of a line break.
fn beginning_of(body: &str, record: &StringRecord) -> usize {
    let position = record.position().map_or(0, csv::Position::byte);
    let position = usize::try_from(position).unwrap_or(body.len());
    let rest = body.get(position..).unwrap_or_default();
    body.len() - rest.trim_start_matches(['\r', '\n']).len()
}

/// How many lines end in the text: by `\n`, `\r\n` or, on an old Macintosh, `\r`.
fn breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    u32::try_from((0..bytes.len()).filter(ends).count()).unwrap_or(u32::MAX)
}

/// Without what surrounds it, and without the apostrophe that keeps a spreadsheet from computing it.
fn cell(text: &str) -> String {
    let is_around =
        |letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}');
    let text = text.trim_matches(is_around);
    let guarded = text.strip_prefix('\'').filter(|rest| {
        let guards = |first: char| matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\'');
        rest.starts_with(guards)
    });
    guarded.unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_known(title: &str) -> bool {
        matches!(&*folded(title), "name" | "team" | "note")
    }

    fn table(text: &str) -> Table {
        read(text, is_known).unwrap()
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        let rows = table(text).rows.into_iter();
        rows.map(|row| row.cells).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_makes_titles() {
        for (text, expected) in [
            ("name,team\na,b", ["a", "b"]),
            ("name;team\na,1;b", ["a,1", "b"]),
            ("name\tteam\na;x\tb", ["a;x", "b"]),
            ("name|team\na,x;y|b", ["a,x;y", "b"]),
            ("\"name\";\"team\"\n\"a;1\";b", ["a;1", "b"]),
            ("sep=;\r\nname;team\r\na;b", ["a", "b"]),
            ("\u{feff}\"SEP=|\"\nname|team\na|b", ["a", "b"]),
            (
                "Our people, as of May\n\nprinted by,somebody\nname,team\na,b",
                ["a", "b"],
            ),
        ] {
            assert_eq!(cells(text), [expected], "{text}");
        }
    }

    #[test]
    fn without_a_known_title_there_is_no_table() {
        for text in ["", "\n\n", "a,b\nc,d", "sep=;", "sep=;\na;b"] {
            assert_eq!(read(text, is_known), None, "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let lines = |text: &str| -> Vec<u32> {
            let rows = table(text).rows.into_iter();
            rows.map(|row| row.line).collect()
        };
        assert_eq!(lines("name\na\nc"), [2, 3]);
        assert_eq!(lines("name\r\na\r\nc\r\n"), [2, 3]);
        assert_eq!(lines("name\ra\rc"), [2, 3]);
        assert_eq!(lines("\n\nname,x\n\n\na,b\n , \nc,d"), [6, 8]);
        assert_eq!(lines("name,x\n\"a\nb\",c\nd,e"), [2, 4]);
        assert_eq!(lines("sep=,\nname,x\na,b"), [3]);
        assert_eq!(lines("name\tteam\n\t\n\tb\n"), [3]);
    }

    #[test]
    fn what_surrounds_a_cell_is_nothing_and_a_guard_is_taken_off() {
        assert_eq!(
            cells("name,team,note\n\u{a0} a\u{200b} ,'=1+1,'t Hooft"),
            [["a", "=1+1", "'t Hooft"]]
        );
        assert_eq!(one_line("North\r\n  Sales\t1"), "North Sales 1");
    }

    #[test]
    fn titles_are_the_same_however_they_are_spelled() {
        for title in [
            "E-Mail address",
            "email_address",
            "Email Addresse",
            "EMAIL ADDRESS [Required]",
        ] {
            assert!(
                folded(title).starts_with("emailaddres"),
                "{}",
                folded(title)
            );
        }
        assert_eq!(folded("Teams"), folded("team"));
        assert_eq!(folded("S"), "s");
    }

    proptest! {
        /// However a table is written, the same is read.
        #[test]
        fn a_table_is_the_same_in_every_spelling(
            cells in prop::collection::vec(prop::collection::vec("[a-zé,;|\"' \n]{0,6}x", 3), 1..6),
            separator in 0..SEPARATORS.len(),
            ending in prop::sample::select(vec!["\n", "\r\n", "\r"]),
            begin in prop::sample::select(vec!["", "\u{feff}", "\n"]),
            trailing in 0..3_usize,
        ) {
            let separator = char::from(SEPARATORS[separator]).to_string();
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |cells: Vec<String>| cells.join(&separator) + &separator.repeat(trailing) + ending;
            let titles = ["name", "team", "note"].map(str::to_owned).to_vec();
            let mut text = begin.to_owned() + &line(titles);
            text.extend(cells.iter().map(|row| line(row.iter().map(quoted).collect())));
            let expected: Vec<Vec<String>> = cells
                .iter()
                .map(|row| row.iter().map(|text| cell(text)).chain(vec![String::new(); trailing]).collect())
                .collect();
            prop_assert_eq!(super::tests::cells(&text), expected);
        }

        /// Nothing that is chosen by mistake breaks the reading.
        #[test]
        fn any_text_is_read(text in "(name[,;\t])?\\PC*[\r\n\"\u{feff}]*\\PC*") {
            read(&text, is_known);
        }
    }
}
