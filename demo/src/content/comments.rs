//! What people of Fernhill say about the OKRs of the running cycle.

use super::Person;

/// Something that somebody says.
pub(crate) struct Comment {
    /// The title of the OKR.
    pub(crate) okr: &'static str,
    /// The title of one of its key results, if it is about that.
    pub(crate) key_result: Option<&'static str>,
    pub(crate) author: Person,
    /// Whom it begins by mentioning.
    pub(crate) to: Option<Person>,
    pub(crate) text: &'static str,
    pub(crate) days_ago: i64,
}

/// Oldest first.
pub(crate) const COMMENTS: [Comment; 7] = [
    Comment {
        okr: "Be the cargo bike that families recommend",
        key_result: Some("Net promoter score of cargo bike owners"),
        author: Person::Tomas,
        to: Some(Person::Leila),
        text: "do we ask before or after the first service? In spring it made four points of difference.",
        days_ago: 16,
    },
    Comment {
        okr: "Be the cargo bike that families recommend",
        key_result: Some("Net promoter score of cargo bike owners"),
        author: Person::Leila,
        to: None,
        text: "After. Same as in spring, so the two are comparable.",
        days_ago: 15,
    },
    Comment {
        okr: "Deliver every bike on the day we promised",
        key_result: Some("Promised dates that we changed after the order"),
        author: Person::Bram,
        to: None,
        text: "Half of the changes are **wishes of customers** who are on holiday. Should those count?",
        days_ago: 9,
    },
    Comment {
        okr: "Deliver every bike on the day we promised",
        key_result: Some("Promised dates that we changed after the order"),
        author: Person::Idris,
        to: Some(Person::Bram),
        text: "no. From next week:\n\n- asked for by the customer: not counted\n- everything else: counted",
        days_ago: 8,
    },
    Comment {
        okr: "Take weight out of the frame, not strength",
        key_result: None,
        author: Person::Ada,
        to: None,
        text: "The test rig is free again from Thursday.",
        days_ago: 6,
    },
    Comment {
        okr: "Take weight out of the frame, not strength",
        key_result: Some("Welds that pass the first inspection"),
        author: Person::Nessa,
        to: Some(Person::Juno),
        text: "the new jig looks good. Let's give it two weeks before we believe the number.",
        days_ago: 4,
    },
    Comment {
        okr: "Grow without spending what we don't have",
        key_result: None,
        author: Person::Maren,
        to: Some(Person::Tomas),
        text: "thank you for the sober forecast. Please keep it that way.",
        days_ago: 2,
    },
];
