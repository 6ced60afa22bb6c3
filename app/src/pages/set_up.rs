//! The first workspace of a deployment, or another one.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;
use okrs_shared::sign_in::{Me, SetUp};
use okrs_shared::validation::Body as _;

use crate::api::{self, Problem};
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit};
use crate::locale;
use crate::paths;
use crate::words;

const FIELDS: [&str; 6] = [
    "token",
    "workspace",
    "timezone",
    "name",
    "email",
    "password",
];

/// For whoever knows the deployment's token.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let sign_in = words::sign_in();
    let [token, workspace, timezone, name, email, password] =
        FIELDS.map(|_| RwSignal::new(String::new()));
    timezone.set(locale::timezone());
    let submission = Submission::new(&FIELDS);
    let navigate = use_navigate();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let body = SetUp {
            token: token.get_untracked().trim().to_owned(),
            workspace: workspace.get_untracked().into(),
            timezone: timezone.get_untracked(),
            name: name.get_untracked().into(),
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        if let Err(invalid) = body.validate() {
            submission.refuse(Problem::from(invalid));
            return;
        }
        let navigate = navigate.clone();
        let done = move |_: Me| navigate(paths::HOME, paths::instead());
        submission.send(async move { api::sign_in::set_up(&body).await }, done);
    };
    view! {
        <Title text=sign_in.set_up_title />
        <main class="gate">
            <p class="gate-name">{words::common().product}</p>
            <h1>{sign_in.set_up_title}</h1>
            <p class="quiet">{sign_in.set_up_more}</p>
            <form class="form" on:submit=submit>
                <Field name="token" label=sign_in.token hint=sign_in.token_hint value=token error=submission.error_of("token") autofocus=true />
                <Field name="workspace" label=sign_in.workspace hint=sign_in.workspace_hint autocomplete="organization" value=workspace error=submission.error_of("workspace") />
                <Field name="timezone" label=sign_in.timezone value=timezone error=submission.error_of("timezone") />
                <Field name="name" label=sign_in.name autocomplete="name" value=name error=submission.error_of("name") />
                <Field name="email" label=sign_in.email kind="email" autocomplete="username" value=email error=submission.error_of("email") />
                <Field name="password" label=sign_in.password hint=sign_in.password_hint kind="password" autocomplete="new-password" value=password error=submission.error_of("password") />
                <Submit submission label=sign_in.set_up_submit />
            </form>
        </main>
    }
}
