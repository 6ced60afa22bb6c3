//! The OKRs of the running cycle: the company's, and how the others hang below them.

use okrs_shared::key_result::MetricType::{Boolean, Currency, Percentage};

use super::active_departments::{COMMERCIAL, OPERATIONS, PEOPLE, PRODUCT};
use super::active_other_teams::CUSTOMER_CARE;
use super::active_product_teams::WEB_SHOP;
use super::{KEY_RESULT, KeyResult, OKR, Okr, Person};
use crate::history::{DIP, FADING, PLATEAU, SLOW_START, STEADY, STEPS, WOBBLE, done_in};

/// Everything of the running cycle.
pub(crate) const ACTIVE: &[Okr] = &[
    Okr {
        title: "Be the cargo bike that families recommend",
        description: Some(
            "Half of our buyers found us through a friend. We would like it to be two thirds, \
             because nothing we can pay for works as well.",
        ),
        owner: Some(Person::Maren),
        key_results: &FAMILIES,
        children: &[PRODUCT, WEB_SHOP, CUSTOMER_CARE],
        ..OKR
    },
    Okr {
        title: "Deliver every bike on the day we promised",
        description: Some(
            "A bike that is late by a week costs us the review, even when the bike is perfect. \
             The promise counts, not the speed.",
        ),
        owner: Some(Person::Idris),
        key_results: &DELIVERY,
        children: &[OPERATIONS],
        ..OKR
    },
    Okr {
        title: "Grow without spending what we don't have",
        owner: Some(Person::Tomas),
        key_results: &GROWTH,
        children: &[COMMERCIAL],
        ..OKR
    },
    PEOPLE,
];

const FAMILIES: [KeyResult; 4] = [
    KeyResult {
        title: "Net promoter score of cargo bike owners",
        from: 41.0,
        to: 60.0,
        unit: "points",
        weight: 2.0,
        owner: Some(Person::Leila),
        shape: DIP,
        reach: 0.95,
        notes: &[
            (
                3,
                "First answers after the new handover talk. People like it.",
            ),
            (
                5,
                "The squeaking brakes of one batch show up here. Apology letters are out.",
            ),
            (
                7,
                "Climbing back. The brake answers are two weeks old by now.",
            ),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Five-star reviews on independent sites",
        from: 320.0,
        to: 500.0,
        unit: "reviews",
        owner: Some(Person::Yara),
        shape: FADING,
        notes: &[
            (1, "We now ask on day 30 instead of day 3. Big difference."),
            (
                6,
                "Slowing down: most of the people who wanted to write have written.",
            ),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Test riders who were brought by a friend",
        metric: Percentage,
        from: 9.0,
        to: 15.0,
        unit: "%",
        owner: Some(Person::Juno),
        shape: PLATEAU,
        reach: 0.8,
        quiet_days: 18,
        notes: &[
            (
                2,
                "Counted by hand at two shops, so take it with a pinch of salt.",
            ),
            (5, "Flat since we ran out of the voucher cards."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Family test days held",
        to: 8.0,
        unit: "days",
        owner: Some(Person::Leila),
        shape: STEPS,
        notes: &[
            (
                3,
                "Two done, 140 visitors each, and one lost child (found).",
            ),
            (6, "Number four was rained off after an hour. I count it."),
        ],
        ..KEY_RESULT
    },
];

const DELIVERY: [KeyResult; 4] = [
    KeyResult {
        title: "Orders delivered on the promised day",
        metric: Percentage,
        from: 78.0,
        to: 95.0,
        unit: "%",
        weight: 2.0,
        owner: Some(Person::Bram),
        shape: SLOW_START,
        reach: 0.9,
        notes: &[
            (
                2,
                "The carrier's new depot is not ready. Two more weeks, they say.",
            ),
            (
                4,
                "Depot open, figures still bad. We book the vans too late.",
            ),
            (
                6,
                "First week with the new booking list. It shows, a little.",
            ),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Median days from order to doorstep",
        from: 24.0,
        to: 14.0,
        unit: "days",
        owner: Some(Person::Bram),
        shape: STEADY,
        notes: &[
            (4, "Painting in two shifts took two days out."),
            (7, "Down again."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Promised dates that we changed after the order",
        metric: Percentage,
        from: 22.0,
        to: 8.0,
        unit: "%",
        owner: Some(Person::Kofi),
        shape: WOBBLE,
        reach: 0.9,
        notes: &[
            (2, "Hub motors were late, so 31 customers got a new date."),
            (6, "Good run. The buffer of three days does its job."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Delivery tracking is linked in every order mail",
        metric: Boolean,
        weight: 0.5,
        owner: Some(Person::Sanna),
        shape: done_in(6),
        notes: &[
            (3, "Works for parcels, not yet for whole bikes."),
            (6, "Live for everyone since Tuesday."),
        ],
        ..KEY_RESULT
    },
];

const GROWTH: [KeyResult; 3] = [
    KeyResult {
        title: "Net revenue in this cycle",
        metric: Currency,
        to: 1_450_000.0,
        unit: "£",
        weight: 2.0,
        owner: Some(Person::Tomas),
        shape: STEADY,
        reach: 1.02,
        notes: &[
            (4, "Includes the city library's order of twelve."),
            (7, "Ahead by two days of sales."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Cash at the end of the month",
        metric: Currency,
        from: 310_000.0,
        to: 450_000.0,
        unit: "£",
        owner: Some(Person::Tomas),
        shape: DIP,
        reach: 0.7,
        notes: &[
            (4, "Before the supplier invoices. Don't celebrate."),
            (6, "Tax and the two big invoices in one week."),
        ],
        ..KEY_RESULT
    },
    KeyResult {
        title: "Gross margin",
        metric: Percentage,
        from: 31.0,
        to: 36.0,
        unit: "%",
        owner: Some(Person::Nessa),
        shape: FADING,
        reach: 0.9,
        correction: Some(34.4),
        notes: &[(2, "Cheaper boxes, and the old discount codes are off.")],
        ..KEY_RESULT
    },
];
