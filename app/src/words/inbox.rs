//! What one should hear of: what is said once the list is open.

/// Sentences and labels.
pub struct Inbox {
    pub none: &'static str,
    pub unread: &'static str,
    /// Who, on what.
    pub mentioned: fn(&str, &str) -> String,
    /// Who, on what.
    pub commented: fn(&str, &str) -> String,
    /// In which round.
    pub review_to_write: fn(&str) -> String,
    /// Who, of which round.
    pub review_shared: fn(&str, &str) -> String,
    /// Who did it, and whose work it was.
    pub handed_over: fn(&str, &str) -> String,
    pub role_kept: &'static str,
    /// Whose way in it is.
    pub workspace_recovered: fn(&str) -> String,
}

pub(super) static EN: Inbox = Inbox {
    none: "Nothing yet. When somebody mentions you, comments on your OKRs or asks for a review, you hear of it here.",
    unread: "New: ",
    mentioned: |by, text| format!("{by} mentioned you on “{text}”"),
    commented: |by, text| format!("{by} commented on “{text}”"),
    review_to_write: |cycle| format!("A review of “{cycle}” is yours to write"),
    review_shared: |by, cycle| format!("{by} shared your review of “{cycle}” with you"),
    handed_over: |by, whose| format!("{by} handed over to you what {whose} answered for"),
    workspace_recovered: |whose| {
        format!("Whoever runs this server made a link with which {whose} can set a new password")
    },
    role_kept: "Your sign-in service no longer makes you an admin. You stay one, as nobody else could run this workspace.",
};
