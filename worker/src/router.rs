//! The table of every address the Worker serves. Nothing is routed anywhere else.

use axum::Router;
use axum::routing::{MethodRouter, delete, get, patch, post, put};

use crate::api::{checkins, cycles, initiatives, key_results, kpis, okrs, reviews};
use crate::app_api::{self, about, comments, home, me, notifications, search, sign_in};
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

        ("GET",    "/home",                       get(home::get)),
        ("GET",    "/search",                     get(search::find)),
        ("GET",    "/notifications",              get(notifications::list)),
        ("POST",   "/notifications/read",         post(notifications::read)),
        ("GET",    "/okrs",                       get(app_api::okrs::list)),
        ("GET",    "/okrs/deleted",               get(app_api::okrs::deleted)),
        ("GET",    "/okrs/{id}",                  get(app_api::okrs::get)),
        ("PATCH",  "/okrs/{id}",                  patch(app_api::okrs::align)),
        ("POST",   "/okrs/{id}/restore",          post(app_api::okrs::restore)),
        ("GET",    "/okrs/{id}/activity",         get(app_api::okrs::activity)),
        ("GET",    "/okrs/{id}/comments",         get(comments::list)),
        ("POST",   "/okrs/{id}/comments",         post(comments::create)),
        ("PATCH",  "/comments/{id}",              patch(comments::update)),
        ("DELETE", "/comments/{id}",              delete(comments::delete)),
        ("PATCH",  "/key-results/{id}",           patch(app_api::key_results::align)),
        ("POST",   "/key-results/{id}/restore",   post(app_api::key_results::restore)),
        ("PATCH",  "/check-ins/{id}",             patch(app_api::key_results::correct_check_in)),
        ("GET",    "/kpis",                       get(app_api::kpis::list)),
        ("GET",    "/kpis/{id}",                  get(app_api::kpis::get)),
        ("PATCH",  "/kpis/{id}",                  patch(app_api::kpis::update)),
        ("DELETE", "/kpis/{id}",                  delete(app_api::kpis::delete)),
        ("POST",   "/kpis/{id}/restore",          post(app_api::kpis::restore)),
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
