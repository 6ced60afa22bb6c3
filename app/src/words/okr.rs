//! The page of one OKR.

/// Sentences and labels.
pub struct Okr {
    pub about: &'static str,
    pub aligned_to: &'static str,
    pub cycle: &'static str,
    pub visibility: &'static str,
    pub visible_organisation: &'static str,
    pub visible_department: &'static str,
    pub visible_team: &'static str,
    pub archived: &'static str,
    pub children: &'static str,
    pub initiatives: &'static str,
    pub initiative_todo: &'static str,
    pub initiative_in_progress: &'static str,
    pub initiative_done: &'static str,
    pub initiative_blocked: &'static str,
    /// Until which day.
    pub until: fn(&str) -> String,

    pub key_results: &'static str,
    pub no_key_results: &'static str,
    pub no_key_results_more: &'static str,
    pub add_key_results: &'static str,
    /// From where to where.
    pub from_to: fn(&str, &str) -> String,
    /// Where it would be today.
    pub ideal_today: fn(&str) -> String,
    pub watermelon: &'static str,

    pub history: &'static str,
    pub no_history: &'static str,
    pub all_key_results: &'static str,
    pub show_older: &'static str,
    /// Set by hand to which value.
    pub set_to: fn(&str) -> String,
    /// From which to which value the target moved.
    pub target_moved: fn(&str, &str) -> String,
    pub somebody: &'static str,
    pub corrected: &'static str,
    pub blocker: &'static str,

    pub comments: &'static str,
    pub no_comments: &'static str,
    pub write_comment: &'static str,
    pub comment: &'static str,
    pub edited: &'static str,
    pub comment_deleted: &'static str,

    pub chart_target: &'static str,
    pub chart_start: &'static str,
    pub chart_today: &'static str,
    pub chart_ideal: &'static str,
    /// Where the present speed leads to.
    pub chart_projected: fn(&str) -> String,
    /// Check-ins, the first and the last value, start, target.
    pub chart_summary: fn(usize, &str, &str, &str) -> String,
    pub chart_empty: fn(&str, &str) -> String,
    pub chart_keys: &'static str,
    pub chart_as_table: &'static str,
    pub column_day: &'static str,
    pub column_value: &'static str,
    pub column_said: &'static str,
    pub column_author: &'static str,
    pub column_comment: &'static str,
}

pub(super) const EN: Okr = Okr {
    about: "About",
    aligned_to: "Aligned to",
    cycle: "Cycle",
    visibility: "Seen by",
    visible_organisation: "Everybody",
    visible_department: "Its department",
    visible_team: "Its team",
    archived: "Archived",
    children: "Aligned OKRs",
    initiatives: "Initiatives",
    initiative_todo: "To do",
    initiative_in_progress: "In progress",
    initiative_done: "Done",
    initiative_blocked: "Blocked",
    until: |day| format!("until {day}"),

    key_results: "Key results",
    no_key_results: "No key results yet",
    no_key_results_more: "Two to five numbers with a start and a target show whether the objective is reached.",
    add_key_results: "Add key results",
    from_to: |start, target| format!("from {start} to {target}"),
    ideal_today: |ideal| format!("{ideal} would be on pace today"),
    watermelon: "Said to be on track, but its pace is off track",

    history: "History",
    no_history: "Nobody has checked in yet.",
    all_key_results: "All key results",
    show_older: "Show older",
    set_to: |value| format!("Set to {value}, without a check-in"),
    target_moved: |old, new| format!("Target moved from {old} to {new}"),
    somebody: "Somebody",
    corrected: "corrected",
    blocker: "Blocker",

    comments: "Comments",
    no_comments: "Nobody has said anything about it yet.",
    write_comment: "Write a comment",
    comment: "Comment",
    edited: "edited",
    comment_deleted: "The comment is deleted.",

    chart_target: "target",
    chart_start: "start",
    chart_today: "today",
    chart_ideal: "ideal pace",
    chart_projected: |value| format!("{value} projected"),
    chart_summary: |count, value, start, target| match count {
        1 => format!("One check-in, at {value}, on the way from {start} to {target}."),
        _ => {
            format!("{count} check-ins, the last at {value}, on the way from {start} to {target}.")
        }
    },
    chart_empty: |start, target| format!("No check-in yet, on the way from {start} to {target}."),
    chart_keys: "The arrow keys step through the check-ins.",
    chart_as_table: "Values as a table",
    column_day: "Day",
    column_value: "Value",
    column_said: "Said",
    column_author: "By",
    column_comment: "Comment",
};
