//! My key results: those to check in, and those that are.

use std::collections::HashSet;

use leptos::prelude::*;
use okrs_shared::home::HomeKeyResult;
use okrs_shared::id::KeyResultId;
use wasm_bindgen::JsCast as _;

use crate::components::check_in::{CheckInRow, Reported, among, begin_in};
use crate::components::ui::shortcut::use_shortcut;
use crate::paths;
use crate::words;

/// Due ones in rows to be filled in, done ones folded away.
#[component]
pub fn CheckIns(
    due: Vec<HomeKeyResult>,
    done: Vec<HomeKeyResult>,
    /// What was done before this page was there is due again.
    reload: Callback<()>,
) -> impl IntoView {
    let words = words::home();
    let count = due.len();
    let checked_in = RwSignal::new(HashSet::<KeyResultId>::new());
    let changed = RwSignal::new(HashSet::<KeyResultId>::new());
    let send_all = RwSignal::new(0);
    use_shortcut("c", begin);
    let left = move || count - checked_in.read().len().min(count);
    let rows = move |rows: Vec<HomeKeyResult>, is_due: bool| {
        rows.into_iter()
            .enumerate()
            .map(|(nth, row)| {
                let id = row.key_result.id.clone();
                let on_done = {
                    let id = id.clone();
                    move |is_done: bool| match (is_due, is_done) {
                        (true, true) => checked_in.update(|done| {
                            done.insert(id.clone());
                        }),
                        (true, false) => checked_in.update(|done| {
                            done.remove(&id);
                        }),
                        (false, false) => reload.run(()),
                        (false, true) => {}
                    }
                };
                let on_change = among(changed, id);
                let (title, okr_id) = (row.key_result.title.clone(), row.okr_id);
                let okr = format!("{} · {}", row.okr, row.cycle);
                let title = move || {
                    view! {
                        <h3>
                            <a dir="auto" href=paths::okr(okr_id.as_str()) title=okr.clone()>{title.clone()}</a>
                        </h3>
                        <p class="quiet check-in-okr">{okr.clone()}</p>
                    }
                };
                let reported = row
                    .own_check_in
                    .map(|own| Reported {
                        id: own.id,
                        comment: row.last_comment.clone(),
                        blocker_note: own.blocker_note,
                    });
                view! {
                    <CheckInRow
                        key_result=row.key_result
                        last_comment=row.last_comment
                        title
                        is_done=!is_due
                        reported
                        autofocus=is_due && nth == 0
                        on_done
                        on_change
                        send_all
                    />
                }
            })
            .collect_view()
    };
    let done_count = done.len();
    view! {
        <section class="due" aria-labelledby="due">
            <header class="page-head">
                <h2 id="due" class="headline" aria-live="polite">
                    {move || match left() {
                        0 => words.nothing_due.to_owned(),
                        left => (words.due)(left),
                    }}
                </h2>
                <Show when=move || { changed.read().len() > 1 }>
                    <button
                        type="button"
                        class="button primary"
                        on:click=move |_| send_all.update(|times| *times += 1)
                    >
                        {move || (words.save_all)(changed.read().len())}
                    </button>
                </Show>
            </header>
            {(count > 0)
                .then(|| {
                    view! {
                        <ul class="check-ins">{rows(due, true)}</ul>
                        <p class="quiet keys">{words.keys}</p>
                    }
                })}
        </section>
        {(done_count > 0)
            .then(|| {
                view! {
                    <details class="done">
                        <summary>{(words.done)(done_count)}</summary>
                        <ul class="check-ins">{rows(done, false)}</ul>
                    </details>
                }
            })}
    }
}

/// Begins with the first row that is left.
fn begin() {
    if let Ok(Some(form)) = document().query_selector(".due form.check-in-fields") {
        begin_in(form.unchecked_ref());
    }
}
