//! Signing in.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_navigate, use_query_map};
use okrs_shared::id::OrganisationId;
use okrs_shared::sign_in::{SignIn, SignInOptions, SignedIn, WorkspaceChoice};

use crate::api;
use crate::components::loaded::Loaded;
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit};
use crate::paths;
use crate::words::words;

/// Where everybody begins who is not signed in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let sign_in = &words().sign_in;
    let options = LocalResource::new(api::sign_in::options);
    view! {
        <Title text=sign_in.title />
        <main class="gate">
            <p class="gate-name">{words().common.product}</p>
            <h1>{sign_in.title}</h1>
            <Loaded from=options skeleton=|| view! { <FormSkeleton /> } let:options>
                <WaysIn options />
            </Loaded>
        </main>
    }
}

#[component]
fn WaysIn(options: SignInOptions) -> impl IntoView {
    if options.needs_set_up {
        return view! { <Redirect path=paths::SET_UP options=paths::instead() /> }.into_any();
    }
    let sign_in = &words().sign_in;
    let query = use_query_map();
    let has_problem = move || query.read().get("problem").is_some();
    let provider = options.provider.map(|name| {
        let start = format!(
            "/api/app/oidc/start?return_to={}",
            js_sys::encode_uri_component(&return_to())
        );
        view! {
            // Not a page of this app: the browser has to go there.
            <a class="button wide" rel="external" href=start>
                {(sign_in.with_provider)(&name)}
            </a>
            <p class="or">{sign_in.or}</p>
        }
    });
    view! {
        <Show when=has_problem>
            <p class="notice off-track" role="alert">
                {sign_in.provider_problem}
            </p>
        </Show>
        {provider}
        <PasswordForm />
        <p class="quiet">{sign_in.forgot}</p>
    }
    .into_any()
}

fn return_to() -> String {
    paths::after_sign_in(use_query_map().read_untracked().get("return_to"))
}

#[component]
fn PasswordForm() -> impl IntoView {
    let sign_in = &words().sign_in;
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submission = Submission::new(&["email", "password"]);
    let choices = RwSignal::new(Vec::<WorkspaceChoice>::new());
    let navigate = use_navigate();
    let to = return_to();
    let send = Callback::new(move |workspace_id: Option<OrganisationId>| {
        let (navigate, to) = (navigate.clone(), to.clone());
        let body = SignIn {
            email: email.get_untracked(),
            password: password.get_untracked(),
            workspace_id,
        };
        let done = move |answer: SignedIn| match answer.me {
            Some(_) => navigate(&to, paths::instead()),
            None => choices.set(answer.choose_from),
        };
        submission.send(async move { api::sign_in::sign_in(&body).await }, done);
    });
    view! {
        <form
            class="form"
            on:submit=move |event| {
                event.prevent_default();
                send.run(None);
            }
        >
            <Field name="email" label=sign_in.email kind="email" autocomplete="username" value=email error=submission.error_of("email") autofocus=true />
            <Field name="password" label=sign_in.password kind="password" autocomplete="current-password" value=password error=submission.error_of("password") />
            <Submit submission label=sign_in.submit />
        </form>
        <Show when=move || !choices.read().is_empty()>
            <section class="choices" aria-live="polite">
                <h2>{sign_in.choose_workspace}</h2>
                <p class="quiet">{sign_in.choose_workspace_more}</p>
                <For each=move || choices.get() key=|choice| choice.id.clone() let:choice>
                    <button type="button" class="button wide" on:click=move |_| send.run(Some(choice.id.clone()))>
                        {choice.name.clone()}
                    </button>
                </For>
            </section>
        </Show>
    }
}

/// Two fields and a button.
#[component]
pub fn FormSkeleton() -> impl IntoView {
    view! {
        <div class="form">
            <span class="bone short"></span>
            <span class="bone tall"></span>
            <span class="bone short"></span>
            <span class="bone tall"></span>
        </div>
    }
}
