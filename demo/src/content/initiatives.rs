//! What people do so that the numbers move.

use okrs_shared::initiative::{InitiativeStatus, Priority};

use super::Person;

/// An initiative.
pub(crate) struct Initiative {
    pub(crate) title: &'static str,
    pub(crate) description: Option<&'static str>,
    pub(crate) status: InitiativeStatus,
    pub(crate) priority: Option<Priority>,
    pub(crate) owner: Option<Person>,
    /// First and last day, counted from the first day of the running cycle.
    pub(crate) start_day: Option<i64>,
    pub(crate) end_day: Option<i64>,
    pub(crate) serves: Serves,
}

/// What an initiative is for, by title.
#[derive(Clone, Copy)]
pub(crate) enum Serves {
    Nothing,
    Okr(&'static str),
    KeyResult(&'static str),
}

const fn initiative(
    title: &'static str,
    status: InitiativeStatus,
    priority: Option<Priority>,
    owner: Person,
    days: (i64, i64),
    serves: Serves,
) -> Initiative {
    Initiative {
        title,
        description: None,
        status,
        priority,
        owner: Some(owner),
        start_day: Some(days.0),
        end_day: Some(days.1),
        serves,
    }
}

use InitiativeStatus::{Blocked, Done, InProgress, Todo};
use Priority::{P0, P1, P2, P3};
use Serves::{KeyResult, Nothing, Okr};

/// All initiatives of the demo.
pub(crate) const INITIATIVES: [Initiative; 20] = [
    Initiative {
        description: Some(
            "Load cell, new clamps, and a spare of both so that it doesn't happen again.",
        ),
        ..initiative(
            "Get the laboratory's test rig running",
            Blocked,
            Some(P0),
            Person::Ravi,
            (40, 60),
            KeyResult("Safety tests passed"),
        )
    },
    initiative(
        "Book vans when the bike enters paint, not when it leaves",
        InProgress,
        Some(P0),
        Person::Bram,
        (30, 66),
        KeyResult("Orders delivered on the promised day"),
    ),
    initiative(
        "Replace the address form, this time with a test",
        Done,
        Some(P1),
        Person::Sanna,
        (35, 47),
        KeyResult("Visitors who finish the checkout"),
    ),
    initiative(
        "Handover talk: ten minutes with every new owner",
        Done,
        Some(P1),
        Person::Leila,
        (-4, 18),
        KeyResult("Net promoter score of cargo bike owners"),
    ),
    Initiative {
        description: Some("Who is affected, what we write, who pays the postage."),
        ..initiative(
            "Exchange the squeaking brake pads",
            InProgress,
            Some(P1),
            Person::Yara,
            (24, 70),
            KeyResult("Net promoter score of cargo bike owners"),
        )
    },
    initiative(
        "Find a second climate chamber",
        Blocked,
        Some(P1),
        Person::Kofi,
        (38, 75),
        KeyResult("Range left after 300 charges at 0 °C"),
    ),
    initiative(
        "Test cells of the two new makers",
        InProgress,
        Some(P1),
        Person::Kofi,
        (7, 63),
        KeyResult("A second maker of cells is approved"),
    ),
    initiative(
        "Hire two painters for the late shift",
        InProgress,
        Some(P1),
        Person::Bram,
        (14, 80),
        KeyResult("Overtime in a month"),
    ),
    initiative(
        "Second source for saddles and bells",
        Todo,
        Some(P2),
        Person::Greta,
        (56, 84),
        KeyResult("Parts with a second source"),
    ),
    initiative(
        "Call the twelve dealers who ordered only once",
        Todo,
        Some(P1),
        Person::Felix,
        (50, 70),
        KeyResult("Dealers who order again within 60 days"),
    ),
    initiative(
        "Move the ticket system",
        InProgress,
        Some(P2),
        Person::Yara,
        (42, 64),
        Okr("Answer before riders have to ask twice"),
    ),
    initiative(
        "Poster: torque of every bolt you can reach",
        Done,
        Some(P3),
        Person::Otis,
        (10, 20),
        KeyResult("Bikes that pass the final check first time"),
    ),
    initiative(
        "Local fonts and pictures in the right size",
        Done,
        Some(P2),
        Person::Hugo,
        (5, 40),
        KeyResult("Median page load on a phone"),
    ),
    Initiative {
        owner: None,
        ..initiative(
            "Take over the list of slow suppliers",
            Todo,
            None,
            Person::Greta,
            (45, 60),
            KeyResult("Suppliers who confirm within two days"),
        )
    },
    initiative(
        "Voucher cards for friends, reprinted",
        Todo,
        Some(P3),
        Person::Juno,
        (48, 62),
        KeyResult("Test riders who were brought by a friend"),
    ),
    Initiative {
        start_day: None,
        ..initiative(
            "Launch day: who stands where",
            Todo,
            Some(P2),
            Person::Nessa,
            (0, 83),
            Okr("Launch the Heron long-tail without a recall"),
        )
    },
    Initiative {
        start_day: None,
        end_day: None,
        ..initiative(
            "Look for a frame recycler nearby",
            Todo,
            None,
            Person::Ada,
            (0, 0),
            Okr("Give every frame a second life"),
        )
    },
    initiative(
        "Evening course for dealers, second season",
        InProgress,
        Some(P3),
        Person::Felix,
        (20, 90),
        Okr("Win dealers who stay"),
    ),
    initiative(
        "New lights for the car park",
        Done,
        None,
        Person::Idris,
        (-20, 12),
        Nothing,
    ),
    Initiative {
        end_day: None,
        ..initiative(
            "Tidy up the shared drive",
            InProgress,
            Some(P3),
            Person::Mila,
            (28, 0),
            Nothing,
        )
    },
];
