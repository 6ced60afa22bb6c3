//! Reading the CSV file of an import: text in, people out, with what is wrong with each line.

use csv::{ReaderBuilder, StringRecord, Trim};
use okrs_shared::member_import::MAX_LINES;
use okrs_shared::permission::Role;
use okrs_shared::sign_in;
use okrs_shared::text::{self, Label, Title};
use okrs_shared::validation::Invalid;
use strum::VariantArray as _;

const COLUMNS: [&str; 5] = ["name", "email", "role", "department", "team"];
const REQUIRED: [&str; 2] = ["name", "email"];

/// Somebody in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where they stand in the file, from 1.
    pub line: u32,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// A department's name.
    pub department: Option<String>,
    /// A team's name.
    pub team: Option<String>,
    /// The first thing that is wrong, if anything is.
    pub problem: Option<Invalid>,
}

/// The people in the file; refuses a file that has none, too many, or columns that nobody knows.
pub fn read(text: &str) -> Result<Vec<Line>, Invalid> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(text))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let malformed = |error: csv::Error| wrong(format_args!("can't be read: {error}"));
    let columns = columns(reader.headers().map_err(malformed)?)?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(malformed)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() == MAX_LINES {
            return Err(wrong(format_args!("must have at most {MAX_LINES} people")));
        }
        lines.push(line(&columns, &record, number(text, &record)));
    }
    if lines.is_empty() {
        return Err(wrong(format_args!("must have a line below its header")));
    }
    Ok(lines)
}

/// Spreadsheets write semicolons where the comma is the decimal point.
fn separator(text: &str) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or_default();
    if header.contains(';') && !header.contains(',') {
        b';'
    } else {
        b','
    }
}

fn columns(header: &StringRecord) -> Result<Vec<&'static str>, Invalid> {
    let mut columns = Vec::new();
    for title in header {
        let column = COLUMNS
            .into_iter()
            .find(|column| column.eq_ignore_ascii_case(title))
            .ok_or_else(|| {
                let known = COLUMNS.join(", ");
                wrong(format_args!(
                    "has the unknown column {title:?}; known are {known}"
                ))
            })?;
        if columns.contains(&column) {
            return Err(wrong(format_args!("has the column {column} twice")));
        }
        columns.push(column);
    }
    match REQUIRED
        .into_iter()
        .find(|column| !columns.contains(column))
    {
        None => Ok(columns),
        Some(column) => Err(wrong(format_args!(
            "must have a column {column} in its first line"
        ))),
    }
}

/// The line that a record begins on, from 1. The parser's own position is that of the blank lines, or
/// of the second half of a line break, before it.
fn number(text: &str, record: &StringRecord) -> u32 {
    let Some(position) = record.position() else {
        return 0;
    };
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let before = text.as_bytes().get(from..).unwrap_or_default();
    let breaks = before.iter().take_while(|byte| byte.is_ascii_whitespace());
    let skipped = breaks.filter(|byte| **byte == b'\n').count();
    u32::try_from(position.line() + skipped as u64).unwrap_or(u32::MAX)
}

fn line(columns: &[&str], record: &StringRecord, number: u32) -> Line {
    let cell = |name: &str| {
        let at = columns.iter().position(|column| *column == name);
        at.and_then(|at| record.get(at))
            .unwrap_or_default()
            .to_owned()
    };
    let named = |name: &str| Some(cell(name)).filter(|value| !value.is_empty());
    let role = role(&cell("role"));
    let mut line = Line {
        line: number,
        name: cell("name"),
        email: sign_in::address(&cell("email")),
        role: *role.as_ref().unwrap_or(&Role::Member),
        department: named("department"),
        team: named("team"),
        problem: None,
    };
    line.problem = if record.len() > columns.len() {
        Some(Invalid::field("line", "has more cells than the header"))
    } else {
        role.and_then(|_| line.check()).err()
    };
    line
}

