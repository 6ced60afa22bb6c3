//! What members should hear of, in the database.

use okrs_shared::id::{MemberId, NotificationId};
use okrs_shared::notification::Notifications;
use okrs_shared::workspace::check_ins_due_on;
use serde::Deserialize;

use super::change::Change;
use super::{Db, Sql, home, relations, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ids;

/// That the notification in the row `n` may be shown to the caller: not while they don't see the OKR that it is
/// about, or the review is not shared any more.
pub fn shows(caller: &Caller) -> Sql {
    sql!(
        caller,
        "NOT EXISTS (SELECT 1 FROM okrs o WHERE o.id = n.subject_id AND o.organisation_id = :organisation \
                     AND NOT (o.deleted_at IS NULL AND :sees)) \
         AND NOT (n.kind = 'review_shared' AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.id = n.subject_id \
                  AND r.organisation_id = :organisation AND r.status = 'shared'))",
        sees = relations::sees(caller, "o")
    )
}

/// The caller's inbox, in one round trip.
pub async fn inbox(db: &Db, caller: &Caller) -> Result<Notifications> {
    #[derive(Deserialize)]
    struct Counts {
        unread: u32,
        check_in_weekday: u8,
    }
    let results = db
        .batch(&[
            sql!(
                caller,
                "SELECT check_in_weekday, \
                        (SELECT COUNT(*) FROM notifications n WHERE n.member_id = :me AND n.read_at IS NULL \
                         AND :shows) AS unread \
                 FROM organisations WHERE id = :organisation",
                shows = shows(caller)
            ),
            home::last_check_ins(caller),
            sql!(
                caller,
                "SELECT n.id, n.kind, n.subject_id, n.text, m.name AS by, n.created_at, n.read_at \
                 FROM notifications n LEFT JOIN members m ON m.id = n.created_by \
                 WHERE n.member_id = :me AND n.organisation_id = :organisation AND :shows \
                 ORDER BY n.created_at DESC, n.id DESC LIMIT 100",
                shows = shows(caller)
            ),
        ])
        .await?;
    let counts: Counts = results[0]
        .first()?
        .ok_or_else(|| Error::internal("the caller's organisation is gone"))?;
    let due_on = check_ins_due_on(counts.check_in_weekday, caller.today);
    let last: Vec<home::LastCheckInRow> = results[1].read()?;
    let due = last
        .iter()
        .filter(|row| row.on.is_none_or(|on| on < due_on))
        .count();
    Ok(Notifications {
        unread: counts.unread,
        check_ins_due: u32::try_from(due).unwrap_or(u32::MAX),
        notifications: results[2].read()?,
    })
}

/// Notes that the caller has read these of their notifications, or all. No revision: nobody else's
/// view changes, and their own is never kept.
pub async fn read(db: &Db, caller: &Caller, ids: Option<&[NotificationId]>) -> Result<()> {
    let ids = ids.map(|ids| serde_json::to_string(ids).unwrap_or_default());
    db.query(sql!(
        caller,
        "UPDATE notifications SET read_at = :now \
         WHERE member_id = :me AND organisation_id = :organisation AND read_at IS NULL \
         AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))",
        ids
    ))
    .await?;
    Ok(())
}

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
        self.effect(sql!(
            caller,
            "INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_by, \
                                        created_at) \
             SELECT j.value ->> 0, m.organisation_id, m.id, :kind, :subject_id, :text, :me, :now \
             FROM json_each(:ids) j JOIN members m ON m.id = j.value ->> 1 \
             WHERE m.organisation_id = :organisation AND m.disabled_at IS NULL AND m.id IS NOT :me",
            kind,
            subject_id,
            text,
            ids
        ))
    }
}
