//! Handing over what somebody owns, in the database.

use okrs_shared::id::MemberId;
use okrs_shared::member::{HandOver, HandedOver};
use okrs_shared::validation::Invalid;

use super::change::Change;
use super::{Db, params};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// What can be owned. Deleted rows change hands too: a delete may be undone.
const TABLES: [&str; 4] = ["okrs", "key_results", "kpis", "initiatives"];

/// Makes the receiver the owner of all that the member called `name` owns, and tells them.
pub async fn all(
    db: &Db,
    caller: &Caller,
    from: &MemberId,
    name: &str,
    body: &HandOver,
) -> Result<HandedOver> {
    let (to, organisation) = (&body.to_member_id, &caller.organisation_id);
    let count = |table: &str| {
        format!(
            "(SELECT COUNT(*) FROM {table} WHERE owner_id = ? AND organisation_id = ? AND deleted_at IS NULL) AS {table}"
        )
    };
    let counts: Vec<String> = TABLES.into_iter().map(count).collect();
    let owned = TABLES.iter().flat_map(|_| params![from, organisation]);
    let change = Change::new(caller, "member.hand_over", from.as_str())
        .require_member(caller, from)
        .require(
            "EXISTS (SELECT 1 FROM members WHERE id = ? AND organisation_id = ? AND disabled_at IS NULL AND id <> ?)",
            params![to, organisation, from],
            Error::Invalid(Invalid::field(
                "to_member_id",
                "must be the id of another member of this organisation who is not disabled",
            )),
        )
        // Counted before anything changes hands.
        .effect(format!("SELECT {} WHERE 1", counts.join(", ")), owned.collect());
    TABLES
        .into_iter()
        .fold(change, |change, table| {
            change.effect(
                format!("UPDATE {table} SET owner_id = ?, updated_at = ? WHERE owner_id = ? AND organisation_id = ?"),
                params![to, caller.now, from, organisation],
            )
        })
        .notify(caller, std::slice::from_ref(to), "handed_over", from.as_str(), name)
        .commit_with(db, body, |committed| committed.returned(0))
        .await
}
