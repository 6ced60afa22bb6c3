//! The database: SQL goes out, typed rows come back. The only module that knows D1.

pub mod activity;
pub mod admission;
pub mod alignment;
pub mod api_keys;
mod assignments;
pub mod attention;
pub mod audit_log;
pub mod broom;
pub mod change;
pub mod check_ins;
pub mod comments;
pub mod corrections;
pub mod credentials;
pub mod cycle_clone;
pub mod cycles;
pub mod directory;
pub mod external_members;
pub mod hand_over;
pub mod home;
pub mod home_changes;
pub mod hosted_people;
pub mod initiatives;
pub mod key_results;
pub mod kpi_details;
pub mod kpis;
mod limits;
pub mod member_import;
pub mod members;
pub mod migrated;
pub mod mirror;
pub mod names;
pub mod notifications;
pub mod okr_details;
pub mod okr_list;
pub mod okrs;
pub mod password_links;
pub mod people;
mod references;
pub mod relations;
pub mod restore;
mod retries;
pub mod review_cycles;
pub mod review_reading;
pub mod review_templates;
pub mod review_writing;
pub mod reviews;
pub mod search;
pub mod sessions;
pub mod set_up;
pub mod slices;
pub mod snapshots;
pub mod standing;
pub mod teams;
pub mod texts;
pub mod versions;
pub mod workspace;

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use worker::js_sys::{Array, JSON, Reflect};
use worker::wasm_bindgen_futures::JsFuture;
use worker::worker_sys::types::{D1Database, D1PreparedStatement};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::fold;
use crate::ids;
use crate::ledger::Ledger;
use crate::sqlite::{flag, json_text};

mod sql;
pub use sql::Sql;
use sql::{Value, sql};

/// The rows that one statement of a batch gave.
pub struct Rows(JsValue);

impl Rows {
    /// The rows, by column name.
    ///
    /// They cross from JavaScript as one JSON text: one call for all rows, and numbers arrive with
    /// all their digits, which SQLite's own JSON functions do not promise.
    pub fn read<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        let json = JSON::stringify(&self.0)?.as_string().unwrap_or_default();
        Ok(serde_json::from_str(&json)?)
    }

    /// What [`JsonRow`]s have.
    pub fn read_json<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        let rows: Vec<JsonRow<T>> = self.read()?;
        Ok(rows.into_iter().map(|row| row.json).collect())
    }

    /// What the first [`JsonRow`] has, if there is one.
    pub fn first_json<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        let row: Option<JsonRow<T>> = self.first()?;
        Ok(row.map(|row| row.json))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        let rows: &Array = self.0.unchecked_ref();
        rows.length() == 0
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        let rows: &Array = self.0.unchecked_ref();
        rows.length()
    }

    /// The rows as they are, each beside those of its texts that `F` names without case and
    /// diacritics.
    pub fn read_folded<T: DeserializeOwned, F: DeserializeOwned>(&self) -> Result<Vec<(T, F)>> {
        let json = JSON::stringify(&self.0)?.as_string().unwrap_or_default();
        let rows: Vec<T> = serde_json::from_str(&json)?;
        let folded: Vec<F> = serde_json::from_str(&fold::fold(&json))?;
        Ok(rows.into_iter().zip(folded).collect())
    }

    /// The first row, if there is one.
    pub fn first<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        let rows: Array = self.0.clone().unchecked_into();
        if rows.length() == 0 {
            return Ok(None);
        }
        let json = JSON::stringify(&rows.get(0))?
            .as_string()
            .unwrap_or_default();
        Ok(Some(serde_json::from_str(&json)?))
    }
}

/// A row that SQL makes a type of the contract of, with `json_object` as its column `json`. Not for REAL
/// columns: SQLite's JSON keeps 15 digits of a number.
#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
pub struct JsonRow<T> {
    /// What it is about.
    #[serde(deserialize_with = "json_text")]
    pub json: T,
}

/// The most records that a list endpoint gives; the contract has no pages.
const MOST_RECORDS: u32 = 500;

/// The first statement of every list: which change is the last that the rest of the batch sees.
fn last_change(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT last_change_id FROM organisations WHERE id = :organisation"
    )
}

fn read_last_change(rows: &Rows) -> Result<String> {
    #[derive(Deserialize)]
    struct Row {
        last_change_id: String,
    }
    let row: Option<Row> = rows.first()?;
    Ok(row
        .ok_or_else(|| Error::internal("the caller's organisation is gone"))?
        .last_change_id)
}

