//! What the browser shows above the page and closes by itself: on Escape, and on a click elsewhere.

use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// Closes the popover with this id: a link in it leads to another page, but is no click elsewhere.
pub fn close_popover(id: &str) {
    let popover = document().get_element_by_id(id);
    if let Some(Ok(popover)) = popover.map(|found| found.dyn_into::<HtmlElement>()) {
        // One that is closed already may stay so.
        let _ = popover.hide_popover();
    }
}
