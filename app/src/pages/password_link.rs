//! Behind a link that sets a password: an invitation, or a reset.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use okrs_shared::sign_in::{LinkPurpose, Me, NewPassword, PasswordLink, ShownLink};

use crate::api::{self, Problem};
use crate::components::gate::{Gate, remember_workspace};
use crate::components::loaded::Loaded;
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Required, Submission, Submit, SubmitForm};
use crate::fetched::Fetched;
use crate::pages::sign_in::FormSkeleton;
use crate::paths;
use crate::words;

/// Asks for the password that the link is for.
#[component]
pub fn PasswordLinkPage() -> impl IntoView {
    let (params, hash) = (use_params_map(), use_location().hash);
    // Links of an earlier version have the token in their path.
    let token = move || {
        let in_path = params.read().get("token");
        in_path.unwrap_or_else(|| hash.read().trim_start_matches('#').to_owned())
    };
    // A link that can't be used is an answer here, not a failure.
    let link = Fetched::new(move || {
        let body = ShownLink { token: token() };
        async move {
            match api::sign_in::link(&body).await {
                Ok(link) => Ok(Some(link)),
                Err(Problem::Refused {
                    status: 404 | 410, ..
                }) => Ok(None),
                Err(problem) => Err(problem),
            }
        }
    });
    let workspace = Signal::derive(move || match &*link.read() {
        Some(Ok(Some(link))) => Some(link.workspace.clone()),
        _ => None,
    });
    view! {
        <Gate workspace>
            <Loaded from=link skeleton=|| view! { <FormSkeleton /> } let:link>
                {match link {
                    Some(link) if !link.sets_password => view! { <NoPassword link /> }.into_any(),
                    Some(link) => view! { <LinkForm link token=token() /> }.into_any(),
                    None => view! { <LinkGone /> }.into_any(),
                }}
            </Loaded>
        </Gate>
    }
}

#[component]
fn LinkGone() -> impl IntoView {
    let sign_in = words::sign_in();
    view! {
        <Title text=sign_in.link_gone />
        <h1>{sign_in.link_gone}</h1>
        <p>{sign_in.link_gone_more}</p>
        <p>
            <a href=paths::SIGN_IN>{sign_in.to_sign_in}</a>
        </p>
    }
}

/// Where people sign in elsewhere, a link only says where.
#[component]
fn NoPassword(link: PasswordLink) -> impl IntoView {
    let sign_in = words::sign_in();
    let title = (sign_in.invitation_title)(&link.workspace);
    view! {
        <Title text=title.clone() />
        <h1>{title}</h1>
        <p>{(sign_in.no_password)(&link.email)}</p>
        <p>
            <a class="button primary wide" href=paths::SIGN_IN>{sign_in.to_sign_in}</a>
        </p>
    }
}

#[component]
fn LinkForm(link: PasswordLink, token: String) -> impl IntoView {
    let sign_in = words::sign_in();
    let is_invitation = link.purpose == LinkPurpose::Invitation;
    let (title, more, label) = if is_invitation {
        let title = (sign_in.invitation_title)(&link.workspace);
        (title, sign_in.invitation_more.to_owned(), sign_in.join)
    } else {
        let more = (sign_in.reset_more)(&link.email);
        (sign_in.reset_title.to_owned(), more, sign_in.reset_submit)
    };
    let (name, password) = (RwSignal::new(link.name), RwSignal::new(String::new()));
    let submission = Submission::new();
    let navigate = use_navigate();
    let submit = move || {
        let required: &[Required] = match is_invitation {
            true => &[("name", name), ("password", password)],
            false => &[("password", password)],
        };
        if !submission.has_all(required) {
            return;
        }
        let body = NewPassword {
            token: token.clone(),
            password: password.get_untracked(),
            name: is_invitation.then(|| name.get_untracked().into()),
        };
        let navigate = navigate.clone();
        let request = async move |body| api::sign_in::use_link(&body).await;
        submission.submit(body, request, move |me: Me| {
            remember_workspace(&me.workspace.name);
            navigate(paths::HOME, paths::instead());
        });
    };
    view! {
        <Title text=title.clone() />
        <h1>{title}</h1>
        <p class="quiet">{more}</p>
        <SubmitForm submission submit>
            // So that a password manager knows whose password it is.
            <input type="hidden" name="email" autocomplete="username" value=link.email />
            <Show when=move || is_invitation>
                <Field name="name" label=sign_in.name autocomplete="name" value=name />
            </Show>
            <Field name="password" label=sign_in.new_password hint=sign_in.password_hint kind="password" autocomplete="new-password" value=password autofocus=true />
            <Submit submission label />
        </SubmitForm>
    }
}
