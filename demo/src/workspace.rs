//! One workspace, collected row by row and printed as SQL.
//!
//! Every `…Seed` is a plain struct whose required fields are parameters of its constructor; the
//! others are set with `..`:
//!
//! ```
//! # use okrs_demo::{MemberSeed, OkrSeed, Role, Tz, Workspace};
//! # let at = chrono::DateTime::from_timestamp(1_775_000_000, 0).unwrap();
//! # let day = |text: &str| text.parse().unwrap();
//! let mut workspace = Workspace::new("Acme", "AcmeTag1", Tz::UTC, at);
//! let alice = workspace.member(MemberSeed::new("alice@acme.test", "Alice", Role::Admin));
//! let cycle = workspace.cycle("Q2", day("2026-04-01"), day("2026-06-30"));
//! let okr = workspace.okr(OkrSeed { owner: Some(&alice), ..OkrSeed::company("Grow", &cycle) });
//! # let _ = okr;
//! let sql = workspace.into_sql();
//! ```
//!
//! What has no time of its own was created when the workspace was. Methods panic when they are
//! given an id of another workspace or history out of order: that is a mistake in the caller.

mod check_ins;
mod comments;
mod initiatives;
mod key_results;
mod keys;
mod kpis;
mod okrs;
mod people;
mod reviews;
mod snapshots;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use okrs_shared::api_key::TAG_CHARS;
use okrs_shared::id::{CycleId, KeyResultId, KpiId, OkrId, OrganisationId};
use okrs_shared::timestamp::Timestamp;

use crate::id_maker::IdMaker;
use crate::sql::{self, Literal};
use crate::table::Table;

pub use check_ins::CheckInSeed;
pub use comments::CommentSeed;
pub use initiatives::InitiativeSeed;
pub use key_results::KeyResultSeed;
pub use keys::{ApiKeySeed, random_tag};
pub use kpis::{KpiSeed, KpiUpdateSeed};
pub use okrs::OkrSeed;
pub use people::{MemberSeed, Role};
pub use reviews::{ReviewSeed, ReviewState};

/// A workspace that is being filled. See the module.
pub struct Workspace {
    id: OrganisationId,
    tag: String,
    timezone: Tz,
    created_at: DateTime<Utc>,
    ids: IdMaker,
    rows: BTreeMap<Table, Vec<String>>,
    statements: Vec<String>,
    cycles: BTreeMap<CycleId, (NaiveDate, NaiveDate)>,
    okrs: BTreeMap<OkrId, okrs::OkrRow>,
    key_results: BTreeMap<KeyResultId, key_results::KeyResultRow>,
    kpis: BTreeMap<KpiId, kpis::KpiRow>,
}

impl Workspace {
    /// An empty workspace. `tag` has 8 base62 characters and is part of its API keys; it must be
    /// unique in the database ([`random_tag`] makes one).
    pub fn new(name: &str, tag: &str, timezone: Tz, created_at: DateTime<Utc>) -> Self {
        assert!(
            tag.len() == TAG_CHARS && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            "{tag:?} is no tag"
        );
        let id = IdMaker::organisation(tag, created_at);
        let mut workspace = Self {
            id: id.clone(),
            tag: tag.to_owned(),
            timezone,
            created_at,
            ids: IdMaker::new(tag),
            rows: BTreeMap::new(),
            statements: Vec::new(),
            cycles: BTreeMap::new(),
            okrs: BTreeMap::new(),
            key_results: BTreeMap::new(),
            kpis: BTreeMap::new(),
        };
        // The organisation's id is the first one made.
        let _: OrganisationId = workspace.ids.next(created_at);
        workspace.add(
            Table::Organisations,
            &[
                &id,
                &tag,
                &name,
                &timezone.name(),
                &Timestamp::new(created_at),
            ],
        );
        workspace
    }

    /// The id of the organisation.
    pub fn id(&self) -> &OrganisationId {
        &self.id
    }

    /// When the workspace was created.
    pub fn created_at(&self) -> DateTime<Utc> {
        self.created_at
    }

    /// Adds a cycle from `start` to `end`, both inclusive. The name must be its own.
    pub fn cycle(&mut self, name: &str, start: NaiveDate, end: NaiveDate) -> CycleId {
        let (org, at) = (self.id.clone(), self.created_at);
        let id: CycleId = self.ids.next(at);
        self.add(
            Table::Cycles,
            &[&id, &org, &name, &start, &end, &Timestamp::new(at)],
        );
        self.cycles.insert(id.clone(), (start, end));
        id
    }

    /// Adds a statement (without its semicolon) that runs after all rows are in.
    pub fn statement(&mut self, sql: impl Into<String>) {
        self.statements.push(sql.into());
    }

    /// The statements that create the workspace in a migrated database, each of at most 90 KB
    /// (a single longer row aside), in an order that satisfies the foreign keys.
    pub fn into_sql(mut self) -> String {
        let key_results = std::mem::take(&mut self.key_results);
        for (id, row) in key_results {
            row.add_to(&mut self, &id);
        }
        let kpis = std::mem::take(&mut self.kpis);
        for (id, row) in kpis {
            row.add_to(&mut self, &id);
        }
        let mut text = String::new();
        for (table, rows) in &self.rows {
            sql::insert(&mut text, *table, rows);
        }
        for statement in &self.statements {
            text.push_str(statement);
            text.push_str(";\n");
        }
        text
    }

    fn add(&mut self, table: Table, values: &[&dyn Literal]) {
        self.rows.entry(table).or_default().push(sql::row(values));
    }

    /// The day that it was in the workspace at an instant.
    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.timezone).date_naive()
    }

    /// `at`, or when the workspace was created.
    fn or_created(&self, at: Option<DateTime<Utc>>) -> DateTime<Utc> {
        at.unwrap_or(self.created_at)
    }
}
