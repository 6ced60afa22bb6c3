//! The browser app's own API: each handler extracts, calls one op and answers.

pub mod about;
pub mod home;
pub mod kpis;
pub mod me;
pub mod okrs;
pub mod sign_in;
pub mod sign_in_elsewhere;
