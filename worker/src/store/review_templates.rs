//! Review templates in the database.

use okrs_shared::id::ReviewTemplateId;
use okrs_shared::review_template::{NewReviewTemplate, ReviewTemplate, ReviewTemplatePatch};
use okrs_shared::validation::Invalid;

use super::change::Change;
use super::{Db, JsonRow, Sql, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;
use crate::ids;

/// The columns of a row of `review_templates` as a [`ReviewTemplate`].
const TEMPLATE: &str = "json_object('id', id, 'name', name, 'questions', json(questions), \
     'archived', json(iif(archived_at IS NULL, 'false', 'true')), 'created_at', created_at) AS json";

/// All templates of the caller's organisation by name, the archived ones last.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<ReviewTemplate>> {
    db.query(sql!(
        caller,
        "SELECT :template FROM review_templates WHERE organisation_id = :organisation \
         ORDER BY archived_at IS NOT NULL, name, id",
        template = Sql::text(TEMPLATE)
    ))
    .await?
    .read_json()
}

/// Makes a template.
pub async fn create(
    db: &Db,
    caller: &Caller,
    new: NewReviewTemplate,
    idempotency: Option<&Idempotency>,
) -> Result<ReviewTemplate> {
    let template = ReviewTemplate {
        id: ReviewTemplateId(ids::new_id()),
        name: new.name.trim().to_owned(),
        questions: new.questions.clone(),
        archived: false,
        created_at: caller.now,
    };
    let id = template.id.as_str();
    let change = Change::new(caller, "review_template.create", id)
        .require_free_template_name(caller, id, Some(&template.name))
        .effect(sql!(
            caller,
            "INSERT INTO review_templates (id, organisation_id, name, questions, created_at) \
             SELECT :id, :organisation, :name, :questions, :now WHERE 1",
            id,
            name = template.name,
            questions = serde_json::to_string(&template.questions)?
        ));
    change
        .answer(idempotency, &template)?
        .commit(db, &new, template)
        .await
}

/// Changes the fields that the patch names.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &ReviewTemplateId,
    patch: ReviewTemplatePatch,
) -> Result<ReviewTemplate> {
    let name = patch.name.as_deref().map(str::trim);
    let questions = patch
        .questions
        .as_ref()
        .map(serde_json::to_string)
        .transpose()?;
    Change::new(caller, "review_template.update", id.as_str())
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'questions', json(questions), 'archived', archived_at IS NOT NULL) \
             FROM review_templates WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM review_templates WHERE id = :id AND organisation_id = :organisation)",
                id
            ),
            Error::NotFound("Review template not found"),
        )
        .require_free_template_name(caller, id.as_str(), name)
        .effect_returning(
            sql!(
                caller,
                "UPDATE review_templates SET name = COALESCE(:name, name), \
                        questions = COALESCE(:questions, questions), \
                        archived_at = CASE :archived WHEN 1 THEN COALESCE(archived_at, :now) WHEN 0 THEN NULL \
                                                     ELSE archived_at END \
                 WHERE id = :id AND organisation_id = :organisation",
                name,
                questions,
                archived = patch.archived,
                id
            ),
            sql!("RETURNING :template", template = Sql::text(TEMPLATE)),
        )
        .commit_with(db, &patch, |committed| committed.returned(0))
        .await
        .map(|row: JsonRow<ReviewTemplate>| row.json)
}

impl Change<'_> {
    /// `name`, if given, must not be that of another template than `id`.
    fn require_free_template_name(self, caller: &Caller, id: &str, name: Option<&str>) -> Self {
        self.require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM review_templates \
                 WHERE organisation_id = :organisation AND name = :name AND id <> :id)",
                name,
                id
            ),
            Error::Conflict(Invalid::field("name", "is that of another review template")),
        )
    }
}
