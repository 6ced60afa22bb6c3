//! What others have done lately, from the audit log.

use okrs_shared::home::HomeChange;
use okrs_shared::id::{KpiId, OkrId};
use okrs_shared::key_result::MetricType;
use okrs_shared::number::Number;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::{Sql, corrections, flag, relations, sql};
use crate::caller::Caller;

/// So many of the organisation's newest records are looked at, however long its history is.
const LOOKED_AT: u32 = 200;

/// A record of the audit log with what it is about.
#[derive(Deserialize)]
pub struct HomeChangeRow {
    id: String,
    at: Timestamp,
    action: String,
    subject_id: String,
    member: Option<String>,
    #[serde(deserialize_with = "flag")]
    by_api_key: bool,
    okr_id: Option<OkrId>,
    kpi_id: Option<KpiId>,
    title: String,
    value: Option<Number>,
    metric_type: Option<MetricType>,
    unit: Option<String>,
}

impl HomeChangeRow {
    /// What was done to which thing: one value for what was done several times.
    pub fn what(&self) -> (&str, &str) {
        (&self.action, &self.subject_id)
    }
}

impl From<HomeChangeRow> for HomeChange {
    fn from(row: HomeChangeRow) -> Self {
        Self {
            id: row.id,
            at: row.at,
            action: row.action,
            member: row.member,
            by_api_key: row.by_api_key,
            okr_id: row.okr_id,
            kpi_id: row.kpi_id,
            title: row.title,
            value: row.value,
            metric_type: row.metric_type,
            unit: row.unit,
        }
    }
}

/// What others did to OKRs that the caller sees, to what belongs to those, and to KPIs; newest first.
pub fn of_others(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT a.id, a.at, a.action, a.subject_id, m.name AS member, a.api_key_id IS NOT NULL AS by_api_key, \
                o.id AS okr_id, p.id AS kpi_id, COALESCE(p.name, k.title, i.title, o.title) AS title, \
                iif(a.action = 'key_result.check_in', k.current_value, \
                    iif(a.action = 'kpi.update_value', p.current_value, NULL)) AS value, \
                k.metric_type, COALESCE(k.unit, p.unit) AS unit \
         FROM (SELECT id, at, action, subject_id, member_id, api_key_id, after FROM audit_log \
               WHERE organisation_id = :organisation ORDER BY id DESC LIMIT :looked_at) a \
           LEFT JOIN members m ON m.id = a.member_id \
           LEFT JOIN key_results k ON k.id = a.subject_id AND k.organisation_id = :organisation \
           AND k.deleted_at IS NULL \
           LEFT JOIN initiatives i ON i.id = a.subject_id AND i.organisation_id = :organisation \
           AND i.deleted_at IS NULL \
           LEFT JOIN comments c ON c.id = a.subject_id AND c.organisation_id = :organisation \
           AND c.deleted_at IS NULL \
           LEFT JOIN kpis p ON p.id = a.subject_id AND p.organisation_id = :organisation AND p.deleted_at IS NULL \
           LEFT JOIN okrs o ON o.id = COALESCE(k.okr_id, i.okr_id, c.okr_id, a.subject_id) \
                               AND o.organisation_id = :organisation AND o.deleted_at IS NULL \
         WHERE a.action IN ('key_result.check_in', 'key_result.create', 'key_result.update', 'key_result.align', \
                            'comment.create', 'okr.create', 'okr.update', 'initiative.create', \
                            'initiative.update', 'kpi.create', 'kpi.update', 'kpi.update_value') \
           AND :stands AND a.member_id IS NOT :me AND (p.id IS NOT NULL OR (o.id IS NOT NULL AND :sees)) \
         ORDER BY a.id DESC",
        looked_at = LOOKED_AT,
        stands = corrections::stands(caller),
        sees = relations::sees(caller, "o")
    )
}
