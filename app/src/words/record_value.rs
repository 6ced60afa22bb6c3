//! Recording a value of a KPI, on its page and where it is due.

/// Sentences and labels.
pub struct RecordValue {
    pub value: &'static str,
    pub comment: &'static str,
    pub comment_hint: &'static str,
    pub record: &'static str,
    /// Which value.
    pub recorded: fn(&str) -> String,
}

pub(super) static EN: RecordValue = RecordValue {
    value: "Value",
    comment: "Comment",
    comment_hint: "What moved it?",
    record: "Record",
    recorded: |value| format!("Recorded {value}"),
};
