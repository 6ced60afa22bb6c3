//! The first rows of an organisation.

use okrs_shared::id::MemberId;
use okrs_shared::permission::Role;
use okrs_shared::sign_in::{self, SetUp};

use super::{Db, sql};
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
    db.batch(&[
        sql!(
            caller,
            "INSERT INTO organisations (id, tag, name, timezone, created_at) \
             VALUES (:organisation, :tag, :workspace, :timezone, :now)",
            tag,
            workspace = body.workspace.trim(),
            timezone
        ),
        sql!(
            caller,
            "INSERT INTO members (id, organisation_id, email, name, role, password_hash, joined_at, created_at) \
             VALUES (:admin, :organisation, :email, :name, :role, :password_hash, :now, :now)",
            admin,
            email = sign_in::address(&body.email),
            name = body.name.trim(),
            role = Role::Admin.as_str(),
            password_hash
        ),
        sql!(
            caller,
            "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id) \
             VALUES (:organisation, :new_id, :now, :admin, 'workspace.set_up', :organisation)",
            new_id = ids::new_id(),
            admin
        ),
    ])
    .await?;
    Ok(())
}
