//! The way back into a workspace that none of its admins gets into, for whoever runs the deployment.

use okrs_shared::member::Link;
use okrs_shared::rules::Params;
use okrs_shared::sign_in::{LinkPurpose, Recovery};
use okrs_shared::validation::Invalid;
use serde_json::json;

use crate::admit;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Origin, Unparsed};
use crate::ops::members;
use crate::ops::sign_in::{Client, require_secret};
use crate::platform::Platform;
use crate::store::password_links;

/// The deployment's secret for that.
const SECRET: &str = "RECOVERY_TOKEN";

/// Makes a link with which an admin sets a new password, for whoever knows the deployment's secret for that. All
/// admins are told.
pub async fn recover(
    platform: &Platform,
    client: &Client,
    origin: &Origin,
    body: Unparsed<Recovery>,
) -> Result<Link> {
    let body = body.parse()?;
    if platform.secret(SECRET).unwrap_or_default().is_empty() {
        return Err(Error::NotFound("This server has no RECOVERY_TOKEN"));
    }
    require_secret(platform, client, SECRET, &body.token).await?;
    let db = platform.db()?;
    let admin = password_links::admin(&db, body.workspace.trim(), body.email.trim()).await?;
    let admin = admin.ok_or_else(|| {
        let problem = "is not that of an admin who may sign in to a workspace with this tag";
        Error::Invalid(Invalid::field("email", problem))
    })?;
    admit::announce(platform, &admin.tag).await?;
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
