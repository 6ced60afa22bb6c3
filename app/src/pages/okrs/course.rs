//! How an OKR came to where it stands, for its sparkline.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use okrs_shared::okr_detail::{ListedKeyResult, ListedOkr};
use okrs_shared::rules::progress;

/// An OKR's progress on the days of its key results' last check-ins, oldest first. Lists know no more than
/// six check-ins of each: the line begins where the first of them are known of all.
pub fn course(okr: &ListedOkr) -> Vec<f64> {
    let cut = okr.key_results.iter().filter(|part| {
        // The check-ins before these are not known.
        part.check_in_count as usize > part.recent_check_ins.len()
    });
    let first = cut
        .filter_map(|part| part.recent_check_ins.first())
        .map(|point| point.on)
        .max()
        .unwrap_or(NaiveDate::MIN);
    let points = okr
        .key_results
        .iter()
        .flat_map(|part| &part.recent_check_ins);
    let days: BTreeSet<NaiveDate> = points
        .map(|point| point.on)
        .filter(|on| *on >= first)
        .collect();
    let progress_on = |day| {
        let parts = okr.key_results.iter();
        progress::objective(parts.map(|part| (part.weight.get(), raw_on(part, day))))
    };
    days.into_iter().map(progress_on).collect()
}

fn raw_on(part: &ListedKeyResult, day: NaiveDate) -> f64 {
    let last = part.recent_check_ins.iter().rfind(|point| point.on <= day);
    let value = last.map_or(part.start_value, |last| last.value);
    progress::raw(part.start_value.get(), part.target_value.get(), value.get())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// From 0 to 10, with values on days of October.
    fn key_result(check_ins: u32, points: &[(u32, i32)]) -> Value {
        let points: Vec<Value> = points
            .iter()
            .map(|(day, value)| json!({ "on": format!("2026-10-{day:02}"), "value": value }))
            .collect();
        let part = json!({ "score": 100, "weight": 1 });
        json!({
            "id": "k", "title": "K", "metric_type": "number", "unit": null, "weight": 1,
            "owner_id": null, "owner": null, "start_value": 0, "current_value": 0,
            "target_value": 10, "raw_progress": 0, "ideal_value": 0, "reported_status": "on_track",
            "status": "on_track", "blocked": false, "is_watermelon": false,
            "check_in_count": check_ins, "last_check_in": null, "recent_check_ins": points,
            "health": {
                "score": 50, "exact": 50, "uncapped": 50, "basis": "underway", "gap": part, "recency": part, "velocity": null, "cap": null,
                "stalled": false, "progress": 0, "expected": 0, "silent_days": 0, "speed": null,
                "needed_per_day": null,
            },
            "may": [],
        })
    }

    fn course_of(key_results: Value) -> Vec<f64> {
        let okr = json!({
            "id": "o", "title": "O", "description": null, "type": "team",
            "visibility": "organisation", "visibility_known": true, "cycle_id": "c", "cycle": "Q4", "parent_id": null,
            "weight": 1, "owner_id": null, "owner": null, "department_id": null,
            "department": null, "team_id": null, "team": null, "progress": 0,
            "status": "on_track", "health": { "score": 50, "needs_setup": false },
            "archived": false, "comment_count": 0, "created_at": "2026-10-01T08:00:00Z",
            "updated_at": "2026-10-01T08:00:00Z", "key_results": key_results, "may": [],
        });
        course(&serde_json::from_value(okr).unwrap())
    }

    #[test]
    fn a_day_counts_what_was_last_said_of_each_key_result() {
        let parts = json!([key_result(2, &[(1, 2), (9, 6)]), key_result(1, &[(5, 10)])]);
        assert_eq!(course_of(parts), [0.1, 0.6, 0.8]);
    }

    #[test]
    fn days_of_which_not_all_is_known_are_left_out() {
        let parts = json!([
            key_result(40, &[(4, 5), (9, 6)]),
            key_result(2, &[(1, 2), (8, 4)])
        ]);
        assert_eq!(course_of(parts), [0.35, 0.45, 0.5]);
    }

    #[test]
    fn an_okr_without_check_ins_has_no_course() {
        assert_eq!(course_of(json!([])), [0.0; 0]);
    }
}
