//! What those who lead look at first.

/// Sentences and labels.
pub struct Attention {
    pub title: &'static str,
    pub none_of_workspace: &'static str,
    pub none_of_teams: &'static str,
    pub no_team: &'static str,
    /// Since which day.
    pub silent_since: fn(&str) -> String,
    pub never: &'static str,
    /// How many more there are.
    pub more_okrs: fn(usize) -> String,
    pub more_kpis: fn(usize) -> String,
    pub moved: &'static str,
    /// The day that last week began with.
    pub moved_since: fn(&str) -> String,
    pub nothing_moved: fn(&str) -> String,
    pub no_week_yet: &'static str,
    /// Points of a hundred, with their sign.
    pub points: fn(&str) -> String,
    pub teams: &'static str,
    /// The day that check-ins were last due on.
    pub teams_since: fn(&str) -> String,
    pub no_teams: &'static str,
    pub without_team: &'static str,
    pub checked_in: fn(u32, u32) -> String,
    pub nothing_to_check_in: &'static str,
    pub next_week: &'static str,
    /// The first day of next week.
    pub next_week_from: fn(&str) -> String,
    pub nothing_due: &'static str,
    pub check_ins_due: fn(u32) -> String,
    pub cycle_ends: &'static str,
    pub initiative: &'static str,
    pub kpi: &'static str,
    pub kpis: &'static str,
    pub no_kpis: &'static str,
    pub of_target: fn(&str, &str) -> String,
}

pub(super) static EN: Attention = Attention {
    title: "Needs attention",
    none_of_workspace: "Nothing in the workspace is blocked, off track or stale.",
    none_of_teams: "Nothing in your teams is blocked, off track or stale.",
    no_team: "You are in no team yet. As soon as an admin takes you into one, what moves there stands here.",
    silent_since: |day| format!("Silent since {day}"),
    never: "Never checked in",
    more_okrs: |count| format!("{count} more among the OKRs"),
    more_kpis: |count| format!("{count} more among the KPIs"),
    moved: "What moved",
    moved_since: |day| format!("Progress since last week began, on {day}"),
    nothing_moved: |day| format!("No OKR has moved since {day}."),
    no_week_yet: "As soon as a week has passed, what has moved in it stands here.",
    points: |points| match points {
        "+1" | "−1" => format!("{points} point"),
        points => format!("{points} points"),
    },
    teams: "Who has checked in",
    teams_since: |day| format!("By team, since {day}"),
    no_teams: "No team has key results in a running cycle.",
    without_team: "Without a team",
    checked_in: |checked_in, due| format!("{checked_in} of {due}"),
    nothing_to_check_in: "nothing to check in",
    next_week: "Due next week",
    next_week_from: |day| format!("The week from {day}"),
    nothing_due: "Nothing falls into next week.",
    check_ins_due: |count| match count {
        1 => "1 check-in".to_owned(),
        count => format!("{count} check-ins"),
    },
    cycle_ends: "Cycle ends",
    initiative: "Initiative",
    kpi: "KPI needs a value",
    kpis: "KPIs off target",
    no_kpis: "Every KPI with a target is near it.",
    of_target: |value, target| format!("{value}, target {target}"),
};
