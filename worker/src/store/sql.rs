//! SQL with named values: a text that says `:name`, and what the names stand for beside it.
//!
//! ```ignore
//! let seen = sql!(caller, "o.owner_id = :me");
//! sql!(caller, "SELECT title FROM okrs o WHERE o.organisation_id = :organisation AND o.id = :id AND :seen", id, seen)
//! ```
//!
//! - `:organisation`, `:now`, `:today` and `:me` come from the caller. A text that begins the list has none.
//! - A name stands for a value that is bound, or for SQL, which is put in its place with its own names.
//! - A name without a value does not compile, nor does a value without a name.
//! - Texts are there before anybody asks: nothing that comes with a request can become SQL.
//!
//! D1 takes values by number only, and 100 of them: a list goes as one JSON text for `json_each`. Numbers
//! bind as REAL; the column's affinity makes integers of them.

use chrono::NaiveDate;
use okrs_shared::days::Day;
use okrs_shared::number::Number;
use okrs_shared::text::Limited;
use okrs_shared::timestamp::Timestamp;

use crate::caller::Caller;

/// A statement or a part of one, with its values.
#[derive(Clone, Debug, Default)]
pub struct Sql(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Text(&'static str),
    Value(&'static str, Value),
}

/// A value as SQLite has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Number(f64),
    Text(String),
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub enum Meaning {
    Value(Value),
    Sql(Sql),
}

/// SQL from the caller, a text that is known when this is compiled, and what its names stand for: `id`
/// means `id = id`. See [`crate::store::sql`].
///
/// `sql!(caller, "id = :id AND organisation_id = :organisation", id)` becomes
///
/// ```ignore
/// const _: () = check("id = :id AND …", &CALLERS_OWN, &["id"]);
/// Sql::new(Some(&caller), "id = :id AND …", vec![("id", Param::meaning(&id))])
/// ```
macro_rules! sql {
    ($text:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const _: () = $crate::store::sql::check($text, &[], &[$(stringify!($name)),*]);
        $crate::store::sql::Sql::new(
            None,
            $text,
            vec![$((stringify!($name), $crate::store::sql::meaning!($name $(= $value)?))),*],
        )
    }};
    ($caller:expr, $text:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const _: () = $crate::store::sql::check(
            $text,
            &$crate::store::sql::CALLERS_OWN,
            &[$(stringify!($name)),*],
        );
        $crate::store::sql::Sql::new(
            Some($caller),
            $text,
            vec![$((stringify!($name), $crate::store::sql::meaning!($name $(= $value)?))),*],
        )
    }};
}
pub(crate) use sql;

/// `name`, or `name = value`.
macro_rules! meaning {
    ($name:ident) => {
        $crate::store::sql::Param::meaning(&$name)
    };
    ($name:ident = $value:expr) => {
        $crate::store::sql::Param::meaning(&$value)
    };
}
pub(crate) use meaning;

/// The names that come from the caller.
pub const CALLERS_OWN: [&str; 4] = ["organisation", "now", "today", "me"];

fn callers_own(caller: &Caller, name: &str) -> Option<Meaning> {
    match name {
        "organisation" => Some(caller.organisation_id.meaning()),
        "now" => Some(caller.now.meaning()),
        "today" => Some(caller.today.meaning()),
        "me" => Some(caller.author().meaning()),
        _ => None,
    }
}

impl Sql {
    /// What [`sql!`] makes, after it has looked at the names.
    pub fn new(
        caller: Option<&Caller>,
        text: &'static str,
        names: Vec<(&'static str, Meaning)>,
    ) -> Self {
        let mut pieces = Vec::new();
        let mut from = 0;
        while let Some((start, end)) = next_name(text.as_bytes(), from) {
            pieces.push(Piece::Text(&text[from..start]));
            let name = &text[start + 1..end];
            let given = names.iter().find(|(other, _)| *other == name);
            let meaning = given
                .map(|(_, meaning)| meaning.clone())
                .or_else(|| caller.and_then(|caller| callers_own(caller, name)));
            match meaning {
                Some(Meaning::Sql(Self(inner))) => pieces.extend(inner),
                Some(Meaning::Value(value)) => pieces.push(Piece::Value(name, value)),
                // SQLite says so then. It does not come to that: `check` has been here before.
                None => pieces.push(Piece::Text(&text[start..end])),
            }
            from = end;
        }
        pieces.push(Piece::Text(&text[from..]));
        Self(pieces)
    }

    /// A text that names nothing: a column, a table, a clause.
    pub fn text(text: &'static str) -> Self {
        Self(vec![Piece::Text(text)])
    }

    /// All these parts one after the other, with `between` between each two.
    pub fn join(all: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let mut joined = Self::default();
        for (nth, Self(pieces)) in all.into_iter().enumerate() {
            if nth > 0 {
                joined.0.push(Piece::Text(between));
            }
            joined.0.extend(pieces);
        }
        joined
    }

    /// Whether there is nothing to run.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it changes nothing. No statement of ours begins with a WITH and goes on to change something.
    pub fn only_reads(&self) -> bool {
        let first = self.0.iter().find_map(|piece| match piece {
            Piece::Text("") => None,
            Piece::Text(text) => Some(*text),
            Piece::Value(..) => Some(""),
        });
        first.is_some_and(|text| text.starts_with("SELECT") || text.starts_with("WITH"))
    }

    /// The text as D1 takes it, with `?1`, `?2` and so on, and the values in this order. What is named twice
    /// is bound once, also if parts of the statement name it each for itself; where they mean different
    /// values by one name, each keeps its own.
    pub fn numbered(&self) -> (String, Vec<&Value>) {
        let mut text = String::new();
        let mut bound: Vec<(&str, &Value)> = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Value(name, value) => {
                    let at = bound.iter().position(|known| *known == (*name, value));
                    let at = at.unwrap_or_else(|| {
                        bound.push((name, value));
                        bound.len() - 1
                    });
                    text.push('?');
                    text.push_str(&(at + 1).to_string());
                }
            }
        }
        let values = bound.into_iter().map(|(_, value)| value).collect();
        (text, values)
    }
}

