//! The departments' and teams' OKRs of the cycle that is over.

use okrs_shared::key_result::MetricType::{Boolean, Currency, Percentage};

use super::{Department, KEY_RESULT, KeyResult, Level, OKR, Okr, Person, Team};
use crate::history::{
    BACKWARDS, DIP, EARLY, FADING, PLATEAU, SLOW_START, STEADY, STEPS, WOBBLE, done_in,
};

pub(super) const WAITING: Okr = Okr {
    title: "Cut the wait from order to doorstep",
    level: Level::Department(Department::Operations),
    owner: Some(Person::Bram),
    key_results: &[
        KeyResult {
            title: "Days from order to dispatch",
            from: 19.0,
            to: 12.0,
            unit: "days",
            owner: Some(Person::Bram),
            shape: STEADY,
            reach: 0.9,
            ..KEY_RESULT
        },
        KeyResult {
            title: "Bikes shipped in a week",
            from: 85.0,
            to: 120.0,
            unit: "bikes",
            owner: Some(Person::Otis),
            shape: DIP,
            notes: &[(6, "Paint shop stood still for three days.")],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Orders that need a call before dispatch",
            metric: Percentage,
            from: 27.0,
            to: 10.0,
            unit: "%",
            owner: Some(Person::Yara),
            shape: BACKWARDS,
            reach: 0.6,
            notes: &[
                (8, "The new colours confuse people."),
                (13, "Missed. We should have asked riders first."),
            ],
            ..KEY_RESULT
        },
    ],
    ..OKR
};

pub(super) const THROUGH_DEALERS: Okr = Okr {
    title: "Sell through dealers, not to them",
    level: Level::Department(Department::Commercial),
    owner: Some(Person::Leila),
    key_results: &[
        KeyResult {
            title: "Dealer stock sold within 45 days",
            metric: Percentage,
            from: 38.0,
            to: 60.0,
            unit: "%",
            owner: Some(Person::Felix),
            shape: PLATEAU,
            reach: 0.9,
            ..KEY_RESULT
        },
        KeyResult {
            title: "Share of revenue through dealers",
            metric: Percentage,
            from: 34.0,
            to: 42.0,
            unit: "%",
            owner: Some(Person::Leila),
            shape: STEADY,
            reach: 1.1,
            ..KEY_RESULT
        },
        KeyResult {
            title: "Dealers on the shared stock list",
            from: 9.0,
            to: 45.0,
            unit: "dealers",
            owner: Some(Person::Felix),
            shape: EARLY,
            reach: 0.8,
            notes: &[
                (3, "Those who wanted it have it."),
                (12, "The others don't own a computer, I think."),
            ],
            ..KEY_RESULT
        },
    ],
    children: &[Okr {
        title: "Every dealer can demonstrate an e-bike",
        level: Level::Team(Team::Dealers),
        owner: Some(Person::Felix),
        key_results: &[
            KeyResult {
                title: "Dealers with a demonstration bike",
                from: 22.0,
                to: 60.0,
                unit: "dealers",
                owner: Some(Person::Felix),
                shape: STEADY,
                reach: 0.93,
                ..KEY_RESULT
            },
            KeyResult {
                title: "People trained at dealers",
                to: 150.0,
                unit: "people",
                owner: Some(Person::Felix),
                shape: STEPS,
                reach: 1.04,
                notes: &[(6, "The evening course is the one they come to.")],
                ..KEY_RESULT
            },
            KeyResult {
                title: "Test rides that end in an order",
                metric: Percentage,
                from: 11.0,
                to: 18.0,
                unit: "%",
                owner: Some(Person::Felix),
                shape: DIP,
                reach: 0.6,
                notes: &[(5, "Rain."), (6, "More rain.")],
                ..KEY_RESULT
            },
        ],
        ..OKR
    }],
    ..OKR
};

pub(super) const BASKET: Okr = Okr {
    title: "Stop losing baskets",
    level: Level::Team(Team::WebShop),
    owner: Some(Person::Sanna),
    key_results: &[
        KeyResult {
            title: "Baskets given up on a phone",
            metric: Percentage,
            from: 76.0,
            to: 65.0,
            unit: "%",
            owner: Some(Person::Hugo),
            shape: WOBBLE,
            reach: 0.9,
            ..KEY_RESULT
        },
        KeyResult {
            title: "Ways to pay",
            from: 3.0,
            to: 6.0,
            unit: "ways",
            owner: Some(Person::Sanna),
            shape: STEPS,
            reach: 1.02,
            notes: &[
                (3, "Instalments."),
                (12, "Cycle-to-work vouchers, at last."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Orders placed without an account",
            metric: Percentage,
            to: 35.0,
            unit: "%",
            owner: Some(Person::Hugo),
            shape: EARLY,
            reach: 1.05,
            ..KEY_RESULT
        },
    ],
    ..OKR
};

pub(super) const PROTOTYPE: Okr = Okr {
    title: "Put the first Heron on the road",
    description: Some(
        "One bike, ridden every day, in every weather, by people who don't work on it.",
    ),
    level: Level::Department(Department::Product),
    owner: Some(Person::Nessa),
    key_results: &[
        KeyResult {
            title: "Kilometres ridden on prototypes",
            to: 3_000.0,
            unit: "km",
            owner: Some(Person::Juno),
            shape: SLOW_START,
            reach: 1.12,
            notes: &[
                (4, "Waiting for a fork that fits."),
                (10, "The school run alone is 60 km a week."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Parts shared with the Robin",
            metric: Percentage,
            from: 20.0,
            to: 60.0,
            unit: "%",
            owner: Some(Person::Ada),
            shape: STEADY,
            reach: 0.9,
            ..KEY_RESULT
        },
        KeyResult {
            title: "Cost of the parts of a Heron",
            metric: Currency,
            from: 1_480.0,
            to: 1_150.0,
            unit: "£",
            owner: Some(Person::Greta),
            shape: WOBBLE,
            reach: 0.75,
            notes: &[
                (5, "Aluminium went up."),
                (13, "Not the target, but the belt drive is worth it."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "The design is frozen",
            metric: Boolean,
            owner: Some(Person::Nessa),
            shape: done_in(11),
            notes: &[(11, "Frozen on Friday at six, with cake.")],
            ..KEY_RESULT
        },
    ],
    children: &[Okr {
        title: "Know our batteries better than their maker",
        level: Level::Team(Team::DriveAndBattery),
        owner: Some(Person::Kofi),
        key_results: &[
            KeyResult {
                title: "Cells tested to the end of their life",
                to: 120.0,
                unit: "cells",
                owner: Some(Person::Ravi),
                shape: STEPS,
                reach: 1.04,
                ..KEY_RESULT
            },
            KeyResult {
                title: "Error of the range forecast",
                metric: Percentage,
                from: 18.0,
                to: 6.0,
                unit: "%",
                owner: Some(Person::Kofi),
                shape: FADING,
                reach: 0.85,
                notes: &[(7, "Head wind is the hard part.")],
                ..KEY_RESULT
            },
            KeyResult {
                title: "Bikes that report the state of their battery",
                metric: Percentage,
                from: 5.0,
                to: 40.0,
                unit: "%",
                owner: Some(Person::Sanna),
                shape: SLOW_START,
                reach: 0.6,
                ..KEY_RESULT
            },
        ],
        ..OKR
    }],
    ..OKR
};
