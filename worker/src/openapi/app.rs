//! What each operation of the app's own API is called, takes and gives.

use okrs_shared::about::About;
use okrs_shared::cycle::{CloneCycle, ClonedOkrs, CycleOverview, CyclePatch, NewCycle};
use okrs_shared::member::{
    self, Directory, HandOver, HandedOver, Invited, Link, MemberPatch, NewMember,
};
use okrs_shared::member_import::{Import, NewImport};
use okrs_shared::permission::Action::{
    self, ChangeTeam, ChangeWorkspace, ManageCycles, ManageMembers, ManageTeams,
};
use okrs_shared::sign_in::{
    Me, MePatch, NewPassword, PasswordChange, PasswordLink, Session, SetUp, SignIn, SignInOptions,
    SignedIn,
};
use okrs_shared::team::{Department, DepartmentPatch, NewDepartment, NewTeam, Team, TeamPatch};
use okrs_shared::workspace::{Workspace, WorkspacePatch};

use super::operation::Access::{Anyone, May, SignedIn as Member};
use super::operation::{Operation, change, delete, get, post};
use super::{list_of, type_of};

/// Every operation of the app's own API.
#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    vec![
        get("/about", "about", "What is running here", Anyone, type_of::<About>()),

        get("/sign-in-options", "signInOptions", "Which ways in there are", Anyone, type_of::<SignInOptions>()),
        post("/set-up", "setUp", "Make a workspace and sign in as its first admin", Anyone, Some(type_of::<SetUp>()), (201, Some(type_of::<Me>()))),
        post("/sessions", "signIn", "Sign in with a password", Anyone, Some(type_of::<SignIn>()), (200, Some(type_of::<SignedIn>()))),
        get("/password-links/{token}", "getPasswordLink", "What a link that sets a password is for", Anyone, type_of::<PasswordLink>()),
        post("/password-links/{token}", "usePasswordLink", "Set a password by a link, and sign in", Anyone, Some(type_of::<NewPassword>()), (200, Some(type_of::<Me>()))),

        get("/me", "getMe", "Who is signed in", Member, type_of::<Me>()),
        change("PATCH", "/me", "updateMe", "Change one's name", Member, type_of::<MePatch>(), (200, Some(type_of::<Me>()))),
        change("PUT", "/me/password", "changePassword", "Change one's password, which ends all other sessions", Member, type_of::<PasswordChange>(), (204, None)),
        get("/sessions", "listSessions", "One's sessions", Member, list_of::<Session>()),
        delete("/sessions/current", "signOut", "End the session that asks", Member, (204, None)),
        delete("/sessions/{id}", "endSession", "End one of one's sessions", Member, (204, None)),

        get("/workspace", "getWorkspace", "The workspace's settings", Member, type_of::<Workspace>()),
        change("PATCH", "/workspace", "updateWorkspace", "Change the workspace's settings", May(ChangeWorkspace), type_of::<WorkspacePatch>(), (200, Some(type_of::<Workspace>()))),

        get("/cycles", "listCycles", "All cycles, archived ones too", Member, list_of::<CycleOverview>()),
        post("/cycles", "createCycle", "Create a cycle", May(ManageCycles), Some(type_of::<NewCycle>()), (201, Some(type_of::<CycleOverview>()))),
        change("PATCH", "/cycles/{id}", "updateCycle", "Change or archive a cycle", May(ManageCycles), type_of::<CyclePatch>(), (200, Some(type_of::<CycleOverview>()))),
        post("/cycles/{id}/clone", "cloneCycle", "Clone the OKRs of a cycle into another; key results begin where they have got to", May(Action::CloneCycle), Some(type_of::<CloneCycle>()), (201, Some(type_of::<ClonedOkrs>()))),

        get("/directory", "getDirectory", "Everybody, with departments and teams", Member, type_of::<Directory>()),
        post("/members", "inviteMember", "Invite somebody, by a link that is shown once", May(ManageMembers), Some(type_of::<NewMember>()), (201, Some(type_of::<Invited>()))).never_kept(),
        post("/members/import", "importMembers", "Invite everybody in a CSV file, or say what that would do", May(ManageMembers), Some(type_of::<NewImport>()), (200, Some(type_of::<Import>()))).never_kept(),
        change("PATCH", "/members/{id}", "updateMember", "Change a member", May(ManageMembers), type_of::<MemberPatch>(), (200, Some(type_of::<member::Member>()))),
        post("/members/{id}/invitation", "renewInvitation", "Make a new invitation link, which is shown once", May(ManageMembers), None, (201, Some(type_of::<Link>()))).never_kept(),
        post("/members/{id}/reset-link", "makeResetLink", "Make a link to set a new password, which is shown once", May(ManageMembers), None, (201, Some(type_of::<Link>()))).never_kept(),
        post("/members/{id}/disable", "disableMember", "Keep a member out; their sessions end at once", May(ManageMembers), None, (200, Some(type_of::<member::Member>()))).never_kept(),
        post("/members/{id}/enable", "enableMember", "Let a disabled member in again", May(ManageMembers), None, (200, Some(type_of::<member::Member>()))).never_kept(),
        post("/members/{id}/hand-over", "handOver", "Make another member the owner of all that somebody owns", May(ManageMembers), Some(type_of::<HandOver>()), (200, Some(type_of::<HandedOver>()))).never_kept(),

        post("/departments", "createDepartment", "Create a department", May(ManageTeams), Some(type_of::<NewDepartment>()), (201, Some(type_of::<Department>()))),
        change("PATCH", "/departments/{id}", "updateDepartment", "Change or archive a department", May(ManageTeams), type_of::<DepartmentPatch>(), (200, Some(type_of::<Department>()))),
        post("/teams", "createTeam", "Create a team", May(ManageTeams), Some(type_of::<NewTeam>()), (201, Some(type_of::<Team>()))),
        change("PATCH", "/teams/{id}", "updateTeam", "Change a team; all but its name and people only whoever may `manage_teams`", May(ChangeTeam), type_of::<TeamPatch>(), (200, Some(type_of::<Team>()))),
    ]
}
