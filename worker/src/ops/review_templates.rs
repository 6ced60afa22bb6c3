//! What is done with review templates.

use okrs_shared::id::ReviewTemplateId;
use okrs_shared::review_template::{NewReviewTemplate, ReviewTemplate, ReviewTemplatePatch};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// All templates: whoever makes a review cycle has to choose one.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<ReviewTemplate>> {
    store::review_templates::list(db, caller).await
}

/// Makes a template.
pub async fn create(
    db: &Db,
    caller: &Caller,
    body: Unparsed<NewReviewTemplate>,
) -> Result<ReviewTemplate> {
    db.require_primary()?;
    store::review_templates::create(db, caller, body.parse()?, body.idempotency()?).await
}

/// Changes the fields of a template that the body names.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &ReviewTemplateId,
    body: Unparsed<ReviewTemplatePatch>,
) -> Result<ReviewTemplate> {
    db.require_primary()?;
    store::review_templates::update(db, caller, id, body.parse()?).await
}
