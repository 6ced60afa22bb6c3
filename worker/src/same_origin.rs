//! Requests that change something with a cookie must come from our own pages.

use std::future::ready;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, Method, Uri, header};

use crate::error::{Error, Result};

/// Refuses a request that may change something unless one of our own pages sent it, as JSON.
///
/// Browsers say in `Sec-Fetch-Site` who asks; those that don't send `Origin`. A request with
/// neither is no browser's, and nothing else has a reason to use a cookie. JSON can't be sent by a
/// form.
pub fn require(parts: &Parts) -> Result<()> {
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    if !is_same_origin(&parts.headers, &parts.uri) {
        return Err(Error::CrossSite);
    }
    match text(&parts.headers, header::CONTENT_TYPE.as_str()) {
        Some(content_type) if is_json(content_type) => Ok(()),
        None if parts.method == Method::DELETE => Ok(()),
        _ => Err(Error::UnsupportedMediaType),
    }
}

fn is_same_origin(headers: &HeaderMap, uri: &Uri) -> bool {
    match text(headers, "sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text(headers, "origin").is_some_and(|origin| is_ours(origin, headers, uri)),
    }
}

/// Whether a page with this origin came from the server that the request is for.
pub fn is_ours(origin: &str, headers: &HeaderMap, uri: &Uri) -> bool {
    host(headers, uri).is_some_and(|host| origin == format!("{}://{host}", scheme(uri)))
}

/// The name, with a port if it has one, that the request is for.
pub fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    text(headers, "host").or_else(|| uri.authority().map(Authority::as_str))
}

/// How the request came.
pub fn scheme(uri: &Uri) -> &str {
    uri.scheme_str().unwrap_or("https")
}

fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Refuses requests of other sites, as an extractor for people who are not signed in yet: nobody shall
/// be signed in by another site.
pub struct SameOrigin;

impl<S: Sync> FromRequestParts<S> for SameOrigin {
    type Rejection = Error;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self>> {
        ready(require(parts).map(|()| Self))
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn refused(method: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder()
            .method(method)
            .uri("https://okrs.example/api/app/me")
            .header("host", "okrs.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        require(&parts).is_err()
    }

    const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

    #[test]
    fn our_own_pages_may_send_json() {
        assert!(!refused("POST", &[("sec-fetch-site", "same-origin"), JSON]));
        assert!(!refused("PUT", &[("origin", "https://okrs.example"), JSON]));
        assert!(!refused("DELETE", &[("sec-fetch-site", "same-origin")]));
        assert!(!refused("GET", &[]));
    }

    #[test]
    fn other_origins_and_other_bodies_are_refused() {
        for site in ["cross-site", "same-site", "none", ""] {
            // What a browser says of the site outweighs the origin it names.
            let origin = ("origin", "https://okrs.example");
            assert!(refused("POST", &[("sec-fetch-site", site), origin, JSON]));
        }
        for origin in [
            "null",
            "http://okrs.example",
            "https://okrs.example.evil.test",
            "https://evil.test",
            "https://okrs.example:444",
        ] {
            assert!(refused("PATCH", &[("origin", origin), JSON]), "{origin}");
        }
        assert!(refused("POST", &[JSON]));
        for body in ["text/plain", "application/x-www-form-urlencoded", ""] {
            let kind = ("content-type", body);
            assert!(refused("POST", &[("sec-fetch-site", "same-origin"), kind]));
            assert!(refused(
                "DELETE",
                &[("sec-fetch-site", "same-origin"), kind]
            ));
        }
        assert!(refused("POST", &[("sec-fetch-site", "same-origin")]));
    }
}
