//! Every sentence of the app, by screen. A language is one value for each of them: a missing sentence
//! does not compile.
//!
//! Nothing refers to all of them at once. So `cargo xtask build` puts the sentences of a screen into the
//! file of the pages that say them, as it does with their code, and the first visit fetches none of the
//! others.

mod api_keys;
mod assistants;
mod attention;
mod common;
mod cycles;
mod first_steps;
mod health;
mod home;
mod hosted;
mod import;
mod inbox;
mod kpi_form;
mod kpis;
mod members;
mod okr;
mod okr_form;
mod okrs;
mod record_value;
mod search;
mod settings;
mod shell;
mod shortcuts;
mod sign_in;
mod teams;
mod waiting;
mod workspace;

use api_keys::ApiKeys;
use assistants::Assistants;
use attention::Attention;
use common::Common;
use cycles::Cycles;
use first_steps::FirstSteps;
use health::Health;
use home::Home;
use hosted::Hosted;
use import::ImportPeople;
use inbox::Inbox;
use kpi_form::KpiForm;
use kpis::Kpis;
use members::Members;
use okr::Okr;
use okr_form::OkrForm;
use okrs::Okrs;
use record_value::RecordValue;
use search::Search;
use settings::Settings;
use shell::Shell;
use shortcuts::Shortcuts;
use sign_in::SignIn;
use teams::Teams;
use waiting::Waiting;
use workspace::Workspace;

/// Settings: API keys.
pub fn api_keys() -> &'static ApiKeys {
    &api_keys::EN
}

/// Connecting assistants.
pub fn assistants() -> &'static Assistants {
    &assistants::EN
}

/// Home, for those who lead.
pub fn attention() -> &'static Attention {
    &attention::EN
}

/// What all screens say.
pub fn common() -> &'static Common {
    &common::EN
}

/// Cycles: the first one, and looking after all of them.
pub fn cycles() -> &'static Cycles {
    &cycles::EN
}

/// Beginning a workspace.
pub fn first_steps() -> &'static FirstSteps {
    &first_steps::EN
}

/// How health comes about.
pub fn health() -> &'static Health {
    &health::EN
}

/// What is due, and checking in.
pub fn home() -> &'static Home {
    &home::EN
}

/// Where the data is with the hosted service.
pub fn hosted() -> &'static Hosted {
    &hosted::EN
}

/// Settings: importing people.
pub fn import_people() -> &'static ImportPeople {
    &import::EN
}

/// What one should hear of.
pub fn inbox() -> &'static Inbox {
    &inbox::EN
}

/// Making and changing a KPI.
pub fn kpi_form() -> &'static KpiForm {
    &kpi_form::EN
}

/// KPIs: their list and their page.
pub fn kpis() -> &'static Kpis {
    &kpis::EN
}

/// Settings: people.
pub fn members() -> &'static Members {
    &members::EN
}

/// The page of one OKR.
pub fn okr() -> &'static Okr {
    &okr::EN
}

/// Making and changing an OKR.
pub fn okr_form() -> &'static OkrForm {
    &okr_form::EN
}

/// The list of OKRs.
pub fn okrs() -> &'static Okrs {
    &okrs::EN
}

/// Recording a value of a KPI.
pub fn record_value() -> &'static RecordValue {
    &record_value::EN
}

/// Searching everything.
pub fn search() -> &'static Search {
    &search::EN
}

/// Settings: what is mine.
pub fn settings() -> &'static Settings {
    &settings::EN
}

/// The frame around the screens.
pub fn shell() -> &'static Shell {
    &shell::EN
}

/// The keys that work everywhere.
pub fn shortcuts() -> &'static Shortcuts {
    &shortcuts::EN
}

/// Everything before one is in.
pub fn sign_in() -> &'static SignIn {
    &sign_in::EN
}

/// What waits for the hosted service.
pub fn waiting() -> &'static Waiting {
    &waiting::EN
}

/// Settings: departments and teams.
pub fn teams() -> &'static Teams {
    &teams::EN
}

/// Settings: the workspace.
pub fn workspace() -> &'static Workspace {
    &workspace::EN
}