/// Where the next `:name` begins and where it ends. What is quoted has no names.
const fn next_name(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut quote = 0;
    let mut at = from;
    while at < text.len() {
        let byte = text[at];
        if quote != 0 {
            if byte == quote {
                quote = 0;
            }
        } else if byte == b'\'' || byte == b'"' {
            quote = byte;
        } else if byte == b':' {
            let mut end = at + 1;
            while end < text.len() && is_of_name(text[end]) {
                end += 1;
            }
            if end > at + 1 {
                return Some((at, end));
            }
        }
        at += 1;
    }
    None
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

/// Stops the compiler at a text with a name that is neither among the `given` ones nor one of the
/// `callers`, and at a given name that the text does not have.
pub const fn check(text: &str, callers: &[&str], given: &[&str]) {
    let text = text.as_bytes();
    let mut used = [false; 64];
    let mut from = 0;
    while let Some((start, end)) = next_name(text, from) {
        match position(given, text, start + 1, end) {
            Some(at) => used[at] = true,
            None => assert!(
                position(callers, text, start + 1, end).is_some(),
                "this SQL has a name without a value"
            ),
        }
        from = end;
    }
    let mut at = 0;
    while at < given.len() {
        assert!(used[at], "a value beside this SQL has no name in it");
        at += 1;
    }
}

/// Which of the names stands there in the text.
const fn position(names: &[&str], text: &[u8], start: usize, end: usize) -> Option<usize> {
    let mut nth = 0;
    while nth < names.len() {
        if is_at(names[nth].as_bytes(), text, start, end) {
            return Some(nth);
        }
        nth += 1;
    }
    None
}

const fn is_at(name: &[u8], text: &[u8], start: usize, end: usize) -> bool {
    if name.len() != end - start {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if name[at] != text[start + at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Something that a name in SQL can stand for.
pub trait Param {
    /// What it stands for.
    fn meaning(&self) -> Meaning;
}

impl Param for Sql {
    fn meaning(&self) -> Meaning {
        Meaning::Sql(self.clone())
    }
}

impl Param for str {
    fn meaning(&self) -> Meaning {
        Meaning::Value(Value::Text(self.to_owned()))
    }
}

impl Param for String {
    fn meaning(&self) -> Meaning {
        self.as_str().meaning()
    }
}

impl<const MOST: usize, const MAY_BE_BLANK: bool> Param for Limited<MOST, MAY_BE_BLANK> {
    fn meaning(&self) -> Meaning {
        (**self).meaning()
    }
}

impl Param for f64 {
    fn meaning(&self) -> Meaning {
        Meaning::Value(Value::Number(*self))
    }
}

impl Param for Number {
    fn meaning(&self) -> Meaning {
        self.get().meaning()
    }
}

impl Param for u32 {
    fn meaning(&self) -> Meaning {
        f64::from(*self).meaning()
    }
}

impl Param for bool {
    fn meaning(&self) -> Meaning {
        u32::from(*self).meaning()
    }
}

impl<T: Param + ?Sized> Param for &T {
    fn meaning(&self) -> Meaning {
        (**self).meaning()
    }
}

impl<T: Param> Param for Option<T> {
    fn meaning(&self) -> Meaning {
        self.as_ref()
            .map_or(Meaning::Value(Value::Null), Param::meaning)
    }
}

macro_rules! texts {
    ($($type:ty),+ $(,)?) => {$(
        impl Param for $type {
            fn meaning(&self) -> Meaning {
                Meaning::Value(Value::Text(self.to_string()))
            }
        }
    )+};
}
texts!(NaiveDate, Day, Timestamp);
okrs_shared::for_every_id!(texts);

#[cfg(test)]
mod tests {
    use super::*;
    use okrs_shared::id::{OkrId, SessionId};
    use okrs_shared::permission::{Person, Role};
    use okrs_shared::rules::Params;
    use okrs_shared::upstream::Backend;

    use crate::caller::Identity;

    fn caller() -> Caller {
        let now: chrono::DateTime<chrono::Utc> = "2026-10-05T10:00:00Z".parse().unwrap();
        let person = Person {
            member_id: "me".into(),
            role: Role::Member,
            department_ids: vec![],
            team_ids: vec![],
            managed_department_ids: vec![],
            managed_team_ids: vec![],
        };
        Caller {
            organisation_id: "acme".into(),
            tag: "tag".to_owned(),
            identity: Identity::Session {
                id: SessionId("session".to_owned()),
                person,
            },
            scopes: Role::Member.scopes(),
            now: Timestamp::new(now),
            today: now.date_naive(),
            params: Params::default(),
            backend: Backend::D1,
            last_change_id: None,
            if_match: None,
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[track_caller]
    fn assert_numbered(sql: &Sql, expected: &str, values: &[Value]) {
        let (text, bound) = sql.numbered();
        assert_eq!(text, expected);
        assert_eq!(bound, values.iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_name_used_twice_is_bound_once() {
        let (old, new) = (1, "x");
        assert_numbered(
            &sql!("SELECT :old, :new, :old", new, old),
            "SELECT ?1, ?2, ?1",
            &[Value::Number(1.0), text("x")],
        );
    }

    #[test]
    fn what_is_quoted_has_no_names() {
        assert_numbered(
            &sql!(
                r#"SELECT strftime('%H:%M:%SZ', :at), 'it''s :not', ":nor" FROM t"#,
                at = "noon"
            ),
            r#"SELECT strftime('%H:%M:%SZ', ?1), 'it''s :not', ":nor" FROM t"#,
            &[text("noon")],
        );
        assert_numbered(&sql!("SELECT 1 : 2 :: 3"), "SELECT 1 : 2 :: 3", &[]);
    }

    #[test]
    fn the_callers_own_are_bound_once_in_all_parts_of_a_statement() {
        let caller = caller();
        let mine = sql!(
            &caller,
            "organisation_id = :organisation AND owner_id = :me"
        );
        assert_numbered(
            &sql!(
                &caller,
                "SELECT 1 FROM okrs WHERE id = :id AND :mine OR organisation_id = :organisation",
                id = OkrId::from("okr"),
                mine
            ),
            "SELECT 1 FROM okrs WHERE id = ?1 AND organisation_id = ?2 AND owner_id = ?3 OR organisation_id = ?2",
            &[text("okr"), text("acme"), text("me")],
        );
    }

    #[test]
    fn a_name_means_in_each_part_what_stands_beside_it() {
        let inner = sql!("id <> :id", id = "inner");
        assert_numbered(
            &sql!("id = :id AND :inner AND id = :id", id = "outer", inner),
            "id = ?1 AND id <> ?2 AND id = ?1",
            &[text("outer"), text("inner")],
        );
    }

    #[test]
    fn a_name_ends_where_it_cannot_go_on() {
        let row = Sql::text("o");
        assert_numbered(
            &sql!(":row.id = :id+1", row, id = 1),
            "o.id = ?1+1",
            &[Value::Number(1.0)],
        );
    }

    #[test]
    fn what_begins_with_select_only_reads() {
        let select = sql!("SELECT 1");
        assert!(select.only_reads());
        assert!(sql!(":select LIMIT 1", select).only_reads());
        assert!(!sql!("UPDATE okrs SET weight = 1 RETURNING id").only_reads());
        assert!(!Sql::default().only_reads());
    }

    #[test]
    fn nothing_is_null_and_flags_are_numbers() {
        let (title, archived) = (None::<&str>, true);
        assert_numbered(
            &sql!(":title, :archived", title, archived),
            "?1, ?2",
            &[Value::Null, Value::Number(1.0)],
        );
    }

    #[test]
    fn parts_are_joined_with_their_values() {
        let parts = ["a", "b"].map(|value| sql!("x = :value", value));
        assert_numbered(
            &Sql::join(parts, " OR "),
            "x = ?1 OR x = ?2",
            &[text("a"), text("b")],
        );
        assert!(Sql::join([], " OR ").is_empty());
    }

    #[test]
    #[should_panic(expected = "a name without a value")]
    fn a_name_without_a_value_does_not_compile() {
        check("SELECT :id, :other", &CALLERS_OWN, &["id"]);
    }

    #[test]
    #[should_panic(expected = "no name in it")]
    fn a_value_without_a_name_does_not_compile() {
        check("SELECT ':other', :organisation", &CALLERS_OWN, &["other"]);
    }

    #[test]
    #[should_panic(expected = "a name without a value")]
    fn without_a_caller_its_names_have_no_value() {
        check("SELECT :organisation", &[], &[]);
    }
}
