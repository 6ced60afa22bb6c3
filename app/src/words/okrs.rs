//! The list of OKRs, and what it shares with the page of one.

/// Sentences and labels.
pub struct Okrs {
    /// How much of the cycle is over in percent, and how many days are left.
    pub cycle_runs: fn(&str, i64) -> String,
    /// When the cycle begins.
    pub cycle_begins: fn(&str) -> String,
    /// When the cycle ended.
    pub cycle_ended: fn(&str) -> String,
    pub new_okr: &'static str,
    pub company: &'static str,
    pub department: &'static str,
    pub team: &'static str,
    pub no_team: &'static str,

    pub search: &'static str,
    pub filters: &'static str,
    /// With how many are set.
    pub filters_set: fn(usize) -> String,
    pub clear: &'static str,
    pub all_types: &'static str,
    pub all_departments: &'static str,
    pub all_teams: &'static str,
    pub all_owners: &'static str,
    pub all_statuses: &'static str,
    pub all_healths: &'static str,
    pub with_blocker: &'static str,
    pub with_stale: &'static str,
    /// With the least score.
    pub health_good: fn(u8) -> String,
    /// With the least and the greatest score.
    pub health_fair: fn(u8, u8) -> String,
    /// With the first score above.
    pub health_poor: fn(u8) -> String,
    pub group: &'static str,
    pub group_none: &'static str,
    pub group_team: &'static str,
    pub group_status: &'static str,
    pub sort: &'static str,
    pub sort_attention: &'static str,
    pub sort_title: &'static str,
    pub sort_progress: &'static str,
    pub sort_last_check_in: &'static str,
    pub sort_newest: &'static str,
    pub layout: &'static str,
    pub layout_list: &'static str,
    pub layout_tree: &'static str,

    /// How many of how many are shown.
    pub with_archived: &'static str,
    pub show_archived: &'static str,
    pub count: fn(usize, usize) -> String,
    /// How many are there while others are still to come.
    pub so_far: fn(usize) -> String,
    pub objective: &'static str,
    pub owner: &'static str,
    /// Of the last values.
    pub course: &'static str,
    pub progress: &'static str,
    pub status: &'static str,
    pub health: &'static str,
    pub last_check_in: &'static str,
    pub never: &'static str,
    pub no_owner: &'static str,
    /// How many key results of which objective.
    pub unfold: fn(usize, &str) -> String,
    pub unfold_all: &'static str,
    pub fold_all: &'static str,
    /// What stands below which objective.
    pub fold_children: fn(&str) -> String,
    /// How many levels down.
    pub level: fn(usize) -> String,
    /// How many key results are blocked.
    pub blocked: fn(usize) -> String,
    /// How many key results are stale.
    pub stale: fn(usize) -> String,
    pub stale_word: &'static str,
    /// Value, start and target, with the unit.
    pub value_of: fn(&str, &str, &str) -> String,
    /// Key result's expected progress.
    pub expected: fn(&str) -> String,

    pub none_title: &'static str,
    pub none_more: &'static str,
    pub none_for_you: &'static str,
    pub no_cycle_title: &'static str,
    pub no_cycle_more: &'static str,
    pub no_cycle_yet: &'static str,
    pub plan_cycle: &'static str,
    pub nothing_title: &'static str,
    pub nothing_more: &'static str,
}

pub(super) static EN: Okrs = Okrs {
    cycle_runs: |over, left| match left {
        0 => format!("{over} of the cycle gone, ends today"),
        1 => format!("{over} of the cycle gone, 1 day left"),
        _ => format!("{over} of the cycle gone, {left} days left"),
    },
    cycle_begins: |day| format!("Begins {day}"),
    cycle_ended: |day| format!("Ended {day}"),
    new_okr: "New OKR",
    company: "Company",
    department: "Department",
    team: "Team",
    no_team: "No team",

    search: "Search",
    filters: "Filter",
    filters_set: |count| format!("Filter: {count}"),
    clear: "Clear filters",
    all_types: "All types",
    all_departments: "All departments",
    all_teams: "All teams",
    all_owners: "All owners",
    all_statuses: "Any status",
    all_healths: "Any health",
    with_blocker: "With a blocker",
    with_stale: "With a stale key result",
    health_good: |from| format!("Health {from} or more"),
    health_fair: |from, to| format!("Health {from} to {to}"),
    health_poor: |below| format!("Health below {below}"),
    group: "Group",
    group_none: "Not grouped",
    group_team: "By team",
    group_status: "By status",
    sort: "Sort",
    sort_attention: "Needs attention first",
    sort_title: "Title",
    sort_progress: "Least progress first",
    sort_last_check_in: "Longest silence first",
    sort_newest: "Newest first",
    layout: "Layout",
    layout_list: "List",
    layout_tree: "Tree",

    with_archived: "With archived",
    show_archived: "Show archived OKRs",
    so_far: |count| format!("{count} OKRs so far …"),
    count: |shown, all| match (shown, all) {
        (1, 1) => "1 OKR".to_owned(),
        (shown, all) if shown == all => format!("{all} OKRs"),
        (shown, all) => format!("{shown} of {all} OKRs"),
    },
    objective: "Objective",
    owner: "Owner",
    course: "Course",
    progress: "Progress",
    status: "Status",
    health: "Health",
    last_check_in: "Last check-in",
    never: "Never",
    no_owner: "No owner",
    unfold: |count, title| match count {
        1 => format!("1 key result of {title}"),
        _ => format!("{count} key results of {title}"),
    },
    unfold_all: "Show all key results",
    fold_all: "Hide all key results",
    fold_children: |title| format!("OKRs aligned to {title}"),
    level: |depth| format!("Level {}:", depth + 1),
    blocked: |count| match count {
        1 => "Blocked".to_owned(),
        _ => format!("{count} blocked"),
    },
    stale: |count| match count {
        1 => "Stale".to_owned(),
        _ => format!("{count} stale"),
    },
    stale_word: "Stale",
    value_of: |value, start, target| format!("{value} on the way from {start} to {target}"),
    expected: |expected| format!("{expected} expected by today"),

    none_title: "No OKRs in this cycle yet",
    none_more: "An OKR is one objective worth reaching, with two to five results that would prove it. \
                They stand here with how far they are and who answers for them.",
    none_for_you: "Those that you may see will stand here.",
    no_cycle_title: "No cycle is running",
    no_cycle_more: "OKRs belong to a cycle, usually a quarter. Pick one above to see its OKRs.",
    no_cycle_yet: "OKRs belong to a cycle, usually a quarter. It comes first.",
    plan_cycle: "Plan a cycle",
    nothing_title: "Nothing matches",
    nothing_more: "No OKR of this cycle fits the search and the filters.",
};
