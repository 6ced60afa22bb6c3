//! The way back into a workspace that none of its admins gets into.

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::member::Link;
use okrs_shared::sign_in::Recovery;

use crate::api;
use crate::components::gate::Gate;
use crate::components::ui::copy::CopyText;
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::locale;
use crate::paths;
use crate::words;

/// For whoever runs the deployment.
#[component]
pub fn RecoverPage() -> impl IntoView {
    let sign_in = words::sign_in();
    let link = RwSignal::new(None::<Link>);
    view! {
        <Title text=sign_in.recover_title />
        <Gate>
            <h1>{sign_in.recover_title}</h1>
            {move || match link.get() {
                Some(link) => view! { <Made link /> }.into_any(),
                None => view! { <RecoverForm link /> }.into_any(),
            }}
        </Gate>
    }
}

#[component]
fn RecoverForm(link: RwSignal<Option<Link>>) -> impl IntoView {
    let sign_in = words::sign_in();
    let [token, workspace, email] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let submission = Submission::new();
    let required = [("token", token), ("workspace", workspace), ("email", email)];
    let submit = move || {
        if !submission.has_all(&required) {
            return;
        }
        let body = Recovery {
            token: token.get_untracked().trim().to_owned(),
            workspace: workspace.get_untracked(),
            email: email.get_untracked(),
        };
        let request = async move |body| api::sign_in::recover(&body).await;
        submission.submit(body, request, move |made| link.set(Some(made)));
    };
    view! {
        <p class="quiet">{sign_in.recover_more}</p>
        <ol class="quiet">
            {sign_in.recover_steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}
        </ol>
        <SubmitForm submission submit>
            <Field name="token" label=sign_in.recovery_token hint=sign_in.recovery_token_hint value=token autofocus=true />
            <Field name="workspace" label=sign_in.recover_workspace hint=sign_in.recover_workspace_hint value=workspace />
            <Field name="email" label=sign_in.recover_email kind="email" value=email />
            <Submit submission label=sign_in.recover_submit />
        </SubmitForm>
        <p>
            <a href=paths::SIGN_IN>{sign_in.to_sign_in}</a>
        </p>
    }
}

#[component]
fn Made(link: Link) -> impl IntoView {
    let sign_in = words::sign_in();
    let until = locale::instant(&link.expires_at.to_string());
    view! {
        <p class="notice at-risk" role="status">
            {(sign_in.recovered)(&until)}
        </p>
        <CopyText label=sign_in.recovery_link text=link.url.clone() />
        <p>
            <a class="button primary wide" href=link.url>
                {sign_in.recovery_open}
            </a>
        </p>
    }
}