/// What becomes of the writes of a request.
#[derive(Clone, Debug, Default)]
pub enum Mode {
    /// They take effect here: here is where the data is.
    #[default]
    Primary,
    /// They take effect here, in the copy: only what the hosted service has no place for.
    Copy,
    /// Conditions are looked at, and nothing else happens: [`Written::Rehearsed`] says that they hold.
    /// Keys are not even looked at; whether they may is up to the hosted service.
    Rehearsal,
    /// The hosted service has accepted it already, and gave what was made this id.
    Echo(Option<String>),
}

/// How a write ended that was not refused.
#[derive(Debug)]
pub enum Written<T> {
    /// It took effect, now or when the request was sent first, and is answered with this.
    Committed(T),
    /// It would take effect: see [`Mode::Rehearsal`].
    Rehearsed,
}

impl<T> Written<T> {
    /// What it is answered with, for requests that are never rehearsed.
    pub fn committed(self) -> Result<T> {
        match self {
            Self::Committed(answer) => Ok(answer),
            Self::Rehearsed => Err(Error::internal("only version 1's writes are rehearsed")),
        }
    }

    /// With the answer that `shown` makes of this one.
    pub fn map<U>(self, shown: impl FnOnce(T) -> U) -> Written<U> {
        match self {
            Self::Committed(answer) => Written::Committed(shown(answer)),
            Self::Rehearsed => Written::Rehearsed,
        }
    }
}

/// The database, with the ledger of the request that uses it.
#[derive(Clone)]
pub struct Db {
    d1: Arc<worker::D1Database>,
    ledger: Arc<Ledger>,
    mode: Mode,
}

impl Db {
    /// Counts what is done with `d1` in `ledger`.
    pub fn new(d1: worker::D1Database, ledger: Arc<Ledger>, mode: Mode) -> Self {
        Self {
            d1: Arc::new(d1),
            ledger,
            mode,
        }
    }

    /// The id of what this request makes.
    pub fn new_id(&self) -> String {
        match &self.mode {
            Mode::Echo(Some(id)) => id.clone(),
            _ => ids::new_id(),
        }
    }

    /// Whether the data is with the hosted service, and this is a copy.
    pub fn is_copy(&self) -> bool {
        !matches!(self.mode, Mode::Primary)
    }

    /// Refuses what only works where the data is.
    pub fn require_primary(&self) -> Result<()> {
        if self.is_copy() {
            return Err(Error::NotAvailable);
        }
        Ok(())
    }

    /// Runs the statements in one transaction and one round trip; again, if they only read and D1 fails in passing.
    pub async fn batch(&self, statements: &[Sql]) -> Result<Vec<Rows>> {
        if statements.iter().all(Sql::only_reads) {
            return self.read(statements).await;
        }
        self.run(statements).await
    }

    /// Runs the statements in one transaction, once.
    async fn run(&self, statements: &[Sql]) -> Result<Vec<Rows>> {
        let d1: &JsValue = (*self.d1).as_ref();
        let d1: &D1Database = d1.unchecked_ref();
        let required = migrated::required_once();
        let prepared = required
            .iter()
            .chain(statements)
            .map(|statement| bind(d1, statement).map(JsValue::from))
            .collect::<Result<Array>>()?;
        self.ledger.d1_calls.fetch_add(1, Relaxed);
        let results = JsFuture::from(d1.batch(prepared)?).await;
        let results: Array = results
            .map_err(|error| migrated::explain(Error::from(error)))?
            .unchecked_into();
        if required.is_some() {
            migrated::is_there();
        }
        let own = results.iter().skip(usize::from(required.is_some()));
        own.map(|result| self.rows(&result)).collect()
    }

    /// Runs one statement.
    pub async fn query(&self, statement: Sql) -> Result<Rows> {
        let mut results = self.batch(&[statement]).await?;
        results
            .pop()
            .ok_or_else(|| Error::internal("D1 answered a statement with nothing"))
    }

    fn rows(&self, result: &JsValue) -> Result<Rows> {
        let meta = Reflect::get(result, &"meta".into())?;
        let count = |name: &str| -> u32 {
            let count = Reflect::get(&meta, &name.into())
                .ok()
                .and_then(|count| count.as_f64());
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a count of rows"
            )]
            count.map_or(0, |count| count as u32)
        };
        self.ledger.rows_read.fetch_add(count("rows_read"), Relaxed);
        self.ledger
            .rows_written
            .fetch_add(count("rows_written"), Relaxed);
        Ok(Rows(Reflect::get(result, &"results".into())?))
    }
}

fn bind(d1: &D1Database, statement: &Sql) -> Result<D1PreparedStatement> {
    let (text, values) = statement.numbered();
    let values = values.into_iter().map(|value| match value {
        Value::Null => JsValue::NULL,
        Value::Number(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
    });
    Ok(d1.prepare(&text)?.bind(values.collect())?)
}

/// A number that was sent as text to keep all its digits.
fn exact<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<f64, D::Error> {
    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}
