//! Handing over what somebody owns, in the database.

use okrs_shared::id::MemberId;
use okrs_shared::member::{HandOver, HandedOver};
use okrs_shared::validation::Invalid;

use super::change::Change;
use super::{Db, Sql, sql};
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
    let to = &body.to_member_id;
    let counts = TABLES.map(|table| {
        sql!(
            caller,
            "(SELECT COUNT(*) FROM :table \
             WHERE owner_id = :from AND organisation_id = :organisation AND deleted_at IS NULL) AS :table",
            table = Sql::text(table),
            from
        )
    });
    let change = Change::new(caller, "member.hand_over", from.as_str())
        .require_member(caller, from)
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :to AND organisation_id = :organisation \
                 AND disabled_at IS NULL AND id <> :from)",
                to,
                from
            ),
            Error::Invalid(Invalid::field(
                "to_member_id",
                "must be the id of another member of this organisation who is not disabled",
            )),
        )
        // Counted before anything changes hands.
        .effect(sql!(
            "SELECT :counts WHERE 1",
            counts = Sql::join(counts, ", ")
        ));
    TABLES
        .into_iter()
        .fold(change, |change, table| {
            change.effect(sql!(
                caller,
                "UPDATE :table SET owner_id = :to, updated_at = :now \
                 WHERE owner_id = :from AND organisation_id = :organisation",
                table = Sql::text(table),
                to,
                from
            ))
        })
        .notify(
            caller,
            std::slice::from_ref(to),
            "handed_over",
            from.as_str(),
            name,
        )
        .commit_with(db, body, |committed| committed.returned(0))
        .await
}
