//! The tables of every operation the Worker has: where it is, what it is called, who may call it, and
//! the op. Nothing is routed anywhere else.

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing;
use http::{Method, StatusCode};
use okrs_shared::api_key::Scope;
use okrs_shared::checkin::{CheckIn, NewCheckIn};
use okrs_shared::member::Link;
use okrs_shared::permission::Action;
use okrs_shared::sign_in::{
    Me, NewPassword, PasswordLink, ProviderAddress, Recovery, SetUp, ShownLink, SignIn, SignedIn,
};
use tower_service::Service as _;

use crate::error::Error;
use crate::handlers;
use crate::handlers::{sign_in, sign_in_elsewhere};
use crate::mcp;
use crate::operation::Access::{self, Anyone, May, MayToThis, SignedIn as Member};
use crate::operation::{
    Operation, Query, all, create, data, data_list, delete, get, list, nothing, one, patch, plain,
    post, put,
};
use crate::ops::{
    activity, alignment, api_keys, attention, audit_log, backend, check_ins, comments, comparison,
    cycles, health, home, hosted_people, initiatives, key_results, kpi_details, kpis, me,
    member_import, members, notifications, okr_details, okr_list, okrs, pending_writes, restore,
    review_cycles, review_templates, review_writing, reviews, search, sign_in_ways, teams,
    workspace,
};

/// Where version 1 of the public API is mounted.
pub const V1: &str = "/api/v1";

/// Where the app's own API is mounted.
pub const APP: &str = "/api/app";

/// Version 1 of the public API: path below [`V1`], name, summary, access, and the op by what it gives.
#[rustfmt::skip]
pub fn v1() -> Vec<Operation> {
    let (okrs_read, write_okrs) = (Access::Scope(Scope::OkrsRead), Access::Scope(Scope::WriteOkrs));
    let (kpis_read, kpis_write) = (Access::Scope(Scope::KpisRead), Access::Scope(Scope::KpisWrite));
    let (check_ins_write, reviews_read) = (Access::Scope(Scope::CheckInsWrite), Access::Scope(Scope::ReviewsRead));
    vec![
        get("/okrs", "listOkrs", "The newest 500 OKRs with their key results and figures", okrs_read, list(okrs::list)),
        create("/okrs", "createOkr", "Create an OKR", write_okrs, one(okrs::create)),
        put("/okrs/{id}", "updateOkr", "Change an OKR: only the fields that are sent", write_okrs, one(okrs::update)),
        delete("/okrs/{id}", "deleteOkr", "Delete an OKR and its key results", write_okrs, nothing(okrs::delete)),
        create("/okrs/{id}/key-results", "createKeyResult", "Add a key result to an OKR", write_okrs, one(key_results::create)),
        post("/okrs/{id}/checkins", "checkInAtOldAddress", "Check in a key result; the id is the key result's", check_ins_write, plain::<NewCheckIn, CheckIn, _, _>(handlers::check_ins::create_at_old_address)).deprecated(),
        put("/key-results/{id}", "updateKeyResult", "Change a key result: only the fields that are sent", write_okrs, one(key_results::update)),
        delete("/key-results/{id}", "deleteKeyResult", "Delete a key result and its check-ins", write_okrs, nothing(key_results::delete)),
        create("/key-results/{id}/checkins", "checkIn", "Check in a key result", check_ins_write, one(check_ins::create)),
        get("/cycles", "listCycles", "All cycles, latest start first", okrs_read, all(cycles::list)),
        get("/kpis", "listKpis", "The newest 500 KPIs with their status", kpis_read, list(kpis::list)),
        create("/kpis", "createKpi", "Create a KPI", kpis_write, one(kpis::create)),
        post("/kpis/{id}/updates", "updateKpiValue", "Record a measurement of a KPI", kpis_write, one(kpis::record)),
        get("/initiatives", "listInitiatives", "The newest 500 initiatives", okrs_read, data_list(initiatives::list)).query(Query::Initiatives),
        create("/initiatives", "createInitiative", "Create an initiative", write_okrs, data(initiatives::create)),
        get("/initiatives/{id}", "getInitiative", "One initiative", okrs_read, data(initiatives::get)),
        put("/initiatives/{id}", "updateInitiative", "Change an initiative: only the fields that are sent", write_okrs, data(initiatives::update)),
        delete("/initiatives/{id}", "deleteInitiative", "Delete an initiative and its link", write_okrs, one(initiatives::delete)),
        get("/review-cycles", "listReviewCycles", "The newest 500 review cycles", reviews_read, list(reviews::list_cycles)),
        get("/reviews/{id}/summary", "getReviewSummary", "Questions and answers of a shared review", reviews_read, one(reviews::summary)),
    ]
}

