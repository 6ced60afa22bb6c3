//! Departments and teams, for those who look after them.

use gloo_net::http::Method;
use okrs_shared::id::{DepartmentId, TeamId};
use okrs_shared::team::{Department, DepartmentPatch, NewDepartment, NewTeam, Team, TeamPatch};

use super::{Answer, client};

const DEPARTMENTS: &str = "/api/app/departments";
const TEAMS: &str = "/api/app/teams";

/// Creates a department; trying it again under the same key creates no other.
pub async fn create_department(body: &NewDepartment, idempotency_key: &str) -> Answer<Department> {
    client::send_once(Method::POST, DEPARTMENTS, body, idempotency_key).await
}

/// Changes, archives or unarchives a department.
pub async fn update_department(id: &DepartmentId, body: &DepartmentPatch) -> Answer<Department> {
    client::send(Method::PATCH, &format!("{DEPARTMENTS}/{id}"), body).await
}

/// Creates a team; trying it again under the same key creates no other.
pub async fn create_team(body: &NewTeam, idempotency_key: &str) -> Answer<Team> {
    client::send_once(Method::POST, TEAMS, body, idempotency_key).await
}

/// Changes, archives or unarchives a team.
pub async fn update_team(id: &TeamId, body: &TeamPatch) -> Answer<Team> {
    client::send(Method::PATCH, &format!("{TEAMS}/{id}"), body).await
}
