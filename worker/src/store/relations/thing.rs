//! What permissions are about: where each kind of thing belongs, as a query for its row.

use okrs_shared::id::{MemberId, TeamId};

use crate::caller::Caller;
use crate::store::sql::Param;
use crate::store::{Sql, sql};

/// An OKR.
pub fn okr(caller: &Caller, id: &str) -> Sql {
    sql!(
        caller,
        "SELECT owner_id, NULL AS also_owner_id, team_id, department_id FROM okrs \
         WHERE id = :id AND organisation_id = :organisation",
        id
    )
}

/// The OKR that a key result is part of.
pub fn okr_of_key_result(caller: &Caller, id: &str) -> Sql {
    sql!(
        caller,
        "SELECT o.owner_id, NULL AS also_owner_id, o.team_id, o.department_id \
         FROM key_results k JOIN okrs o ON o.id = k.okr_id WHERE k.id = :id AND k.organisation_id = :organisation",
        id
    )
}

/// A key result: it is also its owner's, not only its OKR's owner's.
pub fn key_result(caller: &Caller, id: &str) -> Sql {
    sql!(
        caller,
        "SELECT o.owner_id, k.owner_id AS also_owner_id, o.team_id, o.department_id \
         FROM key_results k JOIN okrs o ON o.id = k.okr_id WHERE k.id = :id AND k.organisation_id = :organisation",
        id
    )
}

/// A KPI.
pub fn kpi(caller: &Caller, id: &str) -> Sql {
    sql!(
        caller,
        "SELECT owner_id, NULL AS also_owner_id, team_id, NULL AS department_id FROM kpis \
         WHERE id = :id AND organisation_id = :organisation",
        id
    )
}

/// A KPI as it will be in this team, and with this owner if that changes, too.
pub fn kpi_moved(
    caller: &Caller,
    id: &str,
    team_id: Option<&TeamId>,
    owner_id: Option<&Option<MemberId>>,
) -> Sql {
    sql!(
        caller,
        "SELECT iif(:new_owner, :owner_id, owner_id) AS owner_id, NULL AS also_owner_id, :team_id AS team_id, \
         NULL AS department_id FROM kpis WHERE id = :id AND organisation_id = :organisation",
        new_owner = owner_id.is_some(),
        owner_id = owner_id.and_then(Option::as_ref),
        team_id,
        id
    )
}

/// An initiative: it belongs where its OKR belongs, and to the OKR's owner as well.
pub fn initiative(caller: &Caller, id: &str) -> Sql {
    sql!(
        caller,
        "SELECT i.owner_id, o.owner_id AS also_owner_id, o.team_id, o.department_id \
         FROM initiatives i LEFT JOIN okrs o ON o.id = i.okr_id \
         WHERE i.id = :id AND i.organisation_id = :organisation",
        id
    )
}

/// A team: it is its manager's, and its department's manager's.
pub fn team(caller: &Caller, id: &str) -> Sql {
    sql!(
        caller,
        "SELECT NULL AS owner_id, NULL AS also_owner_id, id AS team_id, department_id FROM teams \
         WHERE id = :id AND organisation_id = :organisation",
        id
    )
}

/// Something that does not exist yet and will belong to these.
pub fn to_come(owner_id: impl Param, team_id: impl Param, department_id: impl Param) -> Sql {
    sql!(
        "SELECT :owner_id AS owner_id, NULL AS also_owner_id, :team_id AS team_id, :department_id AS department_id",
        owner_id,
        team_id,
        department_id
    )
}
