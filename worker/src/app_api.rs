//! The browser app's own API: each handler extracts, calls one op and answers.

pub mod about;
pub mod api_keys;
pub mod audit_log;
pub mod comments;
pub mod cycles;
pub mod home;
pub mod key_results;
pub mod kpis;
pub mod me;
pub mod members;
pub mod notifications;
pub mod okrs;
pub mod review_cycles;
pub mod review_templates;
pub mod reviews;
pub mod search;
pub mod sign_in;
pub mod sign_in_elsewhere;
pub mod teams;
pub mod upstream;
pub mod workspace;
