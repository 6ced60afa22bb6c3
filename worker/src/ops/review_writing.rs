//! Writing reviews, handing them in, sharing them, reading what one may read.

use okrs_shared::id::ReviewId;
use okrs_shared::review_writing::{
    MyReviews, ReviewAnswers, ReviewDetail, ReviewListItem, ReviewNote,
};
use okrs_shared::validation::Invalid;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// The reviews that concern the person who asks.
pub async fn list(db: &Db, caller: &Caller) -> Result<MyReviews> {
    let me = &caller.person()?.member_id;
    let mut reviews = MyReviews::default();
    for review in store::review_reading::list(db, caller).await? {
        if review.reviewer_id == *me {
            reviews.mine.push(review);
        } else if review.reviewee_id == *me {
            reviews.about_me.push(review);
        } else {
            reviews.others.push(review);
        }
    }
    Ok(reviews)
}

/// One review with its questions and answers.
pub async fn get(db: &Db, caller: &Caller, id: &ReviewId) -> Result<ReviewDetail> {
    store::review_reading::get(db, caller, id)
        .await?
        .ok_or(Error::NotFound("Review not found"))
}

/// Keeps what has been written so far.
pub async fn save(
    db: &Db,
    caller: &Caller,
    id: &ReviewId,
    body: Unparsed<ReviewAnswers>,
) -> Result<()> {
    db.require_primary()?;
    let answers = body.parse()?;
    let form = get(db, caller, id).await?;
    store::review_writing::keep_answers(db, caller, id, &form.questions, &answers).await
}

/// Keeps the reviewer's private note.
pub async fn note(
    db: &Db,
    caller: &Caller,
    id: &ReviewId,
    body: Unparsed<ReviewNote>,
) -> Result<()> {
    db.require_primary()?;
    store::review_writing::keep_note(db, caller, id, &body.parse()?).await
}

/// Hands a review in, if every question is answered.
pub async fn submit(db: &Db, caller: &Caller, id: &ReviewId) -> Result<ReviewListItem> {
    db.require_primary()?;
    let form = get(db, caller, id).await?;
    let missing = form.answers.iter().position(Option::is_none);
    let field = missing.map_or("answers".to_owned(), |at| format!("answers[{at}]"));
    let incomplete = Invalid::field(
        &field,
        "is missing; answer every question before you submit",
    );
    store::review_writing::submit(db, caller, id, incomplete).await
}

/// Takes back a review that has been handed in.
pub async fn reopen(db: &Db, caller: &Caller, id: &ReviewId) -> Result<ReviewListItem> {
    db.require_primary()?;
    store::review_writing::reopen(db, caller, id).await
}

/// Shows a submitted review to the reviewed person, and to the public API.
pub async fn share(db: &Db, caller: &Caller, id: &ReviewId) -> Result<ReviewListItem> {
    db.require_primary()?;
    let review = get(db, caller, id).await?.review;
    store::review_writing::share(db, caller, id, review.reviewee_id, &review.cycle).await
}

/// Hides a shared review again.
pub async fn unshare(db: &Db, caller: &Caller, id: &ReviewId) -> Result<ReviewListItem> {
    db.require_primary()?;
    store::review_writing::unshare(db, caller, id).await
}
