//! The table of every address the Worker serves. Nothing is routed anywhere else.

use axum::Router;
use axum::routing::{MethodRouter, delete, get, post, put};

use crate::api::{checkins, cycles, initiatives, key_results, kpis, okrs, reviews};
use crate::app_api;
use crate::error::Error;

/// Where version 1 of the public API is mounted.
pub const V1: &str = "/api/v1";

/// Version 1 of the public API: method, path below [`V1`], handler. The OpenAPI document has one
/// operation for each line, which a test checks.
#[rustfmt::skip]
pub fn v1_routes() -> Vec<(&'static str, &'static str, MethodRouter)> {
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

/// All of the Worker's addresses.
pub fn router() -> Router {
    let v1 = v1_routes()
        .into_iter()
        .fold(Router::new(), |router, (_, path, handler)| {
            router.route(path, handler)
        });
    Router::new()
        .nest(V1, v1)
        .route("/api/app/about", get(app_api::about))
        .fallback(async || Error::NotFound("Address not found"))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
}
