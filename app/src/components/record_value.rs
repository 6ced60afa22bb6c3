//! Recording a value of a KPI, in one line: the last one is filled in, Enter sends.

use std::mem;

use leptos::prelude::*;
use okrs_shared::kpi::NewKpiUpdate;
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::number::Number;
use okrs_shared::validation::Body as _;
use wasm_bindgen::JsCast as _;
use web_sys::SubmitEvent;

use crate::api::Problem;
use crate::api::kept::KeptWrite;
use crate::components::check_in::{form_of, move_on, send_once};
use crate::components::typed::{filled, number};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::number_input::NumberInput;
use crate::drafts::{self, Typed};
use crate::hosted::kept_value;
use crate::locale;
use crate::measure::Measure;
use crate::outbox::{Parcel, Standing, outbox};
use crate::session::session;
use crate::tried::new_key;
use crate::words;

/// What has become of it.
#[derive(Clone, Debug, PartialEq)]
enum Recording {
    /// Being filled in; perhaps refused a moment ago.
    Open(Option<Problem>),
    /// This value is in the outbox under this idempotency key, and shown as recorded from then on.
    Posted(Number, String),
}

/// What is in the fields. It is kept in the browser while it is not sent.
#[derive(Clone, Copy)]
struct ValueDraft {
    value: RwSignal<String>,
    comment: RwSignal<String>,
    place: StoredValue<String>,
    at_first: StoredValue<String>,
    saved: Option<Number>,
    measure: StoredValue<Measure>,
}

impl ValueDraft {
    fn of(kpi: &ListedKpi) -> Self {
        let place = format!("kpi:{}", kpi.id);
        let value = kpi.current_value.map(|value| locale::in_field(value.get()));
        let value = value.unwrap_or_default();
        let typed = drafts::read_over(&value_place(&place), &value);
        Self {
            value: RwSignal::new(typed.unwrap_or_else(|| value.clone())),
            comment: RwSignal::new(drafts::read(&place).unwrap_or_default()),
            place: StoredValue::new(place),
            at_first: StoredValue::new(value),
            saved: kpi.current_value,
            measure: StoredValue::new(Measure::from(kpi)),
        }
    }

    fn set_value(self, text: String) {
        let place = value_place(&self.place.read_value());
        drafts::write_over(&place, &self.at_first.read_value(), &text);
        self.value.set(text);
    }

    /// As it is kept until it is recorded.
    fn typed(self) -> Typed {
        let place = self.place.get_value();
        let value = drafts::over_anything(&self.value.read_untracked());
        vec![
            (value_place(&place), value),
            (place, self.comment.get_untracked()),
        ]
    }

    fn set_comment(self, text: String) {
        drafts::write(&self.place.read_value(), &text);
        self.comment.set(text);
    }

    /// What to send, or what the server would say is wrong with it.
    fn update(self) -> Result<NewKpiUpdate, Problem> {
        let value = self.measure.with_value(|measure| {
            let text = self.value.get_untracked();
            number("value", &text, self.saved, &measure.beside())
        })?;
        let update = NewKpiUpdate {
            value,
            comment: untrack(|| filled(self.comment)),
        };
        update.validate()?;
        Ok(update)
    }
}

fn value_place(place: &str) -> String {
    format!("{place}:value")
}

