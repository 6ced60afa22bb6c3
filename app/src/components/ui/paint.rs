//! Showing first that something was pressed, and then doing what takes longer.

use std::time::Duration;

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// Runs `work` in a task of its own, once what has changed by now is on the screen.
pub fn after_paint(work: impl FnOnce() + 'static) {
    // A frame is painted when its callbacks have run; what they put off comes after it.
    request_animation_frame(move || set_timeout(work, Duration::ZERO));
}

/// On a link that leads to another page while that page is made.
const GOING: &str = "data-going";

/// From now on a link to another page of this app shows that it was pressed before anything is done for
/// that page: taking one down and making another can take longer than a frame.
///
/// The click is stopped before anybody hears it, and made again after the paint.
pub fn paint_links_first() {
    let pressed = Closure::<dyn Fn(MouseEvent)>::new(|event: MouseEvent| {
        let Some(link) = link_of(&event) else {
            return;
        };
        event.prevent_default();
        event.stop_immediate_propagation();
        if link.has_attribute(GOING) {
            return;
        }
        // An attribute of this name can always be set.
        let _ = link.set_attribute(GOING, "");
        after_paint(move || {
            link.click();
            let _ = link.remove_attribute(GOING);
        });
    });
    let listener: &Function = pressed.as_ref().unchecked_ref();
    // Only with a wrong name of an event could it fail.
    let _ = window().add_event_listener_with_callback_and_bool("click", listener, true);
    // As long as the page.
    pressed.forget();
}

/// The link that a person clicked to stay in this app and this tab.
fn link_of(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let is_plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    let link: HtmlAnchorElement = link.unchecked_into();
    let is_ours = Some(link.origin()) == window().location().origin().ok()
        && link.target().is_empty()
        && link.rel().is_empty()
        && !link.has_attribute("download");
    // The one made here is none of theirs.
    (is_plain && is_ours && event.is_trusted()).then_some(link)
}
