//! Believable workspaces as SQL, for whoever needs a database with something in it.
//!
//! [`Workspace`] collects rows and keeps the columns right that the Worker derives when it writes
//! (current values, statuses, the last check-ins), so that a seeded workspace can't be told from
//! one that was filled through the API. [`demo`](demo::demo) is the workspace of the local server,
//! [`load`](load::load) a big one for measurements.
//!
//! No clock is read: whoever asks says what day it is, and the same day gives the same rows. Only
//! secrets (API keys, salts) are random.

mod calendar;
mod content;
pub mod demo;
mod history;
mod id_maker;
pub mod load;
pub mod pairs;
pub mod password;
mod people_only;
mod sql;
mod table;
#[cfg(test)]
mod tests;
pub mod workspace;

pub use chrono_tz::Tz;
pub use demo::{Demo, DemoFile, OtherWorkspace, SignIn};
pub use people_only::people_only;
pub use workspace::{
    ApiKeySeed, CheckInSeed, CommentSeed, InitiativeSeed, KeyResultSeed, KpiSeed, KpiUpdateSeed,
    MemberSeed, OkrSeed, ReviewSeed, ReviewState, Role, Workspace, random_tag,
};
