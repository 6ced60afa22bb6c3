//! The browser app's own API: each handler extracts, calls one op and answers.

pub mod about;
pub mod comments;
pub mod home;
pub mod key_results;
pub mod kpis;
pub mod me;
pub mod notifications;
pub mod okrs;
pub mod search;
pub mod sign_in;
