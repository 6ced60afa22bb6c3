//! Signing in by an OpenID provider or by Cloudflare Access: who is known there becomes somebody
//! signed in here. Like all ops of signing in, these have no caller yet.

use http::{HeaderMap, HeaderValue};
use okrs_shared::id::MemberId;
use okrs_shared::permission::Role;
use okrs_shared::sign_in_problem::SignInProblem;

use crate::access;
use crate::admit;
use crate::clock;
use crate::cookies;
use crate::error::{Error, Result};
use crate::external_identity::{ExternalIdentity, Joining};
use crate::ids;
use crate::oidc::{self, Answer, Pending};
use crate::ops::sign_in::{self, Begun, Client};
use crate::platform::Platform;
use crate::seal;
use crate::store::external_members::{self, Arrival};
use crate::store::people::Candidate;
use crate::throttle_do::{Trying, counted};
use crate::ways_in::{BY_ACCESS, BY_OIDC, access_config, misconfigured, oidc_config};

/// A browser on its way to the provider.
pub struct Leaving {
    /// Where it goes.
    pub location: String,
    /// What it keeps until it is back.
    pub cookie: HeaderValue,
}

/// A browser that came back as somebody.
pub struct Arrived {
    /// The session; none if the person was signed in and is linked now.
    pub begun: Option<Begun>,
    /// The path that it wanted to see.
    pub return_to: String,
}

/// What the button for the provider says, if there is a provider. A wrong configuration hides it.
pub fn provider_name(platform: &Platform) -> Option<String> {
    let config = oidc_config(platform).inspect_err(Error::log).ok()?;
    Some(config?.name)
}

/// Whether the deployment is behind Cloudflare Access. A wrong configuration says no.
pub fn has_access(platform: &Platform) -> bool {
    let config = access_config(platform).inspect_err(Error::log);
    config.is_ok_and(|config| config.is_some())
}

/// Sends a browser to the provider, which sends it back to `redirect_uri`: to sign in, or to link this member.
pub async fn leave(
    platform: &Platform,
    redirect_uri: &str,
    return_to: &str,
    member_id: Option<&MemberId>,
) -> Result<Leaving> {
    let config = oidc_config(platform)?.ok_or(NO_PROVIDER)?;
    let pending = Pending::new(return_to, member_id.map(MemberId::as_str))?;
    let name = oidc::cookie_name(&pending.state)
        .ok_or_else(|| Error::internal("a new state names no cookie"))?;
    let sealed = seal::seal(platform, oidc::PURPOSE, &pending.to_text(clock::now_ms())).await?;
    Ok(Leaving {
        location: oidc::start(&config, redirect_uri, &pending).await?,
        cookie: cookies::set(&name, &sealed, oidc::COOKIE_SECONDS)?,
    })
}

/// Whether the browser that keeps this cookie left to link somebody who is signed in.
pub async fn is_link(platform: &Platform, cookie: Option<&str>) -> Result<bool> {
    let pending = pending(platform, cookie).await?;
    Ok(pending.is_some_and(|pending| pending.member_id.is_some()))
}

/// Signs in, or links, whom the provider sent back with `answer`. The headers have the cookie from when they left.
pub async fn arrive(
    platform: &Platform,
    headers: &HeaderMap,
    redirect_uri: &str,
    cookie: Option<&str>,
    answer: Option<Answer>,
) -> Result<Arrived> {
    let config = oidc_config(platform)?.ok_or(NO_PROVIDER)?;
    let (Some(pending), Some(answer)) = (pending(platform, cookie).await?, answer) else {
        return Err(Error::sign_in(
            SignInProblem::Expired,
            "no sign-in is under way",
        ));
    };
    let client = Client::of(headers);
    let finished = oidc::finish(&config, redirect_uri, &pending, answer);
    let identity = counted(platform, &client.address, Trying::Return, finished).await?;
    let begun = match &pending.member_id {
        Some(member_id) => {
            link(platform, headers, &config.joining, &identity, member_id).await?;
            None
        }
        None => Some(begin(platform, &client, &config.joining, &identity, BY_OIDC).await?),
    };
    Ok(Arrived {
        begun,
        return_to: pending.return_to,
    })
}

/// The sign-in that this cookie is of, if it is one of ours and not over.
async fn pending(platform: &Platform, cookie: Option<&str>) -> Result<Option<Pending>> {
    let Some(cookie) = cookie else {
        return Ok(None);
    };
    let text = seal::open(platform, oidc::PURPOSE, cookie).await?;
    Ok(text.and_then(|text| Pending::from_text(text, clock::now_ms())))
}

