//! What the keys do in a row that is sent by Enter.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use okrs_shared::checkin::CheckInStatus;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlElement, HtmlInputElement};

/// Alt with 1, 2, 3 or B, wherever the keyboard has its letters.
pub fn status_of_key(code: &str) -> Option<CheckInStatus> {
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

/// Enter where one types or chooses, but for one that is held down or ends the composing of a letter.
pub fn is_enter_in_field(event: &KeyboardEvent) -> bool {
    // By its old code, because Safari tells by nothing else that a key goes to an input method.
    const ENTER: u32 = 13;
    let is_in_field = event
        .target()
        .is_some_and(|target| target.has_type::<HtmlInputElement>());
    event.key_code() == ENTER && !event.repeat() && is_in_field
}

/// The form that listens.
pub fn form_of(event: &Event) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

/// The first field of a form; of a choice what is chosen.
const FIRST: &str = "input:not([type=radio]), input:checked";
/// What blocks it.
const REASON: &str = "input.check-in-reason";

/// Gives the focus to where one begins in a form, and selects what is filled in there.
pub fn begin_in(form: &HtmlElement) {
    if let Some(field) = focus_in(form, FIRST) {
        // One that had the focus before, as in a panel that has just opened, hears of no other.
        field.unchecked_into::<HtmlInputElement>().select();
    }
}

/// Gives the focus to the reason, and tells whether it has it only now.
pub fn enter_reason(form: &HtmlElement) -> bool {
    let before = document().active_element();
    focus_in(form, REASON);
    document().active_element() != before
}

fn focus_in(form: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    let field = form.query_selector(selector).ok()??;
    let field: HtmlElement = field.unchecked_into();
    // It may be gone by now; then the focus stays.
    let _ = field.focus();
    Some(field)
}

/// The rows that an arrow key leads on or back, where it does nothing else.
pub fn rows_of_arrow(event: &KeyboardEvent) -> Option<i32> {
    let target: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let is_alone = !(event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key());
    match &*event.key() {
        _ if !is_alone || target.type_() == "radio" => None,
        "ArrowDown" => Some(1),
        "ArrowUp" => Some(-1),
        _ => None,
    }
}

/// Moves the focus from this form to where one begins in the one that comes so many later; after the last
/// one to its row, which stays when the form goes. A focus that is elsewhere by now stays there.
pub fn move_by(form: &HtmlElement, rows: i32) {
    let focused = document().active_element();
    if !focused.is_some_and(|focused| form.contains(Some(&focused))) {
        return;
    }
    let Ok(forms) = document().query_selector_all("form.check-in-fields") else {
        return;
    };
    let mut all = 0..forms.length();
    let here = all.find(|nth| {
        forms
            .get(*nth)
            .is_some_and(|found| found.is_same_node(Some(form)))
    });
    let next = here.and_then(|here| forms.get(here.checked_add_signed(rows)?));
    match (next, form.closest("li")) {
        (Some(next), _) => begin_in(next.unchecked_ref()),
        (None, Ok(Some(row))) if rows > 0 => {
            // A row that is gone needs no focus.
            let _ = row.unchecked_into::<HtmlElement>().focus();
        }
        _ => {}
    }
}

/// Moves the focus on to the next row.
pub fn move_on(form: &HtmlElement) {
    move_by(form, 1);
}
