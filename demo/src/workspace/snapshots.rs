//! Weekly snapshots: how things stood as each week began, told from the history that was added before.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use okrs_shared::id::{OkrId, TeamId};
use okrs_shared::number::Number;
use okrs_shared::rules::snapshot::{self, Snapshot};
use okrs_shared::rules::{KeyResultFacts, Params};
use okrs_shared::status::Status;

use super::Workspace;
use super::key_results::KeyResultRow;
use crate::sql::Literal;
use crate::table::Table;

/// What a key result was until something happened to it.
#[derive(Clone)]
pub(super) struct Was {
    /// The day on which that happened.
    pub(super) until: NaiveDate,
    pub(super) current: f64,
    pub(super) status: Status,
    pub(super) blocked: bool,
    pub(super) last_check_in_on: Option<NaiveDate>,
    pub(super) recent: Vec<(NaiveDate, Number)>,
    pub(super) weeks: u32,
}

impl Workspace {
    /// Adds the snapshots of the weeks with these first days, the earliest first, as the daily run would have taken
    /// them with the default rules.
    pub fn snapshots(&mut self, weeks: impl IntoIterator<Item = NaiveDate>) {
        let mut latest = None;
        for week in weeks {
            self.snapshots_of(week);
            latest = Some(week);
        }
        if let Some(latest) = latest {
            let id = &self.id;
            self.statement(format!(
                "UPDATE organisations SET snapshot_week = '{latest}' WHERE id = '{id}'"
            ));
        }
    }

    fn snapshots_of(&mut self, week: NaiveDate) {
        let params = Params::default();
        let mut rows: Vec<(String, &str, Option<f64>, Snapshot)> = Vec::new();
        let mut okrs: BTreeMap<&OkrId, Vec<(f64, Snapshot)>> = BTreeMap::new();
        let mut teams: BTreeMap<&TeamId, Vec<(f64, Snapshot)>> = BTreeMap::new();
        for (id, okr) in &self.okrs {
            let (start, end) = self.cycles[&okr.cycle];
            if start <= week && end >= week - TimeDelta::days(7) && okr.created_on < week {
                okrs.insert(id, Vec::new());
            }
        }
        for (id, row) in &self.key_results {
            let created_on = self.day(row.created_at);
            let Some(own) = okrs.get_mut(&row.okr_id) else {
                continue;
            };
            if created_on >= week {
                continue;
            }
            let was = self.as_of(row, week);
            let points: Vec<_> = was
                .recent
                .iter()
                .map(|(on, value)| (*on, value.get()))
                .collect();
            let okr = &self.okrs[&row.okr_id];
            let (cycle_start, cycle_end) = self.cycles[&okr.cycle];
            let facts = KeyResultFacts {
                metric_type: row.metric_type,
                start_value: row.start,
                target_value: row.target,
                current_value: was.current,
                status: was.status,
                blocked: was.blocked,
                last_check_in_on: was.last_check_in_on,
                points: &points,
                check_in_weeks: was.weeks,
                created_on,
                cycle_start,
                cycle_end,
                check_in_every_weeks: 1,
            };
            let snapshot = snapshot::key_result(&facts, week, &params);
            rows.push((id.0.clone(), "key_result", Some(was.current), snapshot));
            own.push((row.weight, snapshot));
            if let Some(team) = &okr.team {
                teams.entry(team).or_default().push((row.weight, snapshot));
            }
        }
        for (id, own) in okrs {
            rows.push((id.0.clone(), "okr", None, snapshot::together(&own, &params)));
        }
        for (id, own) in teams {
            rows.push((
                id.0.clone(),
                "team",
                None,
                snapshot::together(&own, &params),
            ));
        }
        let org = self.id.clone();
        for (id, kind, value, snapshot) in rows {
            let Snapshot {
                progress,
                health,
                status,
                rhythm,
            } = snapshot;
            let values: [&dyn Literal; 10] = [
                &org,
                &id,
                &week,
                &kind,
                &value,
                &progress,
                &u32::from(health),
                &status.as_str(),
                &rhythm.kept,
                &rhythm.due,
            ];
            self.add(Table::WeeklySnapshots, &values);
        }
    }

    /// The key result as the week with this first day began.
    fn as_of(&self, row: &KeyResultRow, week: NaiveDate) -> Was {
        let later = row.past.iter().find(|was| was.until >= week);
        later.cloned().unwrap_or_else(|| self.present(row, week))
    }

    /// What the key result is until something happens to it on this day.
    pub(super) fn present(&self, row: &KeyResultRow, until: NaiveDate) -> Was {
        Was {
            until,
            current: row.current,
            status: row.status,
            blocked: row.blocked,
            last_check_in_on: row.last_check_in.map(|(at, _)| self.day(at)),
            recent: row.recent.clone(),
            weeks: row.weeks,
        }
    }
}
