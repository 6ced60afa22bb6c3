//! The server, as this app asks it. The only module that knows its addresses.

pub mod api_keys;
pub mod attention;
pub mod check_ins;
pub mod client;
pub mod comments;
pub mod cycles;
pub mod directory;
pub mod home;
pub mod hosted;
pub mod kept;
pub mod kpis;
pub mod me;
pub mod members;
pub mod notifications;
pub mod okrs;
pub mod page;
pub mod search;
pub mod sign_in;
pub mod teams;
pub mod workspace;

pub use client::{Problem, Sent};

/// What every request gives.
pub type Answer<T> = Result<T, Problem>;
