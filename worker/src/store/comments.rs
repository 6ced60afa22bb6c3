//! Comments in the database.

use okrs_shared::comment::{Comment, CommentPatch, NewComment, mentions};
use okrs_shared::id::{CommentId, KeyResultId, MemberId, OkrId};
use okrs_shared::permission::{Action, Person};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde::Deserialize;

use super::change::Change;
use super::relations::{self, Related, thing};
use super::{Db, Sql, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;
use crate::ids;

/// A comment, before it is known what the viewer may do to it.
#[derive(Debug, Deserialize)]
pub struct CommentRow {
    id: CommentId,
    okr_id: OkrId,
    key_result_id: Option<KeyResultId>,
    text: String,
    author_id: MemberId,
    author: String,
    created_at: Timestamp,
    edited_at: Option<Timestamp>,
    #[serde(flatten)]
    related: Related,
}

impl CommentRow {
    /// The comment as this person sees it.
    pub fn seen_by(self, person: &Person) -> Comment {
        Comment {
            may: self
                .related
                .may(person, &[Action::ChangeComment, Action::DeleteComment]),
            id: self.id,
            okr_id: self.okr_id,
            key_result_id: self.key_result_id,
            text: self.text,
            author_id: self.author_id,
            author: self.author,
            created_at: self.created_at,
            edited_at: self.edited_at,
        }
    }
}

/// The comments on an OKR, oldest first; `None` if the caller does not see it.
pub async fn list(db: &Db, caller: &Caller, okr_id: &OkrId) -> Result<Option<Vec<CommentRow>>> {
    let results = db
        .batch(&[
            relations::visible_okr(caller, okr_id.as_str()),
            select(caller, &sql!("c.okr_id = :okr_id", okr_id)),
        ])
        .await?;
    if results[0].is_empty() {
        return Ok(None);
    }
    results[1].read().map(Some)
}

/// A comment on an OKR that the caller sees; `None` without one.
pub async fn get(db: &Db, caller: &Caller, id: &CommentId) -> Result<Option<CommentRow>> {
    let only = sql!("c.id = :id", id);
    db.query(select(caller, &only)).await?.first()
}

fn select(caller: &Caller, condition: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT r.*, :related FROM ( \
           SELECT c.id, c.okr_id, c.key_result_id, c.text, c.created_by AS author_id, m.name AS author, \
                  c.created_at, c.edited_at, c.created_by AS owner_id, NULL AS also_owner_id, NULL AS team_id, \
                  NULL AS department_id \
           FROM comments c JOIN okrs o ON o.id = c.okr_id JOIN members m ON m.id = c.created_by \
           WHERE c.organisation_id = :organisation AND c.deleted_at IS NULL AND o.deleted_at IS NULL \
             AND :sees AND :condition) r \
         ORDER BY r.created_at, r.id",
        related = relations::columns(caller),
        sees = relations::sees(caller, "o"),
        condition
    )
}

/// Who hears of a comment: those it mentions, as far as they are members.
pub async fn mentioned(db: &Db, caller: &Caller, text: &str) -> Result<Vec<Person>> {
    let statements: Vec<Sql> = mentions(text)
        .iter()
        .filter(|id| Some(*id) != caller.author())
        .map(|id| super::admission::person(caller, id))
        .collect();
    if statements.is_empty() {
        return Ok(vec![]);
    }
    let results = db.batch(&statements).await?;
    let found: Result<Vec<Option<Person>>> =
        results.iter().map(super::admission::read_person).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// Comments on an OKR. Its owner and those mentioned hear of it.
pub async fn create(
    db: &Db,
    caller: &Caller,
    comment: Comment,
    new: &NewComment,
    mentioned: &[Person],
    idempotency: Option<&Idempotency>,
) -> Result<Comment> {
    #[derive(Deserialize)]
    struct InsertedRow {
        author: String,
    }
    let (id, okr_id) = (&comment.id, &comment.okr_id);
    let mut change = Change::new(caller, "comment.create", id.as_str())
        .require_visible_okr(caller, okr_id.as_str())
        .require_permitted(caller, Action::Comment, thing::okr(caller, okr_id.as_str()));
    if let Some(key_result) = &new.key_result_id {
        change = change.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM key_results WHERE id = :key_result AND okr_id = :okr_id \
                   AND organisation_id = :organisation \
                 AND deleted_at IS NULL)",
                key_result,
                okr_id
            ),
            Error::Invalid(Invalid::field(
                "key_result_id",
                "must be the id of a key result of this OKR",
            )),
        );
    }
    change
        .effect_returning(
            sql!(
                caller,
                "INSERT INTO comments (id, organisation_id, okr_id, key_result_id, text, created_by, created_at) \
                 SELECT :id, :organisation, :okr_id, :key_result_id, :text, :me, :now WHERE 1",
                id,
                okr_id,
                key_result_id = new.key_result_id,
                text = new.text
            ),
            sql!(
                "RETURNING (SELECT name FROM members m WHERE m.id = created_by) AS author"
            ),
        )
        .count_comments(caller, okr_id)
        .notify_mentioned(caller, mentioned, okr_id)
        .notify_owner(caller, mentioned, okr_id)
        .answer_sql(
            idempotency,
            sql!(
                caller,
                "json_set(:comment, '$.author', (SELECT m.name FROM comments c JOIN members m ON m.id = c.created_by \
                 WHERE c.id = :id AND c.organisation_id = :organisation))",
                comment = serde_json::to_string(&comment)?,
                id
            ),
        )
        .commit_with(db, new, |committed| {
            let row: InsertedRow = committed.returned(0)?;
            Ok(Comment { author: row.author, ..comment.clone() })
        })
        .await
}

