//! What one sets about oneself.

use gloo_net::http::Method;
use okrs_shared::id::SessionId;
use okrs_shared::sign_in::{Me, MePatch, PasswordChange, Session};

use super::{Answer, client};

/// Changes what one is called.
pub async fn update(body: &MePatch) -> Answer<Me> {
    client::send(Method::PATCH, "/api/app/me", body).await
}

/// Changes one's password; all other sessions end.
pub async fn change_password(body: &PasswordChange) -> Answer<()> {
    client::tell(Method::PUT, "/api/app/me/password", body).await
}

/// Where one is signed in, the latest first.
pub async fn sessions() -> Answer<Vec<Session>> {
    client::get("/api/app/sessions").await
}

/// Signs out another browser.
pub async fn end_session(id: &SessionId) -> Answer<()> {
    client::delete(&format!("/api/app/sessions/{id}")).await
}
