//! The departments' OKRs of the running cycle.

use okrs_shared::key_result::MetricType::{Boolean, Currency, Percentage};
use okrs_shared::okr::Visibility;

use super::active_other_teams::{ASSEMBLY, SUPPLY};
use super::active_product_teams::{BATTERY, FRAMES};
use super::{Department, KEY_RESULT, KeyResult, Level, OKR, Okr, Person, Voice};
use crate::history::{
    BACKWARDS, EARLY, NOTHING, PLATEAU, SLOW_START, STEADY, STEPS, WOBBLE, done_in,
};

pub(super) const PRODUCT: Okr = Okr {
    title: "Launch the Heron long-tail without a recall",
    description: Some(
        "The Heron goes on sale once it is safe, on the day that we have announced for it.",
    ),
    level: Level::Department(Department::Product),
    owner: Some(Person::Nessa),
    key_results: &[
        KeyResult {
            title: "Pre-orders for the Heron",
            to: 600.0,
            unit: "bikes",
            owner: Some(Person::Leila),
            shape: EARLY,
            reach: 1.45,
            notes: &[
                (2, "The film did more than the whole catalogue."),
                (
                    6,
                    "Target reached. Assembly asks me to stop advertising; I won't.",
                ),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Safety tests passed",
            to: 24.0,
            unit: "tests",
            weight: 3.0,
            owner: Some(Person::Ravi),
            shape: STEPS,
            voice: Voice::Blocked(
                7,
                "The laboratory's test rig is down until a load cell arrives from its maker. \
                 No other laboratory has a slot for us.",
            ),
            notes: &[
                (3, "First six passed, all of them static."),
                (6, "Fork and rear rack are through. Next is the drop test."),
                (7, "Rig broke with our frame on it. The frame is fine."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Launch checklist signed by every department",
            metric: Boolean,
            owner: Some(Person::Nessa),
            shape: done_in(12),
            notes: &[(5, "Two of four have signed.")],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Open defects of severity 1 and 2",
            from: 37.0,
            to: 5.0,
            unit: "defects",
            owner: Some(Person::Ravi),
            shape: WOBBLE,
            reach: 0.8,
            notes: &[
                (
                    2,
                    "The long test ride found four new ones. That's what it is for.",
                ),
                (
                    7,
                    "Half of the rest is one thing: the cable at the display.",
                ),
            ],
            ..KEY_RESULT
        },
    ],
    children: &[FRAMES, BATTERY],
    ..OKR
};

pub(super) const OPERATIONS: Okr = Okr {
    title: "Make the factory floor calm and predictable",
    level: Level::Department(Department::Operations),
    owner: Some(Person::Bram),
    key_results: &[
        KeyResult {
            title: "Unplanned line stops in a week",
            from: 11.0,
            to: 3.0,
            unit: "stops",
            owner: Some(Person::Otis),
            shape: PLATEAU,
            reach: 0.9,
            notes: &[
                (4, "The spoke machine is serviced now. It was half of them."),
                (6, "Stuck at eight."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Overtime in a month",
            from: 420.0,
            to: 150.0,
            unit: "hours",
            owner: Some(Person::Bram),
            shape: BACKWARDS,
            notes: &[
                (3, "We are three people short in paint."),
                (
                    6,
                    "Worse: the Heron samples are built in the evenings. My decision, my fault.",
                ),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Shifts that end with their plan met",
            metric: Percentage,
            from: 64.0,
            to: 85.0,
            unit: "%",
            owner: Some(Person::Otis),
            shape: STEADY,
            reach: 0.9,
            notes: &[(
                5,
                "Plans are smaller now, to be honest. They are also true.",
            )],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Near misses that were closed within a week",
            metric: Percentage,
            from: 55.0,
            to: 95.0,
            unit: "%",
            owner: Some(Person::Mila),
            shape: EARLY,
            reach: 0.95,
            notes: &[
                (1, "The board at the entrance does wonders."),
                (7, "Two are open: both need the landlord."),
            ],
            ..KEY_RESULT
        },
    ],
    children: &[ASSEMBLY, SUPPLY],
    ..OKR
};

pub(super) const COMMERCIAL: Okr = Okr {
    title: "Win dealers who stay",
    description: Some(
        "A dealer who orders once costs us money. One who orders three times a year carries us.",
    ),
    level: Level::Department(Department::Commercial),
    owner: Some(Person::Leila),
    key_results: &[
        KeyResult {
            title: "Dealers who order again within 60 days",
            metric: Percentage,
            from: 46.0,
            to: 65.0,
            unit: "%",
            weight: 2.0,
            owner: Some(Person::Felix),
            shape: STEADY,
            reach: 0.25,
            voice: Voice::Hopeful,
            notes: &[
                (2, "Early days, the big orders will lift it."),
                (5, "A few are about to sign, I am not worried."),
                (7, "Will come."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "New dealers signed",
            to: 18.0,
            unit: "dealers",
            owner: Some(Person::Felix),
            shape: SLOW_START,
            reach: 0.9,
            notes: &[
                (3, "Lots of talks, hardly a signature."),
                (7, "All of this week's are from the fair."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Average order of a dealer",
            metric: Currency,
            from: 18_500.0,
            to: 24_000.0,
            unit: "£",
            owner: Some(Person::Leila),
            shape: WOBBLE,
            reach: 0.85,
            ..KEY_RESULT
        },
        KeyResult {
            title: "Dealers work with the margin calculator",
            metric: Boolean,
            owner: Some(Person::Felix),
            shape: done_in(3),
            notes: &[(3, "Rolled out to all, 26 used it in the first three days.")],
            ..KEY_RESULT
        },
    ],
    ..OKR
};

pub(super) const PEOPLE: Okr = Okr {
    title: "Be a place where people stay",
    level: Level::Department(Department::PeopleAndFinance),
    owner: Some(Person::Tomas),
    visibility: Visibility::Department,
    key_results: &[
        KeyResult {
            title: "Employees who would recommend working here",
            metric: Percentage,
            from: 62.0,
            to: 75.0,
            unit: "%",
            owner: Some(Person::Tomas),
            shape: STEADY,
            quiet_days: 25,
            notes: &[(2, "Pulse survey, 71 of 94 answered.")],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Positions open for more than 60 days",
            from: 6.0,
            to: 1.0,
            unit: "positions",
            owner: Some(Person::Tomas),
            shape: STEPS,
            reach: 1.1,
            notes: &[(6, "Welder found! She starts on the first.")],
            ..KEY_RESULT
        },
        KeyResult {
            title: "People with a growth plan that they wrote themselves",
            metric: Percentage,
            from: 20.0,
            to: 90.0,
            unit: "%",
            shape: NOTHING,
            voice: Voice::Silent,
            ..KEY_RESULT
        },
    ],
    ..OKR
};
