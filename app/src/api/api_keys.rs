//! API keys.

use gloo_net::http::Method;
use leptos::prelude::window;
use okrs_shared::api_key::{ApiKey, NewApiKey, RevealedApiKey, RollApiKey, Scope};
use okrs_shared::id::ApiKeyId;

use super::{Answer, client};

const API_KEYS: &str = "/api/app/api-keys";

/// What people read to learn the API.
pub const REFERENCE: &str = "/docs";

/// All keys, revoked and expired ones too, the newest first.
pub async fn list() -> Answer<Vec<ApiKey>> {
    client::get(API_KEYS).await
}

/// Makes a key. Only this answer has it.
pub async fn create(body: &NewApiKey) -> Answer<RevealedApiKey> {
    client::send(Method::POST, API_KEYS, body).await
}

/// Makes a key that takes the place of another.
pub async fn roll(id: &ApiKeyId, body: &RollApiKey) -> Answer<RevealedApiKey> {
    client::send(Method::POST, &format!("{API_KEYS}/{id}/roll"), body).await
}

/// Takes a key back.
pub async fn revoke(id: &ApiKeyId) -> Answer<()> {
    client::delete(&format!("{API_KEYS}/{id}")).await
}

/// A command line that shows that the key works, in this deployment: it reads something that the key
/// may read. `None` for a key that only writes.
pub fn snippet(key: &str, scopes: &[Scope]) -> Option<String> {
    let path = [
        (Scope::OkrsRead, "okrs"),
        (Scope::KpisRead, "kpis"),
        (Scope::ReviewsRead, "review-cycles"),
    ];
    let (_, path) = path.iter().find(|(scope, _)| scopes.contains(scope))?;
    let origin = window().location().origin().ok()?;
    Some(format!(
        "curl {origin}/api/v1/{path} \\\n  -H \"Authorization: Bearer {key}\""
    ))
}
