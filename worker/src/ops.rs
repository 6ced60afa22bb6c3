//! One function per thing a caller can do: allowed? valid? do it, record it.

pub mod api_keys;
pub mod audit_log;
pub mod checkins;
pub mod cycles;
pub mod figures;
pub mod home;
pub mod initiatives;
pub mod key_results;
pub mod kpi_details;
pub mod kpis;
pub mod listing;
pub mod me;
pub mod members;
pub mod okr_details;
pub mod okrs;
pub mod review_cycles;
pub mod review_templates;
pub mod review_writing;
pub mod reviews;
pub mod sign_in;
pub mod sign_in_elsewhere;
pub mod teams;
pub mod workspace;
