//! Talking about OKRs.

use okrs_shared::comment::{Comment, CommentPatch, NewComment, mentions};
use okrs_shared::id::{CommentId, OkrId};
use okrs_shared::permission::Action;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::ids;
use crate::store::{self, Db};

/// All comments on an OKR, oldest first.
pub async fn list(db: &Db, caller: &Caller, okr_id: &OkrId) -> Result<Vec<Comment>> {
    let person = caller.person()?;
    let rows = store::comments::list(db, caller, okr_id)
        .await?
        .ok_or(Error::NotFound("OKR not found"))?;
    Ok(rows.into_iter().map(|row| row.seen_by(person)).collect())
}

/// Comments on an OKR.
pub async fn create(
    db: &Db,
    caller: &Caller,
    okr_id: &OkrId,
    body: Unparsed<NewComment>,
) -> Result<Comment> {
    let person = caller.person()?;
    let new = body.parse()?;
    let mentioned = store::comments::mentioned(db, caller, &new.text).await?;
    let comment = Comment {
        id: CommentId(ids::new_id()),
        okr_id: okr_id.clone(),
        key_result_id: new.key_result_id.clone(),
        text: new.text.to_string(),
        author_id: person.member_id.clone(),
        // Known when the row has been written.
        author: String::new(),
        created_at: caller.now,
        edited_at: None,
        may: vec![Action::ChangeComment, Action::DeleteComment],
    };
    store::comments::create(db, caller, comment, &new, &mentioned, body.idempotency()?).await
}

/// Changes the words of a comment of the caller's own.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &CommentId,
    body: Unparsed<CommentPatch>,
) -> Result<Comment> {
    let before = seen(db, caller, id, Action::ChangeComment).await?;
    let patch = body.parse()?;
    let known = mentions(&before.text);
    let mut mentioned = store::comments::mentioned(db, caller, &patch.text).await?;
    mentioned.retain(|person| !known.contains(&person.member_id));
    store::comments::update(db, caller, id, &before.okr_id, &patch, &mentioned).await?;
    Ok(Comment {
        text: patch.text.into(),
        edited_at: Some(caller.now),
        ..before
    })
}

/// Deletes a comment.
pub async fn delete(db: &Db, caller: &Caller, id: &CommentId) -> Result<()> {
    let comment = seen(db, caller, id, Action::DeleteComment).await?;
    store::comments::delete(db, caller, id, &comment.okr_id).await
}

/// A comment that the caller sees and may do this to.
async fn seen(db: &Db, caller: &Caller, id: &CommentId, action: Action) -> Result<Comment> {
    let person = caller.person()?;
    let comment = store::comments::get(db, caller, id)
        .await?
        .ok_or(Error::NotFound("Comment not found"))?
        .seen_by(person);
    if comment.may.contains(&action) {
        Ok(comment)
    } else {
        Err(Error::NotPermitted)
    }
}
