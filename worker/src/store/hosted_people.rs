//! People whom only the hosted service knows, and which members they are.
//!
//! Its lists name some by an id and some by a name. Each becomes a disabled member, so that what they own has an owner. Once
//! an admin has said which member that is, the copy gives what is theirs to the member.

use okrs_shared::id::MemberId;
use okrs_shared::upstream::{HostedPerson, PersonLink};
use okrs_shared::validation::Invalid;

use super::change::Change;
use super::{Db, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// Those who are nobody yet come first, and whoever owns most.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<HostedPerson>> {
    let query = sql!(
        caller,
        "WITH things AS ( \
           SELECT owner_id, title FROM okrs WHERE organisation_id = :organisation AND deleted_at IS NULL \
           UNION ALL \
           SELECT owner_id, title FROM key_results WHERE organisation_id = :organisation AND deleted_at IS NULL \
           UNION ALL \
           SELECT owner_id, title FROM initiatives WHERE organisation_id = :organisation AND deleted_at IS NULL), \
         owners AS (SELECT owner_id, COUNT(*) AS owns, MIN(title) AS example FROM things GROUP BY owner_id) \
         SELECT p.id, p.name, COALESCE(o.owns, 0) AS owns, o.example, p.linked_to AS member_id, m.name AS member \
         FROM members p LEFT JOIN owners o ON o.owner_id = p.id \
           LEFT JOIN members m ON m.id = p.linked_to AND m.organisation_id = p.organisation_id \
         WHERE p.organisation_id = :organisation AND p.disabled_at IS NOT NULL \
           AND substr(p.email, -15) = '@people.invalid' \
         ORDER BY p.linked_to IS NOT NULL, owns DESC, p.name COLLATE NOCASE, p.id"
    );
    db.query(query).await?.read()
}

/// Says which member somebody is.
pub async fn link(db: &Db, caller: &Caller, id: &MemberId, body: &PersonLink) -> Result<()> {
    existing(Change::new(caller, "hosted_person.link", id.as_str()), caller, id)
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :member_id AND organisation_id = :organisation \
                 AND disabled_at IS NULL)",
                member_id = body.member_id
            ),
            Error::Invalid(Invalid::field(
                "member_id",
                "must be the id of a member of this organisation who is not disabled",
            )),
        )
        .effect(sql!(
            caller,
            "UPDATE members SET linked_to = :member_id WHERE id = :id AND organisation_id = :organisation",
            member_id = body.member_id,
            id
        ))
        .commit(db, body, ())
        .await
}

/// Forgets which member somebody is.
pub async fn unlink(db: &Db, caller: &Caller, id: &MemberId) -> Result<()> {
    existing(
        Change::new(caller, "hosted_person.unlink", id.as_str()),
        caller,
        id,
    )
    .effect(sql!(
        caller,
        "UPDATE members SET linked_to = NULL WHERE id = :id AND organisation_id = :organisation",
        id
    ))
    .commit(db, &(), ())
    .await
}

/// A change of somebody whom only the service knows, with who they were before for the audit log.
fn existing<'a>(change: Change<'a>, caller: &Caller, id: &MemberId) -> Change<'a> {
    change
        .before(sql!(
            caller,
            "(SELECT json_object('member_id', linked_to) FROM members WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation \
                 AND disabled_at IS NOT NULL AND substr(email, -15) = '@people.invalid')",
                id
            ),
            Error::NotFound("Nobody of the hosted service has this id"),
        )
}
