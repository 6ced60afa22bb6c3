//! One function per thing a caller can do: allowed? valid? do it, record it.

pub mod checkins;
pub mod cycles;
mod import_csv;
pub mod initiatives;
pub mod key_results;
pub mod kpis;
pub mod listing;
pub mod me;
pub mod member_import;
pub mod members;
pub mod okrs;
pub mod reviews;
pub mod sign_in;
pub mod teams;
pub mod workspace;
