//! Cycles: the first one, and looking after all of them.

/// Sentences and labels.
pub struct Cycles {
    pub title: &'static str,
    pub lead: &'static str,
    pub lead_clone: &'static str,

    pub first_title: &'static str,
    pub first_more: &'static str,
    pub first_submit: &'static str,
    pub skip: &'static str,
    /// One that runs, and how many days are left.
    pub runs_now: fn(&str, i64) -> String,
    /// One to come, and when it begins.
    pub begins: fn(&str, &str) -> String,
    pub which: &'static str,

    pub length: &'static str,
    pub quarter: &'static str,
    pub trimester: &'static str,
    pub half: &'static str,
    pub year: &'static str,
    pub name: &'static str,
    pub first_day: &'static str,
    pub last_day: &'static str,
    /// In how many weeks and days.
    pub lasts: fn(i64, i64) -> String,

    pub strip_before: &'static str,
    pub strip_after: &'static str,
    pub strip_of: fn(i32) -> String,
    pub no_gaps: &'static str,
    pub no_cycle_in: &'static str,
    pub gap: fn(&str) -> String,
    pub overlap: fn(&str, &str, &str) -> String,
    /// From one day to another.
    pub span: fn(&str, &str) -> String,

    pub dates: &'static str,
    pub state: &'static str,
    pub okrs: &'static str,
    pub checked_in: &'static str,
    pub checked_in_more: fn(u32, u32) -> String,
    pub actions: &'static str,
    pub running: fn(i64, i64) -> String,
    pub upcoming: &'static str,
    pub ended: &'static str,
    pub archived: fn(usize) -> String,

    pub new: &'static str,
    pub new_title: &'static str,
    pub new_submit: &'static str,
    pub four: &'static str,
    pub made: fn(&str) -> String,
    pub made_four: &'static str,

    pub edit: &'static str,
    pub edit_title: &'static str,
    /// How many OKRs have other days then.
    pub pace_changes: fn(u32) -> String,
    pub saved: fn(&str) -> String,

    pub clone: &'static str,
    pub clone_title: &'static str,
    pub clone_more: fn(u32, &str) -> String,
    pub clone_into: &'static str,
    pub clone_nowhere: &'static str,
    pub clone_submit: &'static str,
    pub cloned: fn(usize, &str) -> String,

    pub none_title: &'static str,
    pub none_more: &'static str,
}

pub(super) static EN: Cycles = Cycles {
    title: "Cycles",
    lead: "The periods that OKRs belong to. One after the other leaves nobody without a plan.",
    lead_clone: "The periods that OKRs belong to. What an ended one left over can go on in another.",

    first_title: "Your first cycle",
    first_more: "OKRs belong to a cycle, usually a quarter. Its days can be changed at any time.",
    first_submit: "Begin with this cycle",
    skip: "Skip for now",
    runs_now: |name, left| match left {
        0 => format!("{name}, ends today"),
        1 => format!("{name}, runs, 1 day left"),
        _ => format!("{name}, runs, {left} days left"),
    },
    begins: |name, day| format!("{name}, begins {day}"),
    which: "Which one?",

    length: "How long?",
    quarter: "Quarter",
    trimester: "Trimester",
    half: "Half-year",
    year: "Year",
    name: "Name",
    first_day: "First day",
    last_day: "Last day",
    lasts: |weeks, days| {
        let weeks = match weeks {
            1 => "1 week".to_owned(),
            _ => format!("{weeks} weeks"),
        };
        match days {
            0 => weeks,
            1 => format!("{weeks} and 1 day"),
            _ => format!("{weeks} and {days} days"),
        }
    },

    strip_before: "The year before",
    strip_after: "The year after",
    strip_of: |year| format!("The year {year}"),
    no_gaps: "No gaps.",
    no_cycle_in: "No cycle in this year.",
    gap: |span| format!("No cycle {span}."),
    overlap: |one, other, span| format!("{one} and {other} overlap {span}."),
    span: |from, to| match from == to {
        true => from.to_owned(),
        false => format!("{from} – {to}"),
    },

    dates: "Dates",
    state: "State",
    okrs: "OKRs",
    checked_in: "Checked in",
    checked_in_more: |done, all| match all {
        1 => format!("{done} of 1 key result"),
        _ => format!("{done} of {all} key results"),
    },
    actions: "Actions",
    running: |week, weeks| format!("Runs, week {week} of {weeks}"),
    upcoming: "Upcoming",
    ended: "Ended",
    archived: |count| match count {
        1 => "1 archived cycle".to_owned(),
        _ => format!("{count} archived cycles"),
    },

    new: "New cycle",
    new_title: "New cycle",
    new_submit: "Create",
    four: "The next four at once",
    made: |name| format!("{name} is there."),
    made_four: "The next four are there.",

    edit: "Edit",
    edit_title: "Edit cycle",
    pace_changes: |count| match count {
        1 => "The pace of 1 OKR changes, and with it status and health.".to_owned(),
        _ => format!("The pace of {count} OKRs changes, and with it their status and health."),
    },
    saved: |name| format!("{name} is saved."),

    clone: "Clone",
    clone_title: "Clone OKRs",
    clone_more: |count, name| {
        let okrs = match count {
            1 => "The OKR".to_owned(),
            _ => format!("The {count} OKRs"),
        };
        format!(
            "{okrs} of {name} that you see, but not archived ones. Key results begin where they have got to; {name} stays as it is."
        )
    },
    clone_into: "Into which cycle?",
    clone_nowhere: "There is no cycle to go on in: every other one is archived or over.",
    clone_submit: "Clone",
    cloned: |count, name| match count {
        1 => format!("1 OKR goes on in {name}."),
        _ => format!("{count} OKRs go on in {name}."),
    },

    none_title: "No cycle yet",
    none_more: "OKRs belong to a cycle, usually a quarter. With the first one planning can begin.",
};
