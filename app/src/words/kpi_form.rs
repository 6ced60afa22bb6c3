//! Making, changing and deleting a KPI.

/// Sentences and labels.
pub struct KpiForm {
    pub new_title: &'static str,
    pub edit_title: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub unit: &'static str,
    pub current: &'static str,
    pub target: &'static str,
    pub better: &'static str,
    pub frequency: &'static str,
    pub category: &'static str,
    pub group: &'static str,
    pub owner: &'static str,
    pub team: &'static str,
    pub no_team: &'static str,
    pub description: &'static str,
    pub create: &'static str,
    /// What was created, in the toast.
    pub created: fn(&str) -> String,
    pub changed: &'static str,
    pub delete: &'static str,
    /// What was deleted, in the toast.
    pub deleted: fn(&str) -> String,
    /// What came back, in the toast.
    pub restored: fn(&str) -> String,
}

pub(super) static EN: KpiForm = KpiForm {
    new_title: "New KPI",
    edit_title: "Edit KPI",
    name: "What is measured",
    name_hint: "Short, as people say it: “Orders in a week”.",
    unit: "Unit",
    current: "Value today",
    target: "Target",
    better: "It is better",
    frequency: "Measured",
    category: "Category",
    group: "Group",
    owner: "Owner",
    team: "Team",
    no_team: "No team",
    description: "How it is measured",
    create: "Create KPI",
    created: |name| format!("“{name}” is created."),
    changed: "Saved.",
    delete: "Delete KPI",
    deleted: |name| format!("“{name}” is deleted."),
    restored: |name| format!("“{name}” is back."),
};
