//! The first rows of an organisation.

use okrs_shared::id::{MemberId, OrganisationId};
use okrs_shared::permission::Role;
use okrs_shared::sign_in::SetUp;

use super::{Db, params, sql};
use crate::caller::Caller;
use crate::error::Result;
use crate::ids;

/// Makes the organisation and its first admin. It is no `Change`: the audit row of one needs an
/// organisation that exists.
pub async fn create(
    db: &Db,
    caller: &Caller,
    tag: &str,
    timezone: &str,
    body: &SetUp,
    admin: &MemberId,
    password_hash: &str,
) -> Result<()> {
    let organisation: &OrganisationId = &caller.organisation_id;
    db.batch(&[
        sql(
            "INSERT INTO organisations (id, tag, name, timezone, created_at) VALUES (?, ?, ?, ?, ?)",
            params![organisation, tag, body.workspace.trim(), timezone, caller.now],
        ),
        sql(
            "INSERT INTO members (id, organisation_id, email, name, role, password_hash, joined_at, created_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                admin,
                organisation,
                body.email.trim(),
                body.name.trim(),
                Role::Admin.as_str(),
                password_hash,
                caller.now,
                caller.now,
            ],
        ),
        sql(
            "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id) VALUES (?, ?, ?, ?, ?, ?)",
            params![
                organisation,
                ids::new_id(),
                caller.now,
                admin,
                "workspace.set_up",
                organisation,
            ],
        ),
    ])
    .await?;
    Ok(())
}
