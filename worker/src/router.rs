//! The table of every address the Worker serves. Nothing is routed anywhere else.

use axum::Router;
use axum::routing::{MethodRouter, delete, get, patch, post, put};

use crate::api::{checkins, cycles, initiatives, key_results, kpis, okrs, reviews};
use crate::app_api::{self, about, me, members, sign_in, teams, workspace};
use crate::error::Error;

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
        ("GET",    "/about",                      get(about::get)),

        ("GET",    "/sign-in-options",            get(sign_in::options)),
        ("POST",   "/set-up",                     post(sign_in::set_up)),
        ("POST",   "/sessions",                   post(sign_in::sign_in)),
        ("GET",    "/password-links/{token}",     get(sign_in::link)),
        ("POST",   "/password-links/{token}",     post(sign_in::use_link)),

        ("GET",    "/me",                         get(me::get)),
        ("PATCH",  "/me",                         patch(me::update)),
        ("PUT",    "/me/password",                put(me::change_password)),
        ("GET",    "/sessions",                   get(me::sessions)),
        ("DELETE", "/sessions/current",           delete(me::sign_out)),
        ("DELETE", "/sessions/{id}",              delete(me::end_session)),

        ("GET",    "/workspace",                  get(workspace::get)),
        ("PATCH",  "/workspace",                  patch(workspace::update)),

        ("GET",    "/cycles",                     get(app_api::cycles::list)),
        ("POST",   "/cycles",                     post(app_api::cycles::create)),
        ("PATCH",  "/cycles/{id}",                patch(app_api::cycles::update)),
        ("POST",   "/cycles/{id}/clone",          post(app_api::cycles::clone)),

        ("GET",    "/directory",                  get(members::directory)),
        ("POST",   "/members",                    post(members::invite)),
        ("POST",   "/members/import",             post(members::import)),
        ("PATCH",  "/members/{id}",               patch(members::update)),
        ("POST",   "/members/{id}/invitation",    post(members::renew_invitation)),
        ("POST",   "/members/{id}/reset-link",    post(members::make_reset_link)),
        ("POST",   "/members/{id}/disable",       post(members::disable)),
        ("POST",   "/members/{id}/enable",        post(members::enable)),
        ("POST",   "/members/{id}/hand-over",     post(members::hand_over)),

        ("POST",   "/departments",                post(teams::create_department)),
        ("PATCH",  "/departments/{id}",           patch(teams::update_department)),
        ("POST",   "/teams",                      post(teams::create_team)),
        ("PATCH",  "/teams/{id}",                 patch(teams::update_team)),
    ]
}

/// All of the Worker's addresses.
pub fn router() -> Router {
    Router::new()
        .nest(V1, mounted(v1_routes()))
        .nest(APP, mounted(app_routes()))
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
