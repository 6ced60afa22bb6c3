//! Text that has been typed and not sent: it survives a reload and a closed tab.

use leptos::prelude::window;
use okrs_shared::checkin::{CheckInStatus, NewCheckIn};
use okrs_shared::id::KeyResultId;
use strum::VariantArray as _;
use web_sys::Storage;

use crate::locale;

/// Stands for whatever was there when a draft was written.
const ANYTHING: &str = "";

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

/// The places of a check-in that is written: what happened, what blocks it, and the value with the status.
pub fn check_in_places(key_result_id: &KeyResultId) -> [String; 3] {
    let place = format!("check-in:{key_result_id}");
    let [note, value] = ["blocker", "value"].map(|part| format!("{place}:{part}"));
    [place, note, value]
}

/// Keeps what is typed over something that stood there.
pub fn write_over(place: &str, over: &str, text: &str) {
    let kept = match text == over {
        true => String::new(),
        false => format!("{over}\n{text}"),
    };
    write(place, &kept);
}

/// What was typed over this. Where something else stands by now, an old value must not be taken for it.
pub fn read_over(place: &str, over: &str) -> Option<String> {
    let kept = read(place)?;
    let (was_over, text) = kept.split_once('\n')?;
    (was_over == ANYTHING || was_over == over).then(|| text.to_owned())
}

/// The value of a check-in with its status, as one text.
pub fn value_and_status(value: &str, status: CheckInStatus) -> String {
    format!("{} {value}", status.as_str())
}

/// Takes that apart.
pub fn split_value(text: &str) -> Option<(&str, CheckInStatus)> {
    let (status, value) = text.split_once(' ')?;
    let mut all = CheckInStatus::VARIANTS.iter();
    let status = all.find(|known| known.as_str() == status)?;
    Some((value, *status))
}

/// What is typed at places, each beside its place.
pub type Typed = Vec<(String, String)>;

/// What is typed in a check-in that says this.
pub fn of_check_in(key_result_id: &KeyResultId, check_in: &NewCheckIn) -> Typed {
    let [comment, note, value] = check_in_places(key_result_id);
    let text = locale::in_field(check_in.value.number().get());
    let status = check_in.status;
    vec![
        (
            comment,
            check_in.comment.as_deref().unwrap_or_default().to_owned(),
        ),
        (
            note,
            check_in
                .blocker_note
                .as_deref()
                .unwrap_or_default()
                .to_owned(),
        ),
        (value, over_anything(&value_and_status(&text, status))),
    ]
}

/// What is typed, whatever stands there by then.
pub fn over_anything(text: &str) -> String {
    format!("{ANYTHING}\n{text}")
}

/// Gives back what was typed.
pub fn give_back(typed: &Typed) {
    for (place, text) in typed {
        write(place, text);
    }
}

/// Nothing of this is left to be sent.
pub fn forget(typed: &Typed) {
    for (place, _) in typed {
        write(place, "");
    }
}

fn key(place: &str) -> String {
    format!("draft:{place}")
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
