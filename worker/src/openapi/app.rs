//! What each operation of the app's own API is called, takes and gives.

use okrs_shared::about::About;
use okrs_shared::activity::Activity;
use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::checkin::CheckInPatch;
use okrs_shared::comment::{Comment, CommentPatch, NewComment};
use okrs_shared::home::Home;
use okrs_shared::kpi_detail::{KpiDetail, KpiPatch, ListedKpi};
use okrs_shared::notification::{Notifications, ReadNotifications};
use okrs_shared::okr_detail::{OkrDetail, OkrList};
use okrs_shared::permission::Action;
use okrs_shared::restore::Restorable;
use okrs_shared::search::Hit;
use okrs_shared::sign_in::{
    Me, MePatch, NewPassword, PasswordChange, PasswordLink, Session, SetUp, SignIn, SignInOptions,
    SignedIn,
};
use serde_json::json;

use super::operation::Access::{Anyone, May, SignedIn as Member};
use super::operation::{Operation, change, delete, get, post, query};
use super::{list_of, type_of, uncapped};

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

        get("/home", "getHome", "What one has to do", Member, type_of::<Home>()),
        Operation {
            query: vec![query("q", "Any part of a title, description or name, 1 to 200 characters.", json!({ "type": "string", "minLength": 1, "maxLength": 200 }))],
            ..get("/search", "search", "The newest 50 things whose words have a text", Member, list_of::<Hit>())
        },
        get("/notifications", "listNotifications", "One's newest 100 notifications", Member, type_of::<Notifications>()),
        post("/notifications/read", "readNotifications", "Mark some or all of one's notifications as read", Member, Some(type_of::<ReadNotifications>()), (204, None)),
        Operation {
            query: vec![
                query("cycle_id", "The cycle; the active one when left out.", json!({ "type": "string" })),
                query("include_archived", "Whether archived OKRs are wanted, too.", json!({ "type": "boolean" })),
            ],
            ..get("/okrs", "listOkrs", "The OKRs of a cycle with all that lists and trees show", Member, type_of::<OkrList>())
        },
        get("/okrs/deleted", "listDeleted", "What one could restore: OKRs and key results deleted in the last 30 days", Member, uncapped::<Restorable>()),
        get("/okrs/{id}", "getOkr", "An OKR with all that belongs to it", Member, type_of::<OkrDetail>()),
        change("PATCH", "/okrs/{id}", "alignOkr", "Align, weigh or archive an OKR", May(Action::ChangeOkr), type_of::<OkrAlignmentPatch>(), (204, None)),
        post("/okrs/{id}/restore", "restoreOkr", "Undo the delete of an OKR", May(Action::ChangeOkr), None, (204, None)),
        get("/okrs/{id}/activity", "listActivity", "The newest 200 things that happened to an OKR and to what belongs to it", Member, list_of::<Activity>()),
        get("/okrs/{id}/comments", "listComments", "All comments on an OKR, oldest first", Member, uncapped::<Comment>()),
        post("/okrs/{id}/comments", "createComment", "Comment on an OKR", May(Action::Comment), Some(type_of::<NewComment>()), (201, Some(type_of::<Comment>()))),
        change("PATCH", "/comments/{id}", "updateComment", "Change the words of one's own comment", May(Action::ChangeComment), type_of::<CommentPatch>(), (200, Some(type_of::<Comment>()))),
        delete("/comments/{id}", "deleteComment", "Delete a comment", May(Action::DeleteComment), (204, None)),
        change("PATCH", "/key-results/{id}", "alignKeyResult", "Weigh or move a key result or its target", May(Action::ChangeOkr), type_of::<KeyResultAlignmentPatch>(), (204, None)),
        post("/key-results/{id}/restore", "restoreKeyResult", "Undo the delete of a key result", May(Action::ChangeOkr), None, (204, None)),
        change("PATCH", "/check-ins/{id}", "correctCheckIn", "Correct one's own check-in", May(Action::CorrectCheckIn), type_of::<CheckInPatch>(), (204, None)),
        get("/kpis", "listKpis", "All KPIs, newest first", Member, uncapped::<ListedKpi>()),
        get("/kpis/{id}", "getKpi", "A KPI with its newest 500 measurements", Member, type_of::<KpiDetail>()),
        change("PATCH", "/kpis/{id}", "updateKpi", "Change a KPI: only the fields that are sent", May(Action::ChangeKpi), type_of::<KpiPatch>(), (204, None)),
        delete("/kpis/{id}", "deleteKpi", "Delete a KPI", May(Action::ChangeKpi), (204, None)),
        post("/kpis/{id}/restore", "restoreKpi", "Undo the delete of a KPI within 30 days", May(Action::ChangeKpi), None, (204, None)),
    ]
}
