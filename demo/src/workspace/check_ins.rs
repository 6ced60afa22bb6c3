//! Check-ins: the history of key results.

use chrono::{DateTime, NaiveDate, Utc};
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::id::{CheckInId, KeyResultId, MemberId};
use okrs_shared::number::Number;
use okrs_shared::rules::{Params, Window, progress, rhythm, status};
use okrs_shared::status::Status;
use okrs_shared::timestamp::Timestamp;

use super::Workspace;
use crate::table::Table;

/// So many check-ins stay on the key result's row.
const RECENT: usize = 6;

/// A check-in to add.
#[derive(Clone, Copy, Debug)]
pub struct CheckInSeed<'a> {
    /// The reported value.
    pub value: f64,
    /// What was said about it.
    pub status: CheckInStatus,
    /// In the reporter's words.
    pub comment: Option<&'a str>,
    /// What blocks the work; belongs to the status `Blocked`.
    pub blocker_note: Option<&'a str>,
    /// Who reported it.
    pub created_by: Option<&'a MemberId>,
    /// When: not before the key result's last check-in.
    pub created_at: DateTime<Utc>,
}

impl CheckInSeed<'_> {
    /// A check-in without words.
    pub fn new(value: f64, status: CheckInStatus, created_at: DateTime<Utc>) -> Self {
        Self {
            value,
            status,
            comment: None,
            blocker_note: None,
            created_by: None,
            created_at,
        }
    }
}

impl Workspace {
    /// Checks a key result in.
    pub fn check_in(&mut self, key_result: &KeyResultId, seed: CheckInSeed<'_>) -> CheckInId {
        let at = seed.created_at;
        let day = self.day(at);
        let status = self.status_after(key_result, &seed, day);
        let last = self.key_result_row(key_result).last_check_in;
        let last_on = last.map(|(at, _)| self.day(at));
        self.remember(key_result, day);
        let row = self.key_result_row(key_result);
        assert!(
            at >= row.updated_at,
            "{:?} was changed after this check-in",
            row.title
        );
        row.weeks = rhythm::weeks_with(row.weeks, last_on, day);
        row.current = seed.value;
        row.status = status;
        row.blocked = seed.status == CheckInStatus::Blocked;
        row.last_check_in = Some((at, seed.status));
        row.check_in_count += 1;
        row.updated_at = at;
        if row.recent.len() == RECENT {
            row.recent.remove(0);
        }
        let value = Number::new(seed.value).expect("check-ins report finite values");
        row.recent.push((day, value));
        self.history(key_result, &seed, "check_in")
    }

    /// Changes a key result's value without a check-in.
    pub fn edit(
        &mut self,
        key_result: &KeyResultId,
        value: f64,
        by: Option<&MemberId>,
        at: DateTime<Utc>,
    ) -> CheckInId {
        self.remember(key_result, self.day(at));
        let row = self.key_result_row(key_result);
        assert!(
            at >= row.updated_at,
            "{:?} was changed after this edit",
            row.title
        );
        row.current = value;
        row.updated_at = at;
        let seed = CheckInSeed {
            created_by: by,
            ..CheckInSeed::new(value, CheckInStatus::OnTrack, at)
        };
        self.history(key_result, &seed, "edit")
    }

    /// Keeps what the key result is until something happens to it on this day.
    fn remember(&mut self, key_result: &KeyResultId, until: NaiveDate) {
        let was = self.present(&self.key_results[key_result], until);
        self.key_result_row(key_result).past.push(was);
    }

    fn history(
        &mut self,
        key_result: &KeyResultId,
        seed: &CheckInSeed<'_>,
        source: &str,
    ) -> CheckInId {
        let org = self.id.clone();
        let okr = self.key_result_row(key_result).okr_id.clone();
        let id: CheckInId = self.ids.next(seed.created_at);
        self.add(
            Table::CheckIns,
            &[
                &id,
                &org,
                &okr,
                key_result,
                &seed.value,
                &(source == "check_in").then(|| seed.status.as_str()),
                &seed.comment,
                &seed.blocker_note,
                &source,
                &seed.created_by,
                &Timestamp::new(seed.created_at),
            ],
        );
        id
    }

    /// The status that a check-in leaves on its key result.
    fn status_after(&self, id: &KeyResultId, seed: &CheckInSeed<'_>, day: NaiveDate) -> Status {
        let row = &self.key_results[id];
        let (start, end) = self.cycles[&self.okrs[&row.okr_id].cycle];
        let params = Params::default();
        let window = Window::new(start, end, self.day(row.created_at), day);
        let progress = progress::clamped(progress::raw(row.start, row.target, seed.value));
        let expected = window.expected(row.metric_type, &params);
        status::on_check_in(
            seed.status,
            status::pace_status(expected, progress, &params),
        )
    }
}
