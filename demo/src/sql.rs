//! SQL text: literals, and INSERT statements that stay within D1's limits.

use chrono::NaiveDate;
use okrs_shared::timestamp::Timestamp;

use crate::table::Table;

/// D1 refuses statements over 100 KB.
const MAX_STATEMENT_BYTES: usize = 90_000;

/// Appends the INSERT statements that put `rows` (each the inside of its parentheses) into `table`.
pub(crate) fn insert(sql: &mut String, table: Table, rows: &[String]) {
    let mut room = 0;
    for (at, row) in rows.iter().enumerate() {
        // What this row takes: itself, its parentheses, and a comma or semicolon and a newline.
        let size = row.len() + 4;
        if size > room {
            if at > 0 {
                sql.push_str(";\n");
            }
            let head = format!("INSERT INTO {} VALUES\n", table.target());
            sql.push_str(&head);
            room = MAX_STATEMENT_BYTES - head.len();
        } else {
            sql.push_str(",\n");
        }
        sql.push('(');
        sql.push_str(row);
        sql.push(')');
        room = room.saturating_sub(size);
    }
    if !rows.is_empty() {
        sql.push_str(";\n");
    }
}

/// Something that can be written as an SQL literal.
pub(crate) trait Literal {
    fn write(&self, sql: &mut String);
}

/// The values of a row, separated by commas.
pub(crate) fn row(values: &[&dyn Literal]) -> String {
    let mut sql = String::new();
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            sql.push(',');
        }
        value.write(&mut sql);
    }
    sql
}

impl Literal for str {
    fn write(&self, sql: &mut String) {
        sql.push('\'');
        for character in self.chars() {
            match character {
                '\'' => sql.push_str("''"),
                // SQLite stops reading a statement at a NUL.
                '\0' => sql.push_str("'||char(0)||'"),
                _ => sql.push(character),
            }
        }
        sql.push('\'');
    }
}

impl Literal for &str {
    fn write(&self, sql: &mut String) {
        (*self).write(sql);
    }
}

impl Literal for String {
    fn write(&self, sql: &mut String) {
        self.as_str().write(sql);
    }
}

impl Literal for f64 {
    /// Always as a REAL (`41.0`), like the numbers that the Worker binds.
    fn write(&self, sql: &mut String) {
        assert!(self.is_finite(), "{self} can't be stored");
        sql.push_str(&format!("{self:?}"));
    }
}

impl<T: Literal> Literal for Option<T> {
    fn write(&self, sql: &mut String) {
        match self {
            Some(value) => value.write(sql),
            None => sql.push_str("NULL"),
        }
    }
}

impl<T: Literal> Literal for &T {
    fn write(&self, sql: &mut String) {
        (*self).write(sql);
    }
}

impl Literal for u32 {
    fn write(&self, sql: &mut String) {
        sql.push_str(&self.to_string());
    }
}

impl Literal for bool {
    fn write(&self, sql: &mut String) {
        sql.push(if *self { '1' } else { '0' });
    }
}

macro_rules! literals_by_display {
    ($($type:ty),+ $(,)?) => {$(
        impl Literal for $type {
            fn write(&self, sql: &mut String) {
                self.to_string().write(sql);
            }
        }
    )+};
}

literals_by_display!(NaiveDate, Timestamp);
okrs_shared::for_every_id!(literals_by_display);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_and_numbers_are_reals() {
        let date = NaiveDate::from_ymd_opt(2026, 4, 19).unwrap();
        let row = row(&[
            &"it's; --",
            &41.0,
            &0.1,
            &None::<f64>,
            &Some(2_u32),
            &true,
            &date,
        ]);
        assert_eq!(row, "'it''s; --',41.0,0.1,NULL,2,1,'2026-04-19'");
        let mut sql = String::new();
        "a\0b".write(&mut sql);
        assert_eq!(sql, "'a'||char(0)||'b'");
    }

    #[test]
    fn long_inserts_are_cut_into_statements_that_d1_takes() {
        let rows = vec![format!("'{}'", "x".repeat(1_000)); 200];
        let mut sql = String::new();
        insert(&mut sql, Table::TeamMembers, &rows);
        let statements: Vec<_> = sql.split_inclusive(";\n").collect();
        assert_eq!(statements.len(), 3);
        assert!(
            statements
                .iter()
                .all(|one| one.len() <= MAX_STATEMENT_BYTES)
        );
        assert_eq!(sql.matches("('x").count(), 200);
    }
}
