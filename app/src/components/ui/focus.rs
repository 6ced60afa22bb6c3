//! The focus: on what has just appeared, and on what replaces what had it.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

/// Gives the focus to an element as soon as it is in the page. The attribute `autofocus` would do it
/// only for what is there when a dialog opens.
pub fn focus_when_there<E>(element: NodeRef<E>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    Effect::new(move || {
        if let Some(element) = element.get() {
            // What is gone again needs no focus.
            let _ = element.unchecked_ref::<HtmlElement>().focus();
        }
    });
}

/// Gives the focus to what has this id by the next frame, if nothing else has it then.
pub fn focus_next(id: String) {
    request_animation_frame(move || focus(&id));
}

/// To be called before a part of the page is made anew: what had the focus gives it to its successor,
/// which is the one with the same id. What stays in the page keeps it by itself, and by the next frame
/// somebody may have left it on purpose.
pub fn keep_focus() {
    let focused = document().active_element();
    if let Some(focused) = focused.filter(|focused| !focused.id().is_empty()) {
        request_animation_frame(move || {
            if !focused.is_connected() {
                focus(&focused.id());
            }
        });
    }
}

/// If nothing else has it.
fn focus(id: &str) {
    let is_lost = document()
        .active_element()
        .is_none_or(|focused| focused.tag_name() == "BODY");
    let found = document().get_element_by_id(id);
    let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(found) = found.filter(|_| is_lost) {
        let stay = FocusOptions::new();
        stay.set_prevent_scroll(true);
        // What is gone again needs no focus.
        let _ = found.focus_with_options(&stay);
    }
}
