//! A workspace's own settings in the database.

use okrs_shared::id::OrganisationId;
use okrs_shared::rules::Params;
use okrs_shared::upstream::UnknownVisibility;
use okrs_shared::validation::Invalid;
use okrs_shared::workspace::{WeekStart, Workspace, WorkspacePatch};
use serde::Deserialize;

use super::assignments::Assignments;
use super::change::Change;
use super::{Db, Sql, json_text, sql, versions};
use crate::caller::Caller;
use crate::clock;
use crate::error::{Error, Result};

#[derive(Deserialize)]
struct WorkspaceRow {
    id: OrganisationId,
    name: String,
    timezone: String,
    week_start: WeekStart,
    check_in_weekday: u8,
    #[serde(deserialize_with = "json_text")]
    rule_params: Params,
    unknown_visibility: UnknownVisibility,
}

/// The caller's workspace.
pub async fn get(db: &Db, caller: &Caller) -> Result<Workspace> {
    let version = versions::select(caller, caller.organisation_id.as_str());
    let results = db.batch(&[select(caller), version]).await?;
    db.shows(&results[1])?;
    let row: Option<WorkspaceRow> = results[0].first()?;
    row.map(|row| row.shown(db, caller))
        .ok_or_else(|| Error::internal("the caller's organisation is gone"))
}

fn select(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT id, name, timezone, week_start, check_in_weekday, rule_params, unknown_visibility \
         FROM organisations WHERE id = :organisation"
    )
}

impl WorkspaceRow {
    fn shown(self, db: &Db, caller: &Caller) -> Workspace {
        Workspace {
            today: clock::date_in(&self.timezone, caller.now),
            id: self.id,
            tag: caller.tag.clone(),
            name: self.name,
            timezone: self.timezone,
            week_start: self.week_start,
            check_in_weekday: self.check_in_weekday,
            rule_params: self.rule_params,
            unknown_visibility: db.is_copy().then_some(self.unknown_visibility),
        }
    }
}

/// The constants of the rules as they are stored: JSON with those that differ from their defaults.
pub async fn rule_params(db: &Db, caller: &Caller) -> Result<String> {
    #[derive(Deserialize)]
    struct Row {
        rule_params: String,
    }
    let row: Option<Row> = db
        .query(sql!(
            caller,
            "SELECT rule_params FROM organisations WHERE id = :organisation"
        ))
        .await?
        .first()?;
    row.map(|row| row.rule_params)
        .ok_or_else(|| Error::internal("the caller's organisation is gone"))
}

/// Changes the fields that the patch names. Constants of the rules come as what is stored and what is
/// to take its place, unless it has changed meanwhile.
pub async fn update(
    db: &Db,
    caller: &Caller,
    patch: &WorkspacePatch,
    rule_params: Option<(String, String)>,
) -> Result<Workspace> {
    let (old, new) = rule_params.unzip();
    let organisation = &caller.organisation_id;
    let update = Assignments::default()
        .set("name", patch.name.as_deref().map(str::trim))
        .set("timezone", patch.timezone.as_ref())
        .set("week_start", patch.week_start.map(WeekStart::as_str))
        .set("check_in_weekday", patch.check_in_weekday.map(u32::from))
        .set("rule_params", new)
        .set(
            "unknown_visibility",
            patch.unknown_visibility.map(<&str>::from),
        )
        .update("organisations", sql!(caller, "WHERE id = :organisation"));
    Change::new(caller, "workspace.update", organisation.as_str())
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'timezone', timezone, 'week_start', week_start, \
                                'check_in_weekday', check_in_weekday, 'rule_params', json(rule_params), \
                                'unknown_visibility', unknown_visibility) \
             FROM organisations WHERE id = :organisation)"
        ))
        .require(
            sql!(
                caller,
                "(SELECT rule_params = COALESCE(:old, rule_params) FROM organisations WHERE id = :organisation)",
                old
            ),
            Error::Conflict(Invalid::field(
                "rule_params",
                "have just been changed by somebody else; look at them and try again",
            )),
        )
        .effect(update)
        .gives_access()
        .commit_and_read(db, patch, select(caller))
        .await
        .map(|row: WorkspaceRow| row.shown(db, caller))
}
