//! Keys that do something wherever one is not typing.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};

/// Runs `action` when the key is pressed alone, outside of fields and dialogs, while the page that
/// asks is shown.
pub fn use_shortcut(key: &'static str, action: impl Fn() + 'static) {
    // The window's listeners are nobody's; what the page provides is found by its owner alone.
    let owner = Owner::current();
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.key() == key && is_free(&event) {
            event.prevent_default();
            match &owner {
                Some(owner) => owner.with(&action),
                None => action(),
            }
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether a key was pressed alone, and not to type or to answer a dialog.
pub fn is_free(event: &KeyboardEvent) -> bool {
    let is_alone = !(event.ctrl_key() || event.meta_key() || event.alt_key());
    is_alone && !is_busy(event.target()) && !is_asking()
}

fn is_busy(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        let field = element.closest("input, textarea, select, [contenteditable]");
        matches!(field, Ok(Some(_)))
    })
}

/// Takes the focus out of the field that one types in, so that the shortcuts are free again.
pub fn leave_field(event: &KeyboardEvent) {
    let target = event
        .target()
        .filter(|target| is_busy(Some(target.clone())));
    let field = target.and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field
        && !is_asking()
    {
        // A field that is gone has no focus.
        let _ = field.blur();
    }
}

/// Whether a dialog is open, wherever the focus is.
pub fn is_asking() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}