/// The app's own API: path below [`APP`], name, summary, access, and the op by what it gives.
#[rustfmt::skip]
pub fn app() -> Vec<Operation> {
    let (manage_keys, read_log) = (May(Action::ManageApiKeys), May(Action::ReadAuditLog));
    let (manage_cycles, change_okr) = (May(Action::ManageCycles), MayToThis(Action::ChangeOkr));
    let (change_workspace, manage_members) = (May(Action::ChangeWorkspace), May(Action::ManageMembers));
    let (manage_teams, change_kpi) = (May(Action::ManageTeams), MayToThis(Action::ChangeKpi));
    let (templates, run_cycles) = (May(Action::ManageReviewTemplates), May(Action::ManageReviewCycles));
    let (write, read, share) = (MayToThis(Action::WriteReview), MayToThis(Action::ReadReview), MayToThis(Action::ShareReview));
    vec![
        get("/about", "about", "What is running here", Anyone, one(backend::about)),
        get("/health", "getHealth", "How the server and its database are", change_workspace, one(health::details)),

        get("/sign-in-options", "signInOptions", "Which ways in there are", Anyone, one(sign_in_ways::options)),
        create("/set-up", "setUp", "Make a workspace and sign in as its first admin", Anyone, plain::<SetUp, Me, _, _>(sign_in::set_up)),
        post("/sessions", "signIn", "Sign in with a password", Anyone, plain::<SignIn, SignedIn, _, _>(sign_in::sign_in)),
        get("/oidc/start", "leaveForProvider", "Go to the OpenID provider to sign in", Anyone, plain::<(), (), _, _>(sign_in_elsewhere::start)).status(StatusCode::FOUND).query(Query::ReturnTo),
        get("/oidc/callback", "returnFromProvider", "Come back from the OpenID provider, signed in or with a problem", Anyone, plain::<(), (), _, _>(sign_in_elsewhere::callback_from_provider)).status(StatusCode::FOUND).query(Query::ProviderAnswer),
        post("/access-sessions", "signInByAccess", "Sign in as whom Cloudflare Access let through", Anyone, plain::<(), Me, _, _>(sign_in_elsewhere::with_access)),
        post("/password-links", "showPasswordLink", "What a link that sets a password is for", Anyone, plain::<ShownLink, PasswordLink, _, _>(sign_in::link)),
        post("/password-links/use", "usePasswordLink", "Set a password by a link, and sign in", Anyone, plain::<NewPassword, Me, _, _>(sign_in::use_link)),
        create("/recoveries", "recoverWorkspace", "Make a link for an admin to set a new password with, for whoever knows the deployment's RECOVERY_TOKEN", Anyone, plain::<Recovery, Link, _, _>(sign_in::recover)),

        get("/me", "getMe", "Who is signed in", Member, one(me::get)),
        patch("/me", "updateMe", "Change one's name", Member, one(me::update)),
        post("/me/identity", "leaveToLink", "Where to go to be linked with whom one is at the OpenID provider", Member, plain::<(), ProviderAddress, _, _>(sign_in_elsewhere::leave_to_link)).never_kept(),
        put("/me/password", "changePassword", "Change one's password, which ends all other sessions", Member, nothing(me::change_password)),
        get("/sessions", "listSessions", "One's sessions", Member, list(me::sessions)),
        delete("/sessions/current", "signOut", "End the session that asks", Member, plain::<(), (), _, _>(sign_in::sign_out)).status(StatusCode::NO_CONTENT),
        delete("/sessions/{id}", "endSession", "End one of one's sessions", Member, nothing(me::end_session)),

        get("/home", "getHome", "What one has to do", Member, one(home::get)),
        get("/home/attention", "getAttention", "What needs those who lead, what moved since last week, and what comes next", Member, one(attention::get)),
        get("/search", "search", "The newest 50 things whose words have a text", Member, list(search::find)).query(Query::Words),
        get("/notifications", "listNotifications", "One's newest 100 notifications", Member, one(notifications::list)),
        post("/notifications/read", "readNotifications", "Mark some or all of one's notifications as read", Member, nothing(notifications::read)),
        get("/okrs", "listOkrs", "OKRs of a cycle with what lists and trees show, in pages", Member, one(okr_list::list)).query(Query::Okrs),
        get("/okrs/deleted", "listDeleted", "What one could restore of what was deleted in the last 30 days", Member, all(restore::list)),
        get("/okrs/{id}", "getOkr", "An OKR with all that belongs to it", Member, one(okr_details::get)),
        patch("/okrs/{id}", "alignOkr", "Align, weigh or archive an OKR", change_okr, nothing(alignment::of_okr)),
        post("/okrs/{id}/restore", "restoreOkr", "Undo the delete of an OKR", change_okr, nothing(restore::okr)),
        get("/okrs/{id}/activity", "listActivity", "The newest 200 things that happened to an OKR and to what belongs to it", Member, list(activity::of_okr)),
        get("/okrs/{id}/comments", "listComments", "All comments on an OKR, oldest first", Member, all(comments::list)),
        create("/okrs/{id}/comments", "createComment", "Comment on an OKR", MayToThis(Action::Comment), one(comments::create)),
        patch("/comments/{id}", "updateComment", "Change the words of one's own comment", MayToThis(Action::ChangeComment), one(comments::update)),
        delete("/comments/{id}", "deleteComment", "Delete a comment", MayToThis(Action::DeleteComment), nothing(comments::delete)),
        patch("/key-results/{id}", "alignKeyResult", "Weigh or move a key result or its target", change_okr, nothing(alignment::of_key_result)),
        post("/key-results/{id}/restore", "restoreKeyResult", "Undo the delete of a key result", change_okr, nothing(restore::key_result)),
        patch("/check-ins/{id}", "correctCheckIn", "Correct one's own check-in", MayToThis(Action::CorrectCheckIn), nothing(check_ins::correct)),
        delete("/check-ins/{id}", "takeBackCheckIn", "Take one's own check-in back, on its day", MayToThis(Action::CorrectCheckIn), nothing(check_ins::take_back)),
        get("/kpis", "listKpis", "All KPIs, newest first", Member, all(kpi_details::list)),
        get("/kpis/{id}", "getKpi", "A KPI with its newest 500 measurements", Member, one(kpi_details::get)),

        get("/api-keys", "listApiKeys", "All API keys, the newest first, with how much each is used", manage_keys, all(api_keys::list)),
        create("/api-keys", "createApiKey", "Make an API key; only this answer shows it", manage_keys, one(api_keys::create)).never_kept(),
        delete("/api-keys/{id}", "revokeApiKey", "Take an API key back, at once", manage_keys, nothing(api_keys::revoke)),
        create("/api-keys/{id}/roll", "rollApiKey", "Replace an API key that works by a new one; the old one still works for a while", manage_keys, one(api_keys::roll)).never_kept(),
        get("/cycles", "listCycles", "All cycles, archived ones too", Member, list(cycles::overview)),
        create("/cycles", "createCycle", "Create a cycle", manage_cycles, one(cycles::create)),
        patch("/cycles/{id}", "updateCycle", "Change or archive a cycle", manage_cycles, one(cycles::update)),
        create("/cycles/{id}/clone", "cloneCycle", "Clone the OKRs of a cycle into another; key results begin where they have got to", May(Action::CloneCycle), one(cycles::clone)),

        get("/audit-log", "listAuditLog", "A page of the audit log, the latest entry first", read_log, one(audit_log::list)).query(Query::AuditPage),
        get("/audit-log.csv", "exportAuditLog", "The latest 10,000 entries of the audit log as a file", read_log, plain::<(), (), _, _>(handlers::audit_log::export)).csv().query(Query::AuditEntries),

        get("/review-templates", "listReviewTemplates", "All review templates by name, the archived ones last", run_cycles, all(review_templates::list)),
        create("/review-templates", "createReviewTemplate", "Make a review template", templates, one(review_templates::create)),
        patch("/review-templates/{id}", "updateReviewTemplate", "Change a review template: only the fields that are sent", templates, one(review_templates::update)),
        get("/review-cycles", "listReviewCycles", "All review cycles, the newest first, with how far each is", run_cycles, all(review_cycles::list)),
        create("/review-cycles", "createReviewCycle", "Make a review cycle, as a draft", run_cycles, one(review_cycles::create)),
        get("/review-cycles/{id}", "getReviewCycle", "A review cycle with who reviews whom", run_cycles, one(review_cycles::get)),
        patch("/review-cycles/{id}", "updateReviewCycle", "Change a review cycle: only the fields that are sent", run_cycles, one(review_cycles::update)),
        delete("/review-cycles/{id}", "deleteReviewCycle", "Delete a review cycle with its reviews", run_cycles, nothing(review_cycles::delete)),
        get("/reviews", "listReviews", "The reviews that one writes, is shown or may read", Member, one(review_writing::list)),
        get("/reviews/{id}", "getReview", "A review with its questions and answers", read, one(review_writing::get)),
        put("/reviews/{id}/answers", "saveReview", "Keep what has been written so far", write, nothing(review_writing::save)),
        put("/reviews/{id}/note", "noteReview", "Keep one's private note", write, nothing(review_writing::note)),
        post("/reviews/{id}/submit", "submitReview", "Hand a review in, with every question answered", write, one(review_writing::submit)),
        post("/reviews/{id}/reopen", "reopenReview", "Take a submitted review back", write, one(review_writing::reopen)),
        post("/reviews/{id}/share", "shareReview", "Show a submitted review to the reviewed person", share, one(review_writing::share)),
        post("/reviews/{id}/unshare", "unshareReview", "Hide a shared review again", share, one(review_writing::unshare)),

        get("/workspace", "getWorkspace", "The workspace's settings", Member, one(workspace::get)),
        patch("/workspace", "updateWorkspace", "Change the workspace's settings", change_workspace, one(workspace::update)),

        get("/capabilities", "getCapabilities", "What can be done where the data is", Member, one(backend::capabilities)),
        get("/budget", "getBudget", "How the hosted service's budget and the copy of its data stand", Member, one(backend::budget)),
        get("/comparison", "compareLists", "The service's lists beside those made of what is here", change_workspace, list(comparison::latest)),
        post("/comparison", "compareListsAnew", "Have every list of the service read, copied and compared anew; it goes on after the answer", change_workspace, one(comparison::renew)).status(StatusCode::ACCEPTED),
        get("/hosted-people", "listHostedPeople", "Whom only the hosted service knows, and which members they are", manage_members, all(hosted_people::list)),
        put("/hosted-people/{id}/member", "linkHostedPerson", "Say which member somebody is whom only the hosted service knows", manage_members, nothing(hosted_people::link)),
        delete("/hosted-people/{id}/member", "unlinkHostedPerson", "Forget which member they are", manage_members, nothing(hosted_people::unlink)),
        get("/pending-writes", "listPendingWrites", "One's newest 200 writes that were not answered at once; an admin's look at everybody's", Member, list(pending_writes::list)),
        get("/pending-writes/{id}", "getPendingWrite", "One of them, also for the key that sent it", Member, one(pending_writes::get)).for_keys_too(),
        post("/pending-writes/{id}/decision", "decidePendingWrite", "Say what is to become of a write of which nobody knows whether it took effect", Member, nothing(pending_writes::decide)).never_kept(),

        get("/directory", "getDirectory", "Everybody, with departments and teams", Member, one(members::directory)),
        create("/members", "inviteMember", "Invite somebody, by a link that is shown once", manage_members, one(members::invite)).never_kept(),
        post("/members/import", "importMembers", "Invite everybody in a CSV file, or say what that would do", manage_members, one(member_import::import)).never_kept(),
        patch("/members/{id}", "updateMember", "Change a member", manage_members, one(members::update)),
        create("/members/{id}/invitation", "renewInvitation", "Make a new invitation link, which is shown once", manage_members, one(members::renew_invitation)),
        create("/members/{id}/reset-link", "makeResetLink", "Make a link to set a new password, which is shown once", manage_members, one(members::make_reset_link)),
        post("/members/{id}/disable", "disableMember", "Keep a member out; their sessions end at once, and what they hold is revoked or handed over", manage_members, one(members::disable)),
        post("/members/{id}/enable", "enableMember", "Let a disabled member in again", manage_members, one(members::enable)),
        delete("/members/{id}/identities", "unlinkMember", "Forget whom a member is at providers, and end the sessions that began there", manage_members, nothing(members::unlink)),
        post("/members/{id}/hand-over", "handOver", "Make another member the owner of all that somebody owns", manage_members, one(members::hand_over)).never_kept(),

        create("/departments", "createDepartment", "Create a department", manage_teams, one(teams::create_department)),
        patch("/departments/{id}", "updateDepartment", "Change or archive a department", manage_teams, one(teams::update_department)),
        create("/teams", "createTeam", "Create a team", manage_teams, one(teams::create_team)),
        patch("/teams/{id}", "updateTeam", "Change a team; all but its name only whoever may `manage_teams`", MayToThis(Action::ChangeTeam), one(teams::update_team)),
        patch("/kpis/{id}", "updateKpi", "Change a KPI: only the fields that are sent", change_kpi, nothing(kpi_details::update)),
        delete("/kpis/{id}", "deleteKpi", "Delete a KPI", change_kpi, nothing(kpi_details::delete)),
        post("/kpis/{id}/restore", "restoreKpi", "Undo the delete of a KPI within 30 days", change_kpi, nothing(restore::kpi)),
    ]
}

