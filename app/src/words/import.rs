//! Settings: importing people.

/// Sentences and labels.
pub struct ImportPeople {
    pub title: &'static str,
    pub lead: &'static str,
    pub to_people: &'static str,
    pub file: &'static str,
    pub file_hint: &'static str,
    pub cells: &'static str,
    pub cells_hint: &'static str,
    pub is_workbook: &'static str,
    pub is_not_read: &'static str,
    pub encoding: &'static str,
    pub encoding_hint: &'static str,
    pub preview: &'static str,
    /// What is wrong with all of it.
    pub not_a_list: fn(&str) -> String,
    pub no_titles: &'static str,
    pub not_used: fn(&[String]) -> String,
    pub makes_departments: fn(&[String]) -> String,
    pub makes_teams: fn(&[String]) -> String,
    /// How many are new, here already, disabled and wrong.
    pub counts: fn([usize; 4]) -> String,
    pub line: &'static str,
    pub person: &'static str,
    pub role: &'static str,
    pub place: &'static str,
    pub outcome: &'static str,
    pub will_be_invited: &'static str,
    pub is_invited: &'static str,
    pub is_here: &'static str,
    /// Who, and since when.
    pub is_disabled: fn(&str, &str) -> String,
    pub leave_out: fn(usize) -> String,
    pub wrong_first: &'static str,
    pub invite: fn(usize) -> String,
    pub nobody_new: &'static str,
    pub invited: fn(usize) -> String,
    pub links_more: &'static str,
    pub links: &'static str,
    pub another: &'static str,
}

pub(super) static EN: ImportPeople = ImportPeople {
    title: "Import people",
    lead: "From a spreadsheet, as it is: a file, or cells pasted from it. You see what would happen before anything is sent.",
    to_people: "People",
    file: "File",
    file_hint: "CSV or text with tabs. Save a workbook as CSV first, or paste its cells.",
    cells: "Or cells pasted from a spreadsheet",
    cells_hint: "With the line that names the columns: name and e-mail address, and if you like role, department and team.",
    is_workbook: "That is a workbook. Save it as CSV, or copy its cells and paste them here.",
    is_not_read: "The file could not be read. Choose it again.",
    encoding: "The file’s letters are written as",
    encoding_hint: "The file is not in UTF-8. Look at a name with an accent below: if it is wrong, choose another way.",
    preview: "What would happen",
    not_a_list: |what| format!("The table {what}."),
    no_titles: "The first line must name the columns, such as Name and E-mail. Put such a line above the people.",
    not_used: |titles| format!("Not used: {}.", titles.join(", ")),
    makes_departments: |names| match names {
        [name] => format!("The department {name} is made."),
        names => format!(
            "{} departments are made: {}.",
            names.len(),
            names.join(", ")
        ),
    },
    makes_teams: |names| match names {
        [name] => format!("The team {name} is made."),
        names => format!("{} teams are made: {}.", names.len(), names.join(", ")),
    },
    counts: |[created, exists, disabled, wrong]| {
        let mut parts = vec![format!("{created} new")];
        if exists > 0 {
            parts.push(format!("{exists} here already"));
        }
        if disabled > 0 {
            parts.push(format!("{disabled} disabled"));
        }
        match wrong {
            0 => {}
            1 => parts.push("1 with a problem".to_owned()),
            wrong => parts.push(format!("{wrong} with a problem")),
        }
        parts.join(" · ")
    },
    line: "Line",
    person: "Person",
    role: "Role",
    place: "Department, team",
    outcome: "What happens",
    will_be_invited: "Will be invited",
    is_invited: "Invited",
    is_here: "Is here already and stays as they are",
    is_disabled: |name, day| format!("That is {name}, disabled since {day}"),
    leave_out: |count| match count {
        1 => "Leave out the line with a problem".to_owned(),
        count => format!("Leave out the {count} lines with a problem"),
    },
    wrong_first: "Correct the lines with a problem in the spreadsheet and choose it again, or leave them out.",
    invite: |count| match count {
        1 => "Invite 1 person".to_owned(),
        count => format!("Invite {count} people"),
    },
    nobody_new: "Nobody in it is new.",
    invited: |count| match count {
        1 => "1 person is invited".to_owned(),
        count => format!("{count} people are invited"),
    },
    links_more: "No mail is sent: hand each person their link yourself. The links are shown only this once, and work for seven days.",
    links: "Name, address and link, for a spreadsheet",
    another: "Import more",
};
