//! Everything before one is in.

use okrs_shared::sign_in_problem::SignInProblem;

/// Sentences and labels.
pub struct SignIn {
    pub title: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub submit: &'static str,
    pub forgot: &'static str,
    pub with_access: &'static str,
    pub or: &'static str,
    pub or_as_admin: &'static str,
    pub with_provider: fn(&str) -> String,
    pub choose_workspace: &'static str,
    pub choose_workspace_more: &'static str,
    pub provider_problem: &'static str,
    pub no_cookie: &'static str,
    pub problem: fn(SignInProblem) -> &'static str,
    pub entering: &'static str,
    pub ended: &'static str,
    /// How many check-ins.
    /// How many, and whether all are check-ins.
    pub kept: fn(usize, bool) -> String,
    pub set_up_title: &'static str,
    pub set_up_more: &'static str,
    pub token: &'static str,
    pub token_hint: &'static str,
    pub workspace: &'static str,
    pub workspace_hint: &'static str,
    pub timezone: &'static str,
    pub name: &'static str,
    pub new_password: &'static str,
    pub password_hint: &'static str,
    pub set_up_submit: &'static str,
    pub invitation_title: fn(&str) -> String,
    pub invitation_more: &'static str,
    pub join: &'static str,
    /// With which address.
    pub no_password: fn(&str) -> String,
    pub reset_title: &'static str,
    pub reset_more: fn(&str) -> String,
    pub reset_submit: &'static str,
    pub link_gone: &'static str,
    pub link_gone_more: &'static str,
    pub to_sign_in: &'static str,
    pub recover: &'static str,
    pub recover_title: &'static str,
    pub recover_more: &'static str,
    pub recover_steps: [&'static str; 3],
    pub recovery_token: &'static str,
    pub recovery_token_hint: &'static str,
    pub recover_workspace: &'static str,
    pub recover_workspace_hint: &'static str,
    pub recover_email: &'static str,
    pub recover_submit: &'static str,
    /// Until when the link works.
    pub recovered: fn(&str) -> String,
    pub recovery_link: &'static str,
    pub recovery_open: &'static str,
}

pub(super) static EN: SignIn = SignIn {
    title: "Sign in",
    email: "E-mail address",
    password: "Password",
    submit: "Sign in",
    forgot: "Forgotten? An admin of your workspace can make you a link for a new one.",
    with_access: "Continue with your organisation’s sign-in",
    or: "or",
    or_as_admin: "or, as an admin",
    with_provider: |name| format!("Continue with {name}"),
    choose_workspace: "Where to?",
    choose_workspace_more: "You are in several workspaces.",
    provider_problem: "The sign-in provider did not let you in. Try again, or use your password.",
    no_cookie: "You were let in, but this browser kept no cookie of it. Allow cookies for this site; \
                Safari keeps one only where the address begins with https.",
    problem: SignInProblem::message,
    entering: "Signing you in…",
    ended: "Your session has ended. What you typed in check-ins, comments and values of KPIs is kept in this browser.",
    kept: |count, is_check_ins| {
        let what = match (count, is_check_ins) {
            (1, true) => "check-in",
            (1, false) => "entry",
            (_, true) => "check-ins",
            (_, false) => "entries",
        };
        match count {
            1 => format!(
                "1 {what} is kept in this browser. It is sent once its author is signed in."
            ),
            count => format!(
                "{count} {what} are kept in this browser. They are sent once their author is signed in."
            ),
        }
    },
    set_up_title: "Set up a workspace",
    set_up_more: "You become its first admin and invite the others.",
    token: "Set-up token",
    token_hint: "The secret SETUP_TOKEN of this deployment. A local server prints it when it starts.",
    workspace: "Name of the workspace",
    workspace_hint: "Usually that of your organisation.",
    timezone: "Time zone",
    name: "Your name",
    new_password: "New password",
    password_hint: "At least 10 characters.",
    set_up_submit: "Create the workspace",
    invitation_title: |workspace| format!("Join {workspace}"),
    invitation_more: "Choose a password, and you are in.",
    join: "Join",
    no_password: |email| {
        format!(
            "You need no password here: sign in with your organisation’s sign-in service, as {email}."
        )
    },
    reset_title: "A new password",
    reset_more: |email| format!("For {email}. All your other sessions end."),
    reset_submit: "Set the password",
    link_gone: "This link can’t be used any more",
    link_gone_more: "It was used, has expired, or was replaced by a newer one. Ask an admin for another.",
    to_sign_in: "To the sign-in page",
    recover: "No admin gets in any more?",
    recover_title: "Come back into a workspace",
    recover_more: "When no admin gets in, whoever runs this server can make a link for one of them.",
    recover_steps: [
        "Set the secret RECOVERY_TOKEN: npx wrangler secret put RECOVERY_TOKEN",
        "Fill in this form. All admins are told.",
        "Take the secret away again: npx wrangler secret delete RECOVERY_TOKEN",
    ],
    recovery_token: "Recovery token",
    recovery_token_hint: "The secret RECOVERY_TOKEN of this deployment.",
    recover_workspace: "Tag of the workspace",
    recover_workspace_hint: "Its 8 characters, also before the last 6 of each of its API keys.",
    recover_email: "E-mail address of an admin",
    recover_submit: "Make a link",
    recovered: |until| {
        format!(
            "This link sets a new password for the admin, once, until {until}. Now take RECOVERY_TOKEN away."
        )
    },
    recovery_link: "Link",
    recovery_open: "Open the link",
};
