//! Signing in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_navigate, use_query_map};
use okrs_shared::id::OrganisationId;
use okrs_shared::sign_in::{Passwords, SignIn, SignInOptions, SignedIn, WorkspaceChoice};
use okrs_shared::sign_in_problem::SignInProblem;
use strum::VariantArray as _;

use crate::api::{self, Problem};
use crate::components::gate::{Gate, last_workspace, remember_workspace};
use crate::components::loaded::Loaded;
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::fetched::Fetched;
use crate::outbox;
use crate::paths;
use crate::words;

/// Where everybody begins who is not signed in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let sign_in = words::sign_in();
    let options = Fetched::new(api::sign_in::options);
    view! {
        <Title text=sign_in.title />
        <Gate workspace=Signal::stored(last_workspace())>
            <h1>{sign_in.title}</h1>
            <Kept />
            <Loaded from=options skeleton=|| view! { <FormSkeleton /> } let:options>
                <WaysIn options />
            </Loaded>
        </Gate>
    }
}

/// Why one has to sign in again, and what waits for it.
#[component]
fn Kept() -> impl IntoView {
    let sign_in = words::sign_in();
    let has_ended = use_query_map()
        .read_untracked()
        .get(paths::SESSION_ENDED)
        .is_some();
    let kept = outbox::kept_here();
    (has_ended || kept.count > 0).then(|| {
        view! {
            <p class="notice" role="status">
                {has_ended.then_some(sign_in.ended)}
                " "
                {(kept.count > 0).then(|| (sign_in.kept)(kept.count, kept.is_check_ins))}
            </p>
        }
    })
}

#[component]
fn WaysIn(options: SignInOptions) -> impl IntoView {
    if options.needs_set_up {
        return view! { <Redirect path=paths::SET_UP options=paths::instead() /> }.into_any();
    }
    let problem = use_query_map().read_untracked().get("problem");
    let passwords = options.passwords;
    let form = move || view! { <Forms provider=options.provider.clone() passwords /> };
    match problem {
        Some(code) => view! {
            <p class="notice off-track" role="alert">
                {in_words(&code)}
            </p>
            {form()}
        }
        .into_any(),
        None if options.access => view! { <ThroughAccess>{form()}</ThroughAccess> }.into_any(),
        None => form().into_any(),
    }
}

/// What a code in the address says; a newer server may have more of them.
pub fn in_words(code: &str) -> &'static str {
    let sign_in = words::sign_in();
    if code == paths::NO_COOKIE {
        return sign_in.no_cookie;
    }
    let mut all = SignInProblem::VARIANTS.iter();
    let found = all.find(|problem| problem.as_str() == code);
    found.map_or(sign_in.provider_problem, |problem| {
        (sign_in.problem)(*problem)
    })
}

/// Access has let them through already, so they are taken in without a click; what else there is
/// shows only when that fails.
#[component]
fn ThroughAccess(children: ChildrenFn) -> impl IntoView {
    let sign_in = words::sign_in();
    let failed = RwSignal::new(None::<Problem>);
    let navigate = use_navigate();
    let to = return_to();
    let enter = move || {
        let (navigate, to) = (navigate.clone(), to.clone());
        spawn_local(async move {
            match api::sign_in::with_access().await {
                Ok(_) => navigate(&to, Default::default()),
                Err(problem) => {
                    failed.try_set(Some(problem));
                }
            }
        });
    };
    enter();
    let enter = StoredValue::new_local(enter);
    let again = move |_| {
        failed.set(None);
        enter.with_value(|enter| enter());
    };
    view! {
        <Show
            when=move || failed.read().is_some()
            fallback=move || view! { <p role="status">{sign_in.entering}</p> }
        >
            <p class="notice off-track" role="alert">
                {move || failed.get().as_ref().map(why_not)}
            </p>
            <button type="button" class="button wide" on:click=again>
                {sign_in.with_access}
            </button>
            <p class="or">{sign_in.or}</p>
            {children()}
        </Show>
    }
}

fn why_not(problem: &Problem) -> String {
    match problem {
        Problem::Refused {
            status: 401,
            message,
            ..
        } => message.clone(),
        problem => problem.in_words(),
    }
}

#[component]
fn Forms(provider: Option<String>, passwords: Passwords) -> impl IntoView {
    let sign_in = words::sign_in();
    let provider = provider.map(|name| {
        let start = api::sign_in::provider_start(&return_to());
        view! {
            // Not a page of this app: the browser has to go there.
            <a class="button wide" rel="external" href=start>
                {(sign_in.with_provider)(&name)}
            </a>
        }
    });
    let or = match passwords {
        Passwords::On => sign_in.or,
        Passwords::Admins => sign_in.or_as_admin,
        // The only way in.
        Passwords::Off => return provider.into_any(),
    };
    view! {
        {provider.map(|provider| view! { {provider} <p class="or">{or}</p> })}
        <PasswordForm />
        <p class="quiet">{sign_in.forgot} " " <a href=paths::RECOVER>{sign_in.recover}</a></p>
    }
    .into_any()
}

fn return_to() -> String {
    paths::after_sign_in(use_query_map().read_untracked().get("return_to"))
}

#[component]
fn PasswordForm() -> impl IntoView {
    let sign_in = words::sign_in();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submission = Submission::new();
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
            Some(me) => {
                remember_workspace(&me.workspace.name);
                navigate(&to, paths::instead());
            }
            None => choices.set(answer.choose_from),
        };
        submission.send(async move { api::sign_in::sign_in(&body).await }, done);
    });
    let submit = move || {
        if submission.has_all(&[("email", email), ("password", password)]) {
            send.run(None);
        }
    };
    view! {
        <SubmitForm submission submit>
            <Field name="email" label=sign_in.email kind="email" autocomplete="username" value=email autofocus=true />
            <Field name="password" label=sign_in.password kind="password" autocomplete="current-password" value=password />
            <Submit submission label=sign_in.submit />
        </SubmitForm>
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
