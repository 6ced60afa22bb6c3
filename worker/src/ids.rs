//! The one place where ids are made.

use uuid::{NoContext, Timestamp, Uuid};

use crate::clock;

/// The least id that can be made at this instant or later.
pub fn least(millis: u64) -> String {
    format!("{:08x}-{:04x}", millis >> 16, millis & 0xffff)
}

/// A new id: a version 7 UUID, so that ids sort by the time they were made.
pub fn new_id() -> String {
    let millis = clock::now_ms();
    // Below 10^9, so it fits.
    let nanos = (millis % 1_000) as u32 * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, millis / 1_000, nanos)).to_string()
}
