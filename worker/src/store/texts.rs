//! What people wrote about a thing, whole, in the database.

use okrs_shared::id::InitiativeId;
use serde::Deserialize;

use super::{Db, initiatives, relations, sql};
use crate::caller::Caller;
use crate::error::Result;

/// What has texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// An OKR.
    Okr,
    /// A key result.
    KeyResult,
    /// A check-in.
    CheckIn,
    /// An initiative.
    Initiative,
    /// A KPI.
    Kpi,
}

/// Its texts: each kind has some of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Texts {
    pub title: Option<String>,
    pub description: Option<String>,
    pub comment: Option<String>,
    pub blocker_note: Option<String>,
}

/// The texts of the thing with this id; `None` if the caller does not see one.
pub async fn of(db: &Db, caller: &Caller, kind: Written, id: &str) -> Result<Option<Texts>> {
    let sees = relations::sees(caller, "o");
    let select = match kind {
        Written::Okr => sql!(
            caller,
            "SELECT o.title, o.description FROM okrs o \
             WHERE o.id = :id AND o.organisation_id = :organisation AND o.deleted_at IS NULL AND :sees",
            id,
            sees
        ),
        Written::KeyResult => sql!(
            caller,
            "SELECT k.title FROM key_results k JOIN okrs o ON o.id = k.okr_id \
             WHERE k.id = :id AND k.organisation_id = :organisation AND k.deleted_at IS NULL AND :sees",
            id,
            sees
        ),
        Written::CheckIn => sql!(
            caller,
            "SELECT c.comment, c.blocker_note \
             FROM check_ins c JOIN key_results k ON k.id = c.key_result_id JOIN okrs o ON o.id = k.okr_id \
             WHERE c.id = :id AND c.organisation_id = :organisation AND k.deleted_at IS NULL AND :sees",
            id,
            sees
        ),
        Written::Initiative => sql!(
            "SELECT title, description FROM (:initiative)",
            initiative = initiatives::one(caller, &InitiativeId::from(id))
        ),
        Written::Kpi => sql!(
            caller,
            "SELECT name AS title, description FROM kpis \
             WHERE id = :id AND organisation_id = :organisation AND deleted_at IS NULL",
            id
        ),
    };
    db.query(select).await?.first()
}
