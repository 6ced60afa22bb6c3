//! The OKRs of the running cycle of those who build, buy and answer.

use okrs_shared::key_result::MetricType::Percentage;
use okrs_shared::okr::Visibility;

use super::{KEY_RESULT, KeyResult, Level, OKR, Okr, Person, Team};
use crate::history::{DIP, EARLY, FADING, PLATEAU, STEADY};

pub(super) const ASSEMBLY: Okr = Okr {
    title: "Right first time on every stand",
    level: Level::Team(Team::Assembly),
    owner: Some(Person::Otis),
    key_results: &[
        KeyResult {
            title: "Bikes that pass the final check first time",
            metric: Percentage,
            from: 83.0,
            to: 94.0,
            unit: "%",
            owner: Some(Person::Otis),
            shape: STEADY,
            notes: &[(
                3,
                "Brake lever torque is the top reason. There's a poster now.",
            )],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Rework per 100 bikes",
            from: 46.0,
            to: 20.0,
            unit: "hours",
            owner: Some(Person::Mila),
            shape: FADING,
            reach: 0.9,
            notes: &[
                (2, "Mostly by not repainting what nobody sees."),
                (7, "Less and less to gain here."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Stands with their own torque tools",
            from: 4.0,
            to: 14.0,
            unit: "stands",
            owner: Some(Person::Otis),
            shape: EARLY,
            reach: 1.3,
            notes: &[(7, "All fourteen. Done, as far as I'm concerned.")],
            ..KEY_RESULT
        },
    ],
    ..OKR
};

pub(super) const SUPPLY: Okr = Okr {
    title: "No bike waits for a part",
    level: Level::Team(Team::SupplyChain),
    owner: Some(Person::Greta),
    visibility: Visibility::Team,
    key_results: &[
        KeyResult {
            title: "Bikes that wait for a part on Friday",
            from: 58.0,
            to: 15.0,
            unit: "bikes",
            owner: Some(Person::Greta),
            shape: DIP,
            reach: 0.95,
            notes: &[
                (5, "A container of saddles stood in the port for nine days."),
                (7, "Saddles are here."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Parts with a second source",
            metric: Percentage,
            from: 35.0,
            to: 60.0,
            unit: "%",
            owner: Some(Person::Greta),
            shape: PLATEAU,
            reach: 0.85,
            ..KEY_RESULT
        },
        KeyResult {
            title: "Suppliers who confirm within two days",
            metric: Percentage,
            from: 52.0,
            to: 85.0,
            unit: "%",
            shape: STEADY,
            reach: 0.4,
            notes: &[(
                4,
                "Nobody chases the slow ones. Who takes this over from Wanda's list?",
            )],
            ..KEY_RESULT
        },
    ],
    ..OKR
};

pub(super) const CUSTOMER_CARE: Okr = Okr {
    title: "Answer before riders have to ask twice",
    level: Level::Team(Team::CustomerCare),
    owner: Some(Person::Yara),
    key_results: &[
        KeyResult {
            title: "First reply within four working hours",
            metric: Percentage,
            from: 61.0,
            to: 90.0,
            unit: "%",
            owner: Some(Person::Yara),
            shape: STEADY,
            reach: 1.1,
            notes: &[
                (2, "The early shift starts at seven now."),
                (6, "Best week so far, no battery trouble."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Questions solved with one answer",
            metric: Percentage,
            from: 48.0,
            to: 70.0,
            unit: "%",
            owner: Some(Person::Yara),
            shape: PLATEAU,
            reach: 0.9,
            notes: &[(
                5,
                "Stuck: delivery questions need the carrier, so never one answer.",
            )],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Help pages for the 50 most asked questions",
            from: 8.0,
            to: 50.0,
            unit: "pages",
            owner: Some(Person::Wanda),
            shape: STEADY,
            quiet_days: 30,
            notes: &[
                (1, "Eight exist, most of them wrong."),
                (3, "Brakes and gears are written."),
            ],
            ..KEY_RESULT
        },
    ],
    ..OKR
};
