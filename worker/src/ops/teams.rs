//! What can be done with departments and teams.

use okrs_shared::id::{DepartmentId, TeamId};
use okrs_shared::permission::Action;
use okrs_shared::team::{Department, DepartmentPatch, NewDepartment, NewTeam, Team, TeamPatch};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// Creates a department.
pub async fn create_department(
    db: &Db,
    caller: &Caller,
    body: Unparsed<NewDepartment>,
) -> Result<Department> {
    store::teams::create_department(db, caller, &body.parse()?, body.idempotency()?).await
}

/// Renames a department, gives it a manager, archives it or takes it back into use.
pub async fn update_department(
    db: &Db,
    caller: &Caller,
    id: &DepartmentId,
    body: Unparsed<DepartmentPatch>,
) -> Result<Department> {
    store::teams::update_department(db, caller, id, &body.parse()?).await
}

/// Creates a team.
pub async fn create_team(db: &Db, caller: &Caller, body: Unparsed<NewTeam>) -> Result<Team> {
    store::teams::create_team(db, caller, &body.parse()?, body.idempotency()?).await
}

/// Renames a team; whoever may manage teams may do the rest, too.
pub async fn update_team(
    db: &Db,
    caller: &Caller,
    id: &TeamId,
    body: Unparsed<TeamPatch>,
) -> Result<Team> {
    let patch = body.parse()?;
    if patch.changes_structure() {
        caller.require_action(Action::ManageTeams)?;
    }
    store::teams::update_team(db, caller, id, &patch).await
}
