//! Style sheets that only some pages need. `index.html` links to all of them, so their names and their
//! order are settled there, but those with an id are switched off: the browser fetches one when it is
//! switched on.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlLinkElement;

/// Switches sheets on, by their names without `.css`. Whoever waits shows nothing unstyled; a sheet that
/// can't be fetched is tried again by the next who asks.
pub fn ready(names: &[&str]) -> impl Future<Output = ()> + use<> {
    let links: Vec<HtmlLinkElement> = names.iter().filter_map(|name| switched_on(name)).collect();
    async move {
        for link in links {
            arrived(&link).await;
        }
    }
}

/// The sheet's link; a page that is older than this program may lack it.
fn switched_on(name: &str) -> Option<HtmlLinkElement> {
    let link = document().get_element_by_id(&format!("sheet-{name}"))?;
    let link: HtmlLinkElement = link.unchecked_into();
    link.set_disabled(false);
    Some(link)
}

async fn arrived(link: &HtmlLinkElement) {
    if has_sheet(link) {
        return;
    }
    let mut listen = |done: Function, _| {
        // Several may wait for one sheet.
        let _ = link.add_event_listener_with_callback("load", &done);
        let _ = link.add_event_listener_with_callback("error", &done);
    };
    // Neither listening nor waiting for an event can fail.
    let _ = JsFuture::from(Promise::new(&mut listen)).await;
    if !has_sheet(link) {
        link.set_disabled(true);
    }
}

/// Whether it has been fetched, by the browser's own word.
fn has_sheet(link: &HtmlLinkElement) -> bool {
    Reflect::get(link, &"sheet".into()).is_ok_and(|sheet| sheet.is_object())
}
