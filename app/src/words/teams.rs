//! Settings: departments and the teams in them.

/// Sentences and labels.
pub struct Teams {
    pub title: &'static str,
    pub lead: &'static str,
    pub new_team: &'static str,
    pub new_department: &'static str,
    pub edit_team: &'static str,
    pub edit_department: &'static str,
    pub create: &'static str,
    pub created: fn(&str) -> String,
    pub saved: fn(&str) -> String,

    pub name: &'static str,
    pub department: &'static str,
    pub no_department: &'static str,
    pub manager: &'static str,
    pub manager_hint: &'static str,
    pub no_manager: &'static str,
    pub people: &'static str,
    pub nobody_found: &'static str,
    pub find_people: &'static str,
    /// How many are in the team, and how many more the list has than it shows.
    pub chosen: fn(usize, usize) -> String,
    pub people_count: fn(usize) -> String,
    pub managed_by: fn(&str) -> String,
    pub without_department: &'static str,
    pub no_team_here: &'static str,

    pub archived: fn(usize) -> String,
    pub actions: &'static str,

    pub none_title: &'static str,
    pub none_more: &'static str,
}

pub(super) static EN: Teams = Teams {
    title: "Teams",
    lead: "Who works with whom. Whoever manages a team, or the department that it is in, looks after its OKRs.",
    new_team: "New team",
    new_department: "New department",
    edit_team: "Edit team",
    edit_department: "Edit department",
    create: "Create",
    created: |name| format!("{name} is there."),
    saved: |name| format!("{name} is saved."),

    name: "Name",
    department: "Department",
    no_department: "None",
    manager: "Manager",
    manager_hint: "Managers and admins can be chosen.",
    no_manager: "Nobody",
    people: "People",
    nobody_found: "Nobody of that name.",
    find_people: "Find people",
    chosen: |count, more| {
        let chosen = match count {
            0 => "Nobody chosen yet".to_owned(),
            1 => "1 person chosen".to_owned(),
            _ => format!("{count} people chosen"),
        };
        match more {
            0 => chosen,
            _ => format!("{chosen}. {more} more: type a name to find them."),
        }
    },
    people_count: |count| match count {
        0 => "Nobody yet".to_owned(),
        1 => "1 person".to_owned(),
        _ => format!("{count} people"),
    },
    managed_by: |name| format!("Managed by {name}"),
    without_department: "Without a department",
    no_team_here: "No team in it yet.",

    archived: |count| format!("{count} archived"),
    actions: "Actions",

    none_title: "No team yet",
    none_more: "OKRs can belong to a team, and people find theirs by it. Departments hold teams together.",
};
