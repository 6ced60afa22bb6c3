//! The tables that a workspace fills.

/// The tables that are seeded, each after the tables it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Organisations,
    Departments,
    Teams,
    Members,
    TeamMembers,
    Sessions,
    Cycles,
    Okrs,
    KeyResults,
    CheckIns,
    WeeklySnapshots,
    Comments,
    Kpis,
    KpiUpdates,
    Initiatives,
    InitiativeKeyResults,
    ReviewTemplates,
    ReviewCycles,
    Reviews,
    ReviewAnswers,
    ReviewPrivateNotes,
    ApiKeys,
}

impl Table {
    /// Name and columns, in the order in which rows list their values.
    pub(crate) fn target(self) -> &'static str {
        match self {
            Self::Organisations => "organisations (id, tag, name, timezone, created_at)",
            Self::Departments => "departments (id, organisation_id, name)",
            Self::Teams => "teams (id, organisation_id, department_id, name)",
            Self::Members => {
                "members (id, organisation_id, email, name, role, department_id, password_hash, \
                 disabled_at, joined_at, created_at)"
            }
            Self::Sessions => {
                "sessions (id, organisation_id, member_id, hash, method, created_at, last_seen_at, \
                 expires_at)"
            }
            Self::TeamMembers => "team_members (team_id, member_id, organisation_id)",
            Self::Cycles => "cycles (id, organisation_id, name, start_date, end_date, created_at)",
            Self::Okrs => {
                "okrs (id, organisation_id, cycle_id, parent_id, title, description, type, owner_id, \
                 department_id, team_id, visibility, created_at, updated_at)"
            }
            Self::KeyResults => {
                "key_results (id, organisation_id, okr_id, title, metric_type, start_value, \
                 target_value, current_value, unit, weight, owner_id, status, blocked, \
                 last_check_in_at, last_check_in_on, last_check_in_status, check_in_count, \
                 recent_check_ins, check_in_weeks, created_on, created_at, updated_at)"
            }
            Self::CheckIns => {
                "check_ins (id, organisation_id, okr_id, key_result_id, value, status, comment, \
                 blocker_note, source, created_by, created_at)"
            }
            Self::WeeklySnapshots => {
                "weekly_snapshots (organisation_id, thing_id, week, kind, value, progress, health, \
                 status, checked_in, due)"
            }
            Self::Comments => {
                "comments (id, organisation_id, okr_id, key_result_id, text, created_by, created_at)"
            }
            Self::Kpis => {
                "kpis (id, organisation_id, name, description, owner_id, team_id, category, \
                 group_name, current_value, target_value, unit, update_frequency, direction, \
                 last_updated_at, measured_on, created_by, created_at, updated_at)"
            }
            Self::KpiUpdates => {
                "kpi_updates (id, organisation_id, kpi_id, previous_value, new_value, comment, \
                 created_by, created_at)"
            }
            Self::Initiatives => {
                "initiatives (id, organisation_id, title, description, status, priority, \
                 start_date, end_date, owner_id, okr_id, created_at, updated_at)"
            }
            Self::InitiativeKeyResults => {
                "initiative_key_results (initiative_id, key_result_id, organisation_id)"
            }
            Self::ReviewTemplates => {
                "review_templates (id, organisation_id, name, questions, created_at)"
            }
            Self::ReviewCycles => {
                "review_cycles (id, organisation_id, name, status, due_date, questions, created_at)"
            }
            Self::Reviews => {
                "reviews (id, organisation_id, review_cycle_id, reviewee_id, reviewer_id, type, \
                 status, submitted_at, shared_at, created_at, updated_at)"
            }
            Self::ReviewAnswers => {
                "review_answers (review_id, position, organisation_id, question, answer)"
            }
            Self::ReviewPrivateNotes => "review_private_notes (review_id, organisation_id, note)",
            Self::ApiKeys => {
                "api_keys (id, organisation_id, name, hash, prefix, last_four, scopes, \
                 requests_per_minute, created_by, created_at, expires_at, revoked_at)"
            }
        }
    }
}
