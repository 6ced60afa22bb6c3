//! Why signing in elsewhere led to nothing: a code in the address of the sign-in page, and what
//! the page says about it.

use serde::{Deserialize, Serialize};

/// What went wrong. The spelling in addresses is `provider_unavailable` and the like.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SignInProblem {
    /// The person changed their mind at the provider, or it did not let them through.
    Cancelled,
    /// The answer belongs to no sign-in that this browser began in the last ten minutes.
    Expired,
    /// The provider does not answer, or not as agreed.
    ProviderUnavailable,
    /// What the provider sent cannot be believed.
    TokenRefused,
    /// The provider names no e-mail address.
    EmailMissing,
    /// The provider does not say that the e-mail address is verified.
    EmailNotVerified,
    /// The member with this address signs in with another account of the provider.
    OtherAccount,
    /// The member with this address is an admin, or it is to be linked: that takes a session that began without
    /// the provider.
    LinkFirst,
    /// Nobody in the workspace has this address, and it is of no domain that may join.
    NoAccount,
    /// The member is disabled.
    Disabled,
    /// So many sign-ins from the same network led to nothing that this one has to wait.
    TooManyAttempts,
    /// The deployment's configuration is wrong or incomplete; the log says where.
    Misconfigured,
    /// Something broke on our side.
    Failed,
}

impl SignInProblem {
    /// The spelling in addresses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What a person can make of it.
    pub fn message(self) -> &'static str {
        match self {
            Self::Cancelled => "Signing in was cancelled",
            Self::Expired => "Signing in took too long or was begun elsewhere; please try again",
            Self::ProviderUnavailable => {
                "The sign-in service does not answer; try again later, or use your password"
            }
            Self::TokenRefused => "The sign-in service sent something that can't be trusted",
            Self::EmailMissing => {
                "The sign-in service names no e-mail address for your account; ask an admin"
            }
            Self::EmailNotVerified => {
                "The sign-in service does not say that your e-mail address is verified; ask an admin"
            }
            Self::OtherAccount => {
                "Your e-mail address belongs to a member with another account there; ask an admin"
            }
            Self::LinkFirst => {
                "Sign in with your password first, then link this account in your profile"
            }
            Self::NoAccount => "You are not a member of this workspace; ask an admin to invite you",
            Self::Disabled => "Your access to this workspace has been switched off",
            Self::TooManyAttempts => {
                "Too many sign-ins from your network led to nothing; try again in a quarter of an hour"
            }
            Self::Misconfigured => "This way of signing in is not set up correctly; ask an admin",
            Self::Failed => "Something went wrong on our end; please try again",
        }
    }
}
