//! What the daily broom takes out of the database, as a table.
//!
//! Nobody asks for this, so the statements are about all organisations at once: a row goes by its age, whoever's it
//! is. Each takes a bounded number of rows, and what it leaves is there for the next time. What something alive
//! refers to stays, however long it has been deleted: a living initiative keeps its deleted OKR's row.

use chrono::TimeDelta;
use okrs_shared::timestamp::Timestamp;

use super::sql::{self, Param as _};
use super::{Db, Sql};
use crate::error::Result;

/// The most rows that one statement takes: a thousand go in well under a second.
const MOST_ROWS: u32 = 1_000;

/// One thing to sweep.
pub struct Step {
    /// What the log calls it.
    pub name: &'static str,
    /// How many days old it must be.
    days: i64,
    /// Run in one transaction, in this order: what refers to a row goes before it. `:before` is a moment, and each gives a row
    /// for each that it took.
    statements: &'static [&'static str],
}

/// What one run of a step did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Swept {
    /// How many rows went.
    pub rows: u32,
    /// Whether there may be more.
    pub is_left_over: bool,
}

/// All that is swept, in this order: what refers to something else goes first.
pub const STEPS: [Step; 11] = [
    Step {
        name: "idempotency keys",
        days: 1,
        statements: &[
            "DELETE FROM idempotency_keys WHERE (organisation_id, api_key_id, key) IN \
               (SELECT organisation_id, api_key_id, key FROM idempotency_keys WHERE created_at < :before LIMIT :most) \
             RETURNING 1",
        ],
    },
    Step {
        name: "ended sessions",
        days: 90,
        statements: &["DELETE FROM sessions WHERE id IN \
               (SELECT id FROM sessions WHERE ended_at < :before OR expires_at < :before LIMIT :most) RETURNING 1"],
    },
    Step {
        name: "spent links",
        days: 90,
        statements: &["DELETE FROM password_links WHERE id IN \
               (SELECT id FROM password_links WHERE used_at < :before OR expires_at < :before LIMIT :most) RETURNING 1"],
    },
    Step {
        name: "read notifications",
        days: 90,
        statements: &["DELETE FROM notifications WHERE id IN \
               (SELECT id FROM notifications WHERE read_at < :before LIMIT :most) RETURNING 1"],
    },
    // Some never look.
    Step {
        name: "unread notifications",
        days: 365,
        statements: &["DELETE FROM notifications WHERE id IN \
               (SELECT id FROM notifications WHERE created_at < :before LIMIT :most) RETURNING 1"],
    },
    // Comments on a deleted OKR are not deleted themselves: they would be there again with it.
    Step {
        name: "deleted comments",
        days: 30,
        statements: &["DELETE FROM comments WHERE id IN \
               (SELECT id FROM comments WHERE deleted_at < :before \
                UNION ALL SELECT c.id FROM okrs o JOIN comments c ON c.okr_id = o.id WHERE o.deleted_at < :before \
                LIMIT :most) RETURNING 1"],
    },
    Step {
        name: "deleted initiatives",
        days: 30,
        statements: &[
            "DELETE FROM initiative_key_results WHERE (initiative_id, key_result_id) IN \
               (SELECT l.initiative_id, l.key_result_id FROM initiatives i \
                JOIN initiative_key_results l ON l.initiative_id = i.id WHERE i.deleted_at < :before LIMIT :most) \
             RETURNING 1",
            "DELETE FROM initiatives WHERE id IN \
               (SELECT i.id FROM initiatives i WHERE i.deleted_at < :before \
                AND NOT EXISTS (SELECT 1 FROM initiative_key_results WHERE initiative_id = i.id) LIMIT :most) \
             RETURNING 1",
        ],
    },
    Step {
        name: "deleted key results",
        days: 30,
        statements: &[
            "DELETE FROM initiative_key_results WHERE (initiative_id, key_result_id) IN \
               (SELECT l.initiative_id, l.key_result_id FROM key_results k \
                JOIN initiative_key_results l ON l.key_result_id = k.id WHERE k.deleted_at < :before LIMIT :most) \
             RETURNING 1",
            "DELETE FROM target_changes WHERE id IN \
               (SELECT t.id FROM key_results k JOIN target_changes t ON t.key_result_id = k.id \
                WHERE k.deleted_at < :before LIMIT :most) RETURNING 1",
            "DELETE FROM check_ins WHERE id IN \
               (SELECT c.id FROM key_results k JOIN check_ins c ON c.key_result_id = k.id \
                WHERE k.deleted_at < :before LIMIT :most) RETURNING 1",
            "DELETE FROM key_results WHERE id IN \
               (SELECT k.id FROM key_results k WHERE k.deleted_at < :before \
                AND NOT EXISTS (SELECT 1 FROM initiative_key_results WHERE key_result_id = k.id) \
                AND NOT EXISTS (SELECT 1 FROM target_changes WHERE key_result_id = k.id) \
                AND NOT EXISTS (SELECT 1 FROM check_ins WHERE key_result_id = k.id) \
                AND NOT EXISTS (SELECT 1 FROM comments WHERE key_result_id = k.id) LIMIT :most) RETURNING 1",
        ],
    },
    Step {
        name: "deleted OKRs",
        days: 30,
        statements: &[
            // Nothing shows what an OKR was cloned from.
            "UPDATE okrs SET cloned_from_id = NULL WHERE id IN \
               (SELECT c.id FROM okrs o JOIN okrs c ON c.cloned_from_id = o.id WHERE o.deleted_at < :before LIMIT :most) \
             RETURNING 1",
            "DELETE FROM okrs WHERE id IN \
               (SELECT o.id FROM okrs o WHERE o.deleted_at < :before \
                AND NOT EXISTS (SELECT 1 FROM key_results WHERE okr_id = o.id) \
                AND NOT EXISTS (SELECT 1 FROM check_ins WHERE okr_id = o.id) \
                AND NOT EXISTS (SELECT 1 FROM comments WHERE okr_id = o.id) \
                AND NOT EXISTS (SELECT 1 FROM initiatives WHERE okr_id = o.id) \
                AND NOT EXISTS (SELECT 1 FROM okrs c WHERE c.parent_id = o.id) \
                AND NOT EXISTS (SELECT 1 FROM okrs c WHERE c.cloned_from_id = o.id) LIMIT :most) RETURNING 1",
        ],
    },
    Step {
        name: "deleted KPIs",
        days: 30,
        statements: &[
            "DELETE FROM kpi_updates WHERE id IN \
               (SELECT u.id FROM kpis k JOIN kpi_updates u ON u.kpi_id = k.id WHERE k.deleted_at < :before \
                LIMIT :most) RETURNING 1",
            "DELETE FROM kpis WHERE id IN \
               (SELECT k.id FROM kpis k WHERE k.deleted_at < :before \
                AND NOT EXISTS (SELECT 1 FROM kpi_updates WHERE kpi_id = k.id) LIMIT :most) RETURNING 1",
        ],
    },
    Step {
        name: "deleted review cycles",
        days: 30,
        statements: &[
            "DELETE FROM review_answers WHERE (review_id, position) IN \
               (SELECT a.review_id, a.position FROM review_cycles c JOIN reviews r ON r.review_cycle_id = c.id \
                JOIN review_answers a ON a.review_id = r.id WHERE c.deleted_at < :before LIMIT :most) RETURNING 1",
            "DELETE FROM review_private_notes WHERE review_id IN \
               (SELECT n.review_id FROM review_cycles c JOIN reviews r ON r.review_cycle_id = c.id \
                JOIN review_private_notes n ON n.review_id = r.id WHERE c.deleted_at < :before LIMIT :most) RETURNING 1",
            "DELETE FROM reviews WHERE id IN \
               (SELECT r.id FROM review_cycles c JOIN reviews r ON r.review_cycle_id = c.id \
                WHERE c.deleted_at < :before \
                AND NOT EXISTS (SELECT 1 FROM review_answers WHERE review_id = r.id) \
                AND NOT EXISTS (SELECT 1 FROM review_private_notes WHERE review_id = r.id) LIMIT :most) RETURNING 1",
            "DELETE FROM review_cycles WHERE id IN \
               (SELECT c.id FROM review_cycles c WHERE c.deleted_at < :before \
                AND NOT EXISTS (SELECT 1 FROM reviews WHERE review_cycle_id = c.id) LIMIT :most) RETURNING 1",
        ],
    },
];

/// What the texts can name.
const NAMES: [&str; 2] = ["before", "most"];

const _: () = {
    let mut step = 0;
    while step < STEPS.len() {
        let texts = STEPS[step].statements;
        let mut text = 0;
        while text < texts.len() {
            sql::check(texts[text], &NAMES, &[]);
            text += 1;
        }
        step += 1;
    }
};

impl Step {
    /// How many statements it takes.
    pub const fn cost(&self) -> usize {
        self.statements.len()
    }

    /// Takes out what is old enough at this moment.
    pub async fn run(&self, db: &Db, now: Timestamp) -> Result<Swept> {
        let before = Timestamp::new(now.get() - TimeDelta::days(self.days));
        let statements: Vec<Sql> = self
            .statements
            .iter()
            .map(|text| {
                let meanings = [before.meaning(), MOST_ROWS.meaning()];
                Sql::new(None, text, NAMES.into_iter().zip(meanings).collect())
            })
            .collect();
        let results = db.batch(&statements).await?;
        let counts = results.iter().map(super::Rows::count);
        Ok(counts.fold(Swept::default(), |swept, count| Swept {
            rows: swept.rows + count,
            is_left_over: swept.is_left_over || count >= MOST_ROWS,
        }))
    }
}
