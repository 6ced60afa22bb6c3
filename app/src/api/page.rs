//! The app's own page, as it is served now.

use gloo_net::http::Request;
use web_sys::RequestCache;

/// The text of the page, which names the files of its version; none if it can't be had. It is a file, and mostly one
/// that the browser has.
pub async fn now() -> Option<String> {
    let request = Request::get("/").cache(RequestCache::NoCache);
    let answer = request.send().await.ok()?;
    match answer.ok() {
        true => answer.text().await.ok(),
        false => None,
    }
}
