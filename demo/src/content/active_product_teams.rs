//! The product teams' OKRs of the running cycle.

use okrs_shared::key_result::MetricType::{Boolean, Percentage};

use super::{KEY_RESULT, KeyResult, Level, OKR, Okr, Person, Team, Voice};
use crate::history::{DIP, EARLY, FADING, SLOW_START, STEADY, STEPS, WOBBLE, done_in};

pub(super) const FRAMES: Okr = Okr {
    title: "Take weight out of the frame, not strength",
    level: Level::Team(Team::Frames),
    owner: Some(Person::Ada),
    key_results: &[
        KeyResult {
            title: "Weight of the Heron's frame",
            from: 7.9,
            to: 6.8,
            unit: "kg",
            owner: Some(Person::Ada),
            shape: STEADY,
            reach: 0.95,
            notes: &[
                (3, "New down tube, 140 g."),
                (6, "Rack mounts are next: there's 200 g to find."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Load cycles before the first crack",
            from: 90_000.0,
            to: 150_000.0,
            unit: "cycles",
            owner: Some(Person::Ada),
            shape: STEPS,
            reach: 0.75,
            notes: &[(
                4,
                "Second sample cracked at the same weld. At least it's consistent.",
            )],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Welds that pass the first inspection",
            metric: Percentage,
            from: 91.0,
            to: 98.0,
            unit: "%",
            owner: Some(Person::Juno),
            shape: FADING,
            reach: 1.05,
            notes: &[
                (2, "Jigs recalibrated."),
                (7, "Easy part is done, the rest is practice."),
            ],
            ..KEY_RESULT
        },
    ],
    ..OKR
};

pub(super) const BATTERY: Okr = Okr {
    title: "Batteries that don't mind the cold",
    description: Some(
        "Riders up north lose a third of their range in frost. The maker says that is normal. We don't.",
    ),
    level: Level::Team(Team::DriveAndBattery),
    owner: Some(Person::Kofi),
    key_results: &[
        KeyResult {
            title: "Range left after 300 charges at 0 °C",
            metric: Percentage,
            from: 71.0,
            to: 82.0,
            unit: "%",
            weight: 2.0,
            owner: Some(Person::Ravi),
            shape: SLOW_START,
            reach: 0.8,
            voice: Voice::Blocked(
                6,
                "The climate chamber is taken by another customer's audit. We are next, but nobody can say when.",
            ),
            notes: &[
                (3, "Baseline measured twice, it holds."),
                (6, "Out of the chamber since Monday."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Batteries returned within a year",
            metric: Percentage,
            from: 4.2,
            to: 1.5,
            unit: "%",
            owner: Some(Person::Kofi),
            shape: WOBBLE,
            reach: 0.8,
            notes: &[(
                5,
                "One dealer sent back six that were simply empty. I left them in.",
            )],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Bikes that take updates over the air",
            metric: Percentage,
            from: 12.0,
            to: 80.0,
            unit: "%",
            owner: Some(Person::Sanna),
            shape: SLOW_START,
            reach: 1.1,
            notes: &[(4, "Paused for the week: the update mail went to spam.")],
            ..KEY_RESULT
        },
        KeyResult {
            title: "A second maker of cells is approved",
            metric: Boolean,
            owner: Some(Person::Kofi),
            shape: done_in(10),
            notes: &[
                (4, "Samples of both candidates are here."),
                (7, "One is out: too much spread."),
            ],
            ..KEY_RESULT
        },
    ],
    ..OKR
};

pub(super) const WEB_SHOP: Okr = Okr {
    title: "Buying online feels as sure as in a shop",
    level: Level::Team(Team::WebShop),
    owner: Some(Person::Sanna),
    key_results: &[
        KeyResult {
            title: "Visitors who finish the checkout",
            metric: Percentage,
            from: 1.9,
            to: 2.8,
            unit: "%",
            weight: 2.0,
            owner: Some(Person::Sanna),
            shape: DIP,
            notes: &[
                (5, "The new address form. Rolled back on Thursday."),
                (7, "Back, with a better form."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Baskets lost at the delivery step",
            metric: Percentage,
            from: 38.0,
            to: 25.0,
            unit: "%",
            owner: Some(Person::Hugo),
            shape: EARLY,
            reach: 1.1,
            notes: &[
                (
                    1,
                    "We now show the delivery day before asking for the address.",
                ),
                (4, "Holds."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Median page load on a phone",
            from: 4.1,
            to: 2.0,
            unit: "s",
            owner: Some(Person::Hugo),
            shape: STEPS,
            reach: 1.05,
            notes: &[
                (3, "Pictures in the right size. Who would have thought."),
                (6, "Fonts are local now."),
            ],
            ..KEY_RESULT
        },
        KeyResult {
            title: "Orders changed because the frame size was wrong",
            metric: Percentage,
            from: 6.5,
            to: 2.5,
            unit: "%",
            owner: Some(Person::Sanna),
            shape: WOBBLE,
            reach: 0.7,
            added_in_week: 3,
            ..KEY_RESULT
        },
    ],
    ..OKR
};
