//! The fields of a check-in.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::key_result::MetricType;
use okrs_shared::okr_detail::ListedKeyResult;
use strum::VariantArray as _;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::State;
use super::draft::Draft;
use crate::components::status::Mark;
use crate::components::ui::focus::focus_when_there;
use crate::components::ui::icon::Icon;
use crate::words::words;

/// Value, status, words and the button; Enter anywhere sends.
#[component]
pub fn Fields(
    key_result: StoredValue<ListedKeyResult>,
    draft: Draft,
    state: RwSignal<State>,
    #[prop(into)] send: Callback<()>,
    autofocus: bool,
) -> impl IntoView {
    let home = &words().home;
    // What a group of choices is told by.
    let group =
        |name: &str| key_result.with_value(|key_result| format!("{name}-{}", key_result.id));
    let error = move |name: &'static str| {
        Memo::new(move |_| match &*state.read() {
            State::Open(Some(problem)) => problem.of_field(name),
            _ => None,
        })
    };
    let (value_error, note_error) = (error("value"), error("blocker_note"));
    let other_error = move || match &*state.read() {
        State::Open(Some(problem))
            if !problem.is_about("value") && !problem.is_about("blocker_note") =>
        {
            Some(problem.in_words())
        }
        _ => None,
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send.run(());
        // What was refused at once stays open, and keeps the focus.
        let is_sent = !matches!(*state.read_untracked(), State::Open(_));
        if is_sent && let Some(form) = event.target() {
            move_on(form.unchecked_ref());
        }
    };
    let shortcut = move |event: KeyboardEvent| {
        if event.alt_key()
            && let Some(status) = status_of_key(&event.code())
        {
            event.prevent_default();
            draft.status.set(status);
        }
        send_once(&event);
    };
    view! {
        <form class="check-in-fields" aria-busy=move || (*state.read() == State::Pressed).then_some("true") on:submit=submit on:keydown=shortcut aria-label=key_result.with_value(|key_result| key_result.title.clone())>
            <ValueField key_result draft name=group("value") error=value_error autofocus />
            <StatusField draft name=group("status") />
            <div class="check-in-words">
                <input
                    aria-label=home.comment
                    type="text"
                    placeholder=home.comment_hint
                    autocomplete="off"
                    prop:value=draft.comment
                    on:input:target=move |event| draft.set_comment(event.target().value())
                />
                <Show when=move || draft.status.get() == CheckInStatus::Blocked>
                    <input
                        aria-label=home.blocker
                        type="text"
                        placeholder=home.blocker
                        autocomplete="off"
                        aria-invalid=move || note_error.get().is_some().then_some("true")
                        prop:value=draft.blocker_note
                        on:input:target=move |event| draft.set_blocker_note(event.target().value())
                    />
                </Show>
            </div>
            <button type="submit" class="button" title="Enter">{home.check_in}</button>
            <p class="field-error" role="alert">
                {move || {
                    let value = value_error.get().map(|error| format!("{} {error}.", home.value));
                    let note = note_error.get().map(|_| home.blocker.to_owned());
                    value.or(note).or_else(other_error)
                }}
            </p>
        </form>
    }
}

#[component]
fn ValueField(
    key_result: StoredValue<ListedKeyResult>,
    draft: Draft,
    name: String,
    error: Memo<Option<String>>,
    autofocus: bool,
) -> impl IntoView {
    let home = &words().home;
    let (metric, unit) = key_result.with_value(|key_result| {
        let percent = || (key_result.metric_type == MetricType::Percentage).then(|| "%".to_owned());
        (
            key_result.metric_type,
            key_result.unit.clone().or_else(percent),
        )
    });
    if metric == MetricType::Boolean {
        let choices = [("1", home.yes), ("0", home.no)];
        return view! {
            <fieldset class="segmented check-in-value" aria-label=home.value>
                {choices
                    .map(|(value, label)| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name=name.clone()
                                    prop:checked=move || draft.value.get() == value
                                    on:change=move |_| draft.value.set(value.to_owned())
                                />
                                <span>{label}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
        }
        .into_any();
    }
    let input = NodeRef::<Input>::new();
    if autofocus {
        focus_when_there(input);
    }
    view! {
        <div class="check-in-value">
            <input
                node_ref=input
                aria-label=home.value
                class="number"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-invalid=move || error.get().is_some().then_some("true")
                prop:value=draft.value
                on:focus:target=move |event| event.target().select()
                on:input:target=move |event| draft.value.set(event.target().value())
            />
            <span class="unit">{unit}</span>
        </div>
    }
    .into_any()
}

#[component]
fn StatusField(draft: Draft, name: String) -> impl IntoView {
    view! {
        <fieldset class="segmented statuses" aria-label=words().home.status>
            {CheckInStatus::VARIANTS
                .iter()
                .map(|status| {
                    let (status, mark) = (*status, Mark::from(*status));
                    view! {
                        <label title=mark.word()>
                            <input
                                type="radio"
                                name=name.clone()
                                aria-label=mark.word()
                                prop:checked=move || draft.status.get() == status
                                on:change=move |_| draft.status.set(status)
                            />
                            <span class=mark.class()>
                                <Icon shape=mark.shape() />
                                <span class="status-word">{mark.word()}</span>
                            </span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

/// Alt with 1, 2, 3 or B, wherever the keyboard has its letters.
fn status_of_key(code: &str) -> Option<CheckInStatus> {
    match code {
        "Digit1" => Some(CheckInStatus::OnTrack),
        "Digit2" => Some(CheckInStatus::AtRisk),
        "Digit3" => Some(CheckInStatus::OffTrack),
        "KeyB" => Some(CheckInStatus::Blocked),
        _ => None,
    }
}

/// Enter that is held down sends one row: the focus moves on while the key repeats.
pub fn send_once(event: &KeyboardEvent) {
    if event.key() == "Enter" && event.repeat() {
        event.prevent_default();
    }
}

/// Moves the focus to the first field of the next form like this one; after the last one to its row,
/// which stays when the form goes.
pub fn move_on(form: &HtmlElement) {
    let Ok(forms) = document().query_selector_all("form.check-in-fields") else {
        return;
    };
    let next = (0..forms.length())
        .filter_map(|nth| forms.get(nth))
        .skip_while(|node| !node.is_same_node(Some(form)))
        .nth(1);
    let place = match next {
        Some(form) => form
            .unchecked_into::<web_sys::Element>()
            .query_selector("input"),
        None => form.closest("li"),
    };
    if let Ok(Some(place)) = place {
        // It may be gone by now; then the focus stays.
        let _ = place.unchecked_into::<HtmlElement>().focus();
    }
}
