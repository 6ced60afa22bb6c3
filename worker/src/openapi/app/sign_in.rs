//! Signing in, and what people do about themselves.

use okrs_shared::about::About;
use okrs_shared::sign_in::{
    Me, MePatch, NewPassword, PasswordChange, PasswordLink, Session, SetUp, SignIn, SignInOptions,
    SignedIn,
};
use serde_json::{Value, json};

use crate::openapi::operation::Access::{Anyone, SignedIn as Member};
use crate::openapi::operation::{Operation, change, delete, get, post, query};
use crate::openapi::{list_of, type_of};

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    vec![
        get("/about", "about", "What is running here", Anyone, type_of::<About>()),

        get("/sign-in-options", "signInOptions", "Which ways in there are", Anyone, type_of::<SignInOptions>()),
        post("/set-up", "setUp", "Make a workspace and sign in as its first admin", Anyone, Some(type_of::<SetUp>()), (201, Some(type_of::<Me>()))),
        post("/sessions", "signIn", "Sign in with a password", Anyone, Some(type_of::<SignIn>()), (200, Some(type_of::<SignedIn>()))),
        leave("/oidc/start", "leaveForProvider", "Go to the OpenID provider to sign in", vec![return_to()]),
        leave("/oidc/callback", "returnFromProvider", "Come back from the OpenID provider, signed in or with a problem", answer()),
        post("/access-sessions", "signInByAccess", "Sign in as whom Cloudflare Access let through", Anyone, None, (200, Some(type_of::<Me>()))),
        get("/password-links/{token}", "getPasswordLink", "What a link that sets a password is for", Anyone, type_of::<PasswordLink>()),
        post("/password-links/{token}", "usePasswordLink", "Set a password by a link, and sign in", Anyone, Some(type_of::<NewPassword>()), (200, Some(type_of::<Me>()))),

        get("/me", "getMe", "Who is signed in", Member, type_of::<Me>()),
        change("PATCH", "/me", "updateMe", "Change one's name", Member, type_of::<MePatch>(), (200, Some(type_of::<Me>()))),
        change("PUT", "/me/password", "changePassword", "Change one's password, which ends all other sessions", Member, type_of::<PasswordChange>(), (204, None)),
        get("/sessions", "listSessions", "One's sessions", Member, list_of::<Session>()),
        delete("/sessions/current", "signOut", "End the session that asks", Member, (204, None)),
        delete("/sessions/{id}", "endSession", "End one of one's sessions", Member, (204, None)),
    ]
}

/// An operation that sends the browser elsewhere.
fn leave(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    query: Vec<Value>,
) -> Operation {
    Operation {
        method: "GET",
        query,
        ..post(path, id, summary, Anyone, None, (302, None))
    }
}

fn return_to() -> Value {
    let schema = json!({ "type": "string", "pattern": "^/", "maxLength": 1000, "default": "/" });
    query("return_to", "The page to open in the end.", schema)
}

/// What the provider adds to the address.
fn answer() -> Vec<Value> {
    ["code", "state", "iss", "error"]
        .map(|name| {
            query(
                name,
                "As OpenID Connect has it.",
                json!({ "type": "string" }),
            )
        })
        .into()
}
