//! A deployment in front of the hosted service. One binary, so that one pair of servers serves most
//! tests; those that kill the deployment or use up its budget have their own.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, which may panic, are not seen as tests themselves"
)]

mod acme;
mod waiting;

mod capabilities;
mod doubt;
mod figures;
mod kills;
mod moving;
mod outages;
mod people;
mod queue;
mod reads;
mod secrets;
mod visibility;
mod writes;
