//! Status: the stored one, which follows check-ins, and the computed one, which also knows pace.

use super::arithmetic::{TOLERANCE, weight};
use super::facts::KeyResultFacts;
use super::pace::Window;
use super::params::Params;
use crate::checkin::CheckInStatus;
use crate::status::Status;

/// Of no share everything would be off track.
const LEAST_OFF_TRACK_SHARE: f64 = 0.01;

/// The status stored with a new key result: not started at its start value, else on track.
pub fn on_create(start: f64, current: f64) -> Status {
    if current == start {
        Status::NotStarted
    } else {
        Status::OnTrack
    }
}

/// The status stored by a check-in: what was reported. A blocker is at risk, or worse when the
/// [`pace_status`] is; that it is a blocker is kept beside it.
pub fn on_check_in(reported: CheckInStatus, pace: Status) -> Status {
    match reported {
        CheckInStatus::OnTrack => Status::OnTrack,
        CheckInStatus::AtRisk => Status::AtRisk,
        CheckInStatus::OffTrack => Status::OffTrack,
        CheckInStatus::Blocked => pace.max(Status::AtRisk),
    }
}

/// What the numbers alone say, from expected and actual progress (0 to 1): on track up to a gap of
/// 0.10, at risk up to 0.25, else off track. Never not started.
pub fn pace_status(expected: f64, progress: f64, params: &Params) -> Status {
    let gap = expected - progress - TOLERANCE;
    if gap <= params.on_track_gap {
        Status::OnTrack
    } else if gap <= params.at_risk_gap {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}

/// How a key result really stands: the worst of its pace, of a long silence (at risk) and of a
/// reported at risk or off track, which sticks until the next check-in.
///
/// Not started before its window, and in the window's first 15 % while nothing has happened; on
/// track once the target is reached. A reported on track never hides a worse pace.
pub fn computed(facts: &KeyResultFacts, window: &Window, params: &Params) -> Status {
    let progress = facts.progress();
    let untouched = facts.last_check_in_on.is_none() && progress == 0.0;
    if window.is_upcoming() || untouched && window.elapsed_share() < params.not_started_below {
        return Status::NotStarted;
    }
    if progress >= 1.0 {
        return Status::OnTrack;
    }
    let expected = window.expected(facts.metric_type, params);
    let silence = if is_stalled(facts, window, params) {
        Status::AtRisk
    } else {
        Status::OnTrack
    };
    // A stored on track or not started is never the worst of the three.
    pace_status(expected, progress, params)
        .max(silence)
        .max(facts.status)
}

/// Whether nobody has checked in for more than 14 days (of a weekly rhythm; counted from the first
/// day when nobody ever has), with the target not reached and the window begun.
pub fn is_stalled(facts: &KeyResultFacts, window: &Window, params: &Params) -> bool {
    let silent_days = window.days_since(facts.last_check_in_on) as f64;
    !window.is_upcoming()
        && facts.progress() < 1.0
        && silent_days > params.stalled_after_days * facts.cadence()
}

/// Whether a key result is green outside and red inside: stored on track, off track by pace.
pub fn is_watermelon(stored: Status, pace: Status) -> bool {
    stored == Status::OnTrack && pace == Status::OffTrack
}

/// What the status of an OKR needs to know of one key result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Its weight in the OKR; 1 by default, a negative one counts as 0.
    pub weight: f64,
    /// Its [`computed`] status.
    pub status: Status,
    /// Whether its last check-in reported a blocker.
    pub blocked: bool,
}

/// The status of an OKR from its health (0 to 100) and its key results: not started while all of
/// them are (and without any), else the worst of
/// - its health: on track from 75, at risk from 50, else off track;
/// - at risk, when any key result is at risk, off track or blocked;
/// - off track, when key results with at least half of the weight are off track.
pub fn objective(
    health_score: u8,
    key_results: impl IntoIterator<Item = Standing>,
    params: &Params,
) -> Status {
    let (mut started, mut troubled) = (false, false);
    let (mut total_weight, mut off_track_weight) = (0.0, 0.0);
    for key_result in key_results {
        let own = weight(key_result.weight);
        started |= key_result.status != Status::NotStarted;
        troubled |= key_result.status >= Status::AtRisk || key_result.blocked;
        total_weight += own;
        if key_result.status == Status::OffTrack {
            off_track_weight += own;
        }
    }
    if !started {
        return Status::NotStarted;
    }
    // A workspace may have stored a share of nothing before that was refused.
    let off_track_from = params.off_track_share.max(LEAST_OFF_TRACK_SHARE) * total_weight;
    if total_weight > 0.0 && off_track_weight * (1.0 + TOLERANCE) >= off_track_from {
        return Status::OffTrack;
    }
    let by_key_results = if troubled {
        Status::AtRisk
    } else {
        Status::OnTrack
    };
    health_band(health_score, params).max(by_key_results)
}

