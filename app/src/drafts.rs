//! Text that has been typed and not sent: it survives a reload and a closed tab.

use leptos::prelude::window;
use web_sys::Storage;

/// What was typed at this place, if anything.
pub fn read(place: &str) -> Option<String> {
    storage()?
        .get_item(&key(place))
        .ok()
        .flatten()
        .filter(|text| !text.is_empty())
}

/// Keeps what is typed; nothing is nothing to keep.
pub fn write(place: &str, text: &str) {
    let Some(storage) = storage() else { return };
    // A full or forbidden storage: it is still in the field.
    let _ = if text.is_empty() {
        storage.remove_item(&key(place))
    } else {
        storage.set_item(&key(place), text)
    };
}

fn key(place: &str) -> String {
    format!("draft:{place}")
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
