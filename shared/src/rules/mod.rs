//! The formulas behind every figure: progress, status, health and KPI status.
//!
//! For the Worker, which puts the figures into its answers, and for the browser app, which shows
//! how they come about. All of it is functions of values: "today" is a parameter (a day in the
//! workspace's time zone), every constant sits in [`Params`], and any finite input gives a finite
//! figure. Values are computed in full and rounded once, at the end.
//!
//! Read them in this order: [`progress`] (how far), [`pace`] (how far it should be by today),
//! [`status`] (what that means), [`velocity`] (how fast), [`health`] (all of it as 0 to 100) and,
//! apart from OKRs, [`kpi_status`]. What is told about many of them at once rests on those:
//! [`cycle_health`], [`risk`], [`rhythm`], [`snapshot`], [`team_performance`] and [`insight`].

mod arithmetic;
pub mod cycle_health;
pub mod facts;
pub mod health;
pub mod insight;
pub mod kpi_status;
pub mod pace;
pub mod params;
pub mod params_patch;
pub mod progress;
pub mod rhythm;
pub mod risk;
mod scores;
pub mod snapshot;
pub mod status;
pub mod team_performance;
pub mod velocity;

#[cfg(test)]
mod properties;

pub use facts::KeyResultFacts;
pub use health::{Cap, KeyResultHealth, ObjectiveHealth};
pub use kpi_status::{KpiFacts, KpiStanding, Trend};
pub use pace::Window;
pub use params::Params;
