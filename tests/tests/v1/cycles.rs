//! `/cycles`

use chrono::NaiveDate;
use okrs_tests::{special, today_in, workspace};

use crate::shapes::{CYCLE, assert_shape};

#[test]
fn cycles_are_listed_latest_start_first_with_their_status_today() {
    let acme = workspace();
    let cycles = acme.api.read("/cycles");
    let cycles = cycles.as_array().unwrap();
    for cycle in cycles {
        assert_shape(cycle, CYCLE);
    }
    let listed: Vec<_> = cycles
        .iter()
        .map(|cycle| {
            (
                cycle["id"].as_str().unwrap(),
                cycle["name"].as_str().unwrap(),
                cycle["status"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [
        (
            acme.cycles.upcoming.as_str(),
            "Upcoming quarter",
            "upcoming",
        ),
        (acme.cycles.active.as_str(), "Active quarter", "active"),
        (acme.cycles.ended.as_str(), "Ended quarter", "ended"),
    ];
    assert_eq!(listed, expected);
    assert!(
        cycles.is_sorted_by(|one, next| one["start_date"].as_str() >= next["start_date"].as_str())
    );
}

#[test]
fn today_is_the_workspaces_own_day_and_both_ends_count() {
    for (hours_ahead, api) in &special().zones {
        // The day may end between the two looks at the clock.
        let before = today_in(*hours_ahead);
        let cycles = api.read("/cycles");
        let after = today_in(*hours_ahead);
        for cycle in cycles.as_array().unwrap() {
            let day: NaiveDate = cycle["start_date"].as_str().unwrap().parse().unwrap();
            let expected = |today: NaiveDate| match day.cmp(&today) {
                std::cmp::Ordering::Less => "ended",
                std::cmp::Ordering::Equal => "active",
                std::cmp::Ordering::Greater => "upcoming",
            };
            assert!(
                cycle["status"] == expected(before) || cycle["status"] == expected(after),
                "{before} {hours_ahead} h ahead: {cycle}"
            );
        }
    }
}
