//! What answers with more than JSON: cookies, files, other addresses. The router's tables have these as
//! they are; all else are ops, called by [`crate::operation`].

pub mod audit_log;
pub mod check_ins;
pub mod health;
pub mod sign_in;
pub mod sign_in_elsewhere;
