//! The browser app's own API: each handler extracts, calls one op and answers.

pub mod about;
pub mod cycles;
pub mod me;
pub mod members;
pub mod sign_in;
pub mod teams;
pub mod workspace;
