//! Signing in and out, and who one is.

use gloo_net::http::Method;
use okrs_shared::sign_in::{Me, NewPassword, PasswordLink, SetUp, SignIn, SignInOptions, SignedIn};

use super::{Answer, client};

pub(super) const SESSIONS: &str = "/api/app/sessions";

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
    client::send(Method::POST, SESSIONS, body).await
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
