//! The app's own API through HTTP. One binary, so that one server serves all tests.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which may panic, are not seen as tests themselves"
)]

mod ids;
mod operations;
mod things;

mod access;
mod addresses;
mod alignment;
mod api_keys;
mod attention;
mod audit_log;
mod backup;
mod big;
mod broom;
mod comments;
mod corrections;
mod costs;
mod credentials;
mod cycles;
mod first_steps;
mod guessing;
mod held_bodies;
mod home;
mod import;
mod inventory;
mod kpis;
mod limits;
mod members;
mod not_migrated;
mod notifications;
mod okr_detail;
mod okr_list;
mod over_limits;
mod passwords;
mod permissions;
mod recovery;
mod restore;
mod review_cycles;
mod reviews;
mod revocation;
mod search;
mod sessions;
mod sign_in;
mod snapshots;
mod taken_back;
mod teams;
mod upgrades;
mod versions;
mod workspace;
mod writes;
