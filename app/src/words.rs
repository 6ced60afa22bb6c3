//! Every sentence of the app, by screen. A language is one set of values: a missing sentence does not
//! compile.

mod common;
mod home;
mod shell;
mod sign_in;

pub use common::Common;
pub use home::Home;
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
}

static EN: Words = Words {
    common: common::EN,
    home: home::EN,
    shell: shell::EN,
    sign_in: sign_in::EN,
};

/// The reader's language.
pub fn words() -> &'static Words {
    &EN
}
