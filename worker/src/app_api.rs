//! The browser app's own API: each handler extracts, calls one op and answers.

pub mod about;
pub mod me;
pub mod sign_in;
pub mod sign_in_elsewhere;
