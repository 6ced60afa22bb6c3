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

/// Moves the focus from this form to the first field of the next one like it; after the last one to its
/// row, which stays when the form goes. A focus that is elsewhere by now stays there.
pub fn move_on(form: &HtmlElement) {
    let focused = document().active_element();
    if !focused.is_some_and(|focused| form.contains(Some(&focused))) {
        return;
    }
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
