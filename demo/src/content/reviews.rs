//! Two rounds of reviews, told by people who know each other.

use okrs_shared::review_template::QuestionKind;

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

const WELL: &str = "What went well?";
const BETTER: &str = "What could go better?";
const NEXT: &str = "What comes next, and what does it need?";
const MET: &str = "How far were the expectations met?";

/// What both rounds ask.
pub(crate) const QUESTIONS: [(&str, QuestionKind); 4] = [
    (WELL, QuestionKind::Text),
    (BETTER, QuestionKind::Text),
    (NEXT, QuestionKind::Text),
    (MET, QuestionKind::Rating),
];

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
            (BETTER, "I explain too late why I changed a drawing."),
            (NEXT, "Run the next frame from the first sketch on."),
            (MET, "4"),
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
                (WELL, "Brought 600 g out of the frame and wrote down how."),
                (
                    BETTER,
                    "Share drafts earlier: welding found out from the supplier.",
                ),
                (NEXT, "A second person who can run the load simulations."),
                (MET, "5"),
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
            (BETTER, "I say \"on track\" when I mean \"I hope so\"."),
            (NEXT, "A forecast that I would bet my own bike on."),
            (MET, "3"),
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
                (WELL, "Dealers like him, and that is half of the job."),
                (BETTER, "Numbers before stories in the Monday round."),
                (NEXT, "Somebody who prepares the order figures for him."),
                (MET, "3"),
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
                WELL,
                "The workshop is booked out, which nobody believed in.",
            ),
            (BETTER, "Nothing that I could name. Maybe go home earlier."),
            (NEXT, "A second mechanic on Saturdays."),
            (MET, "5"),
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
                    WELL,
                    "120 bikes a week with a paint shop that stood still for three days.",
                ),
                (BETTER, "Write down the tricks that only he knows."),
                (NEXT, "Torque tools for every stand."),
                (MET, "4"),
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
                (WELL, "The range forecast is good enough to print."),
                (BETTER, "Fewer side projects, and end them."),
                (NEXT, "A quiet month to finish the charger."),
                (MET, "4"),
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
            (BETTER, "Welding."),
            (NEXT, "A ride with the people who buy what I tested."),
            (MET, "4"),
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
            (BETTER, "Letting go of the checklist. It is Ravi's."),
            (
                NEXT,
                "Somebody who answers for Product when I am at the factory.",
            ),
            (MET, "4"),
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
                (WELL, "A launch plan that four departments believe in."),
                (BETTER, "Say no earlier."),
                (NEXT, "Two weeks of holiday that are real ones."),
                (MET, "5"),
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
            (BETTER, "Overtime. I planned it away and it came back."),
            (NEXT, "One more shift leader before the summer."),
            (MET, "3"),
        ],
    ),
    Review {
        private_note: Some("Draft. Ask Idris how he sees the overtime before this goes out."),
        ..review(
            "manager",
            Bram,
            Maren,
            Draft,
            &[(WELL, "Shifts that end on time, mostly.")],
        )
    },
    review("peer", Yara, Leila, Draft, &[]),
];
