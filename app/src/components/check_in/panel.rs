//! Checking in key results where they stand: on the page of their OKR and from its row in the list.

use std::collections::HashSet;
use std::mem;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::id::{CheckInId, KeyResultId};
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::permission::Action;

use super::{CheckInRow, among};
use crate::capabilities::capabilities;
use crate::components::ui::panel::{ClosePanel, Panel};
use crate::components::ui::toast::toasts;
use crate::outbox::outbox;
use crate::session::session;
use crate::words;

/// How long the last recorded value is seen before the panel closes.
const SEEN: Duration = Duration::from_millis(900);

/// Those of an OKR that the reader may check in.
pub fn to_check_in(key_results: &[ListedKeyResult]) -> Vec<ListedKeyResult> {
    let may = |part: &&ListedKeyResult| part.may.contains(&Action::CheckIn);
    key_results.iter().filter(may).cloned().collect()
}

/// One row for each; closes by itself after the last. It belongs beside what the page loads, and not into it:
/// the page may load anew while it is open.
#[component]
pub fn CheckInPanel(
    /// What there is to check in when it opens.
    key_results: Signal<Vec<ListedKeyResult>>,
    is_open: RwSignal<bool>,
    /// Something was recorded or taken back that the page does not show yet.
    done: Callback<()>,
) -> impl IntoView {
    let outbox = outbox();
    let offer_undo = offer_undo();
    let shown = StoredValue::new(untrack(|| outbox.recorded()));
    Effect::new(move || {
        let recorded = outbox.recorded();
        if is_open.get() || shown.with_value(|shown| *shown == recorded) {
            return;
        }
        let mut new = recorded.clone();
        let before = shown.try_update_value(|shown| mem::replace(shown, recorded));
        new.retain(|one| !before.as_ref().is_some_and(|before| before.contains(one)));
        offer_undo(new.into_iter().map(|(_, id)| id).collect());
        done.run(());
    });
    view! {
        <Panel title=words::home().check_in is_open>
            <Rows key_results=key_results.get_untracked() />
        </Panel>
    }
}

/// Says how many were checked in, and offers to take them back.
fn offer_undo() -> impl Fn(HashSet<CheckInId>) + Copy {
    let (outbox, session, toasts) = (outbox(), session(), toasts());
    move |ids| {
        if ids.is_empty() || !untrack(|| capabilities().correct_check_ins) {
            return;
        }
        let said = (words::okr().checked_in)(ids.len());
        toasts.offer(said, words::common().undo, move || {
            let ids = ids.clone();
            spawn_local(async move {
                for id in &ids {
                    if let Err(problem) = outbox.take_back(id).await {
                        session.notice(&problem);
                        toasts.say(problem.in_words());
                    }
                }
            });
        });
    }
}

#[component]
fn Rows(key_results: Vec<ListedKeyResult>) -> impl IntoView {
    let panel = expect_context::<ClosePanel>();
    let (recorded, changed) = (
        RwSignal::new(0),
        RwSignal::new(HashSet::<KeyResultId>::new()),
    );
    let is_dirty = Signal::derive(move || !changed.read().is_empty());
    panel.is_dirty.set_value(is_dirty);
    let count = key_results.len();
    let on_done = move |is_done: bool| {
        recorded.update(|recorded| match is_done {
            true => *recorded += 1,
            false => *recorded -= 1,
        });
        if recorded.get_untracked() == count {
            let close = move || {
                // The last one may have been taken back meanwhile.
                if recorded.try_get_untracked() == Some(count) {
                    panel.close.try_run(());
                }
            };
            set_timeout(close, SEEN);
        }
    };
    let rows = key_results
        .into_iter()
        .enumerate()
        .map(|(nth, key_result)| {
            let (id, title) = (key_result.id.clone(), key_result.title.clone());
            let on_change = among(changed, id);
            view! {
                <CheckInRow
                    key_result
                    title=move || view! { <h3 dir="auto">{title.clone()}</h3> }
                    autofocus=nth == 0
                    on_done
                    on_change
                    send_all=Signal::from(0)
                />
            }
        });
    view! {
        <div class="panel-body">
            <ul class="check-ins">{rows.collect_view()}</ul>
        </div>
    }
}
