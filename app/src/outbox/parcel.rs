//! A write as it is kept in the browser until the server has it.

use std::mem;

use leptos::prelude::window;
use okrs_json as json;
use okrs_shared::checkin::NewCheckIn;
use okrs_shared::id::{CheckInId, KeyResultId, MemberId};
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::api::kept::KeptWrite;
use crate::drafts::{self, Typed};

const KEY: &str = "outbox";

/// A write on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    /// Stays what it is with every try.
    pub idempotency_key: String,
    /// Whose it is. Nobody else who signs in here sends it.
    pub member_id: Option<MemberId>,
    /// What is checked in, measured or talked about. Two about the same thing must not change places.
    #[serde(alias = "key_result_id")]
    pub about: String,
    /// The check-in that this one replaces, if that was a slip.
    #[serde(default)]
    pub corrects: Option<CheckInId>,
    /// Its title, to say which one was refused.
    pub title: String,
    /// What waits: a value with its unit, or words.
    #[serde(default)]
    pub value: String,
    /// What is sent.
    #[serde(default)]
    pub write: KeptWrite,
    /// What was typed, to be given back.
    #[serde(default)]
    pub typed: Typed,
    /// Earlier versions of the app kept check-ins only, and only this of them.
    #[serde(default, skip_serializing)]
    check_in: Option<NewCheckIn>,
}

impl Parcel {
    /// A write that is about to be sent, of this member.
    pub fn new(
        (idempotency_key, member_id): (String, MemberId),
        (about, title, value): (String, String, String),
        write: KeptWrite,
        typed: Typed,
    ) -> Self {
        Self {
            idempotency_key,
            member_id: Some(member_id),
            about,
            corrects: None,
            title,
            value,
            write,
            typed,
            check_in: None,
        }
    }

    /// Whether this member may send it. Earlier versions of the app didn't say whose one is.
    pub fn is_of(&self, member_id: &MemberId) -> bool {
        self.member_id.as_ref().is_none_or(|id| id == member_id)
    }

    /// Whether it is a check-in or the correction of one.
    pub fn is_check_in(&self) -> bool {
        self.corrects.is_some() || self.write.path.ends_with("/checkins")
    }

    /// As this version of the app keeps it.
    fn renewed(mut self) -> Self {
        if let Some(check_in) = mem::take(&mut self.check_in) {
            let id = KeyResultId(mem::take(&mut self.about));
            self.write = KeptWrite::check_in(&id, self.corrects.as_ref(), &check_in);
            self.typed = drafts::of_check_in(&id, &check_in);
            self.about = id.0;
        }
        self
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
    let kept: Vec<Parcel> = storage()
        .and_then(|storage| storage.get_item(KEY).ok().flatten())
        .and_then(|text| json::read(&text).ok())
        .unwrap_or_default();
    kept.into_iter().map(Parcel::renewed).collect()
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
