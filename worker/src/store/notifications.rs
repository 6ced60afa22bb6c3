//! What members should hear of, in the database.

use okrs_shared::id::MemberId;

use super::change::Change;
use super::params;
use crate::caller::Caller;
use crate::ids;

impl Change<'_> {
    /// Lets members of the caller's organisation hear of this change, all but the one who makes it.
    /// `kind` is a word for programs, `subject_id` what it is about, `text` what it is called.
    pub fn notify(
        self,
        caller: &Caller,
        members: &[MemberId],
        kind: &'static str,
        subject_id: &str,
        text: &str,
    ) -> Self {
        if members.is_empty() {
            return self;
        }
        let ids: Vec<(String, &MemberId)> = members
            .iter()
            .map(|member| (ids::new_id(), member))
            .collect();
        let ids = serde_json::to_string(&ids).unwrap_or_default();
        self.effect(
            "INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_by, created_at) \
             SELECT j.value ->> 0, m.organisation_id, m.id, ?, ?, ?, ?, ? \
             FROM json_each(?) j JOIN members m ON m.id = j.value ->> 1 \
             WHERE m.organisation_id = ? AND m.disabled_at IS NULL AND m.id IS NOT ?",
            params![
                kind,
                subject_id,
                text,
                caller.author(),
                caller.now,
                ids,
                caller.organisation_id,
                caller.author(),
            ],
        )
    }
}
