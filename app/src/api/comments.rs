//! Comments on OKRs. New ones go through the outbox.

use gloo_net::http::Method;
use okrs_shared::comment::{Comment, CommentPatch};
use okrs_shared::id::CommentId;

use super::{Answer, client};

/// All of an OKR, oldest first.
pub async fn list(okr_id: &str) -> Answer<Vec<Comment>> {
    client::get(&format!("/api/app/okrs/{okr_id}/comments")).await
}

/// Says it in other words.
pub async fn update(id: &CommentId, body: &CommentPatch) -> Answer<Comment> {
    client::send(Method::PATCH, &format!("/api/app/comments/{id}"), body).await
}

/// Takes it back.
pub async fn delete(id: &CommentId) -> Answer<()> {
    client::delete(&format!("/api/app/comments/{id}")).await
}
