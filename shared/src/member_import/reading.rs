//! Reading a list of people: text in, people out, with what is wrong with each line.

use super::MAX_LINES;
use super::columns::{self, Column};
use crate::permission::Role;
use crate::sign_in;
use crate::table::{self, Row};
use crate::text::{self, Label, Title};
use crate::validation::Invalid;

/// What a list of people says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// One for each row that says something.
    pub lines: Vec<Line>,
    /// The titles of columns that mean nothing here.
    pub not_used: Vec<String>,
}

/// Somebody in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where they stand in the file, from 1.
    pub line: u32,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are to be; a member where nothing is said.
    pub role: Role,
    /// A department's name.
    pub department: Option<String>,
    /// A team's name.
    pub team: Option<String>,
    /// The first thing that is wrong, if anything is.
    pub problem: Option<Invalid>,
}

/// The people in the text; refuses one that has none, too many, no titles, or a title twice.
pub fn read(text: &str) -> Result<People, Invalid> {
    let table = table::read(text, |title| Column::of(title).is_some())
        .ok_or_else(|| wrong("must name its columns in the first line, such as name and email"))?;
    let columns: Vec<Option<Column>> = table.titles.iter().map(|title| Column::of(title)).collect();
    check_columns(&columns, &table.titles)?;
    if table.rows.is_empty() {
        return Err(wrong("must have a line below its header"));
    }
    if table.rows.len() > MAX_LINES {
        return Err(wrong(format_args!("must have at most {MAX_LINES} people")));
    }
    let has_cells = |at: usize| table.rows.iter().any(|row| !row.cell(at).is_empty());
    let titles = table.titles.iter().enumerate();
    let not_used = titles.filter(|(at, _)| columns[*at].is_none());
    let not_used = not_used.filter_map(|(at, title)| match title.is_empty() {
        true => has_cells(at).then(|| format!("column {}", at + 1)),
        false => Some(title.clone()),
    });
    Ok(People {
        lines: table.rows.iter().map(|row| line(&columns, row)).collect(),
        not_used: not_used.collect(),
    })
}

fn check_columns(columns: &[Option<Column>], titles: &[String]) -> Result<(), Invalid> {
    for (at, column) in columns.iter().enumerate() {
        let before = columns[..at].iter().position(|other| other == column);
        if let (Some(column), Some(before)) = (column, before) {
            return Err(wrong(format_args!(
                "has the column {} twice: {:?} and {:?}",
                column.name(),
                titles[before],
                titles[at]
            )));
        }
    }
    let has = |column| columns.contains(&Some(column));
    if !has(Column::Name) && !has(Column::FirstName) && !has(Column::LastName) {
        return Err(wrong("must have a column name in its first line"));
    }
    if !has(Column::Email) {
        return Err(wrong("must have a column email in its first line"));
    }
    Ok(())
}

fn line(columns: &[Option<Column>], row: &Row) -> Line {
    let cell = |column: Column| {
        let at = columns.iter().position(|other| *other == Some(column));
        at.map_or_else(String::new, |at| table::one_line(row.cell(at)))
    };
    let named = |column: Column| Some(cell(column)).filter(|name| !name.is_empty());
    let role = role(&cell(Column::Role));
    let mut line = Line {
        line: row.line,
        name: name(
            &cell(Column::FirstName),
            &cell(Column::Name),
            &cell(Column::LastName),
        ),
        email: sign_in::address(&cell(Column::Email)),
        role: *role.as_ref().unwrap_or(&Role::Member),
        department: named(Column::Department),
        team: named(Column::Team),
        problem: None,
    };
    let beyond = row.cells.get(columns.len()..).unwrap_or_default();
    line.problem = if beyond.iter().any(|cell| !cell.is_empty()) {
        Some(Invalid::field("line", "has more cells than the header"))
    } else {
        role.and_then(|_| line.check()).err()
    };
    line
}

/// Where one part of a name has a column of its own, many lists call that of the other part just "name".
fn name(first: &str, name: &str, last: &str) -> String {
    let parts = match (first.is_empty(), last.is_empty()) {
        (false, false) if !name.is_empty() => ["", name, ""],
        _ => [first, name, last],
    };
    table::one_line(&parts.join(" "))
}

fn role(cell: &str) -> Result<Role, Invalid> {
    if cell.is_empty() {
        return Ok(Role::Member);
    }
    columns::role(cell).ok_or_else(|| Invalid::field("role", "must be admin, manager or member"))
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

fn wrong(problem: impl std::fmt::Display) -> Invalid {
    Invalid::field("csv", problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let people = read(text).unwrap().lines.into_iter();
        people.map(|line| line.name).collect()
    }

    #[test]
    fn columns_come_in_any_order_and_optional_ones_may_be_missing() {
        let text = "\u{feff}Email, NAME ,team\nerin@acme.test,\"Park, Erin\",Growth\n\nfinn@acme.test , Finn,\n";
        let lines = read(text).unwrap().lines;
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
    fn a_name_may_have_two_columns() {
        for header in [
            "First name,Last name,Email",
            "Vorname,Name,E-Mail",
            "Nombre,Apellidos,Correo",
            "Prénom,Nom,Courriel",
        ] {
            assert_eq!(
                names(&format!("{header}\nOla,Berg,ola@acme.test")),
                ["Ola Berg"],
                "{header}"
            );
        }
        assert_eq!(
            names("Name,First name,Last name,Mail\nOla B.,Ola,Berg,ola@acme.test"),
            ["Ola B."]
        );
        assert_eq!(
            names("Last name,First name,Mail\nBerg,Ola,ola@acme.test\n,Ida,ida@acme.test"),
            ["Ola Berg", "Ida"]
        );
    }

    #[test]
    fn what_means_nothing_here_is_named() {
        let text = "Name,Phone,Email,,Job title,\nOla,1,ola@acme.test,x,,\n";
        assert_eq!(
            read(text).unwrap().not_used,
            ["Phone", "column 4", "Job title"]
        );
    }

    #[test]
    fn each_wrong_line_says_what_is_wrong() {
        let problem = |row: &str| {
            let people = read(&format!("name,email,role,department,team\n{row}")).unwrap();
            people.lines[0]
                .problem
                .clone()
                .map(|invalid| invalid.message)
        };
        for right in [
            "Erin,erin@acme.test,,,",
            "Erin,erin@acme.test",
            "Erin,erin@acme.test,Mitglied",
            "Erin,erin@acme.test,,,,,",
            "\"Er\nin\",erin@acme.test,,,\"North\r\nSales\"",
        ] {
            assert_eq!(problem(right), None, "{right}");
        }
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
            ("", "must name its columns in the first line"),
            (
                "Ola Berg,ola@acme.test\nIda Dahl,ida@acme.test",
                "must name its columns",
            ),
            ("email", "must have a column name"),
            ("name", "must have a column email"),
            ("name,email", "must have a line"),
            ("name,email\n,\n", "must have a line"),
            ("name,email,Name\n", "has the column name twice"),
            (
                "name,mail,E-Mail\n",
                "has the column email twice: \"mail\" and \"E-Mail\"",
            ),
            (&many, "must have at most 500 people"),
        ] {
            let refusal = read(text).unwrap_err().message;
            assert!(refusal.starts_with(&format!("csv {problem}")), "{refusal}");
        }
    }
}
