//! OKRs and KPIs whose computed figures are known.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use okrs_demo::{CheckInSeed, KeyResultSeed, KpiSeed, KpiUpdateSeed, OkrSeed, Tz, Workspace};
use okrs_shared::checkin::CheckInStatus::{self, AtRisk, OffTrack, OnTrack};
use okrs_shared::id::CycleId;
use okrs_shared::key_result::MetricType;
use okrs_shared::kpi::UpdateFrequency;

use crate::seed;

/// What `GET /okrs` must say of an OKR.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// Finds it; says what is special about it.
    pub title: &'static str,
    /// As printed.
    pub progress: &'static str,
    /// Of the objective.
    pub status: &'static str,
    /// Of the objective.
    pub health_score: u32,
}

/// The workspace, its key, and the figures that hold on the UTC day `now` falls on.
pub(crate) fn figures(sql: &mut String, now: DateTime<Utc>) -> (String, Vec<Figure>) {
    let day = |text: &str| -> NaiveDate { text.parse().expect("a date") };
    let mut workspace = Workspace::new("Figures", "Figures1", Tz::UTC, at(day("2024-03-01")));
    let key = seed::key(&mut workspace);
    let ended = workspace.cycle("Q2 2024", day("2024-04-01"), day("2024-06-30"));
    let last_week = Some("2024-06-29");
    let mut figures = Vec::new();
    let mut add = |title, progress, status, health_score, key_results: &[KeyResult]| {
        okr(&mut workspace, title, &ended, key_results);
        figures.push(Figure {
            title,
            progress,
            status,
            health_score,
        });
    };
    let at_70 = (70.0, last_week, OnTrack);
    let at_90 = (90.0, last_week, OnTrack);
    let done = (100.0, Some("2024-05-01"), OnTrack);
    let never = (0.0, None, OnTrack);
    add("Ended at 70 %", "0.7", "off_track", 66, &[at_70]);
    add("Ended at 90 %", "0.9", "on_track", 92, &[at_90]);
    add(
        "Ended just below its target",
        "0.99",
        "on_track",
        100,
        &[(99.6, last_week, OnTrack)],
    );
    add(
        "Ended at 90 %, said to be at risk",
        "0.9",
        "at_risk",
        74,
        &[(90.0, last_week, AtRisk)],
    );
    add(
        "Ended at 90 %, said to be off track",
        "0.9",
        "off_track",
        49,
        &[(90.0, last_week, OffTrack)],
    );
    add("Done long before the end", "1", "on_track", 100, &[done]);
    add(
        "Twice as much as hoped",
        "1",
        "on_track",
        100,
        &[(200.0, last_week, OnTrack)],
    );
    add(
        "Below its start",
        "0",
        "off_track",
        30,
        &[(-20.0, last_week, OnTrack)],
    );
    add("Never touched", "0", "off_track", 0, &[never]);
    add(
        "Half done, half forgotten",
        "0.5",
        "off_track",
        50,
        &[done, never],
    );
    add(
        "Two of three done",
        "0.67",
        "at_risk",
        67,
        &[done, never, done],
    );
    add("Without key results", "0", "not_started", 0, &[]);

    let title = "Entered after the end";
    let entered = workspace.okr(OkrSeed::company(title, &ended));
    let entered = workspace.key_result(
        &entered,
        KeyResultSeed {
            created_at: Some(at(day("2024-07-05"))),
            ..KeyResultSeed::new(title, MetricType::Number, 0.0, 100.0)
        },
    );
    let last = at(day("2024-07-20"));
    workspace.check_in(&entered, CheckInSeed::new(20.0, OnTrack, last));
    figures.push(Figure {
        title,
        progress: "0.2",
        status: "off_track",
        health_score: 36,
    });

    let today = now.date_naive();
    let upcoming = workspace.cycle(
        "Some day",
        today + TimeDelta::days(30),
        today + TimeDelta::days(120),
    );
    okr(&mut workspace, "In a cycle to come", &upcoming, &[never]);
    figures.push(Figure {
        title: "In a cycle to come",
        progress: "0",
        status: "not_started",
        health_score: 100,
    });
    let begin = today - TimeDelta::days(18);
    let running = workspace.cycle("Now", begin, begin + TimeDelta::days(90));
    let fortnight_ago = (today - TimeDelta::days(14)).to_string();
    okr(
        &mut workspace,
        "Halfway on day 19 of 91, silent for 14 days",
        &running,
        &[(50.0, Some(&fortnight_ago), OnTrack)],
    );
    figures.push(Figure {
        title: "Halfway on day 19 of 91, silent for 14 days",
        progress: "0.5",
        status: "on_track",
        health_score: 82,
    });

    for (name, days, frequency) in [
        ("Weekly, 8 days ago", 8, UpdateFrequency::Weekly),
        ("Weekly, 6 days ago", 6, UpdateFrequency::Weekly),
        ("Monthly, 32 days ago", 32, UpdateFrequency::Monthly),
        ("Monthly, 30 days ago", 30, UpdateFrequency::Monthly),
        ("Quarterly, 93 days ago", 93, UpdateFrequency::Quarterly),
        ("Quarterly, 91 days ago", 91, UpdateFrequency::Quarterly),
    ] {
        let kpi = workspace.kpi(KpiSeed {
            target: Some(4_500.0),
            update_frequency: frequency,
            ..KpiSeed::new(name)
        });
        let measured_at = at(today - TimeDelta::days(days));
        workspace.kpi_update(&kpi, KpiUpdateSeed::new(3_721.0, measured_at));
    }
    *sql += &workspace.into_sql();
    (key, figures)
}

/// Value on the way from 0 to 100, day of its only check-in, and what was said then.
type KeyResult<'a> = (f64, Option<&'a str>, CheckInStatus);

fn okr(workspace: &mut Workspace, title: &str, cycle: &CycleId, key_results: &[KeyResult]) {
    let okr = workspace.okr(OkrSeed::company(title, cycle));
    for (value, on, said) in key_results {
        let seed = KeyResultSeed::new(title, MetricType::Number, 0.0, 100.0);
        let key_result = workspace.key_result(&okr, seed);
        if let Some(on) = on {
            let on = on.parse().expect("a date");
            workspace.check_in(&key_result, CheckInSeed::new(*value, *said, at(on)));
        }
    }
}

/// Noon of a day.
fn at(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12)
}
