//! The vocabulary and the rules of OKRs Tool, shared by the Worker and the browser app.
//!
//! Nothing here does I/O or reads a clock: time, ids and randomness are parameters, so the same
//! input gives the same number in the browser, in the Worker and in a test.

pub mod about;
pub mod activity;
pub mod alignment;
pub mod api_key;
pub mod attention;
pub mod audit;
pub mod checkin;
pub mod comment;
pub mod cycle;
pub mod cycle_period;
pub mod days;
pub mod error;
pub mod home;
pub mod id;
pub mod initiative;
mod json_path;
pub mod key_result;
pub mod kpi;
pub mod kpi_detail;
pub mod limits;
pub mod member;
pub mod member_import;
pub mod notification;
pub mod number;
pub mod okr;
pub mod okr_detail;
pub mod okr_list;
pub mod patch;
pub mod permission;
pub mod restore;
pub mod review;
pub mod review_cycle;
pub mod review_template;
pub mod review_writing;
pub mod rules;
pub mod search;
pub mod session;
pub mod sign_in;
pub mod sign_in_problem;
pub mod status;
pub mod table;
pub mod team;
pub mod text;
pub mod timestamp;
pub mod upstream;
pub mod validation;
pub mod workspace;
