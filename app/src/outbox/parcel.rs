//! A check-in as it is kept in the browser until the server has it.

use leptos::prelude::window;
use okrs_json as json;
use okrs_shared::checkin::NewCheckIn;
use okrs_shared::id::{CheckInId, KeyResultId, MemberId};
use serde::{Deserialize, Serialize};
use web_sys::Storage;

const KEY: &str = "outbox";

/// A check-in on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    /// Stays what it is with every try.
    pub idempotency_key: String,
    /// Whose it is. Nobody else who signs in here sends it.
    pub member_id: Option<MemberId>,
    /// What is checked in.
    pub key_result_id: KeyResultId,
    /// The check-in that this one replaces, if that was a slip.
    #[serde(default)]
    pub corrects: Option<CheckInId>,
    /// Its title, to say which one was refused.
    pub title: String,
    /// The value with its unit, to say what waits.
    #[serde(default)]
    pub value: String,
    /// The check-in.
    pub check_in: NewCheckIn,
}

impl Parcel {
    /// Whether this member may send it. Earlier versions of the app didn't say whose one is.
    pub fn is_of(&self, member_id: &MemberId) -> bool {
        self.member_id.as_ref().is_none_or(|id| id == member_id)
    }
}

/// Keeps one, whatever becomes of the page.
pub fn keep(parcel: &Parcel) {
    rewrite(|kept| kept.push(parcel.clone()));
}

/// Lets go of a parcel, because it is the server's by now, or the reader's again.
pub fn release(idempotency_key: &str) {
    rewrite(|kept| kept.retain(|parcel| parcel.idempotency_key != idempotency_key));
}

/// All that are kept, in the order in which they came.
pub fn kept() -> Vec<Parcel> {
    storage()
        .and_then(|storage| storage.get_item(KEY).ok().flatten())
        .and_then(|text| json::read(&text).ok())
        .unwrap_or_default()
}

/// Changes what is kept, and leaves alone what other tabs keep there.
fn rewrite(change: impl FnOnce(&mut Vec<Parcel>)) {
    let Some(storage) = storage() else { return };
    let mut kept = kept();
    change(&mut kept);
    let text = json::write(&kept).unwrap_or_default();
    // A full or forbidden storage: it still waits in this tab.
    let _ = storage.set_item(KEY, &text);
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
