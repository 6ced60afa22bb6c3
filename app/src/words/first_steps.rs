//! Beginning a workspace.

/// Sentences and labels.
pub struct FirstSteps {
    pub title: &'static str,
    pub more: &'static str,
    pub invite: &'static str,
    pub invite_more: &'static str,
    pub invite_do: &'static str,
    pub plan: &'static str,
    pub plan_do: &'static str,
    pub plan_more: &'static str,
    pub write: &'static str,
    pub write_more: &'static str,
    pub write_do: &'static str,
    pub check_in: &'static str,
    pub check_in_more: &'static str,
    pub check_in_do: &'static str,
    pub done: &'static str,
}

pub(super) static EN: FirstSteps = FirstSteps {
    title: "Three steps to begin",
    more: "They stand here until they are done.",
    invite: "Invite your team",
    invite_more: "Each gets a link from you and chooses a password. Nobody needs an e-mail server.",
    invite_do: "Invite somebody",
    plan: "Write the first OKR",
    plan_more: "Before it comes the cycle that it belongs to, usually a quarter.",
    plan_do: "Plan a cycle",
    write: "Write the first OKR",
    write_more: "One objective worth reaching, with two to five results that would prove it.",
    write_do: "Write an OKR",
    check_in: "Check in",
    check_in_more: "Say where a key result of yours stands. From then on it takes a minute a week.",
    check_in_do: "See the OKRs",
    done: "Done:",
};
