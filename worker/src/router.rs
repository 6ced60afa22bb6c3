//! The table of every address the Worker serves. Nothing is routed anywhere else.

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodRouter, delete, get, patch, post, put};

use tower_service::Service as _;

use crate::api::{checkins, cycles, initiatives, key_results, kpis, okrs, reviews};
use crate::app_api;
use crate::error::Error;
use crate::mcp;

/// Method, path and handler of each operation of an API.
pub type Routes = Vec<(&'static str, &'static str, MethodRouter)>;

/// Where version 1 of the public API is mounted.
pub const V1: &str = "/api/v1";

/// Where the app's own API is mounted.
pub const APP: &str = "/api/app";

/// Version 1 of the public API: method, path below [`V1`], handler. The OpenAPI document has one
/// operation for each line, which a test checks.
#[rustfmt::skip]
pub fn v1_routes() -> Routes {
    vec![
        ("GET",    "/okrs",                       get(okrs::list)),
        ("POST",   "/okrs",                       post(okrs::create)),
        ("PUT",    "/okrs/{id}",                  put(okrs::update)),
        ("DELETE", "/okrs/{id}",                  delete(okrs::delete)),
        ("POST",   "/okrs/{id}/key-results",      post(key_results::create)),
        ("POST",   "/okrs/{id}/checkins",         post(checkins::create_at_old_address)),
        ("PUT",    "/key-results/{id}",           put(key_results::update)),
        ("DELETE", "/key-results/{id}",           delete(key_results::delete)),
        ("POST",   "/key-results/{id}/checkins",  post(checkins::create)),
        ("GET",    "/cycles",                     get(cycles::list)),
        ("GET",    "/kpis",                       get(kpis::list)),
        ("POST",   "/kpis",                       post(kpis::create)),
        ("POST",   "/kpis/{id}/updates",          post(kpis::record)),
        ("GET",    "/initiatives",                get(initiatives::list)),
        ("POST",   "/initiatives",                post(initiatives::create)),
        ("GET",    "/initiatives/{id}",           get(initiatives::get)),
        ("PUT",    "/initiatives/{id}",           put(initiatives::update)),
        ("DELETE", "/initiatives/{id}",           delete(initiatives::delete)),
        ("GET",    "/review-cycles",              get(reviews::list_cycles)),
        ("GET",    "/reviews/{id}/summary",       get(reviews::summary)),
    ]
}

