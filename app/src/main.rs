//! The app in the browser. For now it is one page that says what is running here.

mod about;
mod app;

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    // The page that index.html paints while this program loads.
    if let Some(placeholder) = document().get_element_by_id("loading") {
        placeholder.remove();
    }
    mount_to_body(app::App);
}
