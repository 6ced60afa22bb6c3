//! What pages share. `ui` knows nothing of OKRs.

pub mod loaded;
pub mod shell;
pub mod status;
pub mod ui;
