//! What has an address.

pub mod home;
pub mod kpi;
pub mod kpis;
pub mod okr;
pub mod okrs;
pub mod password_link;
pub mod set_up;
pub mod settings;
pub mod sign_in;
