//! Two rounds of reviews, told by people who know each other.

use super::Person;

/// How far a review is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Draft,
    Submitted,
    Shared,
}

/// A review.
pub(crate) struct Review {
    pub(crate) reviewee: Person,
    pub(crate) reviewer: Person,
    pub(crate) kind: &'static str,
    pub(crate) progress: Progress,
    pub(crate) answers: &'static [(&'static str, &'static str)],
    pub(crate) private_note: Option<&'static str>,
}

const fn review(
    kind: &'static str,
    reviewee: Person,
    reviewer: Person,
    progress: Progress,
    answers: &'static [(&'static str, &'static str)],
) -> Review {
    Review {
        reviewee,
        reviewer,
        kind,
        progress,
        answers,
        private_note: None,
    }
}

use Person::{Ada, Bram, Felix, Juno, Kofi, Leila, Maren, Nessa, Otis, Yara};
use Progress::{Draft, Shared, Submitted};

const WELL: &str = "What went well this cycle?";
const GROW: &str = "What are your growth areas?";
const NEXT: &str = "What would you like to do next?";
const ACHIEVED: &str = "What did they achieve?";
const BETTER: &str = "What could they do better?";
const SUPPORT: &str = "What do they need from us?";

/// The round that is over.
pub(crate) const CLOSED: [Review; 8] = [
    review(
        "self",
        Ada,
        Ada,
        Shared,
        &[
            (
                WELL,
                "The Heron's frame got lighter twice, and both times nothing cracked.",
            ),
            (GROW, "I explain too late why I changed a drawing."),
            (NEXT, "Run the next frame from the first sketch on."),
        ],
    ),
    Review {
        private_note: Some(
            "Could lead the team within a year. Talk to Maren about pay before she asks.",
        ),
        ..review(
            "manager",
            Ada,
            Nessa,
            Shared,
            &[
                (
                    ACHIEVED,
                    "Brought 600 g out of the frame and wrote down how.",
                ),
                (
                    BETTER,
                    "Share drafts earlier: welding found out from the supplier.",
                ),
                (SUPPORT, "A second person who can run the load simulations."),
            ],
        )
    },
    review(
        "self",
        Felix,
        Felix,
        Shared,
        &[
            (
                WELL,
                "150 people trained at dealers, and they still call me afterwards.",
            ),
            (GROW, "I say \"on track\" when I mean \"I hope so\"."),
        ],
    ),
    Review {
        private_note: Some(
            "Third cycle with optimistic forecasts. Pair him with Greta for the numbers.",
        ),
        ..review(
            "manager",
            Felix,
            Leila,
            Shared,
            &[
                (ACHIEVED, "Dealers like him, and that is half of the job."),
                (BETTER, "Numbers before stories in the Monday round."),
                (SUPPORT, "Somebody who prepares the order figures for him."),
            ],
        )
    },
    review(
        "peer",
        Yara,
        Felix,
        Shared,
        &[
            (
                ACHIEVED,
                "The workshop is booked out, which nobody believed in.",
            ),
            (BETTER, "Nothing that I could name. Maybe go home earlier."),
        ],
    ),
    Review {
        private_note: Some("Asked for four days a week. I said yes, Tomas has to sign."),
        ..review(
            "manager",
            Otis,
            Bram,
            Shared,
            &[
                (
                    ACHIEVED,
                    "120 bikes a week with a paint shop that stood still for three days.",
                ),
                (BETTER, "Write down the tricks that only he knows."),
                (SUPPORT, "Torque tools for every stand."),
            ],
        )
    },
    Review {
        private_note: Some("Not shared yet: the salary round comes first."),
        ..review(
            "manager",
            Kofi,
            Nessa,
            Submitted,
            &[
                (ACHIEVED, "The range forecast is good enough to print."),
                (BETTER, "Fewer side projects, and end them."),
            ],
        )
    },
    review(
        "self",
        Juno,
        Juno,
        Submitted,
        &[
            (
                WELL,
                "3,000 km on prototypes, two of them home in the dark.",
            ),
            (GROW, "Welding."),
        ],
    ),
];

/// The round that is running.
pub(crate) const RUNNING: [Review; 5] = [
    review(
        "self",
        Nessa,
        Nessa,
        Shared,
        &[
            (
                WELL,
                "The Heron is ahead with its orders and honest about its defects.",
            ),
            (GROW, "Letting go of the checklist. It is Ravi's."),
        ],
    ),
    Review {
        private_note: Some(
            "Carries too much alone. A deputy for Product before the launch, not after it.",
        ),
        ..review(
            "manager",
            Nessa,
            Maren,
            Submitted,
            &[
                (ACHIEVED, "A launch plan that four departments believe in."),
                (BETTER, "Say no earlier."),
            ],
        )
    },
    review(
        "self",
        Bram,
        Bram,
        Submitted,
        &[
            (WELL, "Fewer line stops."),
            (GROW, "Overtime. I planned it away and it came back."),
        ],
    ),
    Review {
        private_note: Some("Draft. Ask Idris how he sees the overtime before this goes out."),
        ..review(
            "manager",
            Bram,
            Maren,
            Draft,
            &[(ACHIEVED, "Shifts that end on time, mostly.")],
        )
    },
    review("peer", Yara, Leila, Draft, &[]),
];
