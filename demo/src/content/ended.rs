//! The OKRs of the cycle that is over.

use okrs_shared::key_result::MetricType::{Currency, Percentage};

use super::ended_departments::{BASKET, PROTOTYPE, THROUGH_DEALERS, WAITING};
use super::{KEY_RESULT, KeyResult, OKR, Okr, Person};
use crate::history::{DIP, EARLY, FADING, PLATEAU, STEADY, STEPS};

/// Everything of the cycle before the running one.
pub(crate) const ENDED: &[Okr] = &[
    Okr {
        title: "Keep enough cash for a bad quarter",
        owner: Some(Person::Tomas),
        key_results: &CASH,
        children: &[WAITING, THROUGH_DEALERS],
        ..OKR
    },
    Okr {
        title: "Make service something riders brag about",
        owner: Some(Person::Maren),
        key_results: &SERVICE,
        children: &[BASKET],
        ..OKR
    },
    PROTOTYPE,
];

const CASH: [KeyResult; 4] = [
    KeyResult {
        title: "Cash in the bank on the last day",
        metric: Currency,
        from: 280_000.0,
        to: 350_000.0,
        unit: "£",
        weight: 2.0,
        owner: Some(Person::Tomas),
        shape: DIP,
        reach: 0.95,
        notes: &[
            (6, "Insurance is paid yearly, and this was the week."),
            (13, "Close enough to sleep."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Stock older than 90 days",
        metric: Currency,
        from: 190_000.0,
        to: 90_000.0,
        unit: "£",
        owner: Some(Person::Greta),
        shape: STEADY,
        reach: 0.8,
        notes: &[
            (5, "Sold the blue frames to a school."),
            (11, "What is left is left for a reason."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Bookings of the workshop",
        to: 400.0,
        unit: "bookings",
        owner: Some(Person::Yara),
        shape: EARLY,
        reach: 1.22,
        notes: &[
            (2, "The postcard worked."),
            (8, "Fully booked, four weeks ahead."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Invoices paid within 30 days",
        metric: Percentage,
        from: 71.0,
        to: 90.0,
        unit: "%",
        owner: Some(Person::Tomas),
        shape: FADING,
        reach: 0.85,
        notes: &[(9, "Three dealers make up the rest. Leila talks to them.")],
        ..KEY_RESULT
    },
];

const SERVICE: [KeyResult; 3] = [
    KeyResult {
        title: "Repairs finished within three days",
        metric: Percentage,
        from: 44.0,
        to: 75.0,
        unit: "%",
        owner: Some(Person::Yara),
        shape: STEADY,
        reach: 0.95,
        notes: &[(
            4,
            "Parts for the ten most common repairs now lie on the shelf.",
        )],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Riders who rate their repair 9 or 10",
        metric: Percentage,
        from: 58.0,
        to: 70.0,
        unit: "%",
        owner: Some(Person::Wanda),
        shape: PLATEAU,
        reach: 1.1,
        notes: &[
            (5, "Nothing moves while the phone isn't answered."),
            (10, "Phone is answered."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Dealers with a loan bike",
        from: 12.0,
        to: 40.0,
        unit: "dealers",
        owner: Some(Person::Felix),
        shape: STEPS,
        reach: 0.7,
        notes: &[(13, "Not all. The small ones have no room for it.")],
        ..KEY_RESULT
    },
];
