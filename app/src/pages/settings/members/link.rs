//! Dialogs about one person: a link that is shown once, and keeping somebody out.

use leptos::prelude::*;
use okrs_shared::member::{Link, Member};

use crate::api;
use crate::components::ui::copy::CopyText;
use crate::components::ui::dialog::{Answers, Dialog, Done};
use crate::components::ui::submit::{Submission, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::locale;
use crate::words;

/// The Escape key closes it only once the link is copied: it would be lost.
#[component]
pub fn LinkDialog(
    title: String,
    link: Link,
    close: Callback<()>,
    /// There is a link that was not there before.
    changed: Callback<()>,
) -> impl IntoView {
    let members = words::members();
    let is_copied = RwSignal::new(false);
    let on_close = Callback::new(move |()| {
        close.run(());
        changed.run(());
    });
    let more = (members.link_more)(&locale::day(&link.expires_at.to_string()));
    view! {
        <Dialog title on_close can_escape=is_copied>
            <p class="notice at-risk">{more}</p>
            <CopyText label=members.link text=link.url on_copy=Callback::new(move |()| is_copied.set(true)) />
            <Done label=members.done />
        </Dialog>
    }
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
    let id = member.id.clone();
    let submit = move || {
        let id = id.clone();
        let request = async move { api::members::disable(&id).await };
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
                <Answers submission label=words.disable class="danger" />
            </SubmitForm>
        </Dialog>
    }
}
