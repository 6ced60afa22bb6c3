//! Text that has been typed and not sent: it survives a reload and a closed tab.

use leptos::prelude::window;
use okrs_shared::id::KeyResultId;
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

/// The places of a check-in's words: what happened, and what blocks it.
pub fn check_in_places(key_result_id: &KeyResultId) -> [String; 2] {
    let place = format!("check-in:{key_result_id}");
    let note = format!("{place}:blocker");
    [place, note]
}

/// Keeps the words of a check-in, or none of them any more.
pub fn write_check_in(key_result_id: &KeyResultId, comment: &str, blocker_note: &str) {
    let [place, note] = check_in_places(key_result_id);
    write(&place, comment);
    write(&note, blocker_note);
}

fn key(place: &str) -> String {
    format!("draft:{place}")
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