/// Changes the words of a comment, of which [`get`] has said that the caller may. Those whom only the new
/// words mention hear of it.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &CommentId,
    okr_id: &OkrId,
    patch: &CommentPatch,
    mentioned: &[Person],
) -> Result<()> {
    existing(
        Change::new(caller, "comment.update", id.as_str()),
        caller,
        id,
    )
    .effect(sql!(
        caller,
        "UPDATE comments SET text = :text, edited_at = :now WHERE id = :id AND organisation_id = :organisation",
        text = patch.text,
        id
    ))
    .notify_mentioned(caller, mentioned, okr_id)
    .commit(db, patch, ())
    .await
}

/// Deletes a comment, of which [`get`] has said that the caller may.
pub async fn delete(db: &Db, caller: &Caller, id: &CommentId, okr_id: &OkrId) -> Result<()> {
    existing(
        Change::new(caller, "comment.delete", id.as_str()),
        caller,
        id,
    )
    .effect(sql!(
        caller,
        "UPDATE comments SET deleted_at = :now WHERE id = :id AND organisation_id = :organisation",
        id
    ))
    .count_comments(caller, okr_id)
    .commit(db, &(), ())
    .await
}

/// A change of a comment that the caller must see, with how it was before for the audit log.
fn existing<'a>(change: Change<'a>, caller: &Caller, id: &CommentId) -> Change<'a> {
    change
        .before(sql!(
            caller,
            "(SELECT json_object('text', text) FROM comments WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM comments c JOIN okrs o ON o.id = c.okr_id \
                 WHERE c.id = :id AND c.organisation_id = :organisation AND c.deleted_at IS NULL \
                   AND o.deleted_at IS NULL AND :sees)",
                id,
                sees = relations::sees(caller, "o")
            ),
            Error::NotFound("Comment not found"),
        )
}

impl Change<'_> {
    /// Counts an OKR's comments anew, for its row.
    fn count_comments(self, caller: &Caller, okr_id: &OkrId) -> Self {
        self.effect(sql!(
            caller,
            "UPDATE okrs SET comment_count = (SELECT COUNT(*) FROM comments c WHERE c.okr_id = okrs.id \
                                              AND c.deleted_at IS NULL) \
             WHERE id = :okr_id AND organisation_id = :organisation",
            okr_id
        ))
    }

    /// Lets those hear of it who are mentioned and see the OKR.
    fn notify_mentioned(mut self, caller: &Caller, mentioned: &[Person], okr_id: &OkrId) -> Self {
        for person in mentioned {
            self = self.effect(sql!(
                caller,
                "INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_by, \
                                            created_at) \
                 SELECT :new_id, o.organisation_id, :member_id, 'mention', o.id, o.title, :me, :now \
                 FROM okrs o WHERE o.id = :okr_id AND o.organisation_id = :organisation AND :sees",
                new_id = ids::new_id(),
                member_id = person.member_id,
                okr_id,
                sees = relations::person_sees(caller, person, "o")
            ));
        }
        self
    }

    /// Lets the OKR's owner hear of a comment, unless it is theirs or mentions them.
    fn notify_owner(self, caller: &Caller, mentioned: &[Person], okr_id: &OkrId) -> Self {
        let mentioned: Vec<&MemberId> = mentioned.iter().map(|person| &person.member_id).collect();
        self.effect(sql!(
            caller,
            "INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_by, \
                                        created_at) \
             SELECT :new_id, o.organisation_id, m.id, 'comment', o.id, o.title, :me, :now \
             FROM okrs o JOIN members m ON m.id = o.owner_id \
             WHERE o.id = :okr_id AND o.organisation_id = :organisation AND m.disabled_at IS NULL \
               AND m.id IS NOT :me \
               AND m.id NOT IN (SELECT value FROM json_each(:mentioned))",
            new_id = ids::new_id(),
            okr_id,
            mentioned = serde_json::to_string(&mentioned).unwrap_or_default()
        ))
    }
}
