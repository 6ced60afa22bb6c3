//! What every answer of the Worker says to browsers. Files of the app have headers of their own, in
//! `app/_headers`.

use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue};

/// Nothing of the API is a page: it loads nothing, is framed nowhere and is read by our own pages
/// only. Programs don't mind.
const ALWAYS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
];

/// Adds them. What an answer says of its own caching stays; other answers are kept nowhere.
pub fn add(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-store"));
}
