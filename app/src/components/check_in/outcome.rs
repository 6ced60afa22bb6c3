//! What became of a check-in.

use leptos::prelude::*;
use okrs_shared::okr_detail::ListedKeyResult;

use super::State;
use super::draft::Draft;
use crate::api::Problem;
use crate::components::status::{Mark, StatusMark};
use crate::components::ui::icon::{Icon, Shape};
use crate::hosted::kept_value;
use crate::measure::Measure;
use crate::outbox::Standing;
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

/// What was checked in, and the way to correct a slip.
#[component]
pub fn Outcome(
    state: RwSignal<State>,
    standing: Memo<Option<Standing>>,
    key_result: StoredValue<ListedKeyResult>,
    draft: Draft,
    takes_focus: StoredValue<bool>,
) -> impl IntoView {
    let home = words::home();
    let value = key_result.with_value(|key_result| typed_value(draft, key_result));
    let mark = Mark::from(draft.status.get_untracked());
    let again = move |_| {
        takes_focus.set_value(true);
        draft.begin_again();
        state.set(State::Open(None));
    };
    view! {
        <div class="check-in-outcome" role="status">
            {move || match standing.get() {
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
                    {home.again}
                </button>
            </Show>
        </div>
    }
}
