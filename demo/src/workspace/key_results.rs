//! Key results.

use chrono::{DateTime, NaiveDate, Utc};
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::id::{KeyResultId, MemberId, OkrId};
use okrs_shared::key_result::MetricType;
use okrs_shared::number::Number;
use okrs_shared::rules::status;
use okrs_shared::status::Status;
use okrs_shared::timestamp::Timestamp;

use super::Workspace;
use super::snapshots::Was;
use crate::table::Table;

/// A key result to add.
#[derive(Clone, Copy, Debug)]
pub struct KeyResultSeed<'a> {
    /// What is measured.
    pub title: &'a str,
    /// The kind of value.
    pub metric_type: MetricType,
    /// Where it starts.
    pub start: f64,
    /// Where it should end.
    pub target: f64,
    /// Where it stands at its creation; the start when `None`.
    pub current: Option<f64>,
    /// What the values count.
    pub unit: Option<&'a str>,
    /// Its share in the objective.
    pub weight: f64,
    /// The member who answers for it.
    pub owner: Option<&'a MemberId>,
    /// When it was created.
    pub created_at: Option<DateTime<Utc>>,
}

impl<'a> KeyResultSeed<'a> {
    /// A key result of weight 1 that stands at its start.
    pub fn new(title: &'a str, metric_type: MetricType, start: f64, target: f64) -> Self {
        Self {
            title,
            metric_type,
            start,
            target,
            current: None,
            unit: None,
            weight: 1.0,
            owner: None,
            created_at: None,
        }
    }
}

/// A key result as its row stands so far.
pub(super) struct KeyResultRow {
    pub(super) okr_id: OkrId,
    pub(super) title: String,
    pub(super) metric_type: MetricType,
    pub(super) start: f64,
    pub(super) target: f64,
    pub(super) current: f64,
    pub(super) unit: Option<String>,
    pub(super) weight: f64,
    pub(super) owner_id: Option<MemberId>,
    pub(super) status: Status,
    pub(super) blocked: bool,
    pub(super) last_check_in: Option<(DateTime<Utc>, CheckInStatus)>,
    pub(super) check_in_count: u32,
    pub(super) recent: Vec<(NaiveDate, Number)>,
    pub(super) weeks: u32,
    /// What it was before each thing that happened to it, oldest first.
    pub(super) past: Vec<Was>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

impl Workspace {
    /// Adds a key result to an OKR.
    pub fn key_result(&mut self, okr: &OkrId, seed: KeyResultSeed<'_>) -> KeyResultId {
        assert!(
            self.okrs.contains_key(okr),
            "the OKR of {:?} is another workspace's",
            seed.title
        );
        let at = self.or_created(seed.created_at);
        let id: KeyResultId = self.ids.next(at);
        let current = seed.current.unwrap_or(seed.start);
        let row = KeyResultRow {
            okr_id: okr.clone(),
            title: seed.title.to_owned(),
            metric_type: seed.metric_type,
            start: seed.start,
            target: seed.target,
            current,
            unit: seed.unit.map(str::to_owned),
            weight: seed.weight,
            owner_id: seed.owner.cloned(),
            status: status::on_create(seed.start, current),
            blocked: false,
            last_check_in: None,
            check_in_count: 0,
            recent: Vec::new(),
            weeks: 0,
            past: Vec::new(),
            created_at: at,
            updated_at: at,
        };
        self.key_results.insert(id.clone(), row);
        id
    }

    /// The OKR of a key result.
    pub(super) fn okr_of(&self, key_result: &KeyResultId) -> OkrId {
        self.key_results[key_result].okr_id.clone()
    }

    /// The row that history is added to.
    pub(super) fn key_result_row(&mut self, id: &KeyResultId) -> &mut KeyResultRow {
        self.key_results
            .get_mut(id)
            .expect("history belongs to a key result of this workspace")
    }
}

impl KeyResultRow {
    /// Turns into a row of the table.
    pub(super) fn add_to(self, workspace: &mut Workspace, id: &KeyResultId) {
        let org = workspace.id.clone();
        let last_on = self.last_check_in.map(|(at, _)| workspace.day(at));
        let created_on = workspace.day(self.created_at);
        let recent = serde_json::to_string(&self.recent).expect("dates and numbers are JSON");
        workspace.add(
            Table::KeyResults,
            &[
                id,
                &org,
                &self.okr_id,
                &self.title,
                &self.metric_type.as_str(),
                &self.start,
                &self.target,
                &self.current,
                &self.unit,
                &self.weight,
                &self.owner_id,
                &self.status.as_str(),
                &self.blocked,
                &self.last_check_in.map(|(at, _)| Timestamp::new(at)),
                &last_on,
                &self.last_check_in.map(|(_, status)| status.as_str()),
                &self.check_in_count,
                &recent,
                &self.weeks,
                &created_on,
                &Timestamp::new(self.created_at),
                &Timestamp::new(self.updated_at),
            ],
        );
    }
}
