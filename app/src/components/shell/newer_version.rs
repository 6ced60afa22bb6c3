//! That a newer version of this app is being served than the one that runs in this tab.

use js_sys::Date;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use crate::api;
use crate::words;

/// The page is looked at no sooner than after so long, in milliseconds.
const AGAIN_MS: f64 = 10.0 * 60_000.0;
/// What names files of this version: the program, and style sheets.
const FILES: &str = "head link[href]";
/// Whatever has this is our page, and no other that something on the way answers with.
const PROGRAM: &str = "rel=\"modulepreload\"";

/// Looks when somebody comes back to the tab or goes to another page. It offers to reload only while nothing has been
/// typed on the page that is shown, because some of that may not be kept.
#[component]
pub fn NewerVersion() -> impl IntoView {
    let is_there = RwSignal::new(false);
    let is_typed = RwSignal::new(false);
    let looked_at = StoredValue::new(Date::now());
    let look = move || {
        let is_due = Date::now() - looked_at.get_value() > AGAIN_MS;
        if document().hidden() || !is_due || is_there.get_untracked() {
            return;
        }
        looked_at.set_value(Date::now());
        spawn_local(async move {
            if let Some(page) = api::page::now().await
                && is_newer(&page)
            {
                is_there.try_set(true);
            }
        });
    };
    let path = use_location().pathname;
    Effect::new(move || {
        path.track();
        is_typed.set(false);
        look();
    });
    let seen = window_event_listener(ev::visibilitychange, move |_| look());
    let typed = window_event_listener(ev::input, move |_| is_typed.set(true));
    on_cleanup(move || {
        seen.remove();
        typed.remove();
    });
    let reload = |_| {
        let _ = window().location().reload();
    };
    view! {
        <Show when=move || is_there.get() && !is_typed.get()>
            <p class="notice">
                {words::shell().newer_version}
                <button type="button" class="button plain" on:click=reload>
                    {words::common().reload}
                </button>
            </p>
        </Show>
    }
}

/// Whether this page has other files than the one in this tab.
fn is_newer(page: &str) -> bool {
    let Ok(links) = document().query_selector_all(FILES) else {
        return false;
    };
    let files = (0..links.length()).filter_map(|nth| links.item(nth));
    let mut addresses =
        files.filter_map(|file| file.unchecked_into::<Element>().get_attribute("href"));
    page.contains(PROGRAM) && addresses.any(|address| !page.contains(&*address))
}
