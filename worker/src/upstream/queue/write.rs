//! One write of the queue.

use okrs_shared::id::PendingWriteId;
use okrs_shared::upstream::{PendingWrite, WriteState};
use serde::{Deserialize, Serialize};

use super::doubt::Trace;
use crate::caller::Caller;
use crate::clock;
use crate::hosted::Promise;
use crate::sqlite::{flag, json_text};

/// A write that has not ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Write {
    /// Identifies it.
    pub id: PendingWriteId,
    /// See the table.
    pub subject: String,
    /// `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// Below the API's own address.
    pub address: String,
    /// What was asked for.
    pub body: String,
    /// What is sent.
    pub sent: String,
    /// Who asked.
    #[serde(deserialize_with = "json_text")]
    pub caller: Caller,
    /// Whose budget it is.
    pub sender: String,
    /// Of its `Idempotency-Key`, if it has one.
    pub request_hash: Option<String>,
    /// Whether it is sent whenever that is possible.
    #[serde(deserialize_with = "flag")]
    pub asynchronous: bool,
    /// What has become of it.
    pub state: WriteState,
    /// What the list showed before it was sent.
    #[serde(deserialize_with = "json_text")]
    pub before: Option<Trace>,
    /// What it was answered with.
    pub status: Option<u16>,
    /// The body of that.
    pub answer: Option<String>,
    /// In milliseconds since 1970.
    pub created_at: u64,
    /// Not looked at before this, in milliseconds since 1970.
    pub due_at: u64,
}

/// A write to be added.
pub struct New<'a> {
    /// See the table.
    pub subject: &'a str,
    /// `POST`, `PUT` or `DELETE`.
    pub method: &'a str,
    /// Below the API's own address.
    pub address: &'a str,
    /// What was asked for.
    pub body: &'a str,
    /// What is sent.
    pub sent: &'a str,
    /// Who asks.
    pub caller: &'a Caller,
    /// What its `Idempotency-Key` promises.
    pub promise: Option<&'a Promise>,
    /// Whether it is sent whenever that is possible.
    pub asynchronous: bool,
}

/// What a [`Write`] is read from.
pub const COLUMNS: &str = "id, subject, method, address, body, sent, caller, sender, request_hash, asynchronous, state, \
                       COALESCE(before, 'null') AS before, status, answer, created_at, due_at";

impl From<Write> for PendingWrite {
    fn from(write: Write) -> Self {
        Self {
            // Names are in the database: see `ops::pending_writes`.
            title: None,
            metric_type: None,
            unit: None,
            member: None,
            member_id: write.caller.author().map(ToString::to_string),
            created_at: clock::at_ms(write.created_at).unwrap_or_else(clock::now),
            id: write.id,
            state: write.state,
            method: write.method,
            path: write.address,
            body: write.body,
            status: write.status,
            answer: write.answer,
        }
    }
}
