//! One person.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::member::{Directory, Member, MemberPatch};
use okrs_shared::permission::Role;
use strum::VariantArray as _;

use super::Step;
use super::decisions::keys_of;
use super::menu::MemberMenu;
use crate::api;
use crate::components::shell::role_word;
use crate::components::ui::choice::Options;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::toast::toasts;
use crate::locale;
use crate::paths;
use crate::session::session;
use crate::words;

/// Where somebody belongs, by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    department: Option<String>,
    teams: Vec<String>,
}

impl Place {
    /// Of this member.
    pub fn of(member: &Member, directory: &Directory) -> Self {
        let mut departments = directory.departments.iter();
        let department =
            departments.find(|department| Some(&department.id) == member.department_id.as_ref());
        let teams = directory.teams.iter();
        let teams = teams.filter(|team| member.team_ids.contains(&team.id));
        Self {
            department: department.map(|department| department.name.clone()),
            teams: teams.map(|team| team.name.clone()).collect(),
        }
    }

    /// Whether anything about the member has this text, which is in lower case.
    pub fn says(&self, member: &Member, text: &str) -> bool {
        let own = [&*member.name, &*member.email, role_word(member.role)];
        let places = self.department.iter().chain(&self.teams);
        let mut all = own.into_iter().chain(places.map(String::as_str));
        all.any(|found| found.to_lowercase().contains(text))
    }
}

/// The roles, by name.
pub fn roles() -> Options {
    let roles = Role::VARIANTS.iter();
    roles
        .map(|role| (role.as_str().to_owned(), role_word(*role).to_owned()))
        .collect()
}

/// The role that a list has chosen.
pub fn role(value: &str) -> Option<Role> {
    let mut roles = Role::VARIANTS.iter();
    roles.find(|role| role.as_str() == value).copied()
}

/// What somebody is, and what can be done about it.
#[component]
pub fn MemberRow(
    member: Member,
    place: Place,
    step: RwSignal<Option<Step>>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::members();
    let is_me = untrack(|| session().me().id) == member.id;
    let you = is_me.then(|| view! { <span class="flag not-started">{words.you}</span> });
    let teams = match place.teams.is_empty() {
        true => place.department.unwrap_or_else(|| "–".to_owned()),
        false => place.teams.join(", "),
    };
    let last_seen = match member.last_seen_on {
        Some(day) => locale::date_ago(day, untrack(|| session().today())),
        None => "–".to_owned(),
    };
    view! {
        <tr>
            <th scope="row">
                <span>{member.name.clone()} " " {you}</span>
                <span class="quiet">{member.email.clone()}</span>
            </th>
            <td data-label=words.role>
                <RoleChoice member=member.clone() step changed />
            </td>
            <td data-label=words.teams>{teams}</td>
            <td data-label=words.state>
                <MemberState member=member.clone() />
            </td>
            <td data-label=words.last_seen>{last_seen}</td>
            <td data-label=words.api_keys>
                <Keys member=member.clone() />
            </td>
            <td class="row-actions">
                <MemberMenu member step changed />
            </td>
        </tr>
    }
}

/// Changes the role at once, unless there are keys to ask about; one that the server refuses goes back to what it
/// was.
#[component]
fn RoleChoice(
    member: Member,
    step: RwSignal<Option<Step>>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::members();
    let (session, toasts) = (session(), toasts());
    let label = (words.role_of)(&member.name);
    let value = RwSignal::new(member.role.as_str().to_owned());
    let had_invitation = member.invitation_expires_at.is_some();
    let choose = move |chosen: String| {
        let Some(chosen) = role(&chosen) else { return };
        let id = member.id.clone();
        let before = value.get_untracked();
        value.set(chosen.as_str().to_owned());
        if chosen < member.role && keys_of(&member) > 0 {
            step.set(Some(Step::Demote(member.clone(), chosen, value)));
            return;
        }
        spawn_local(async move {
            let patch = MemberPatch {
                role: Some(chosen),
                ..MemberPatch::default()
            };
            match api::members::update(&id, &patch).await {
                Ok(now) => {
                    toasts.say((words.role_changed)(&now.name, role_word(now.role)));
                    session.has_role(&now.id, now.role);
                    // Nobody can use an invitation that was made for less.
                    if now.invitation_expires_at.is_none() && had_invitation {
                        changed.run(());
                    }
                }
                Err(problem) => {
                    session.notice(&problem);
                    value.try_set(before);
                    toasts.say(problem.in_words());
                }
            }
        });
    };
    let options = roles();
    view! {
        <select class="inline-choice" aria-label=label on:change:target=move |event| choose(event.target().value())>
            {options
                .into_iter()
                .map(|(role, name)| {
                    let is_chosen = {
                        let role = role.clone();
                        move || value.get() == role
                    };
                    view! {
                        <option value=role prop:selected=is_chosen>
                            {name}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}

#[component]
fn MemberState(member: Member) -> impl IntoView {
    let words = words::members();
    let day = |at: okrs_shared::timestamp::Timestamp| locale::day(&at.to_string());
    if let Some(at) = member.disabled_at {
        return view! {
            <span class="flag off-track"><Icon shape=Shape::Block /> {(words.disabled)(&day(at))}</span>
        }
        .into_any();
    }
    match (member.joined_at, member.invitation_expires_at) {
        (Some(at), _) => view! { <span class="quiet">{(words.joined)(&day(at))}</span> }.into_any(),
        (None, until) => {
            let said = until.map(|until| (words.invited_until)(&day(until)));
            let said = said.unwrap_or_else(|| words.invitation_expired.to_owned());
            view! { <span class="flag at-risk"><Icon shape=Shape::Clock /> {said}</span> }
                .into_any()
        }
    }
}

/// How many keys they hold, and the way to them.
#[component]
fn Keys(member: Member) -> impl IntoView {
    match keys_of(&member) {
        0 => "–".into_any(),
        keys => view! { <a href=paths::API_KEYS>{(words::members().keys)(keys)}</a> }.into_any(),
    }
}
