//! Performance of a team: how its key results stand and whether it keeps its rhythm.
//!
//! score = 0.5 mean health + 0.3 rhythm + 0.2 pace, each from 0 to 100. It is about teams; nothing
//! here ranks people.

use chrono::NaiveDate;
use serde::Serialize;

use super::arithmetic::{mean, unit, whole_score};
use super::rhythm::Rhythm;
use crate::status::Status;

const HEALTH_WEIGHT: f64 = 0.5;
const RHYTHM_WEIGHT: f64 = 0.3;
const PACE_WEIGHT: f64 = 0.2;

/// A key result as its team's performance sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Health, 0 to 100.
    pub health: u8,
    /// Progress, 0 to 1.
    pub progress: f64,
    /// Expected progress, 0 to 1.
    pub expected: f64,
    /// The computed status.
    pub status: Status,
    /// Whether its window has begun.
    pub has_begun: bool,
    /// Whether nobody has checked in for too long.
    pub is_stalled: bool,
    /// Whether the last check-in reported a blocker.
    pub is_blocked: bool,
    /// Whether somebody answers for it.
    pub has_owner: bool,
    /// What its last weeks got.
    pub rhythm: Rhythm,
    /// The day of the last check-in.
    pub last_check_in_on: Option<NaiveDate>,
}

/// How a team does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct TeamPerformance {
    /// 0 to 100; `None` while no key result has begun.
    pub score: Option<u8>,
    /// Mean health of the key results that have begun, 0 to 100.
    pub mean_health: Option<f64>,
    /// Share of the weeks of the last four that asked for a check-in and got one, 0 to 1; `None`
    /// if none asked.
    pub check_in_compliance: Option<f64>,
    /// Mean progress of the key results that have begun, 0 to 1.
    pub mean_progress: Option<f64>,
    /// Mean expected progress of the same, 0 to 1.
    pub mean_expected_progress: Option<f64>,
    /// Key results.
    pub key_results: u32,
    /// Key results that have not started.
    pub not_started: u32,
    /// Key results on track.
    pub on_track: u32,
    /// Key results at risk.
    pub at_risk: u32,
    /// Key results off track.
    pub off_track: u32,
    /// Key results that nobody has checked in for too long.
    pub stalled: u32,
    /// Key results whose last check-in reported a blocker.
    pub blocked: u32,
    /// Key results that nobody answers for.
    pub unowned: u32,
    /// The day of the latest check-in.
    pub last_check_in_on: Option<NaiveDate>,
}

/// The performance of the team that has these key results.
pub fn team(key_results: &[Share]) -> TeamPerformance {
    let begun = || key_results.iter().filter(|own| own.has_begun);
    let rhythm = key_results
        .iter()
        .fold(Rhythm::default(), |sum, own| sum.plus(own.rhythm));
    let health = mean(begun().map(|own| f64::from(own.health)));
    let progress = mean(begun().map(|own| own.progress));
    let expected = mean(begun().map(|own| own.expected));
    let mut performance = TeamPerformance {
        score: health.map(|health| {
            score(
                health,
                rhythm.share(),
                progress.unwrap_or(0.0),
                expected.unwrap_or(0.0),
            )
        }),
        mean_health: health,
        check_in_compliance: rhythm.share(),
        mean_progress: progress,
        mean_expected_progress: expected,
        last_check_in_on: key_results
            .iter()
            .filter_map(|own| own.last_check_in_on)
            .max(),
        ..TeamPerformance::default()
    };
    for own in key_results {
        performance.key_results += 1;
        *match own.status {
            Status::NotStarted => &mut performance.not_started,
            Status::OnTrack => &mut performance.on_track,
            Status::AtRisk => &mut performance.at_risk,
            Status::OffTrack => &mut performance.off_track,
        } += 1;
        performance.stalled += u32::from(own.is_stalled);
        performance.blocked += u32::from(own.is_blocked);
        performance.unowned += u32::from(!own.has_owner);
    }
    performance
}

/// Where no week asked for anything, the rhythm is kept; where nothing is expected, so is the pace.
fn score(health: f64, rhythm: Option<f64>, progress: f64, expected: f64) -> u8 {
    let pace = if expected > 0.0 {
        unit(progress / expected)
    } else {
        1.0
    };
    whole_score(
        HEALTH_WEIGHT * health
            + RHYTHM_WEIGHT * 100.0 * rhythm.unwrap_or(1.0)
            + PACE_WEIGHT * 100.0 * pace,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(health: u8, progress: f64, expected: f64, (kept, due): (u32, u32)) -> Share {
        Share {
            health,
            progress,
            expected,
            status: Status::OnTrack,
            has_begun: true,
            is_stalled: false,
            is_blocked: false,
            has_owner: true,
            rhythm: Rhythm { kept, due },
            last_check_in_on: None,
        }
    }

    #[test]
    fn the_score_is_half_health_and_the_rest_rhythm_and_pace() {
        let cases = [
            ("all well", vec![share(100, 0.5, 0.5, (4, 4))], Some(100)),
            (
                "no week has asked yet",
                vec![share(100, 0.0, 0.0, (0, 0))],
                Some(100),
            ),
            (
                "half of everything",
                vec![share(50, 0.25, 0.5, (2, 4))],
                Some(50),
            ),
            (
                "weeks count, not key results",
                vec![share(80, 0.4, 0.5, (4, 4)), share(60, 0.4, 0.5, (0, 1))],
                // 0.5·70 + 0.3·80 + 0.2·80
                Some(75),
            ),
            (
                "nothing has begun",
                vec![Share {
                    has_begun: false,
                    ..share(100, 0.0, 0.0, (0, 0))
                }],
                None,
            ),
            ("no key results", vec![], None),
        ];
        for (name, key_results, expected) in cases {
            assert_eq!(team(&key_results).score, expected, "{name}");
        }
    }

    #[test]
    fn what_needs_a_look_is_counted() {
        let day = NaiveDate::from_ymd_opt(2026, 5, 16);
        let troubled = Share {
            status: Status::OffTrack,
            is_stalled: true,
            is_blocked: true,
            has_owner: false,
            last_check_in_on: day,
            ..share(0, 0.0, 0.5, (0, 4))
        };
        let found = team(&[troubled, share(100, 0.5, 0.5, (4, 4))]);
        assert_eq!(
            (found.key_results, found.on_track, found.off_track),
            (2, 1, 1)
        );
        assert_eq!((found.stalled, found.blocked, found.unowned), (1, 1, 1));
        assert_eq!(found.check_in_compliance, Some(0.5));
        assert_eq!(found.last_check_in_on, day);
    }
}