/// The fields, and then what was recorded.
#[component]
pub fn RecordValue(
    kpi: ListedKpi,
    /// What stands between the value and the comment.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let (outbox, session) = (outbox(), session());
    let draft = ValueDraft::of(&kpi);
    let state = RwSignal::new(Recording::Open(None));
    let (id, name) = (kpi.id.clone(), kpi.name.clone());
    let submit = Callback::new(move |event: SubmitEvent| {
        event.prevent_default();
        if matches!(state.get_untracked(), Recording::Posted(..)) {
            return;
        }
        let update = match draft.update() {
            Ok(update) => update,
            Err(problem) => return state.set(Recording::Open(Some(problem))),
        };
        if let Some(form) = form_of(&event) {
            move_on(&form);
        }
        let key = new_key();
        state.set(Recording::Posted(update.value, key.clone()));
        let value = draft
            .measure
            .with_value(|measure| measure.text(update.value));
        outbox.post(Parcel::new(
            (key, untrack(|| session.me().id)),
            (id.to_string(), name.clone(), value),
            KeptWrite::value(&id, &update),
            draft.typed(),
        ));
    });
    let outcome = Memo::new(move |_| match &*state.read() {
        Recording::Posted(value, key) => Some((*value, outbox.standing(key))),
        Recording::Open(_) => None,
    });
    Effect::new(move || {
        if let Some((_, Standing::Refused(problem))) = outcome.get() {
            let open = Recording::Open(Some(problem));
            let posted = state.try_update(|state| mem::replace(state, open));
            if let Some(Recording::Posted(_, key)) = posted {
                outbox.give_back(&key);
            }
        }
    });
    let kpi = StoredValue::new(kpi);
    move || match outcome.get() {
        Some((value, standing)) => {
            let value = draft.measure.with_value(|measure| measure.text(value));
            let home = words::home();
            let (shape, said) = match standing {
                Standing::Kept(Problem::Offline) => (Shape::Clock, (home.kept)(&value)),
                Standing::Kept(_) => (Shape::Clock, (home.kept_for_now)(&value)),
                Standing::Waits(kept) => (Shape::Clock, kept_value(kept, &value)),
                _ => (Shape::Check, (words::record_value().recorded)(&value)),
            };
            view! {
                <p class="check-in-outcome" role="status">
                    <Icon shape />
                    {said}
                </p>
            }
            .into_any()
        }
        None => {
            let children = children.clone();
            view! { <Fields kpi draft state submit children /> }.into_any()
        }
    }
}

#[component]
fn Fields(
    kpi: StoredValue<ListedKpi>,
    draft: ValueDraft,
    state: RwSignal<Recording>,
    submit: Callback<SubmitEvent>,
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let words = words::record_value();
    let (name, unit) = kpi.with_value(|kpi| (kpi.name.clone(), kpi.unit.clone()));
    let error_id = kpi.with_value(|kpi| format!("record-error-{}", kpi.id));
    let value_error = move || match &*state.read() {
        Recording::Open(Some(problem)) => problem.of_field("value"),
        _ => None,
    };
    let error = move || match &*state.read() {
        Recording::Open(Some(problem)) => {
            let value = problem.of_field("value");
            let value = value.map(|error| format!("{} {error}.", words.value));
            Some(value.unwrap_or_else(|| problem.in_words()))
        }
        _ => None,
    };
    view! {
        <form class="check-in-fields" aria-label=name novalidate on:submit=move |event| submit.run(event) on:keydown=move |event| send_once(&event)>
            <div class="check-in-value">
                <NumberInput
                    label=words.value
                    class="number record-value"
                    value=draft.value
                    error=Signal::derive(value_error)
                    error_id=error_id.clone()
                    typed=move |text| draft.set_value(text)
                />
                <span class="unit">{unit}</span>
            </div>
            {children.map(|children| children())}
            <div class="check-in-words">
                <input
                    aria-label=words.comment
                    type="text"
                    placeholder=words.comment_hint
                    autocomplete="off"
                    prop:value=draft.comment
                    on:input:target=move |event| draft.set_comment(event.target().value())
                />
            </div>
            <button type="submit" class="button" title="Enter">
                {words.record}
            </button>
            <p class="field-error" id=error_id role="alert">{error}</p>
        </form>
    }
}

/// Moves the focus to the value of the first such form on the page.
pub fn focus_first() {
    if let Ok(Some(input)) = document().query_selector("input.record-value") {
        // A field that is gone again needs no focus.
        let _ = input.unchecked_into::<web_sys::HtmlInputElement>().focus();
    }
}
