//! The fields of a check-in.

use leptos::ev::KeyboardEvent;
use leptos::html::Form;
use leptos::prelude::*;
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::key_result::MetricType;
use okrs_shared::okr_detail::ListedKeyResult;
use strum::VariantArray as _;
use web_sys::{HtmlElement, SubmitEvent};

use super::State;
use super::draft::Draft;
use super::keys::{
    begin_in, enter_reason, form_of, is_enter_in_field, move_by, move_on, rows_of_arrow, send_once,
    status_of_key,
};
use crate::components::status::Mark;
use crate::components::ui::icon::Icon;
use crate::components::ui::number_input::NumberInput;
use crate::components::ui::paint::after_paint;
use crate::words;

/// Value, status, words and the button; Enter anywhere sends.
#[component]
pub fn Fields(
    key_result: StoredValue<ListedKeyResult>,
    draft: Draft,
    state: RwSignal<State>,
    send: Callback<Option<HtmlElement>>,
    autofocus: bool,
) -> impl IntoView {
    let home = words::home();
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
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send.run(form_of(&event));
    };
    let form = NodeRef::<Form>::new();
    if autofocus {
        Effect::new(move || {
            if let Some(form) = form.get() {
                let was_changed = untrack(|| draft.is_changed());
                // A field that was not laid out yet does not keep what is selected in it.
                after_paint(move || {
                    // Whoever was quicker has replaced it by now, or is gone.
                    if form.is_connected() && (was_changed || !untrack(|| draft.is_changed())) {
                        begin_in(&form);
                    }
                });
            }
        });
    }
    let keydown = move |event: KeyboardEvent| {
        send_once(&event);
        if *state.read_untracked() == State::Pressed {
            // Whoever types on before the focus has moved means the next row.
            if let Some(form) = form_of(&event) {
                move_on(&form);
            }
        } else if event.alt_key()
            && let Some(status) = status_of_key(&event.code())
        {
            event.prevent_default();
            draft.set_status(status);
        } else if let Some(rows) = rows_of_arrow(&event) {
            event.prevent_default();
            if let Some(form) = form_of(&event) {
                move_by(&form, rows);
            }
        } else if is_enter_in_field(&event) {
            // Left to the browser, submitting takes longer than all that is done here.
            event.prevent_default();
            let form = form_of(&event);
            let has_more = draft.lacks_reason() && form.as_ref().is_some_and(enter_reason);
            if !has_more {
                send.run(form);
            }
        }
    };
    let [error_id, note_error_id] = [group("error"), group("note-error")];
    let note_error = move || note_error.read().is_some();
    view! {
        <form node_ref=form class="check-in-fields" novalidate on:submit=submit on:keydown=keydown aria-label=key_result.with_value(|key_result| key_result.title.clone())>
            <ValueField key_result draft name=group("value") error=value_error error_id=error_id.clone() />
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
                        class="check-in-reason"
                        type="text"
                        placeholder=home.blocker
                        autocomplete="off"
                        aria-invalid=move || note_error().then_some("true")
                        aria-describedby=note_error_id.clone()
                        prop:value=draft.blocker_note
                        on:input:target=move |event| draft.set_blocker_note(event.target().value())
                    />
                    <p class="field-error" id=note_error_id.clone() role="alert">
                        {move || note_error().then_some(home.blocker_missing)}
                    </p>
                </Show>
            </div>
            <button type="submit" class="button" title="Enter" aria-disabled=move || (*state.read() == State::Pressed).to_string()>
                {home.check_in}
            </button>
            <p class="field-error" id=error_id role="alert">
                {move || {
                    let value = value_error.get().map(|error| format!("{} {error}.", home.value));
                    value.or_else(other_error)
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
    error_id: String,
) -> impl IntoView {
    let home = words::home();
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
                                    on:change=move |_| draft.set_value(value.to_owned())
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
    view! {
        <div class="check-in-value">
            <NumberInput label=home.value value=draft.value error error_id typed=move |text| draft.set_value(text) />
            <span class="unit">{unit}</span>
        </div>
    }
    .into_any()
}

#[component]
fn StatusField(draft: Draft, name: String) -> impl IntoView {
    view! {
        <fieldset class="segmented statuses" aria-label=words::home().status>
            {CheckInStatus::VARIANTS
                .iter()
                .map(|status| {
                    let (status, mark) = (*status, Mark::from(*status));
                    view! {
                        <label>
                            <input
                                type="radio"
                                name=name.clone()
                                prop:checked=move || draft.status.get() == status
                                on:change=move |_| draft.set_status(status)
                            />
                            <span class=mark.class()>
                                <Icon shape=mark.shape() />
                                {mark.word()}
                            </span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}
