//! Health of a cycle: one figure for all of its OKRs, with the KPIs beside them.
//!
//! health of the OKRs = 0.40 pace + 0.30 frequency + 0.15 alignment + 0.15 ownership; where there
//! are KPIs, they make up 0.30 of the whole. Every part is a score from 0 to 100.

use serde::Serialize;

use super::arithmetic::{mean, unit, whole_score};

const PACE_WEIGHT: f64 = 0.40;
const FREQUENCY_WEIGHT: f64 = 0.30;
const ALIGNMENT_WEIGHT: f64 = 0.15;
const OWNERSHIP_WEIGHT: f64 = 0.15;
const KPI_WEIGHT: f64 = 0.30;
/// While less is expected than this, every key result keeps pace.
const EXPECTED_FROM: f64 = 0.05;

/// A key result as its cycle's health sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Progress, 0 to 1.
    pub progress: f64,
    /// Expected progress, 0 to 1.
    pub expected: f64,
    /// Whether it has begun and has not reached its target: check-ins are awaited.
    pub is_active: bool,
    /// Whether it was checked in within 7 days.
    pub checked_in_lately: bool,
    /// Whether somebody answers for it.
    pub has_owner: bool,
}

/// Health of a cycle with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CycleHealth {
    /// 0 to 100, a half rounded up.
    pub score: u8,
    /// What the score is called.
    pub band: Band,
    /// How near the key results are to where they should be by now; 0 to 100.
    pub pace: f64,
    /// How many of the key results that await check-ins had one within 7 days; 0 to 100.
    pub frequency: f64,
    /// How many OKRs below company level are aligned to another; 0 to 100.
    pub alignment: f64,
    /// How many key results have an owner; 0 to 100.
    pub ownership: f64,
    /// Mean attainment of the KPIs, 0 to 100; `None` without any.
    pub kpis: Option<f64>,
}

/// What a score of a cycle is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// From 80.
    Strong,
    /// From 60.
    Good,
    /// From 40.
    NeedsAttention,
    /// Below.
    AtRisk,
}

impl Band {
    fn of(score: u8) -> Self {
        match score {
            80.. => Self::Strong,
            60.. => Self::Good,
            40.. => Self::NeedsAttention,
            _ => Self::AtRisk,
        }
    }
}

/// The health of a cycle; `None` without key results, for there is nothing to be healthy yet.
///
/// `aligned` says of each OKR below company level whether it is aligned to another, `attainments`
/// are those of the KPIs, 0 to 1.
pub fn cycle(
    key_results: &[Share],
    aligned: impl IntoIterator<Item = bool>,
    attainments: impl IntoIterator<Item = f64>,
) -> Option<CycleHealth> {
    let pace = 100.0 * mean(key_results.iter().map(pace))?;
    let active = key_results.iter().filter(|own| own.is_active);
    let frequency = percent(active.map(|own| own.checked_in_lately));
    let alignment = percent(aligned);
    let ownership = percent(key_results.iter().map(|own| own.has_owner));
    let kpis = mean(attainments).map(|mean| 100.0 * mean);

    let okrs = PACE_WEIGHT * pace
        + FREQUENCY_WEIGHT * frequency
        + ALIGNMENT_WEIGHT * alignment
        + OWNERSHIP_WEIGHT * ownership;
    let score =
        whole_score(kpis.map_or(okrs, |kpis| (1.0 - KPI_WEIGHT) * okrs + KPI_WEIGHT * kpis));
    Some(CycleHealth {
        score,
        band: Band::of(score),
        pace,
        frequency,
        alignment,
        ownership,
        kpis,
    })
}

fn pace(own: &Share) -> f64 {
    if own.expected < EXPECTED_FROM {
        1.0
    } else {
        unit(own.progress / own.expected)
    }
}

/// The share of those that hold, 0 to 100; of nothing, all do.
fn percent(all: impl IntoIterator<Item = bool>) -> f64 {
    let shares = all.into_iter().map(|holds| f64::from(u8::from(holds)));
    mean(shares).map_or(100.0, |share| 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(progress: f64, expected: f64) -> Share {
        Share {
            progress,
            expected,
            is_active: true,
            checked_in_lately: true,
            has_owner: true,
        }
    }

    #[test]
    fn health_is_made_of_pace_frequency_alignment_and_ownership() {
        let silent = Share {
            checked_in_lately: false,
            ..share(0.25, 0.5)
        };
        let unowned = Share {
            has_owner: false,
            ..share(0.0, 0.04)
        };
        let done = Share {
            is_active: false,
            checked_in_lately: false,
            ..share(1.0, 0.5)
        };
        // name, key results, aligned, KPIs, (pace, frequency, alignment, ownership), score, band
        let perfect = (100.0, 100.0, 100.0, 100.0);
        let cases = [
            (
                "all well",
                vec![share(0.5, 0.5)],
                vec![],
                vec![],
                perfect,
                100,
                Band::Strong,
            ),
            (
                "ahead counts no more than level",
                vec![share(0.9, 0.5)],
                vec![true],
                vec![],
                perfect,
                100,
                Band::Strong,
            ),
            (
                "nothing is expected yet",
                vec![share(0.0, 0.04)],
                vec![],
                vec![],
                perfect,
                100,
                Band::Strong,
            ),
            (
                "done needs no check-ins",
                vec![done],
                vec![],
                vec![],
                perfect,
                100,
                Band::Strong,
            ),
            (
                "half the pace, silent",
                vec![silent],
                vec![],
                vec![],
                (50.0, 0.0, 100.0, 100.0),
                50,
                Band::NeedsAttention,
            ),
            (
                "half aligned",
                vec![share(0.5, 0.5)],
                vec![true, false],
                vec![],
                (100.0, 100.0, 50.0, 100.0),
                93,
                Band::Strong,
            ),
            (
                "unowned",
                vec![unowned],
                vec![],
                vec![],
                (100.0, 100.0, 100.0, 0.0),
                85,
                Band::Strong,
            ),
            (
                "KPIs at 50 % and at 70 %",
                vec![share(0.5, 0.5)],
                vec![],
                vec![0.5, 0.7],
                perfect,
                88,
                Band::Strong,
            ),
            (
                "half the pace, silent, KPIs at nothing",
                vec![silent],
                vec![],
                vec![0.0],
                (50.0, 0.0, 100.0, 100.0),
                35,
                Band::AtRisk,
            ),
        ];
        for (name, key_results, aligned, kpis, parts, score, band) in cases {
            let found = cycle(&key_results, aligned, kpis).unwrap();
            let found_parts = (
                found.pace,
                found.frequency,
                found.alignment,
                found.ownership,
            );
            assert_eq!(found_parts, parts, "{name}");
            assert_eq!((found.score, found.band), (score, band), "{name}");
        }
    }

    #[test]
    fn a_cycle_without_key_results_has_no_health() {
        assert_eq!(cycle(&[], [], [1.0]), None);
    }
}
