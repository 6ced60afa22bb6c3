//! Signing in and out, and who one is.

use std::cell::Cell;
use std::collections::BTreeMap;

use gloo_net::http::Method;
use okrs_shared::member::Link;
use okrs_shared::sign_in::{
    Me, NewPassword, PasswordLink, ProviderAddress, Recovery, SetUp, ShownLink, SignIn,
    SignInOptions, SignedIn,
};

use super::{Answer, client};

thread_local! {
    /// Whether the server has let somebody in, and has known them at no time since.
    static IS_NEW: Cell<bool> = const { Cell::new(false) };
}

/// Whether the server does not know whom it has just let in: the browser did not keep its cookie.
pub fn is_cookie_lost() -> bool {
    IS_NEW.get()
}

fn let_in<T>(answer: Answer<T>) -> Answer<T> {
    IS_NEW.set(answer.is_ok());
    answer
}

/// Which ways in this server has.
pub async fn options() -> Answer<SignInOptions> {
    client::get("/api/app/sign-in-options").await
}

/// Who is signed in.
pub async fn me() -> Answer<Me> {
    let me = client::get("/api/app/me").await;
    if me.is_ok() {
        IS_NEW.set(false);
    }
    me
}

/// Signs in with a password.
pub async fn sign_in(body: &SignIn) -> Answer<SignedIn> {
    let_in(client::get_in("/api/app/sessions", body).await)
}

/// Goes in as whom Cloudflare Access has let through.
pub async fn with_access() -> Answer<Me> {
    let_in(client::get_in("/api/app/access-sessions", &()).await)
}

/// Where the browser goes to sign in at the provider, and in the end to `return_to`.
pub fn provider_start(return_to: &str) -> String {
    let return_to = js_sys::encode_uri_component(return_to);
    format!("/api/app/oidc/start?return_to={return_to}")
}

/// Where the browser goes to be linked with whom one is at the provider.
pub async fn leave_to_link() -> Answer<ProviderAddress> {
    let nothing = BTreeMap::<&str, &str>::new();
    client::send(Method::POST, "/api/app/me/identity", &nothing).await
}

/// Makes a workspace.
pub async fn set_up(body: &SetUp) -> Answer<Me> {
    let_in(client::send(Method::POST, "/api/app/set-up", body).await)
}

/// What a link is for.
pub async fn link(body: &ShownLink) -> Answer<PasswordLink> {
    client::send(Method::POST, "/api/app/password-links", body).await
}

/// Uses a link.
pub async fn use_link(body: &NewPassword) -> Answer<Me> {
    let_in(client::send(Method::POST, "/api/app/password-links/use", body).await)
}

/// Makes a link for an admin to come in again.
pub async fn recover(body: &Recovery) -> Answer<Link> {
    client::send(Method::POST, "/api/app/recoveries", body).await
}

/// Ends this session.
pub async fn sign_out() -> Answer<()> {
    client::delete("/api/app/sessions/current").await
}
