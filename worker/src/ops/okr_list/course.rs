//! How an OKR came to where it stands, for its sparkline.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use okrs_shared::number::Number;
use okrs_shared::rules::progress;

use crate::ops::figures::two_decimals;
use crate::store::key_results::{KeyResultExtras, KeyResultRow};

/// A sparkline is no wider.
const MOST_DAYS: usize = 12;

/// An OKR's progress on the days of its key results' last check-ins, oldest first. Rows know no more than
/// six check-ins of each: the line begins where the first of them are known of all.
pub fn course(key_results: &[(KeyResultRow, KeyResultExtras)]) -> Vec<Number> {
    let cut = key_results.iter().filter(|(row, extras)| {
        // The check-ins before these are not known.
        extras.check_in_count as usize > row.recent_check_ins.len()
    });
    let first = cut
        .filter_map(|(row, _)| row.recent_check_ins.first())
        .map(|(on, _)| *on)
        .max()
        .unwrap_or(NaiveDate::MIN);
    let days: BTreeSet<NaiveDate> = key_results
        .iter()
        .flat_map(|(row, _)| &row.recent_check_ins)
        .map(|(on, _)| *on)
        .filter(|on| *on >= first)
        .collect();
    let too_many = days.len().saturating_sub(MOST_DAYS);
    let progress_on = |day| {
        let raws = key_results.iter();
        let raws = raws.map(|(row, _)| (row.weight, raw_on(row, day)));
        two_decimals(progress::objective(raws))
    };
    days.into_iter().skip(too_many).map(progress_on).collect()
}

fn raw_on(row: &KeyResultRow, day: NaiveDate) -> f64 {
    let last = row.recent_check_ins.iter().rfind(|(on, _)| *on <= day);
    let value = last.map_or(row.start_value, |(_, value)| *value);
    progress::raw(row.start_value, row.target_value, value)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    type Row = (KeyResultRow, KeyResultExtras);

    /// From 0 to 10, with values on days of October.
    fn key_result(check_ins: u32, points: &[(u32, i32)]) -> Row {
        let points: Vec<Value> = points
            .iter()
            .map(|(day, value)| json!([format!("2026-10-{day:02}"), value]))
            .collect();
        let row = json!({
            "id": "k", "title": "K", "metric_type": "number", "start_value": "0", "target_value": "10",
            "current_value": "0", "weight": 1, "owner_id": null, "status": "on_track", "blocked": 0,
            "last_check_in_on": null, "recent_check_ins": points, "created_on": "2026-10-01", "check_in_weeks": 0,
        });
        let extras = json!({
            "unit": null, "owner": null, "check_in_count": check_ins, "last_check_in_at": null,
            "last_check_in_status": null,
        });
        (from_value(row).unwrap(), from_value(extras).unwrap())
    }

    fn course_of(key_results: &[Row]) -> Vec<f64> {
        course(key_results).into_iter().map(Number::get).collect()
    }

    #[test]
    fn a_day_counts_what_was_last_said_of_each_key_result() {
        let parts = [key_result(2, &[(1, 2), (9, 6)]), key_result(1, &[(5, 10)])];
        assert_eq!(course_of(&parts), [0.1, 0.6, 0.8]);
    }

    #[test]
    fn days_of_which_not_all_is_known_are_left_out() {
        let parts = [
            key_result(40, &[(4, 5), (9, 6)]),
            key_result(2, &[(1, 2), (8, 4)]),
        ];
        assert_eq!(course_of(&parts), [0.35, 0.45, 0.5]);
    }

    #[test]
    fn an_okr_without_check_ins_has_no_course() {
        assert_eq!(course_of(&[]), [0.0; 0]);
    }

    #[test]
    fn of_many_days_the_last_twelve_are_told() {
        let on = |first: u32| (first..first + 6).map(|day| (day, 5)).collect::<Vec<_>>();
        let parts = [1, 7, 13, 19].map(|first| key_result(6, &on(first)));
        assert_eq!(course_of(&parts).len(), 12);
    }
}