/// Links whom the provider vouches for with this member, who must be signed in in the same browser, and still be
/// who left for the provider.
async fn link(
    platform: &Platform,
    headers: &HeaderMap,
    joining: &Joining,
    identity: &ExternalIdentity,
    member_id: &str,
) -> Result<()> {
    let caller = match admit::returning(platform, headers).await {
        Err(Error::SignedOut) => {
            return Err(Error::sign_in(
                SignInProblem::Expired,
                "the session that a link was begun in has ended",
            ));
        }
        caller => caller?,
    };
    if caller.person()?.member_id.as_str() != member_id || caller.tag != joining.workspace {
        return Err(Error::sign_in(
            SignInProblem::Expired,
            "a link was begun by somebody else",
        ));
    }
    external_members::link(&platform.db()?, &caller, identity).await
}

/// Signs in whom Cloudflare Access let through.
pub async fn with_access(
    platform: &Platform,
    client: &Client,
    headers: &HeaderMap,
) -> Result<Begun> {
    let config = access_config(platform)?.ok_or(NO_ACCESS)?;
    let assertion = headers
        .get(access::ASSERTION)
        .and_then(|value| value.to_str().ok());
    let assertion = assertion
        .ok_or_else(|| Error::sign_in(SignInProblem::TokenRefused, "no assertion, or no text"))?;
    let verified = access::verify(&config, assertion);
    let identity = counted(platform, &client.address, Trying::Secret, verified).await?;
    begin(platform, client, &config.joining, &identity, BY_ACCESS).await
}

const NO_PROVIDER: Error = Error::NotFound("This server has no sign-in service");
const NO_ACCESS: Error = Error::NotFound("This server is not behind Cloudflare Access");

/// Refuses to take an address for the person: one that is not theirs for sure, or that of a member whom the
/// provider knows as somebody else, or who runs the workspace.
///
/// Cloudflare Access stands before all of the deployment, and whoever runs the workspace runs it, so an address
/// that it has checked is enough there.
fn vouches(identity: &ExternalIdentity, found: &Arrival, method: &str) -> Result<()> {
    if !identity.has_proved_email {
        return Err(Error::sign_in(
            SignInProblem::EmailNotVerified,
            "the provider does not say that the e-mail address is verified",
        ));
    }
    if found.is_bound_otherwise {
        return Err(Error::sign_in(
            SignInProblem::OtherAccount,
            "the member with the address is bound to another subject of the issuer",
        ));
    }
    if found.role == Some(Role::Admin) && method == BY_OIDC {
        return Err(Error::sign_in(
            SignInProblem::LinkFirst,
            "the member with the address is an admin, and not linked",
        ));
    }
    Ok(())
}

/// Begins a session of the member that `identity` is: known by it, or by its address, or one who
/// may join.
async fn begin(
    platform: &Platform,
    client: &Client,
    joining: &Joining,
    identity: &ExternalIdentity,
    method: &'static str,
) -> Result<Begun> {
    let found = external_members::find(&platform.db()?, &joining.workspace, identity).await?;
    let found = found
        .ok_or_else(|| misconfigured(format!("no workspace has the tag {}", joining.workspace)))?;
    if found.is_disabled {
        return Err(Error::sign_in(
            SignInProblem::Disabled,
            "the member is disabled",
        ));
    }
    if !found.is_bound {
        vouches(identity, &found, method)?;
    }
    let is_new = found.member_id.is_none();
    if is_new && !joining.admits(&identity.email) {
        return Err(Error::sign_in(
            SignInProblem::NoAccount,
            "no member, and of no domain that may join",
        ));
    }
    let member = Candidate {
        member_id: found.member_id.unwrap_or_else(|| MemberId(ids::new_id())),
        role: found.role.or(identity.role).unwrap_or(Role::Member),
        password_hash: None,
        organisation_id: found.organisation_id,
        organisation: found.organisation,
        tag: found.tag,
        timezone: found.timezone,
    };
    sign_in::begin(platform, &member, method, client, |change, caller| {
        let id = &member.member_id;
        let change = if is_new {
            change.add_member(caller, id, identity, member.role)
        } else {
            change.join(caller, id, None).follow(caller, id, identity)
        };
        let change = change.link_identity(caller, id, identity);
        match identity.role {
            Some(role) if role != member.role => change.give_role(caller, id, role),
            _ => change,
        }
    })
    .await
}
