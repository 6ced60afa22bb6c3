//! Recording a value of a KPI, in one line: the last one is filled in, Enter sends.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::kpi::NewKpiUpdate;
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::number::Number;
use okrs_shared::upstream::WriteState;
use okrs_shared::validation::Body as _;
use wasm_bindgen::JsCast as _;
use web_sys::SubmitEvent;

use crate::api::{self, Problem, Sent};
use crate::components::check_in::{form_of, move_on, send_once};
use crate::components::typed::{filled, number};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::number_input::NumberInput;
use crate::drafts;
use crate::hosted::{kept_value, say_kept};
use crate::locale;
use crate::measure::Measure;
use crate::session::session;
use crate::tried::Tried;
use crate::words;

/// What has become of it.
#[derive(Clone, Debug, PartialEq)]
enum Recording {
    /// Being filled in; perhaps refused a moment ago.
    Open(Option<Problem>),
    Sending,
    Done(Number),
    /// The server keeps this value for the hosted service.
    Waits(Number, WriteState),
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
    tried: Tried,
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
            tried: Tried::default(),
        }
    }

    fn set_value(self, text: String) {
        let place = value_place(&self.place.read_value());
        drafts::write_over(&place, &self.at_first.read_value(), &text);
        self.value.set(text);
    }

    /// Nothing of it is left to be sent.
    fn forget(self) {
        let place = self.place.read_value();
        for place in [&**place, &value_place(&place)] {
            drafts::write(place, "");
        }
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
    /// It was recorded.
    #[prop(into, optional)]
    done: Option<Callback<()>>,
    /// What stands between the value and the comment.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let (session, say_kept) = (session(), say_kept());
    let draft = ValueDraft::of(&kpi);
    let state = RwSignal::new(Recording::Open(None));
    let id = kpi.id.clone();
    let submit = Callback::new(move |event: SubmitEvent| {
        event.prevent_default();
        if state.get_untracked() == Recording::Sending {
            return;
        }
        let update = match draft.update() {
            Ok(update) => update,
            Err(problem) => return state.set(Recording::Open(Some(problem))),
        };
        if let Some(form) = form_of(&event) {
            move_on(&form);
        }
        let (id, key) = (id.clone(), draft.tried.key(&update));
        state.set(Recording::Sending);
        spawn_local(async move {
            match api::kpis::record(&id, &update, &key).await {
                Ok(sent) => {
                    draft.forget();
                    match sent {
                        Sent::Done(recorded) => {
                            state.set(Recording::Done(recorded.new_value));
                            if let Some(done) = done {
                                done.run(());
                            }
                        }
                        Sent::Waits(kept) => {
                            state.set(Recording::Waits(update.value, kept));
                            say_kept(kept);
                        }
                    }
                }
                Err(problem) => {
                    session.notice(&problem);
                    state.set(Recording::Open(Some(problem)));
                }
            }
        });
    });
    let kpi = StoredValue::new(kpi);
    let outcome = Memo::new(move |_| match *state.read() {
        Recording::Done(value) => Some((value, None)),
        Recording::Waits(value, kept) => Some((value, Some(kept))),
        _ => None,
    });
    move || match outcome.get() {
        Some((value, kept)) => {
            let value = draft.measure.with_value(|measure| measure.text(value));
            let (shape, said) = match kept {
                None => (Shape::Check, (words::record_value().recorded)(&value)),
                Some(kept) => (Shape::Clock, kept_value(kept, &value)),
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
            <button type="submit" class="button" title="Enter" aria-disabled=move || (*state.read() == Recording::Sending).to_string()>
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
