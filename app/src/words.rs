//! Every sentence of the app, by screen. A language is one set of values: a missing sentence does not
//! compile.

mod api_keys;
mod assistants;
mod common;
mod health;
mod home;
mod hosted;
mod kpi_form;
mod kpis;
mod members;
mod okr;
mod okr_form;
mod okrs;
mod settings;
mod shell;
mod sign_in;

pub use api_keys::ApiKeys;
pub use assistants::Assistants;
pub use common::Common;
pub use health::Health;
pub use home::Home;
pub use hosted::Hosted;
pub use kpi_form::KpiForm;
pub use kpis::Kpis;
pub use members::Members;
pub use okr::Okr;
pub use okr_form::OkrForm;
pub use okrs::Okrs;
pub use settings::Settings;
pub use shell::Shell;
pub use sign_in::SignIn;

/// A language.
pub struct Words {
    /// What all screens say.
    pub common: Common,
    /// What is due, and checking in.
    pub home: Home,
    /// The frame around the screens.
    pub shell: Shell,
    /// Everything before one is in.
    pub sign_in: SignIn,
    /// The list of OKRs.
    pub okrs: Okrs,
    /// The page of one OKR.
    pub okr: Okr,
    /// Making and changing an OKR.
    pub okr_form: OkrForm,
    /// How health comes about.
    pub health: Health,
    /// Settings: what is mine.
    pub settings: Settings,
    /// Settings: API keys.
    pub api_keys: ApiKeys,
    /// Connecting assistants.
    pub assistants: Assistants,
    /// Settings: people.
    pub members: Members,
    /// KPIs and their values.
    pub kpis: Kpis,
    /// Making and changing a KPI.
    pub kpi_form: KpiForm,
    /// Where the data is with the hosted service.
    pub hosted: Hosted,
}

static EN: Words = Words {
    common: common::EN,
    home: home::EN,
    shell: shell::EN,
    sign_in: sign_in::EN,
    okrs: okrs::EN,
    okr: okr::EN,
    okr_form: okr_form::EN,
    health: health::EN,
    settings: settings::EN,
    api_keys: api_keys::EN,
    assistants: assistants::EN,
    members: members::EN,
    kpis: kpis::EN,
    kpi_form: kpi_form::EN,
    hosted: hosted::EN,
};

/// The reader's language.
pub fn words() -> &'static Words {
    &EN
}
