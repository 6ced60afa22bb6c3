//! People, teams, and the workspace.

use okrs_shared::member::{
    Directory, HandOver, HandedOver, Invited, Link, Member, MemberPatch, NewMember,
};
use okrs_shared::member_import::{Import, NewImport};
use okrs_shared::permission::Action::{ChangeTeam, ChangeWorkspace, ManageMembers, ManageTeams};
use okrs_shared::team::{Department, DepartmentPatch, NewDepartment, NewTeam, Team, TeamPatch};
use okrs_shared::workspace::{Workspace, WorkspacePatch};

use crate::openapi::operation::Access::{May, SignedIn};
use crate::openapi::operation::{Operation, change, get, post};
use crate::openapi::type_of;

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    vec![
        get("/workspace", "getWorkspace", "The workspace's settings", SignedIn, type_of::<Workspace>()),
        change("PATCH", "/workspace", "updateWorkspace", "Change the workspace's settings", May(ChangeWorkspace), type_of::<WorkspacePatch>(), (200, Some(type_of::<Workspace>()))),

        get("/directory", "getDirectory", "Everybody, with departments and teams", SignedIn, type_of::<Directory>()),
        post("/members", "inviteMember", "Invite somebody, by a link that is shown once", May(ManageMembers), Some(type_of::<NewMember>()), (201, Some(type_of::<Invited>()))).never_kept(),
        post("/members/import", "importMembers", "Invite everybody in a CSV file, or say what that would do", May(ManageMembers), Some(type_of::<NewImport>()), (200, Some(type_of::<Import>()))).never_kept(),
        change("PATCH", "/members/{id}", "updateMember", "Change a member", May(ManageMembers), type_of::<MemberPatch>(), (200, Some(type_of::<Member>()))),
        post("/members/{id}/invitation", "renewInvitation", "Make a new invitation link, which is shown once", May(ManageMembers), None, (201, Some(type_of::<Link>()))).never_kept(),
        post("/members/{id}/reset-link", "makeResetLink", "Make a link to set a new password, which is shown once", May(ManageMembers), None, (201, Some(type_of::<Link>()))).never_kept(),
        post("/members/{id}/disable", "disableMember", "Keep a member out; their sessions end at once", May(ManageMembers), None, (200, Some(type_of::<Member>()))).never_kept(),
        post("/members/{id}/enable", "enableMember", "Let a disabled member in again", May(ManageMembers), None, (200, Some(type_of::<Member>()))).never_kept(),
        post("/members/{id}/hand-over", "handOver", "Make another member the owner of all that somebody owns", May(ManageMembers), Some(type_of::<HandOver>()), (200, Some(type_of::<HandedOver>()))).never_kept(),

        post("/departments", "createDepartment", "Create a department", May(ManageTeams), Some(type_of::<NewDepartment>()), (201, Some(type_of::<Department>()))),
        change("PATCH", "/departments/{id}", "updateDepartment", "Change or archive a department", May(ManageTeams), type_of::<DepartmentPatch>(), (200, Some(type_of::<Department>()))),
        post("/teams", "createTeam", "Create a team", May(ManageTeams), Some(type_of::<NewTeam>()), (201, Some(type_of::<Team>()))),
        change("PATCH", "/teams/{id}", "updateTeam", "Change a team; all but its name only whoever may `manage_teams`", May(ChangeTeam), type_of::<TeamPatch>(), (200, Some(type_of::<Team>()))),
    ]
}
