//! The copy of what the hosted service lists. SQLite reads the service's own JSON and compares it
//! with the rows, so a list costs one batch, however long it is.
//!
//! What the service does not say stays as it is here: weights, parents, descriptions, directions.
//! Enum values that this version does not know become the nearest that it knows; the public API
//! passes the service's own on.

/// People of whom the service says only an id, `$thing ->> 'owner_id'` of what `$from` gives: they
/// become disabled members, so that what they own has an owner.
macro_rules! learn_owners {
    ($thing:literal, $from:literal) => {
        concat!(
            "INSERT INTO members (id, organisation_id, email, name, role, disabled_at, created_at, upstream_id) \
             SELECT DISTINCT ", $thing, " ->> 'owner_id', :organisation, \
                    (", $thing, " ->> 'owner_id') || '@people.invalid', \
                    'Person ' || substr(", $thing, " ->> 'owner_id', 1, 8), 'member', :now, :now, \
                    ", $thing, " ->> 'owner_id' \
             FROM ", $from, " \
             WHERE json_type(", $thing, ", '$.owner_id') = 'text' \
               AND NOT EXISTS (SELECT 1 FROM members m WHERE m.organisation_id = :organisation \
                               AND ", $thing, " ->> 'owner_id' IN (m.id, m.upstream_id)) \
             ON CONFLICT DO NOTHING"
        )
    };
}

/// Puts what the list has no longer out of sight: `$column` of `$table` says since when.
macro_rules! put_away_gone {
    ($table:literal, $column:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET ",
            $column,
            " = :now \
             WHERE organisation_id = :organisation AND ",
            $column,
            " IS NULL \
               AND (id IN (SELECT value FROM json_each(:gone)) \
                    OR (:all IS NOT NULL AND id NOT IN (SELECT value FROM json_each(:all))))"
        )
    };
}

/// Puts what was never in one copy into the list's order: it is sorted by `created_at`, of which the
/// service says nothing, and a copy that was broken off goes on at another time. Rows that are in order
/// keep theirs.
macro_rules! keep_order {
    ($table:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET created_at = n.at \
             FROM (SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', MIN(epoch + place) OVER (ORDER BY place) - place, \
                                       'unixepoch') AS at \
                   FROM (SELECT j.key AS place, r.id, unixepoch(r.created_at) AS epoch \
                         FROM json_each(:order) j JOIN ",
            $table,
            " r ON r.id = j.value AND r.organisation_id = :organisation)) n \
             WHERE ",
            $table,
            ".id = n.id AND ",
            $table,
            ".created_at <> n.at"
        )
    };
}

mod kpis;
mod okrs;
mod planning;
mod reviews;

use okrs_shared::id::OrganisationId;
use okrs_shared::rules::Params;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::change::RevisionRow;
use super::sql::Param as _;
use super::{Db, Sql, json_text, sql};
use crate::error::Result;
use crate::ids;

/// What has changed in a list since it was copied last.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The new and changed items: a JSON array.
    pub items: String,
    /// How many items stood before these, if the list is copied in parts: those are newer.
    pub before: u32,
    /// The ids that are gone: a JSON array.
    pub gone: String,
    /// All ids of the list, a JSON array, if whatever else there is is gone as well.
    pub all: Option<String>,
    /// All ids of the list in its order, a JSON array, once it has been copied anew.
    pub order: Option<String>,
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            items: "[]".to_owned(),
            before: 0,
            gone: "[]".to_owned(),
            all: None,
            order: None,
        }
    }
}

/// Whose copy it is, and as of when.
#[derive(Clone, Debug)]
pub struct Place {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// When the list was read.
    pub now: Timestamp,
    /// That day in the organisation's time zone: `2026-04-19`.
    pub today: String,
}

/// The organisation whose copy it is.
#[derive(Clone, Debug, Deserialize)]
pub struct MirroredOrganisation {
    /// Identifies it.
    pub organisation_id: OrganisationId,
    /// IANA name.
    pub timezone: String,
    /// The organisation's constants of the rules.
    #[serde(deserialize_with = "json_text")]
    pub rule_params: Params,
}

/// The organisation with this tag.
pub async fn organisation(db: &Db, tag: &str) -> Result<Option<MirroredOrganisation>> {
    let query = sql!(
        "SELECT id AS organisation_id, timezone, rule_params FROM organisations WHERE tag = :tag",
        tag
    );
    db.query(query).await?.first()
}

/// Takes the changes of a list over. The address of anything else changes nothing.
pub async fn apply(db: &Db, place: &Place, address: &str, changes: &Changes) -> Result<()> {
    let texts = match address {
        "/cycles" => planning::CYCLES,
        "/okrs" => okrs::OKRS,
        "/kpis" => kpis::KPIS,
        "/initiatives" => planning::INITIATIVES,
        "/review-cycles" => reviews::REVIEW_CYCLES,
        _ => return Ok(()),
    };
    // First: what follows takes its version from this.
    let mut statements = vec![sql!(
        "UPDATE organisations SET revision = revision + 1, last_change_id = :new_id WHERE id = :organisation \
         RETURNING revision, last_change_id",
        new_id = ids::new_id(),
        organisation = place.organisation_id
    )];
    statements.extend(texts.iter().map(|text| statement(place, changes, text)));
    let results = db.batch(&statements).await?;
    let row: Option<RevisionRow> = results[0].first()?;
    if let Some(row) = row {
        db.ledger.commit(row.made());
    }
    Ok(())
}

/// What the texts can name.
const NAMES: [&str; 8] = [
    "organisation",
    "now",
    "today",
    "items",
    "before",
    "gone",
    "all",
    "order",
];

const _: () = {
    let lists = [
        planning::CYCLES,
        okrs::OKRS,
        kpis::KPIS,
        planning::INITIATIVES,
        reviews::REVIEW_CYCLES,
    ];
    let mut list = 0;
    while list < lists.len() {
        let mut text = 0;
        while text < lists[list].len() {
            sql::check(lists[list][text], &NAMES, &[]);
            text += 1;
        }
        list += 1;
    }
};

fn statement(place: &Place, changes: &Changes, text: &'static str) -> Sql {
    let meanings = [
        place.organisation_id.meaning(),
        place.now.meaning(),
        place.today.meaning(),
        changes.items.meaning(),
        changes.before.meaning(),
        changes.gone.meaning(),
        changes.all.meaning(),
        changes.order.meaning(),
    ];
    Sql::new(None, text, NAMES.into_iter().zip(meanings).collect())
}
