//! The first workspace of a deployment, or another one.

mod first_cycle;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;
use okrs_shared::sign_in::{Me, SetUp};

pub use self::first_cycle::FirstCyclePage;
use crate::api;
use crate::components::gate::{Gate, remember_workspace};
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::locale;
use crate::paths;
use crate::words;

/// For whoever knows the deployment's token.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let sign_in = words::sign_in();
    let [token, workspace, timezone, name, email, password] =
        std::array::from_fn(|_| RwSignal::new(String::new()));
    timezone.set(locale::timezone());
    let submission = Submission::new();
    let navigate = use_navigate();
    let required = [
        ("token", token),
        ("workspace", workspace),
        ("timezone", timezone),
        ("name", name),
        ("email", email),
        ("password", password),
    ];
    let submit = move || {
        if !submission.has_all(&required) {
            return;
        }
        let body = SetUp {
            token: token.get_untracked().trim().to_owned(),
            workspace: workspace.get_untracked().into(),
            timezone: timezone.get_untracked(),
            name: name.get_untracked().into(),
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        let navigate = navigate.clone();
        let done = move |me: Me| {
            remember_workspace(&me.workspace.name);
            navigate(paths::FIRST_CYCLE, paths::instead());
        };
        let request = async move |body| api::sign_in::set_up(&body).await;
        submission.submit(body, request, done);
    };
    view! {
        <Title text=sign_in.set_up_title />
        <Gate>
            <h1>{sign_in.set_up_title}</h1>
            <p class="quiet">{sign_in.set_up_more}</p>
            <SubmitForm submission submit>
                <Field name="token" label=sign_in.token hint=sign_in.token_hint value=token autofocus=true />
                <Field name="workspace" label=sign_in.workspace hint=sign_in.workspace_hint autocomplete="organization" value=workspace />
                <Field name="timezone" label=sign_in.timezone value=timezone />
                <Field name="name" label=sign_in.name autocomplete="name" value=name />
                <Field name="email" label=sign_in.email kind="email" autocomplete="username" value=email />
                <Field name="password" label=sign_in.password hint=sign_in.password_hint kind="password" autocomplete="new-password" value=password />
                <Submit submission label=sign_in.set_up_submit />
            </SubmitForm>
        </Gate>
    }
}
