//! Version 1 of the public API: each handler extracts, calls one op and answers.

pub mod checkins;
pub mod cycles;
pub mod initiatives;
pub mod key_results;
pub mod kpis;
pub mod okrs;
pub mod reviews;
