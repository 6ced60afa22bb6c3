//! What pages share. `ui` knows nothing of OKRs.

pub mod check_in;
pub mod loaded;
pub mod shell;
pub mod sparkline;
pub mod status;
pub mod ui;
