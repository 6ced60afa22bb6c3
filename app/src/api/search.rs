//! Finding things by their words.

use okrs_shared::search::Hit;

use super::{Answer, client};

/// The newest 50 things whose words have this text.
pub async fn find(text: &str) -> Answer<Vec<Hit>> {
    let text = js_sys::encode_uri_component(text);
    client::get(&format!("/api/app/search?q={text}")).await
}
