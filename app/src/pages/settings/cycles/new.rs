//! A new cycle, or the next four.

use leptos::prelude::*;
use okrs_shared::cycle::{CycleOverview, NewCycle};
use okrs_shared::cycle_period::{Period, Span};
use okrs_shared::validation::Body as _;

use super::strip::in_days;
use super::year::span;
use crate::api::{self, Answer};
use crate::components::cycle_fields::{CycleDraft, CycleFields, PeriodChoice};
use crate::components::ui::form::Form;
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelFrame;
use crate::components::ui::toast::toasts;
use crate::session::session;
use crate::tried::new_key;
use crate::words;

/// So many are made at once.
const SEVERAL: usize = 4;

/// Proposes what comes next.
#[component]
pub fn NewPanel(
    is_open: RwSignal<bool>,
    cycles: Vec<CycleOverview>,
    changed: Callback<()>,
) -> impl IntoView {
    let spans: Vec<Span> = cycles.iter().map(span).collect();
    view! {
        <Panel title=words::cycles().new_title is_open>
            <Fields spans=spans.clone() changed />
        </Panel>
    }
}

#[component]
fn Fields(spans: Vec<Span>, changed: Callback<()>) -> impl IntoView {
    let words = words::cycles();
    let toasts = toasts();
    let today = untrack(|| session().today());
    let period = RwSignal::new(Period::Quarter);
    let are_four = RwSignal::new(false);
    let next = Memo::new(move |_| period.get().several(&spans, today, SEVERAL));
    let form = Form::new(CycleDraft::default(), None);
    let (draft, submission) = (form.draft, form.submission);
    let propose = move |first: NewCycle| {
        draft.set(&first);
        form.saved.set(Some(first));
    };
    propose(next.with_untracked(|next| next[0].clone()));
    Effect::watch(
        move || next.with(|next| next[0].clone()),
        move |first, _, _| propose(first.clone()),
        false,
    );
    // What is sent again after a lost answer makes nothing twice.
    let keys = StoredValue::new(Vec::<(NewCycle, String)>::new());
    let send = move || {
        let all = match are_four.get_untracked() {
            true => next.get_untracked(),
            false if !submission.has_all(&draft.required()) => return None,
            false => vec![form.check()?],
        };
        let said = match &all[..] {
            [one] => (words.made)(one.name.trim()),
            _ => words.made_four.to_owned(),
        };
        Some(async move { make_all(all, keys).await.map(|()| said) })
    };
    let saved = Callback::new(move |said: String| {
        toasts.say(said);
        changed.run(());
    });
    let is_dirty = Signal::derive(move || form.is_changed());
    view! {
        <PanelFrame submission is_dirty label=words.new_submit send saved>
            <PeriodChoice value=period />
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=are_four
                    on:change:target=move |event| are_four.set(event.target().checked())
                />
                <span>{words.four}</span>
            </label>
            <Show
                when=move || are_four.get()
                fallback=move || view! { <CycleFields draft autofocus=true /> }
            >
                <ul class="plain-rows next-cycles">
                    {move || {
                        let rows = next.get().into_iter();
                        rows.map(|cycle| {
                                let days = in_days((cycle.start_date, cycle.end_date), today);
                                view! {
                                    <li>
                                        <strong>{cycle.name.to_string()}</strong>
                                        <span class="quiet">{days}</span>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
            </Show>
        </PanelFrame>
    }
}

async fn make_all(all: Vec<NewCycle>, keys: StoredValue<Vec<(NewCycle, String)>>) -> Answer<()> {
    for cycle in all {
        cycle.validate()?;
        let known = keys.with_value(|keys| {
            let mut keys = keys.iter();
            keys.find(|(tried, _)| *tried == cycle)
                .map(|(_, key)| key.clone())
        });
        let key = known.unwrap_or_else(new_key);
        keys.update_value(|keys| keys.push((cycle.clone(), key.clone())));
        api::cycles::create(&cycle, &key).await?;
    }
    Ok(())
}
