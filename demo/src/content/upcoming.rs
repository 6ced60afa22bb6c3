//! The OKRs of the cycle that is being planned.

use okrs_shared::key_result::MetricType::{Boolean, Currency};

use super::{Department, KEY_RESULT, KeyResult, Level, OKR, Okr, Person, Team, Voice};

/// A key result that nobody can have checked in yet.
const PLANNED: KeyResult = KeyResult {
    voice: Voice::Silent,
    ..KEY_RESULT
};

/// Everything of the coming cycle.
pub(crate) const UPCOMING: &[Okr] = &[
    Okr {
        title: "Take Fernhill across the Channel",
        description: Some(
            "Draft. We decide at the planning day whether it is this cycle or the next.",
        ),
        owner: Some(Person::Maren),
        key_results: &[
            KeyResult {
                title: "Bikes sold outside the UK",
                to: 250.0,
                unit: "bikes",
                owner: Some(Person::Leila),
                ..PLANNED
            },
            KeyResult {
                title: "Revenue outside the UK",
                metric: Currency,
                to: 600_000.0,
                unit: "£",
                owner: Some(Person::Tomas),
                ..PLANNED
            },
            KeyResult {
                title: "Languages that the shop speaks",
                from: 1.0,
                to: 3.0,
                unit: "languages",
                owner: Some(Person::Sanna),
                ..PLANNED
            },
            KeyResult {
                title: "Returns are handled in the country of the sale",
                metric: Boolean,
                owner: Some(Person::Bram),
                ..PLANNED
            },
        ],
        children: &[Okr {
            title: "Find dealers in two new countries",
            level: Level::Department(Department::Commercial),
            owner: Some(Person::Leila),
            key_results: &[
                KeyResult {
                    title: "Dealers who signed a letter of intent",
                    to: 12.0,
                    unit: "dealers",
                    owner: Some(Person::Felix),
                    ..PLANNED
                },
                KeyResult {
                    title: "Trade fairs with a stand of ours",
                    to: 2.0,
                    unit: "fairs",
                    owner: Some(Person::Felix),
                    ..PLANNED
                },
                KeyResult {
                    title: "The dealers' handbook is translated",
                    metric: Boolean,
                    ..PLANNED
                },
                KeyResult {
                    title: "Transport of a bike to the mainland",
                    metric: Currency,
                    from: 140.0,
                    to: 90.0,
                    unit: "£",
                    owner: Some(Person::Greta),
                    ..PLANNED
                },
            ],
            ..OKR
        }],
        ..OKR
    },
    Okr {
        title: "Give every frame a second life",
        description: Some("Ada's idea from the last retrospective. Needs an owner and numbers."),
        level: Level::Team(Team::Frames),
        ..OKR
    },
];
