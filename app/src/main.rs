//! The app in the browser: one page that talks to the Worker it came from.
//!
//! `pages` are what has an address, `components` what pages share, `api` is the only module that
//! knows the server's addresses, `paths` the only one that knows the app's own, `words` has every
//! sentence.

mod api;
mod app;
mod capabilities;
mod components;
mod cycles;
mod drafts;
mod fetched;
mod hosted;
mod locale;
mod measure;
mod number_field;
mod outbox;
mod pages;
mod paths;
mod session;
mod styles;
mod theme;
mod tried;
mod visit;
mod words;

#[cfg(all(test, target_arch = "wasm32"))]
mod component_tests;

use leptos::prelude::*;

use crate::components::ui::paint::paint_links_first;

fn main() {
    // start.js has looked at the browser, and says so on the page.
    let root = document().document_element();
    if root.is_some_and(|root| root.has_attribute("data-too-old")) {
        return;
    }
    console_error_panic_hook::set_once();
    theme::apply(theme::chosen());
    // The page that index.html paints while this program loads.
    if let Some(placeholder) = document().get_element_by_id("loading") {
        placeholder.remove();
    }
    paint_links_first();
    mount_to_body(app::App);
}
