//! The browser app's own API: each handler extracts, calls one op and answers.

pub mod about;
pub mod api_keys;
pub mod audit_log;
pub mod me;
pub mod sign_in;
