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
    /// When it was.
    pub corrected: fn(&str) -> String,
    pub correct: &'static str,
    pub correct_title: &'static str,
    pub check_in_corrected: &'static str,
    /// How many key results.
    pub checked_in: fn(usize) -> String,
    pub blocker: &'static str,

    pub activity: &'static str,
    pub activity_hint: &'static str,
    pub no_activity: &'static str,
    /// Whose key it was.
    pub by_api_key: fn(&str) -> String,
    /// Which action of the audit log, on which key result.
    pub did: fn(&str, Option<&str>) -> String,
    /// A field of a body by the name that people know, if they know it.
    pub field: fn(&str) -> Option<&'static str>,
    pub field_changed: fn(&str) -> String,
    pub field_cleared: fn(&str) -> String,
    /// To what.
    pub field_set: fn(&str, &str) -> String,
    /// From what to what.
    pub field_from_to: fn(&str, &str, &str) -> String,

    pub archive: &'static str,
    pub bring_back: &'static str,
    /// What was archived, in the toast.
    pub was_archived: fn(&str) -> String,
    /// What is in the lists again, in the toast.
    pub was_brought_back: fn(&str) -> String,

    pub comments: &'static str,
    pub no_comments: &'static str,
    pub write_comment: &'static str,
    /// A comment that is kept.
    pub this_comment: &'static str,
    pub people: &'static str,
    pub comment: &'static str,
    /// When it was.
    pub edited: fn(&str) -> String,
    pub delete_comment: &'static str,
    pub delete_comment_more: &'static str,
    pub comment_deleted: &'static str,
    /// How many people are offered for a mention.
    pub people_offered: fn(usize) -> String,

    pub chart_target: &'static str,
    pub chart_start: &'static str,
    /// Of the target.
    pub chart_moved: &'static str,
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

pub(super) static EN: Okr = Okr {
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
    corrected: |when| format!("corrected by its author {when}"),
    correct: "Correct",
    correct_title: "Correct a check-in",
    check_in_corrected: "The check-in is corrected.",
    checked_in: |count| match count {
        1 => "1 key result checked in.".to_owned(),
        count => format!("{count} key results checked in."),
    },
    blocker: "Blocker",

    activity: "Activity",
    activity_hint: "Everything that was changed, by whom and when",
    no_activity: "Nothing has been changed here yet.",
    by_api_key: |name| format!("{name}, by an API key,"),
    did,
    field,
    field_changed: |field| format!("{field} changed"),
    field_cleared: |field| format!("{field} cleared"),
    field_set: |field, to| format!("{field}: {to}"),
    field_from_to: |field, from, to| format!("{field}: {from} → {to}"),

    archive: "Archive",
    bring_back: "Bring back",
    was_archived: |title| format!("“{title}” is archived."),
    was_brought_back: |title| format!("“{title}” is in the lists again."),

    comments: "Comments",
    no_comments: "Nobody has said anything about it yet.",
    people: "People",
    write_comment: "Write a comment",
    this_comment: "This comment",
    comment: "Comment",
    edited: |when| format!("edited {when}"),
    delete_comment: "Delete this comment?",
    delete_comment_more: "It is gone for everybody and can’t be brought back.",
    people_offered: |count| match count {
        1 => "1 person. Enter mentions them.".to_owned(),
        _ => format!("{count} people. The arrow keys choose, Enter mentions."),
    },
    comment_deleted: "The comment is deleted.",

    chart_target: "target",
    chart_start: "start",
    chart_moved: "Target moved",
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
    chart_keys: "The arrow keys step through what happened.",
    chart_as_table: "Values as a table",
    column_day: "Day",
    column_value: "Value",
    column_said: "Said",
    column_author: "By",
    column_comment: "Comment",
};

fn did(action: &str, key_result: Option<&str>) -> String {
    let what = key_result.map_or("a key result".to_owned(), |title| format!("“{title}”"));
    match action {
        "okr.create" => "created the OKR".to_owned(),
        "okr.update" => "changed the OKR".to_owned(),
        "okr.align" => "changed where the OKR belongs".to_owned(),
        "okr.delete" => "deleted the OKR".to_owned(),
        "okr.restore" => "restored the OKR".to_owned(),
        "key_result.create" => format!("added {what}"),
        "key_result.update" | "key_result.align" => format!("changed {what}"),
        "key_result.check_in" => format!("checked in {what}"),
        "key_result.delete" => format!("deleted {what}"),
        "key_result.restore" => format!("restored {what}"),
        "check_in.correct" => format!("corrected a check-in of {what}"),
        "comment.create" => "commented".to_owned(),
        "comment.update" => "changed a comment".to_owned(),
        "comment.delete" => "deleted a comment".to_owned(),
        other => other.replace(['.', '_'], " "),
    }
}

fn field(name: &str) -> Option<&'static str> {
    Some(match name {
        "title" => "Title",
        "description" => "Description",
        "type" => "Type",
        "visibility" => "Seen by",
        "cycle_id" => "Cycle",
        "owner_id" => "Owner",
        "department_id" => "Department",
        "team_id" => "Team",
        "weight" => "Weight",
        "archived" => "Archived",
        "metric_type" => "Measured in",
        "unit" => "Unit",
        "start_value" => "Start",
        "current_value" | "value" => "Value",
        "target_value" => "Target",
        "reason" => "Reason",
        "status" => "Status",
        "comment" => "Comment",
        "blocker_note" => "Blocker",
        _ => return None,
    })
}
