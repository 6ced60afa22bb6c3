//! What can be done with somebody, behind one button of their row.

use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::member::Member;
use wasm_bindgen::JsCast as _;
use web_sys::{FocusEvent, KeyboardEvent, Node};

use super::Step;
use super::enable::EnableButton;
use crate::api;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::toast::toasts;
use crate::paths;
use crate::session::session;
use crate::words;

/// It closes when something in it is chosen, when the focus leaves it, and on Escape; the button has the focus then,
/// so that a dialog can give it back.
#[component]
pub fn MemberMenu(
    member: Member,
    step: RwSignal<Option<Step>>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::members();
    let is_open = RwSignal::new(false);
    let button = NodeRef::<Button>::new();
    let close = move || {
        is_open.try_set(false);
        if let Some(button) = button.try_get_untracked().flatten() {
            // A button that is gone needs no focus.
            let _ = button.focus();
        }
    };
    let leave = move |event: FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<Node>().ok());
        let menu = event.current_target();
        let menu = menu.and_then(|menu| menu.dyn_into::<Node>().ok());
        if !menu.is_some_and(|menu| menu.contains(to.as_ref())) {
            is_open.set(false);
        }
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.stop_propagation();
            close();
        }
    };
    let label = (words.act_on)(words.actions, &member.name);
    view! {
        <div class="row-menu" on:focusout=leave on:keydown=escape>
            <button
                type="button"
                node_ref=button
                class="button plain"
                aria-label=label
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|now| *now = !*now)
            >
                {words.actions}
                <Icon shape=Shape::ChevronDown />
            </button>
            // Before what is chosen happens: a dialog remembers who had the focus when it opened.
            <div class="row-menu-items" hidden=move || !is_open.get() on:click:capture=move |_| close()>
                <Items member step changed />
            </div>
        </div>
    }
}

#[component]
fn Items(member: Member, step: RwSignal<Option<Step>>, changed: Callback<()>) -> impl IntoView {
    let words = words::members();
    let is_me = untrack(|| session().me().id) == member.id;
    let is_disabled = member.disabled_at.is_some();
    let okrs = (words.act_on)(words.okrs, &member.name);
    let item = |label: &'static str, next: Step| {
        let named = (words.act_on)(label, &member.name);
        view! {
            <button type="button" class="button plain" aria-label=named on:click=move |_| step.set(Some(next.clone()))>
                {label}
            </button>
        }
    };
    view! {
        <a class="button plain" href=paths::okrs_of(member.id.as_str()) aria-label=okrs>
            {words.okrs}
        </a>
        {is_me.then(|| view! { <a class="button plain" href=paths::SESSIONS>{words::settings().sign_out_elsewhere}</a> })}
        {(!is_disabled).then(|| view! { <LinkButton member=member.clone() step /> })}
        {(member.linked_at.is_some() && !is_me).then(|| item(words.unlink, Step::Unlink(member.clone())))}
        {(!is_disabled && !is_me).then(|| item(words.disable, Step::Disable(member.clone())))}
        {is_disabled.then(|| view! { <EnableButton member=member.clone() changed /> })}
    }
}

/// Makes a new link for somebody: an invitation, or one that sets a new password.
#[component]
fn LinkButton(member: Member, step: RwSignal<Option<Step>>) -> impl IntoView {
    let words = words::members();
    let (session, toasts) = (session(), toasts());
    let is_pending = member.joined_at.is_none();
    let (label, title) = match is_pending {
        true => (words.renew, (words.invitation_title)(&member.name)),
        false => (words.reset, (words.reset_title)(&member.name)),
    };
    let named = (words.act_on)(label, &member.name);
    let make = move |_| {
        let (id, title) = (member.id.clone(), title.clone());
        spawn_local(async move {
            let link = match is_pending {
                true => api::members::renew_invitation(&id).await,
                false => api::members::reset_link(&id).await,
            };
            match link {
                Ok(link) => {
                    step.try_set(Some(Step::Show(title, link)));
                }
                Err(problem) => {
                    session.notice(&problem);
                    toasts.say(problem.in_words());
                }
            }
        });
    };
    view! {
        <button type="button" class="button plain" aria-label=named on:click=make>
            {label}
        </button>
    }
}
