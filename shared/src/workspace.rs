//! A workspace's own settings.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::days;
use crate::id::OrganisationId;
use crate::patch::{Patch, patch};
use crate::rules::Params;
use crate::text::{self, Check, Title};
use crate::upstream::UnknownVisibility;
use crate::validation::{Body, Invalid};

/// The day that weeks begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WeekStart {
    /// As in ISO 8601.
    Monday,
    /// As in North America.
    Sunday,
    /// As in much of the Middle East.
    Saturday,
}

impl WeekStart {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The first day of the week that has this day.
    pub fn week_of(self, day: NaiveDate) -> NaiveDate {
        let first = match self {
            Self::Monday => Weekday::Mon,
            Self::Sunday => Weekday::Sun,
            Self::Saturday => Weekday::Sat,
        };
        day - Days::new(day.weekday().days_since(first).into())
    }
}

/// The latest day on which check-ins were due, `today` included. `weekday` is 1 for Monday to 7.
pub fn check_ins_due_on(weekday: u8, today: NaiveDate) -> NaiveDate {
    let since = (7 + today.weekday().number_from_monday() - u32::from(weekday)) % 7;
    today - Days::new(since.into())
}

/// An organisation, as its people see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Workspace {
    /// Identifies it.
    pub id: OrganisationId,
    /// Names it in its keys and cookies, and in the settings of a sign-in provider.
    pub tag: String,
    /// What it is called.
    pub name: String,
    /// IANA name; decides when a day begins.
    pub timezone: String,
    /// The day that weeks begin with.
    pub week_start: WeekStart,
    /// The day on which check-ins are due: 1 is Monday, 7 Sunday.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 7))]
    pub check_in_weekday: u8,
    /// The constants of the rules.
    pub rule_params: Params,
    /// Who sees OKRs of which that is not known: only where the data is with the hosted service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub unknown_visibility: Option<UnknownVisibility>,
    /// The day that it is there now.
    #[serde(deserialize_with = "days::read")]
    pub today: NaiveDate,
}

patch! {
    /// The body that changes a workspace's settings: fields left out stay as they are.
    pub struct WorkspacePatch {
        /// What it is called; not blank.
        name: Title,
        /// IANA name, such as `Europe/Berlin`.
        timezone: String,
        /// The day that weeks begin with.
        week_start: WeekStart,
        /// The day on which check-ins are due: 1 is Monday, 7 Sunday.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 7))]
        check_in_weekday: u8,
        /// The constants of the rules to change, by name; null brings a default back. Those that are not
        /// named stay as they are.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        rule_params: Map<String, Value>,
        /// Who sees OKRs of which that is not known, where the data is with the hosted service.
        unknown_visibility: UnknownVisibility,
    }
}

impl Body for WorkspacePatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.name.check("name")?;
        text::name("name", self.name.as_deref().unwrap_or_default())?;
        match self.check_in_weekday {
            None | Some(1..=7) => Ok(()),
            Some(_) => Err(Invalid::field(
                "check_in_weekday",
                "must be 1 (Monday) to 7 (Sunday)",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_has_its_first_day_and_the_six_after_it() {
        let on = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        // The 25th is a Wednesday.
        for (start, day, first) in [
            (WeekStart::Monday, 25, 23),
            (WeekStart::Monday, 23, 23),
            (WeekStart::Monday, 22, 16),
            (WeekStart::Sunday, 25, 22),
            (WeekStart::Sunday, 21, 15),
            (WeekStart::Saturday, 25, 21),
            (WeekStart::Saturday, 21, 21),
        ] {
            assert_eq!(start.week_of(on(day)), on(first), "{start:?} {day}");
        }
    }

    #[test]
    fn check_ins_are_due_on_the_last_day_of_that_name() {
        let on = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        // The 25th is a Wednesday.
        for (weekday, due) in [(3, 25), (2, 24), (4, 19), (5, 20), (7, 22)] {
            assert_eq!(check_ins_due_on(weekday, on(25)), on(due), "{weekday}");
        }
    }
}
