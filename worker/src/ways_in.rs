//! Which ways in the deployment's variables leave open, and for how long they let in.

use chrono::TimeDelta;
use okrs_shared::sign_in::Passwords;
use okrs_shared::sign_in_problem::SignInProblem;
use okrs_shared::validation::Invalid;

use crate::access;
use crate::error::{Error, Result};
use crate::oidc;
use crate::platform::Platform;

/// How sessions begin that a provider vouches for.
pub const BY_OIDC: &str = "oidc";
/// The same for Cloudflare Access.
pub const BY_ACCESS: &str = "access";

/// A session that the person began without a provider ends after so long, however much it is used.
const SESSION_LASTS: TimeDelta = TimeDelta::days(30);
/// `PROVIDER_SESSION_HOURS`, unless it is set: what a provider says is asked again every day.
const PROVIDER_SESSION_HOURS: i64 = 24;
/// The most that it can be.
const MOST_HOURS: i64 = 30 * 24;

/// The OpenID provider, if there is one.
pub fn oidc_config(platform: &Platform) -> Result<Option<oidc::Config>> {
    oidc::Config::read(|name| platform.var(name)).map_err(misconfigured)
}

/// The Access application that the deployment is behind, if it is.
pub fn access_config(platform: &Platform) -> Result<Option<access::Config>> {
    access::Config::read(|name| platform.var(name)).map_err(misconfigured)
}

/// The deployment's variables are wrong; `detail` says to the log how.
pub fn misconfigured(detail: String) -> Error {
    Error::SignIn(SignInProblem::Misconfigured, detail)
}

/// `PASSWORDS`: who signs in with one. Nobody is locked out by it: it can be "off" only where there is another way.
pub fn passwords(platform: &Platform) -> Result<Passwords> {
    let Some(text) = platform.var("PASSWORDS") else {
        return Ok(Passwords::On);
    };
    let passwords: Passwords = text
        .parse()
        .map_err(|_| misconfigured("PASSWORDS must be on, admins or off".to_owned()))?;
    if passwords == Passwords::Off
        && oidc_config(platform)?.is_none()
        && access_config(platform)?.is_none()
    {
        let detail = "PASSWORDS is off, and there is neither an OpenID provider nor Access";
        return Err(misconfigured(detail.to_owned()));
    }
    Ok(passwords)
}

/// The same for the sign-in page. Where the variable is wrong it shows the form, which says so.
pub fn shown_passwords(platform: &Platform) -> Passwords {
    passwords(platform)
        .inspect_err(Error::log)
        .unwrap_or_default()
}

/// The refusal of a password that is none of the ways in for whoever has it.
pub fn no_password() -> Error {
    Error::Conflict(Invalid::conflict(
        "Passwords are switched off here for you; sign in with your organisation's sign-in service",
    ))
}

/// How long a session lasts that begins like this.
pub fn session_lasts(platform: &Platform, method: &str) -> Result<TimeDelta> {
    if method != BY_OIDC && method != BY_ACCESS {
        return Ok(SESSION_LASTS);
    }
    let hours = match platform.var("PROVIDER_SESSION_HOURS") {
        None => Some(PROVIDER_SESSION_HOURS),
        Some(text) => text.parse().ok(),
    };
    hours
        .filter(|hours| (1..=MOST_HOURS).contains(hours))
        .map(TimeDelta::hours)
        .ok_or_else(|| {
            let detail = format!("PROVIDER_SESSION_HOURS must be a number from 1 to {MOST_HOURS}");
            misconfigured(detail)
        })
}
