//! What the black-box tests stand on: a Worker in a local workerd, workspaces to use up, and a
//! client that asks like any other.
//!
//! [`workspace`] gives a test a workspace of its own on a server that all tests of the binary share:
//!
//! ```no_run
//! # use serde_json::json;
//! let acme = okrs_tests::workspace();
//! let created = acme.api.post("/kpis", &json!({ "name": "Sign-ups" })).expect(201);
//! assert_eq!(created["name"], "Sign-ups");
//! ```
//!
//! [`Server::start`] gives a server to itself to a test that kills it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that can't be set up fails where it stands"
)]

pub mod budget;
mod client;
mod clock;
mod database;
mod faulty;
mod figures;
mod frozen;
mod held;
mod moving;
mod proxied;
mod secrets;
mod seed;
mod server;
mod shared_server;
mod workspaces;
mod wrangler;

pub use client::{Api, Cost, Request, Response};
pub use clock::{eventually, now, today, today_in};
pub use database::{Table, tables};
pub use faulty::{Fault, Faulty, Line, Seen};
pub use figures::Figure;
pub use frozen::{Frozen, frozen};
pub use held::{
    Held, HeldWrite, all_refused, finish, moved_is_as_if_moved_before, none_takes_effect,
};
pub use moving::{Moving, migrate, report};
pub use okrs_demo::people_only;
pub use proxied::{LISTS, Proxied, by_tag};
pub use seed::{Cycles, KeyResults, Keys, PASSWORD, Seeded, Sessions, key, seeded};
pub use server::{Server, repository};
pub use shared_server::{RECOVERY_TOKEN, SETUP_TOKEN, Special, server, special};
pub use workspaces::{Workspace, workspace};
pub use wrangler::{HASHED, PAGE};

/// Every scope that a key can have.
pub const SCOPES: [&str; 6] = [
    "okrs:read",
    "write:okrs",
    "kpis:read",
    "kpis:write",
    "okr-checkins:write",
    "reviews:read",
];