fn role(text: &str) -> Result<Role, Invalid> {
    if text.is_empty() {
        return Ok(Role::Member);
    }
    Role::VARIANTS
        .iter()
        .copied()
        .find(|role| role.as_str().eq_ignore_ascii_case(text))
        .ok_or_else(|| Invalid::field("role", "must be admin, manager or member"))
}

impl Line {
    fn check(&self) -> Result<(), Invalid> {
        Title::require("name", &self.name)?;
        text::name("name", &self.name)?;
        sign_in::email("email", &self.email)?;
        for (field, name) in [("department", &self.department), ("team", &self.team)] {
            let name = name.as_deref().unwrap_or_default();
            Label::require(field, name)?;
            text::name(field, name)?;
        }
        Ok(())
    }
}

fn wrong(problem: std::fmt::Arguments<'_>) -> Invalid {
    Invalid::field("csv", problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_in_any_order_and_optional_ones_may_be_missing() {
        let text = "\u{feff}Email, NAME ,team\nerin@acme.test,\"Park, Erin\",Growth\n\nfinn@acme.test , Finn,\n";
        let lines = read(text).unwrap();
        let erin = Line {
            line: 2,
            name: "Park, Erin".to_owned(),
            email: "erin@acme.test".to_owned(),
            role: Role::Member,
            department: None,
            team: Some("Growth".to_owned()),
            problem: None,
        };
        assert_eq!(lines[0], erin);
        assert_eq!((lines[1].line, lines[1].name.as_str()), (4, "Finn"));
        assert_eq!(lines[1].team, None);
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let numbers =
            |text: &str| -> Vec<u32> { read(text).unwrap().iter().map(|line| line.line).collect() };
        assert_eq!(numbers("name,email\na,b\nc,d"), [2, 3]);
        assert_eq!(numbers("name,email\r\na,b\r\nc,d\r\n"), [2, 3]);
        assert_eq!(numbers("\n\nname,email\n\n\na,b\n , \nc,d"), [6, 8]);
        assert_eq!(numbers("name,email\n\"a\nb\",c\nd,e"), [2, 4]);
    }

    #[test]
    fn semicolons_separate_as_well() {
        let lines = read("name;email;role\nErin, the new one;erin@acme.test;Manager").unwrap();
        assert_eq!(lines[0].name, "Erin, the new one");
        assert_eq!(lines[0].role, Role::Manager);
    }

    #[test]
    fn each_wrong_line_says_what_is_wrong() {
        let problem = |row: &str| {
            let lines = read(&format!("name,email,role,department,team\n{row}")).unwrap();
            lines[0].problem.clone().map(|invalid| invalid.message)
        };
        assert_eq!(problem("Erin,erin@acme.test,,,"), None);
        assert_eq!(problem("Erin,erin@acme.test"), None);
        let long = "x".repeat(501);
        for (row, begin) in [
            (",erin@acme.test,,,", "name"),
            ("Erin,erin,,,", "email"),
            ("Erin,,,,", "email"),
            ("Erin,erin@acme.test,owner,,", "role"),
            (&*format!("Erin,erin@acme.test,,{long},"), "department"),
            (&*format!("Erin,erin@acme.test,,,{long}"), "team"),
            ("Erin,erin@acme.test,,,,more", "line has more cells"),
        ] {
            let message = problem(row).unwrap_or_default();
            assert!(message.starts_with(begin), "{row}: {message}");
        }
    }

    #[test]
    fn a_file_that_is_none_is_refused_as_a_whole() {
        let many = format!("name,email\n{}", "Erin,erin@acme.test\n".repeat(501));
        for (text, problem) in [
            ("", "must have a column name"),
            ("name", "must have a column email"),
            ("name,email", "must have a line"),
            ("name,email\n,\n", "must have a line"),
            ("name,email,phone\n", "has the unknown column"),
            ("name,email,Name\n", "has the column name twice"),
            (&many, "must have at most 500 people"),
        ] {
            let refusal = read(text).unwrap_err().message;
            assert!(refusal.starts_with(&format!("csv {problem}")), "{refusal}");
        }
    }
}
