//! What is asked before somebody loses rights: whether to, and what becomes of the keys that they hold.

use leptos::prelude::*;
use okrs_shared::member::{CredentialsFate, Disabling, Member, MemberPatch};
use okrs_shared::permission::Role;

use crate::api;
use crate::components::shell::role_word;
use crate::components::ui::dialog::{Answers, Dialog};
use crate::components::ui::segmented::Segmented;
use crate::components::ui::submit::{Submission, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::session::session;
use crate::words;

/// How many API keys somebody holds that work.
pub fn keys_of(member: &Member) -> u32 {
    member.credentials.map_or(0, |held| held.api_keys)
}

/// Asks once more before somebody is kept out.
#[component]
pub fn DisableDialog(
    member: Member,
    close: Callback<()>,
    /// They are kept out.
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::members();
    let toasts = toasts();
    let submission = Submission::new();
    let fate = RwSignal::new(CredentialsFate::default());
    let id = member.id.clone();
    let submit = move || {
        let id = id.clone();
        let body = Disabling {
            credentials: fate.get_untracked(),
        };
        let request = async move { api::members::disable(&id, &body).await };
        submission.send(request, move |member| {
            close.run(());
            changed.run(());
            toasts.say((words.disabled_now)(&member.name));
        });
    };
    view! {
        <Dialog title=(words.disable_title)(&member.name) on_close=close>
            <p>{words.disable_more}</p>
            <SubmitForm submission submit class="">
                <KeysFate member fate />
                <Answers submission label=words.disable class="danger" />
            </SubmitForm>
        </Dialog>
    }
}

/// Asks before somebody who holds keys gets a role that may less.
#[component]
pub fn DemoteDialog(
    member: Member,
    role: Role,
    close: Callback<()>,
    /// They have the role.
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::members();
    let (session, toasts) = (session(), toasts());
    let submission = Submission::new();
    let fate = RwSignal::new(CredentialsFate::default());
    let id = member.id.clone();
    let submit = move || {
        let id = id.clone();
        let patch = MemberPatch {
            role: Some(role),
            credentials: Some(fate.get_untracked()),
            ..MemberPatch::default()
        };
        let request = async move { api::members::update(&id, &patch).await };
        submission.send(request, move |member| {
            close.run(());
            changed.run(());
            toasts.say((words.role_changed)(&member.name, role_word(member.role)));
            session.has_role(&member.id, member.role);
        });
    };
    view! {
        <Dialog title=(words.demote_title)(&member.name, role_word(role)) on_close=close>
            <SubmitForm submission submit class="">
                <KeysFate member fate />
                <Answers submission label=words.demote class="danger" />
            </SubmitForm>
        </Dialog>
    }
}

/// Asks before a provider's account is somebody's no more.
#[component]
pub fn UnlinkDialog(
    member: Member,
    close: Callback<()>,
    /// They are not linked any more.
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::members();
    let toasts = toasts();
    let submission = Submission::new();
    let (id, name) = (member.id.clone(), member.name.clone());
    let submit = move || {
        let id = id.clone();
        let said = (words.unlinked)(&name);
        let request = async move { api::members::unlink(&id).await };
        submission.send(request, move |()| {
            close.run(());
            changed.run(());
            toasts.say(said);
        });
    };
    view! {
        <Dialog title=(words.unlink_title)(&member.name) on_close=close>
            <p>{words.unlink_more}</p>
            <SubmitForm submission submit class="">
                <Answers submission label=words.unlink class="danger" />
            </SubmitForm>
        </Dialog>
    }
}

/// How many keys they hold, and what becomes of them. Nobody hands keys over to themselves.
#[component]
fn KeysFate(member: Member, fate: RwSignal<CredentialsFate>) -> impl IntoView {
    let words = words::members();
    let keys = keys_of(&member);
    let is_me = untrack(|| session().me().id) == member.id;
    let choice = move || {
        let options = vec![
            (CredentialsFate::Revoke, words.revoke_keys),
            (CredentialsFate::HandOver, words.take_keys),
        ];
        view! {
            <Segmented
                name="credentials"
                legend=words.keys_fate
                options
                chosen=move || Some(fate.get())
                choose=move |chosen| fate.set(chosen)
            />
        }
    };
    let more = move || match fate.get() {
        CredentialsFate::Revoke => words.revoke_keys_more,
        CredentialsFate::HandOver => words.take_keys_more,
    };
    (keys > 0).then(|| {
        view! {
            <p>{(words.holds_keys)(&member.name, keys)}</p>
            {(!is_me).then(choice)}
            <p class="quiet">{more}</p>
        }
    })
}
