//! Signing in by a provider and by Cloudflare Access, through HTTP: with a real provider process
//! and real signatures.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which may panic, are not seen as tests themselves"
)]

mod bare_worker;
mod browser;
mod deployment;
mod provider;
mod team;

mod access;
mod forging;
mod links;
mod oidc;
mod outage;
mod passwords;
