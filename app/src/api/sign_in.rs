//! Signing in and out, and who one is.

use gloo_net::http::Method;
use okrs_shared::sign_in::{Me, NewPassword, PasswordLink, SetUp, SignIn, SignInOptions, SignedIn};

use super::{Answer, client};

/// Which ways in this server has.
pub async fn options() -> Answer<SignInOptions> {
    client::get("/api/app/sign-in-options").await
}

/// Who is signed in.
pub async fn me() -> Answer<Me> {
    client::get("/api/app/me").await
}

/// Signs in with a password.
pub async fn sign_in(body: &SignIn) -> Answer<SignedIn> {
    client::get_in("/api/app/sessions", body).await
}

/// Goes in as whom Cloudflare Access has let through.
pub async fn with_access() -> Answer<Me> {
    client::get_in("/api/app/access-sessions", &()).await
}

/// Where the browser goes to sign in at the provider, and in the end to `return_to`.
pub fn provider_start(return_to: &str) -> String {
    let return_to = js_sys::encode_uri_component(return_to);
    format!("/api/app/oidc/start?return_to={return_to}")
}

/// Makes a workspace.
pub async fn set_up(body: &SetUp) -> Answer<Me> {
    client::send(Method::POST, "/api/app/set-up", body).await
}

/// What a link is for.
pub async fn link(token: &str) -> Answer<PasswordLink> {
    client::get(&format!("/api/app/password-links/{token}")).await
}

/// Uses a link.
pub async fn use_link(token: &str, body: &NewPassword) -> Answer<Me> {
    client::send(
        Method::POST,
        &format!("/api/app/password-links/{token}"),
        body,
    )
    .await
}

/// Ends this session.
pub async fn sign_out() -> Answer<()> {
    client::delete("/api/app/sessions/current").await
}