fn health_band(score: u8, params: &Params) -> Status {
    if score >= params.on_track_health {
        Status::OnTrack
    } else if score >= params.at_risk_health {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples::{at, checked_in, on};
    use super::Status::{AtRisk, NotStarted, OffTrack, OnTrack};
    use super::*;
    use crate::key_result::MetricType;

    #[test]
    fn a_new_key_result_has_started_when_it_left_its_start() {
        assert_eq!(on_create(32.0, 32.0), NotStarted);
        assert_eq!(on_create(32.0, 35.0), OnTrack);
    }

    #[test]
    fn a_check_in_stores_what_it_says_and_a_blocker_is_at_least_at_risk() {
        use CheckInStatus as Said;
        let cases = [
            (Said::OnTrack, OffTrack, OnTrack),
            (Said::AtRisk, OnTrack, AtRisk),
            (Said::OffTrack, OnTrack, OffTrack),
            (Said::Blocked, OnTrack, AtRisk),
            (Said::Blocked, AtRisk, AtRisk),
            (Said::Blocked, OffTrack, OffTrack),
        ];
        for (said, pace, stored) in cases {
            assert_eq!(on_check_in(said, pace), stored, "{said:?} at {pace:?}");
        }
    }

    #[test]
    fn pace_is_judged_by_the_gap() {
        let cases = [
            ("ahead", 0.2, 0.5, OnTrack),
            ("level", 0.5, 0.5, OnTrack),
            ("a gap of exactly 0.10", 0.8, 0.7, OnTrack),
            ("just over 0.10", 0.8, 0.699, AtRisk),
            ("a gap of exactly 0.25", 0.9, 0.65, AtRisk),
            ("just over 0.25", 0.9, 0.649, OffTrack),
        ];
        for (name, expected, progress, status) in cases {
            let found = pace_status(expected, progress, &Params::default());
            assert_eq!(found, status, "{name}");
        }
    }

    fn stored(status: Status, facts: KeyResultFacts<'static>) -> KeyResultFacts<'static> {
        KeyResultFacts { status, ..facts }
    }

    #[test]
    fn the_computed_status_is_the_worst_of_what_is_known() {
        let boolean = KeyResultFacts {
            metric_type: MetricType::Boolean,
            target_value: 1.0,
            ..checked_in(0.0, 6, 18)
        };
        let monthly = KeyResultFacts {
            check_in_every_weeks: 4,
            ..checked_in(51.0, 4, 20)
        };
        let late = KeyResultFacts {
            created_on: on(6, 1),
            ..at(0.0)
        };
        let cases = [
            ("before the cycle", at(0.0), on(3, 20), NotStarted),
            ("begun, untouched", at(0.0), on(4, 13), NotStarted),
            ("untouched at 15 %", at(0.0), on(4, 14), AtRisk),
            ("off the start without a word", at(5.0), on(4, 13), OnTrack),
            (
                "a check-in of nothing",
                checked_in(0.0, 4, 5),
                on(4, 5),
                OnTrack,
            ),
            ("reached", checked_in(100.0, 4, 5), on(6, 30), OnTrack),
            (
                "reached, though reported off track",
                stored(OffTrack, checked_in(100.0, 4, 5)),
                on(5, 16),
                OnTrack,
            ),
            ("on pace", checked_in(51.0, 5, 14), on(5, 16), OnTrack),
            ("14 days silent", checked_in(51.0, 5, 2), on(5, 16), OnTrack),
            ("15 days silent", checked_in(51.0, 5, 1), on(5, 16), AtRisk),
            ("monthly, 26 days silent", monthly, on(5, 16), OnTrack),
            (
                "reported off track on pace",
                stored(OffTrack, checked_in(90.0, 5, 16)),
                on(5, 16),
                OffTrack,
            ),
            (
                "reported on track, far behind",
                checked_in(10.0, 5, 16),
                on(5, 16),
                OffTrack,
            ),
            ("yes-or-no, in its last tenth", boolean, on(6, 20), OffTrack),
            ("yes-or-no, at half time", boolean, on(5, 16), OnTrack),
            ("created late, fifth day", late, on(6, 5), AtRisk),
        ];
        for (name, facts, today, expected) in cases {
            let found = computed(&facts, &facts.window(today), &Params::default());
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn a_watermelon_is_green_outside_and_red_inside() {
        assert!(is_watermelon(OnTrack, OffTrack));
        assert!(!is_watermelon(OnTrack, AtRisk));
        assert!(!is_watermelon(OffTrack, OffTrack));
    }

    #[test]
    fn an_okr_is_as_its_health_and_its_worst_key_results() {
        let of = |weight, status| Standing {
            weight,
            status,
            blocked: false,
        };
        let blocked = Standing {
            blocked: true,
            ..of(1.0, OnTrack)
        };
        let cases: [(&str, u8, &[Standing], Status); 12] = [
            ("no key results", 0, &[], NotStarted),
            ("none started", 0, &[of(1.0, NotStarted)], NotStarted),
            ("healthy", 75, &[of(1.0, OnTrack)], OnTrack),
            ("less healthy", 74, &[of(1.0, OnTrack)], AtRisk),
            ("barely at risk", 50, &[of(1.0, OnTrack)], AtRisk),
            ("unhealthy", 49, &[of(1.0, OnTrack)], OffTrack),
            (
                "one at risk",
                90,
                &[of(1.0, OnTrack), of(1.0, AtRisk)],
                AtRisk,
            ),
            ("one blocked", 90, &[blocked], AtRisk),
            (
                "a third off track",
                90,
                &[of(2.0, OnTrack), of(1.0, OffTrack)],
                AtRisk,
            ),
            (
                "half off track",
                90,
                &[of(1.0, OnTrack), of(1.0, OffTrack)],
                OffTrack,
            ),
            (
                "half of uneven weights off track",
                90,
                &[of(0.1, OffTrack), of(0.2, OffTrack), of(0.3, OnTrack)],
                OffTrack,
            ),
            (
                "off track without any weight",
                90,
                &[of(0.0, OffTrack)],
                AtRisk,
            ),
        ];
        for (name, health, key_results, expected) in cases {
            let found = objective(health, key_results.iter().copied(), &Params::default());
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn a_share_of_nothing_does_not_put_everything_off_track() {
        let params = Params {
            off_track_share: 0.0,
            ..Params::default()
        };
        let healthy = Standing {
            weight: 1.0,
            status: OnTrack,
            blocked: false,
        };
        assert_eq!(objective(90, [healthy], &params), OnTrack);
    }
}