/// The app's own API, likewise with a document of its own.
#[rustfmt::skip]
pub fn app_routes() -> Routes {
    vec![
        ("GET",    "/about",                      get(app_api::about::get)),

        ("GET",    "/sign-in-options",            get(app_api::sign_in::options)),
        ("POST",   "/set-up",                     post(app_api::sign_in::set_up)),
        ("POST",   "/sessions",                   post(app_api::sign_in::sign_in)),
        ("GET",    "/oidc/start",                 get(app_api::sign_in_elsewhere::start)),
        ("GET",    "/oidc/callback",              get(app_api::sign_in_elsewhere::callback_from_provider)),
        ("POST",   "/access-sessions",            post(app_api::sign_in_elsewhere::with_access)),
        ("GET",    "/password-links/{token}",     get(app_api::sign_in::link)),
        ("POST",   "/password-links/{token}",     post(app_api::sign_in::use_link)),

        ("GET",    "/me",                         get(app_api::me::get)),
        ("PATCH",  "/me",                         patch(app_api::me::update)),
        ("PUT",    "/me/password",                put(app_api::me::change_password)),
        ("GET",    "/sessions",                   get(app_api::me::sessions)),
        ("DELETE", "/sessions/current",           delete(app_api::me::sign_out)),
        ("DELETE", "/sessions/{id}",              delete(app_api::me::end_session)),

        ("GET",    "/home",                       get(app_api::home::get)),
        ("GET",    "/search",                     get(app_api::search::find)),
        ("GET",    "/notifications",              get(app_api::notifications::list)),
        ("POST",   "/notifications/read",         post(app_api::notifications::read)),
        ("GET",    "/okrs",                       get(app_api::okrs::list)),
        ("GET",    "/okrs/deleted",               get(app_api::okrs::deleted)),
        ("GET",    "/okrs/{id}",                  get(app_api::okrs::get)),
        ("PATCH",  "/okrs/{id}",                  patch(app_api::okrs::align)),
        ("POST",   "/okrs/{id}/restore",          post(app_api::okrs::restore)),
        ("GET",    "/okrs/{id}/activity",         get(app_api::okrs::activity)),
        ("GET",    "/okrs/{id}/comments",         get(app_api::comments::list)),
        ("POST",   "/okrs/{id}/comments",         post(app_api::comments::create)),
        ("PATCH",  "/comments/{id}",              patch(app_api::comments::update)),
        ("DELETE", "/comments/{id}",              delete(app_api::comments::delete)),
        ("PATCH",  "/key-results/{id}",           patch(app_api::key_results::align)),
        ("POST",   "/key-results/{id}/restore",   post(app_api::key_results::restore)),
        ("PATCH",  "/check-ins/{id}",             patch(app_api::key_results::correct_check_in)),
        ("GET",    "/kpis",                       get(app_api::kpis::list)),
        ("GET",    "/kpis/{id}",                  get(app_api::kpis::get)),

        ("GET",    "/api-keys",                   get(app_api::api_keys::list)),
        ("POST",   "/api-keys",                   post(app_api::api_keys::create)),
        ("DELETE", "/api-keys/{id}",              delete(app_api::api_keys::revoke)),
        ("POST",   "/api-keys/{id}/roll",         post(app_api::api_keys::roll)),
        ("GET",    "/cycles",                     get(app_api::cycles::list)),
        ("POST",   "/cycles",                     post(app_api::cycles::create)),
        ("PATCH",  "/cycles/{id}",                patch(app_api::cycles::update)),
        ("POST",   "/cycles/{id}/clone",          post(app_api::cycles::clone)),

        ("GET",    "/audit-log",                  get(app_api::audit_log::list)),
        ("GET",    "/audit-log.csv",              get(app_api::audit_log::export)),

        ("GET",    "/review-templates",           get(app_api::review_templates::list)),
        ("POST",   "/review-templates",           post(app_api::review_templates::create)),
        ("PATCH",  "/review-templates/{id}",      patch(app_api::review_templates::update)),
        ("GET",    "/review-cycles",              get(app_api::review_cycles::list)),
        ("POST",   "/review-cycles",              post(app_api::review_cycles::create)),
        ("GET",    "/review-cycles/{id}",         get(app_api::review_cycles::get)),
        ("PATCH",  "/review-cycles/{id}",         patch(app_api::review_cycles::update)),
        ("DELETE", "/review-cycles/{id}",         delete(app_api::review_cycles::delete)),
        ("GET",    "/reviews",                    get(app_api::reviews::list)),
        ("GET",    "/reviews/{id}",               get(app_api::reviews::get)),
        ("PUT",    "/reviews/{id}/answers",       put(app_api::reviews::save)),
        ("PUT",    "/reviews/{id}/note",          put(app_api::reviews::note)),
        ("POST",   "/reviews/{id}/submit",        post(app_api::reviews::submit)),
        ("POST",   "/reviews/{id}/reopen",        post(app_api::reviews::reopen)),
        ("POST",   "/reviews/{id}/share",         post(app_api::reviews::share)),
        ("POST",   "/reviews/{id}/unshare",       post(app_api::reviews::unshare)),

        ("GET",    "/workspace",                  get(app_api::workspace::get)),
        ("PATCH",  "/workspace",                  patch(app_api::workspace::update)),

        ("GET",    "/capabilities",               get(app_api::upstream::capabilities)),
        ("GET",    "/budget",                     get(app_api::upstream::budget)),
        ("GET",    "/comparison",                 get(app_api::upstream::comparison)),
        ("POST",   "/comparison",                 post(app_api::upstream::compare_anew)),
        ("GET",    "/pending-writes",             get(app_api::upstream::pending)),
        ("GET",    "/pending-writes/{id}",        get(app_api::upstream::pending_write)),
        ("POST",   "/pending-writes/{id}/decision", post(app_api::upstream::decide)),

        ("GET",    "/directory",                  get(app_api::members::directory)),
        ("POST",   "/members",                    post(app_api::members::invite)),
        ("POST",   "/members/import",             post(app_api::members::import)),
        ("PATCH",  "/members/{id}",               patch(app_api::members::update)),
        ("POST",   "/members/{id}/invitation",    post(app_api::members::renew_invitation)),
        ("POST",   "/members/{id}/reset-link",    post(app_api::members::make_reset_link)),
        ("POST",   "/members/{id}/disable",       post(app_api::members::disable)),
        ("POST",   "/members/{id}/enable",        post(app_api::members::enable)),
        ("POST",   "/members/{id}/hand-over",     post(app_api::members::hand_over)),

        ("POST",   "/departments",                post(app_api::teams::create_department)),
        ("PATCH",  "/departments/{id}",           patch(app_api::teams::update_department)),
        ("POST",   "/teams",                      post(app_api::teams::create_team)),
        ("PATCH",  "/teams/{id}",                 patch(app_api::teams::update_team)),
        ("PATCH",  "/kpis/{id}",                  patch(app_api::kpis::update)),
        ("DELETE", "/kpis/{id}",                  delete(app_api::kpis::delete)),
        ("POST",   "/kpis/{id}/restore",          post(app_api::kpis::restore)),
    ]
}

thread_local! {
    // Built once per isolate: matching a path is cheap, building thirty routes is not.
    static ROUTER: Router = router();
}

/// Answers a request to any of the Worker's addresses.
pub async fn answer(request: Request) -> Response {
    let mut router = ROUTER.with(Router::clone);
    router
        .call(request)
        .await
        .unwrap_or_else(|never| match never {})
}

fn router() -> Router {
    Router::new()
        .nest(V1, mounted(v1_routes()))
        .nest(APP, mounted(app_routes()))
        .route(mcp::PATH, post(mcp::post))
        .fallback(async || Error::NotFound("Address not found"))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
}

fn mounted(routes: Routes) -> Router {
    routes
        .into_iter()
        .fold(Router::new(), |router, (_, path, handler)| {
            router.route(path, handler)
        })
}
