//! The people of the workspace.

use std::collections::BTreeMap;

use gloo_net::http::Method;
use okrs_shared::id::MemberId;
use okrs_shared::member::{Directory, Disabling, Invited, Link, Member, MemberPatch, NewMember};
use okrs_shared::member_import::{Import, NewImport};

use super::{Answer, client};

/// Everybody, with departments and teams.
pub async fn directory() -> Answer<Directory> {
    client::get("/api/app/directory").await
}

/// Invites somebody. Only this answer has their link.
pub async fn invite(body: &NewMember) -> Answer<Invited> {
    client::send(Method::POST, "/api/app/members", body).await
}

/// Invites everybody in a list. Only this answer has their links.
pub async fn import(body: &NewImport) -> Answer<Import> {
    client::send(Method::POST, "/api/app/members/import", body).await
}

/// Changes a member.
pub async fn update(id: &MemberId, body: &MemberPatch) -> Answer<Member> {
    client::send(Method::PATCH, &format!("/api/app/members/{id}"), body).await
}

/// Makes a new invitation in place of the one before.
pub async fn renew_invitation(id: &MemberId) -> Answer<Link> {
    act(id, "invitation").await
}

/// Makes a link that sets a new password.
pub async fn reset_link(id: &MemberId) -> Answer<Link> {
    act(id, "reset-link").await
}

/// Keeps somebody out.
pub async fn disable(id: &MemberId, body: &Disabling) -> Answer<Member> {
    client::send(
        Method::POST,
        &format!("/api/app/members/{id}/disable"),
        body,
    )
    .await
}

/// Lets somebody in again.
pub async fn enable(id: &MemberId) -> Answer<Member> {
    act(id, "enable").await
}

/// Forgets whom somebody is at providers.
pub async fn unlink(id: &MemberId) -> Answer<()> {
    client::delete(&format!("/api/app/members/{id}/identities")).await
}

async fn act<T: serde::de::DeserializeOwned>(id: &MemberId, what: &str) -> Answer<T> {
    client::send(
        Method::POST,
        &format!("/api/app/members/{id}/{what}"),
        &BTreeMap::<&str, &str>::new(),
    )
    .await
}
