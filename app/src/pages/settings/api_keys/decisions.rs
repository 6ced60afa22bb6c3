//! Replacing a key, and taking one back.

use leptos::prelude::*;
use okrs_shared::api_key::{ApiKey, RollApiKey};

use super::Step;
use crate::api;
use crate::components::ui::choice::{Choice, Options};
use crate::components::ui::dialog::{Answers, Dialog};
use crate::components::ui::submit::{Submission, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::words;

/// What can be chosen, in hours.
const OVERLAPS: [u32; 4] = [1, 24, 168, 720];

/// Asks how long the old key goes on; then the new one is revealed.
#[component]
pub fn RollDialog(key: ApiKey, next: Callback<Option<Step>>) -> impl IntoView {
    let api_keys = words::api_keys();
    let overlap = RwSignal::new("24".to_owned());
    let submission = Submission::new();
    let id = key.id.clone();
    let submit = move || {
        let id = id.clone();
        let body = RollApiKey {
            overlap_hours: overlap.get_untracked().parse().unwrap_or(0),
        };
        submission.send(
            async move { api::api_keys::roll(&id, &body).await },
            move |key| next.run(Some(Step::Reveal(key))),
        );
    };
    let mut overlaps: Options = vec![("0".to_owned(), api_keys.at_once.to_owned())];
    overlaps.extend(OVERLAPS.map(|hours| (hours.to_string(), (api_keys.hours)(hours))));
    view! {
        <Dialog title=(api_keys.roll_title)(&key.name) on_close=Callback::new(move |()| next.run(None))>
            <p>{api_keys.roll_more}</p>
            <SubmitForm submission submit>
                <Choice name="overlap_hours" label=api_keys.overlap value=overlap options=overlaps />
                <Answers submission label=api_keys.roll_submit class="primary" />
            </SubmitForm>
        </Dialog>
    }
}

/// Asks once more before a key is taken back.
#[component]
pub fn RevokeDialog(
    key: ApiKey,
    next: Callback<Option<Step>>,
    /// The key is no more.
    changed: Callback<()>,
) -> impl IntoView {
    let api_keys = words::api_keys();
    let toasts = toasts();
    let submission = Submission::new();
    let (id, name) = (key.id.clone(), key.name.clone());
    let submit = move || {
        let (id, said) = (id.clone(), (api_keys.revoked)(&name));
        submission.send(async move { api::api_keys::revoke(&id).await }, move |()| {
            next.run(None);
            changed.run(());
            toasts.say(said);
        });
    };
    view! {
        <Dialog title=(api_keys.revoke_title)(&key.name) on_close=Callback::new(move |()| next.run(None))>
            <p>{api_keys.revoke_more}</p>
            <SubmitForm submission submit class="">
                <Answers submission label=api_keys.revoke class="danger" />
            </SubmitForm>
        </Dialog>
    }
}
