//! How values came about: weekly check-ins along a course with plateaus and dips, and measurements.
//!
//! What looks random is a hash of the title and the week, so it is the same in every run.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::key_result::MetricType;

use crate::content::{KeyResult, Voice, remarks};

/// Weeks of a cycle.
pub(crate) const WEEKS: u8 = 13;

/// The part of the way that lies behind at the end of each week of the cycle.
pub(crate) type Shape = [f64; WEEKS as usize];

/// A step every week.
pub(crate) const STEADY: Shape = [
    0.06, 0.13, 0.22, 0.28, 0.37, 0.46, 0.52, 0.61, 0.68, 0.77, 0.86, 0.93, 1.0,
];
/// Little before the middle of the cycle.
pub(crate) const SLOW_START: Shape = [
    0.0, 0.02, 0.03, 0.06, 0.10, 0.18, 0.27, 0.35, 0.48, 0.60, 0.74, 0.88, 1.0,
];
/// Most of it in the first weeks.
pub(crate) const EARLY: Shape = [
    0.20, 0.38, 0.50, 0.58, 0.66, 0.70, 0.76, 0.80, 0.85, 0.88, 0.93, 0.97, 1.0,
];
/// Every step smaller than the one before.
pub(crate) const FADING: Shape = [
    0.18, 0.33, 0.46, 0.57, 0.66, 0.74, 0.80, 0.85, 0.89, 0.93, 0.96, 0.98, 1.0,
];
/// A standstill in the middle.
pub(crate) const PLATEAU: Shape = [
    0.10, 0.22, 0.34, 0.40, 0.40, 0.41, 0.41, 0.47, 0.58, 0.68, 0.80, 0.91, 1.0,
];
/// A setback in the middle.
pub(crate) const DIP: Shape = [
    0.08, 0.20, 0.33, 0.42, 0.30, 0.24, 0.31, 0.45, 0.55, 0.66, 0.79, 0.90, 1.0,
];
/// Up and down, and up.
pub(crate) const WOBBLE: Shape = [
    0.12, 0.08, 0.21, 0.30, 0.26, 0.41, 0.55, 0.50, 0.62, 0.71, 0.68, 0.87, 1.0,
];
/// Nothing for weeks, then much at once.
pub(crate) const STEPS: Shape = [
    0.0, 0.0, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 0.5, 0.75, 0.75, 1.0, 1.0,
];
/// Away from the target.
pub(crate) const BACKWARDS: Shape = [
    -0.04, 0.03, -0.07, -0.15, -0.12, -0.20, -0.24, -0.22, -0.30, -0.33, -0.29, -0.36, -0.40,
];
/// Not a step.
pub(crate) const NOTHING: Shape = [0.0; WEEKS as usize];

/// Nothing, and all of it from that week on.
pub(crate) const fn done_in(week: u8) -> Shape {
    let mut shape = NOTHING;
    let mut at = week as usize - 1;
    while at < shape.len() {
        shape[at] = 1.0;
        at += 1;
    }
    shape
}

/// One check-in of a history.
pub(crate) struct Point {
    pub(crate) at: DateTime<Utc>,
    pub(crate) value: f64,
    pub(crate) status: CheckInStatus,
    pub(crate) comment: Option<&'static str>,
    pub(crate) blocker_note: Option<&'static str>,
}

/// When a key result of the cycle that starts on `start` was checked in until `today` (exclusive),
/// and what was said. About one week in ten is missed, never two in a row.
pub(crate) fn check_ins(what: &KeyResult, start: NaiveDate, today: NaiveDate) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    if what.voice == Voice::Silent {
        return points;
    }
    // People have their day for it: Monday to Friday.
    let habit = what.owner.map_or(3, |owner| owner as i64 * 3 % 5);
    let mut furthest = f64::NEG_INFINITY;
    let mut stopped_at = 0.0;
    for (week, behind) in (1..).zip(what.shape) {
        let note = what.notes.iter().find(|(said_in, _)| *said_in == week);
        let forgets = |week: u8| week > 1 && chance(what.title, week, "missed") < 0.1;
        let missed = note.is_none() && forgets(week) && !forgets(week - 1);
        let late = i64::from(habit < 4 && chance(what.title, week, "late") < 0.15);
        let on = start + TimeDelta::days(7 * i64::from(week - 1) + habit + late);
        let quiet = on >= today - TimeDelta::days(what.quiet_days);
        let not_yet = week < what.added_in_week || (week > 1 && week == what.added_in_week);
        if missed || quiet || not_yet || on >= today {
            continue;
        }
        let progress = match what.voice {
            Voice::Blocked(since, _) if week > since => stopped_at,
            _ => progress(what, week, behind, furthest),
        };
        stopped_at = progress;
        furthest = furthest.max(progress);
        let value = rounded(what, what.from + (what.to - what.from) * progress);
        let (status, blocker_note) = said(what, week, progress);
        let comment = match note {
            Some((_, words)) => Some(*words),
            None => remark(what, week, value, points.last()),
        };
        points.push(Point {
            at: working_hours(on, what.title, u64::from(week)),
            value,
            status,
            comment,
            blocker_note,
        });
    }
    points
}

