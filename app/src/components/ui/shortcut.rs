//! Keys that do something wherever one is not typing.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

/// Runs `action` when the key is pressed alone, outside of fields and dialogs, while the page that
/// asks is shown.
pub fn use_shortcut(key: &'static str, action: impl Fn() + 'static) {
    // The window's listeners are nobody's; what the page provides is found by its owner alone.
    let owner = Owner::current();
    let handle = window_event_listener(ev::keydown, move |event| {
        let is_alone = !(event.ctrl_key() || event.meta_key() || event.alt_key());
        if is_alone && event.key() == key && !is_busy(event.target()) {
            event.prevent_default();
            match &owner {
                Some(owner) => owner.with(&action),
                None => action(),
            }
        }
    });
    on_cleanup(move || handle.remove());
}

fn is_busy(target: Option<web_sys::EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| {
            element
                .closest("input, textarea, select, dialog, [contenteditable]")
                .ok()
                .flatten()
        })
        .is_some()
}
