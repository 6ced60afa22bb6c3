//! The keys that work everywhere, and what they do.

/// Sentences and labels.
pub struct Shortcuts {
    pub hint: &'static str,
    pub narrow: &'static str,
    pub check_in: &'static str,
    pub new: &'static str,
    pub edit: &'static str,
    pub record: &'static str,
    pub leave: &'static str,
    pub help: &'static str,
}

pub(super) static EN: Shortcuts = Shortcuts {
    hint: "Each works where the page has it, and not while you type; Ctrl or ⌘ with K searches even then.",
    narrow: "Narrow down the list",
    check_in: "Check in: what is due, or the OKR one is at",
    new: "New",
    edit: "Edit",
    record: "Record a value of the KPI",
    leave: "Leave the field one types in",
    help: "This list",
};
