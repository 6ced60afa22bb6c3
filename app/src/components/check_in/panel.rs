//! Checking in key results where they stand: on the page of their OKR and from its row in the list.

use std::collections::HashSet;
use std::time::Duration;

use leptos::prelude::*;
use okrs_shared::id::KeyResultId;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::permission::Action;

use super::CheckInRow;
use crate::components::ui::panel::{ClosePanel, Panel};
use crate::words;

/// How long the last recorded value is seen before the panel closes.
const SEEN: Duration = Duration::from_millis(900);

/// Those of an OKR that the reader may check in.
pub fn to_check_in(key_results: &[ListedKeyResult]) -> Vec<ListedKeyResult> {
    let may = |part: &&ListedKeyResult| part.may.contains(&Action::CheckIn);
    key_results.iter().filter(may).cloned().collect()
}

/// One row for each; closes by itself after the last.
#[component]
pub fn CheckInPanel(
    key_results: Vec<ListedKeyResult>,
    is_open: RwSignal<bool>,
    /// It is closed, and something was recorded.
    done: Callback<()>,
) -> impl IntoView {
    let (recorded, changed) = (RwSignal::new(0), RwSignal::new(HashSet::new()));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = is_open.get();
        if was_open == Some(true) && !is_open {
            let count = recorded.get_untracked();
            recorded.set(0);
            changed.set(HashSet::new());
            // What is kept for later changes nothing that the server could show.
            if count > 0 && window().navigator().on_line() {
                done.run(());
            }
        }
        is_open
    });
    let key_results = StoredValue::new(key_results);
    view! {
        <Panel title=words::home().check_in is_open>
            <Rows key_results=key_results.get_value() recorded changed />
        </Panel>
    }
}

#[component]
fn Rows(
    key_results: Vec<ListedKeyResult>,
    recorded: RwSignal<usize>,
    changed: RwSignal<HashSet<KeyResultId>>,
) -> impl IntoView {
    let panel = expect_context::<ClosePanel>();
    let is_dirty = Signal::derive(move || !changed.read().is_empty());
    panel.is_dirty.set_value(is_dirty);
    let count = key_results.len();
    let on_done = move |()| {
        recorded.update(|recorded| *recorded += 1);
        if recorded.get_untracked() == count {
            let close = move || {
                panel.close.try_run(());
            };
            set_timeout(close, SEEN);
        }
    };
    let rows = key_results
        .into_iter()
        .enumerate()
        .map(|(nth, key_result)| {
            let (id, title) = (key_result.id.clone(), key_result.title.clone());
            let on_change = move |is_changed: bool| {
                changed.update(|changed| {
                    if is_changed {
                        changed.insert(id.clone());
                    } else {
                        changed.remove(&id);
                    }
                });
            };
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
