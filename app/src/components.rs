//! What pages share. `ui` knows nothing of OKRs.

pub mod budget_facts;
pub mod chart;
pub mod check_in;
pub mod cycle_fields;
pub mod gate;
pub mod health;
mod health_parts;
pub mod kpi_form;
pub mod kpi_parts;
pub mod later;
pub mod list_skeleton;
pub mod loaded;
pub mod markdown;
pub mod mention_area;
pub mod mentions;
pub mod okr_form;
pub mod okr_parts;
mod pause;
pub mod record_value;
pub mod shell;
pub mod sparkline;
pub mod status;
pub mod theme_choice;
pub mod typed;
pub mod ui;
