//! The way back into a workspace that none of its admins gets into, for whoever runs the deployment.

use okrs_shared::member::Link;
use okrs_shared::rules::Params;
use okrs_shared::sign_in::{LinkPurpose, Recovery};
use okrs_shared::validation::Invalid;
use serde_json::json;
use subtle::ConstantTimeEq as _;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Origin, Unparsed};
use crate::ops::members;
use crate::ops::sign_in::Client;
use crate::platform::Platform;
use crate::store::password_links;
use crate::throttle_do::{Trying, counted};
use crate::workspace_do;

/// Makes a link with which an admin sets a new password, for whoever knows the deployment's secret for that. All
/// admins are told.
pub async fn recover(
    platform: &Platform,
    client: &Client,
    origin: &Origin,
    body: Unparsed<Recovery>,
) -> Result<Link> {
    let body = body.parse()?;
    let secret = platform.secret("RECOVERY_TOKEN").unwrap_or_default();
    if secret.is_empty() {
        return Err(Error::NotFound("This server has no RECOVERY_TOKEN"));
    }
    counted(platform, &client.address, Trying::Secret, async {
        if bool::from(secret.as_bytes().ct_eq(body.token.as_bytes())) {
            return Ok(());
        }
        Err(Error::Invalid(Invalid::field("token", "is wrong")))
    })
    .await?;
    let db = platform.db()?;
    let admin = password_links::admin(&db, body.workspace.trim(), body.email.trim()).await?;
    let admin = admin.ok_or_else(|| {
        let problem = "is not that of an admin who may sign in to a workspace with this tag";
        Error::Invalid(Invalid::field("email", problem))
    })?;
    // Like any write, but nobody has been admitted who would have announced it.
    let announcement = workspace_do::announce(platform, &admin.tag).await?;
    platform.expects_settlement(&admin.tag, announcement);
    let caller = Caller::of_workspace(
        admin.organisation_id,
        &admin.tag,
        &admin.timezone,
        Params::default(),
    );
    let (stored, link) = members::new_link(&caller, origin, LinkPurpose::Reset);
    let asked = json!({ "email": body.email.trim(), "address": client.address });
    password_links::recover(&db, &caller, &admin.member_id, &admin.name, &stored, &asked).await?;
    Ok(link)
}