thread_local! {
    // Built once per isolate: matching a path is cheap, building a hundred routes is not.
    static ROUTER: Router = router();
    /// What version 1 can be asked for.
    static READS: Vec<Operation> = v1().into_iter().filter(|row| row.method == Method::GET).collect();
}

/// Answers a request to any of the Worker's addresses.
pub async fn answer(request: Request) -> Response {
    let mut router = ROUTER.with(Router::clone);
    router
        .call(request)
        .await
        .unwrap_or_else(|never| match never {})
}

/// The scope that reading at this address, which is below [`V1`], needs, if something stands there.
pub fn scope_of_read(address: &str) -> Option<Scope> {
    let access = READS.with(|reads| {
        let mut reads = reads.iter();
        reads.find(|row| row.is_at(address)).map(|row| row.access)
    });
    match access? {
        Access::Scope(scope) => Some(scope),
        _ => None,
    }
}

fn router() -> Router {
    Router::new()
        .nest(V1, mounted(v1()))
        .nest(APP, mounted(app()))
        .route(mcp::PATH, routing::post(mcp::post))
        .route(handlers::health::PATH, routing::get(handlers::health::get))
        .fallback(async || Error::NotFound("Address not found"))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
}

fn mounted(operations: Vec<Operation>) -> Router {
    operations.into_iter().fold(Router::new(), |router, row| {
        router.route(row.path, row.handler())
    })
}