/// A moment between 7 and 16 o'clock UTC of that day, the same for the same `what` and `salt`.
pub(crate) fn working_hours(on: NaiveDate, what: &str, salt: u64) -> DateTime<Utc> {
    let seconds = hash(what, salt, "time") % (9 * 60 * 60);
    let seconds = i64::try_from(seconds).unwrap_or_default();
    on.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(7) + TimeDelta::seconds(seconds)
}

/// A number from 0 to 1 that depends on nothing but its parameters.
pub(crate) fn chance(what: &str, salt: impl Into<u64>, purpose: &str) -> f64 {
    (hash(what, salt.into(), purpose) >> 40) as f64 / f64::from(1 << 24)
}

/// FNV-1a over everything, then the finish of SplitMix64.
fn hash(what: &str, salt: u64, purpose: &str) -> u64 {
    let bytes = what
        .bytes()
        .chain(purpose.bytes())
        .chain(salt.to_le_bytes());
    let mut bits = bytes.fold(0xcbf2_9ce4_8422_2325, |bits: u64, byte| {
        (bits ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// Along the shape with a little noise. What only ever rises in the shape also does with the noise.
fn progress(what: &KeyResult, week: u8, behind: f64, furthest: f64) -> f64 {
    if what.metric == MetricType::Boolean {
        return behind;
    }
    if what.shape == STEPS {
        return behind * what.reach;
    }
    let noise = (chance(what.title, week, "noise") - 0.5) * 0.04;
    let progress = (behind + noise) * what.reach;
    match what.shape.is_sorted() {
        true if behind == 0.0 => 0.0,
        true => progress.max(furthest).max(0.0),
        false => progress,
    }
}

/// As people measure: counts in whole numbers, money without pence, the rest by its magnitude.
fn rounded(what: &KeyResult, value: f64) -> f64 {
    let span = (what.to - what.from).abs();
    let count =
        what.metric == MetricType::Number && what.from.fract() == 0.0 && what.to.fract() == 0.0;
    let scale = match what.metric {
        MetricType::Boolean | MetricType::Currency => 1.0,
        _ if count || span >= 20.0 => 1.0,
        _ if span >= 1.5 => 10.0,
        _ => 100.0,
    };
    (value * scale).round() / scale
}

/// What its owner says about it. People admit to being late a little later than a formula would.
fn said(what: &KeyResult, week: u8, progress: f64) -> (CheckInStatus, Option<&'static str>) {
    let expected = match what.metric {
        MetricType::Boolean => ((f64::from(week) / f64::from(WEEKS) - 0.75) / 0.25).max(0.0),
        _ => f64::from(week) / f64::from(WEEKS),
    };
    match (what.voice, expected - progress) {
        (Voice::Blocked(from, note), _) if week >= from => (CheckInStatus::Blocked, Some(note)),
        (Voice::Hopeful, _) => (CheckInStatus::OnTrack, None),
        (_, gap) if gap <= 0.14 => (CheckInStatus::OnTrack, None),
        (_, gap) if gap <= 0.30 => (CheckInStatus::AtRisk, None),
        _ => (CheckInStatus::OffTrack, None),
    }
}

/// In one week of three, a few words that fit the step since the last check-in.
fn remark(what: &KeyResult, week: u8, value: f64, last: Option<&Point>) -> Option<&'static str> {
    if chance(what.title, week, "remark") > 0.33 {
        return None;
    }
    let step = (value - last.map_or(what.from, |point| point.value)) * (what.to - what.from);
    let done_or_not = what.metric == MetricType::Boolean;
    let words: &[&str] = if done_or_not && value >= 1.0 {
        return None;
    } else if done_or_not {
        &remarks::NOT_YET
    } else if step > 0.0 {
        &remarks::BETTER
    } else if step < 0.0 {
        &remarks::WORSE
    } else {
        &remarks::SAME
    };
    let pick = hash(what.title, u64::from(week), "words") % words.len() as u64;
    usize::try_from(pick)
        .ok()
        .and_then(|pick| words.get(pick).copied())
}
