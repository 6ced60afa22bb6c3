//! One function per thing a caller can do: allowed? valid? do it, record it.

pub mod activity;
pub mod alignment;
pub mod api_keys;
pub mod audit_log;
pub mod checkins;
pub mod comments;
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
pub mod notifications;
pub mod okr_details;
pub mod okrs;
pub mod restore;
pub mod reviews;
pub mod search;
pub mod sign_in;
pub mod sign_in_elsewhere;
pub mod teams;
pub mod workspace;
