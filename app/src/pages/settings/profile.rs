//! Who one is here.

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::member::Directory;
use okrs_shared::sign_in::{Me, MePatch};

use super::password::PasswordForm;
use super::provider::ProviderSection;
use crate::api;
use crate::components::loaded::Loaded;
use crate::components::shell::role_word;
use crate::components::theme_choice::ThemeChoice;
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::fetched::Fetched;
use crate::session::session;
use crate::words;

/// Name, place, password and appearance.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let settings = words::settings();
    let options = Fetched::new(api::sign_in::options);
    let has_passwords = Memo::new(move |_| {
        let role = session().me().role;
        match &*options.read() {
            Some(Ok(options)) => options.passwords.are_for(role),
            _ => true,
        }
    });
    view! {
        <Title text=settings.profile />
        <div class="page-head">
            <h1>{settings.profile}</h1>
        </div>
        <div class="setting-groups">
            <section>
                <NameForm />
                <Place />
            </section>
            <Show when=move || has_passwords.get()>
                <section aria-labelledby="password-title">
                    <h2 id="password-title">{settings.password}</h2>
                    <PasswordForm />
                </section>
            </Show>
            <ProviderSection options />
            <section aria-labelledby="appearance-title">
                <h2 id="appearance-title">{settings.appearance}</h2>
                <ThemeChoice name="profile-theme" />
                <p class="quiet">{settings.appearance_more}</p>
            </section>
        </div>
    }
}

#[component]
fn NameForm() -> impl IntoView {
    let settings = words::settings();
    let (session, toasts) = (session(), toasts());
    let name = RwSignal::new(untrack(|| session.me().name));
    let submission = Submission::new();
    let submit = move || {
        let body = MePatch {
            name: name.get_untracked().into(),
        };
        let request = async move |body| api::me::update(&body).await;
        submission.submit(body, request, move |me| {
            session.set(me);
            toasts.say(settings.name_saved);
        });
    };
    view! {
        <SubmitForm submission submit>
            <Field name="name" label=settings.name autocomplete="name" value=name />
            <div>
                <Submit submission label=settings.save_name />
            </div>
        </SubmitForm>
    }
}

/// What only admins change.
#[component]
fn Place() -> impl IntoView {
    let settings = words::settings();
    let directory = Fetched::new(api::members::directory);
    let me = move || session().me();
    view! {
        <dl class="facts">
            <div>
                <dt>{settings.email}</dt>
                <dd>{move || me().email}</dd>
            </div>
            <div>
                <dt>{settings.role}</dt>
                <dd>{move || role_word(me().role)}</dd>
            </div>
            <Loaded from=directory skeleton=|| view! { <span class="bone"></span> } let:directory>
                <Belonging directory me=me() />
            </Loaded>
        </dl>
        <p class="quiet">{settings.set_by_admin}</p>
    }
}

#[component]
fn Belonging(directory: Directory, me: Me) -> impl IntoView {
    let settings = words::settings();
    let department = directory
        .departments
        .into_iter()
        .find(|department| Some(&department.id) == me.department_id.as_ref());
    let teams = directory.teams.into_iter();
    let teams: Vec<String> = teams
        .filter(|team| me.team_ids.contains(&team.id))
        .map(|team| team.name)
        .collect();
    let teams = match teams.is_empty() {
        true => settings.no_teams.to_owned(),
        false => teams.join(", "),
    };
    view! {
        {department
            .map(|department| {
                view! {
                    <div>
                        <dt>{settings.department}</dt>
                        <dd>{department.name}</dd>
                    </div>
                }
            })}
        <div>
            <dt>{settings.teams}</dt>
            <dd>{teams}</dd>
        </div>
    }
}
