//! Comments on OKRs.

use chrono::{DateTime, Utc};
use okrs_shared::id::{CommentId, KeyResultId, MemberId, OkrId};
use okrs_shared::timestamp::Timestamp;

use super::Workspace;
use crate::sql;
use crate::table::Table;

/// A comment to add.
#[derive(Clone, Copy, Debug)]
pub struct CommentSeed<'a> {
    /// The OKR it is on.
    pub okr: &'a OkrId,
    /// The key result of that OKR that it is about.
    pub key_result: Option<&'a KeyResultId>,
    /// What is said; `@[Name](member id)` mentions somebody.
    pub text: &'a str,
    /// Who says it.
    pub author: &'a MemberId,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl Workspace {
    /// Adds a comment and counts it on its OKR. Nobody is notified.
    pub fn comment(&mut self, seed: CommentSeed<'_>) -> CommentId {
        assert!(
            self.okrs.contains_key(seed.okr),
            "{:?} is about an OKR of another workspace",
            seed.text
        );
        let org = self.id.clone();
        let id: CommentId = self.ids.next(seed.created_at);
        self.add(
            Table::Comments,
            &[
                &id,
                &org,
                seed.okr,
                &seed.key_result,
                &seed.text,
                seed.author,
                &Timestamp::new(seed.created_at),
            ],
        );
        self.statement(format!(
            "UPDATE okrs SET comment_count = comment_count + 1 WHERE id = {}",
            sql::row(&[seed.okr])
        ));
        id
    }
}
