//! Puts the content into a workspace: who, when, and what belongs to what.

mod comments;
mod initiatives;
mod kpis;
mod okrs;
mod people;
mod reviews;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use okrs_shared::id::{DepartmentId, KeyResultId, MemberId, OkrId, TeamId};

use super::PasswordHashes;
use crate::calendar::{Calendar, cycle_name};
use crate::content::{self, Department, Person, Team};
use crate::history::working_hours;
use crate::workspace::Workspace;

/// So many days ago Fernhill began to use the tool.
const AGE_DAYS: i64 = 820;

/// The demo workspace on `today`, and its API keys.
pub(super) fn workspace(
    today: NaiveDate,
    hashes: &PasswordHashes,
) -> (Workspace, BTreeMap<String, String>) {
    let created_at = working_hours(today - TimeDelta::days(AGE_DAYS), "Fernhill", 0);
    let calendar = Calendar::around(today);
    let mut fernhill = Fernhill {
        workspace: Workspace::new(
            "Fernhill Bicycles",
            "FernHill",
            Tz::Europe__London,
            created_at,
        ),
        calendar,
        departments: Vec::new(),
        teams: Vec::new(),
        people: Vec::new(),
        okrs: HashMap::new(),
        key_results: HashMap::new(),
    };
    fernhill.add_people(hashes);
    for (okrs, days) in [
        (content::ENDED, calendar.ended),
        (content::ACTIVE, calendar.active),
        (content::UPCOMING, calendar.upcoming),
    ] {
        let cycle = fernhill.workspace.cycle(&cycle_name(days), days.0, days.1);
        for okr in okrs {
            fernhill.add_okr(okr, None, &cycle, days.0);
        }
    }
    fernhill.add_kpis();
    fernhill.add_initiatives();
    fernhill.add_reviews();
    fernhill.add_comments();
    fernhill.add_snapshots();
    let maren = fernhill.person(Person::Maren).clone();
    let keys = super::keys(&mut fernhill.workspace, &maren);
    (fernhill.workspace, keys)
}

/// The workspace, and what is needed to refer to its rows.
struct Fernhill {
    workspace: Workspace,
    calendar: Calendar,
    /// In the order of the content's tables, like teams and people.
    departments: Vec<DepartmentId>,
    teams: Vec<TeamId>,
    people: Vec<MemberId>,
    /// By title, like key results.
    okrs: HashMap<&'static str, OkrId>,
    key_results: HashMap<&'static str, KeyResultId>,
}

impl Fernhill {
    fn person(&self, person: Person) -> &MemberId {
        &self.people[person as usize]
    }

    fn department(&self, department: Department) -> &DepartmentId {
        &self.departments[department as usize]
    }

    fn team(&self, team: Team) -> &TeamId {
        &self.teams[team as usize]
    }

    /// Those of a year, as far back as there was something to see.
    fn add_snapshots(&mut self) {
        let today = self.calendar.today;
        let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
        let weeks = (0..52).rev().map(|ago| monday - TimeDelta::weeks(ago));
        self.workspace.snapshots(weeks);
    }

    /// A moment in the working hours of a day, yesterday's at the latest, or of the Friday before
    /// a weekend.
    fn moment(&self, on: NaiveDate, what: &str) -> DateTime<Utc> {
        let on = on.min(self.calendar.today - TimeDelta::days(1));
        let after_friday = i64::from(on.weekday().num_days_from_monday()) - 4;
        working_hours(on - TimeDelta::days(after_friday.max(0)), what, 0)
    }

    /// The day that lies so many days back.
    fn days_ago(&self, days: i64) -> NaiveDate {
        self.calendar.today - TimeDelta::days(days)
    }
}
