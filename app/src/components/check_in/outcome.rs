//! What became of a check-in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::id::CheckInId;
use okrs_shared::okr_detail::ListedKeyResult;

use super::draft::Draft;
use super::{Reported, State};
use crate::api::Problem;
use crate::capabilities::capabilities;
use crate::components::status::{Mark, StatusMark};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::toast::toasts;
use crate::hosted::kept_value;
use crate::measure::Measure;
use crate::outbox::{Standing, outbox};
use crate::session::session;
use crate::words;

/// What is typed, with its unit.
pub fn typed_value(
    draft: Draft,
    key_result: &ListedKeyResult,
) -> impl Fn() -> String + Clone + use<> {
    let measure = Measure::from(key_result);
    move || {
        let text = draft.value().map(|value| measure.text(value));
        text.unwrap_or_default()
    }
}

/// What was checked in, and the ways to correct a slip and to take all of it back.
#[component]
pub fn Outcome(
    state: RwSignal<State>,
    standing: Memo<Option<Standing>>,
    key_result: StoredValue<ListedKeyResult>,
    reported: StoredValue<Option<Reported>>,
    draft: Draft,
    takes_focus: StoredValue<bool>,
    /// It is taken back, before it was sent or after.
    undone: Callback<bool>,
) -> impl IntoView {
    let home = words::home();
    let (outbox, session, toasts) = (outbox(), session(), toasts());
    let value = key_result.with_value(|key_result| typed_value(draft, key_result));
    let mark = Mark::from(draft.status.get_untracked());
    let correctable = move || {
        let found = match standing.get() {
            None => reported.get_value(),
            // The fields have what was sent.
            Some(Standing::Done(Some(id))) => Some(Reported {
                id: CheckInId(id),
                comment: Some(draft.comment.get_untracked()),
                blocker_note: Some(draft.blocker_note.get_untracked()),
            }),
            Some(_) => None,
        };
        found.filter(|_| capabilities().correct_check_ins)
    };
    let again = move |_| {
        takes_focus.set_value(true);
        draft.begin_again(untrack(correctable).as_ref());
        state.set(State::Open(None));
    };
    let undo = move |_| {
        let posted = match &*state.read_untracked() {
            State::Posted(key) => Some(key.clone()),
            _ => None,
        };
        if posted.is_some_and(|key| outbox.withdraw(&key)) {
            return undone.run(true);
        }
        let Some(Reported { id, .. }) = untrack(correctable) else {
            return;
        };
        spawn_local(async move {
            match outbox.take_back(&id).await {
                Ok(()) => {
                    undone.try_run(false);
                }
                Err(problem) => {
                    session.notice(&problem);
                    toasts.say(problem.in_words());
                }
            }
        });
    };
    let can_undo = move || {
        let is_here = match &*state.read() {
            State::Posted(key) => outbox.is_here(key),
            _ => false,
        };
        is_here || correctable().is_some()
    };
    view! {
        <div class="check-in-outcome" role="status">
            {move || match standing.get() {
                // The row says what was said.
                None => ().into_any(),
                Some(Standing::Kept(problem)) => {
                    let says = match problem {
                        Problem::Offline => home.kept,
                        _ => home.kept_for_now,
                    };
                    view! { <p>{says(&value())}</p> }.into_any()
                }
                Some(Standing::Waits(kept)) => {
                    view! {
                        <p>
                            <Icon shape=Shape::Clock />
                            <span>{kept_value(kept, &value())}</span>
                        </p>
                    }
                        .into_any()
                }
                _ => {
                    view! {
                        <p>
                            <Icon shape=Shape::Check />
                            <span>{(home.checked_in)(&value(), "")}</span>
                            <StatusMark mark />
                        </p>
                    }
                        .into_any()
                }
            }}
            <Show when=move || standing.get() != Some(Standing::Sending)>
                <button type="button" class="button plain" on:click=again>
                    {move || if correctable().is_some() { home.change } else { home.again }}
                </button>
            </Show>
            <Show when=can_undo>
                <button type="button" class="button plain" on:click=undo>
                    {words::common().undo}
                </button>
            </Show>
        </div>
    }
}
