//! OKRs, key results and their check-ins.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use okrs_shared::id::{CycleId, OkrId};
use okrs_shared::okr::OkrType;

use super::Fernhill;
use crate::content::{KeyResult, Level, Okr};
use crate::history::{chance, check_ins};
use crate::workspace::{CheckInSeed, KeyResultSeed, OkrSeed};

impl Fernhill {
    /// Adds an OKR of the cycle that starts on `first_day`, and those below it.
    pub(super) fn add_okr(
        &mut self,
        okr: &'static Okr,
        parent: Option<&OkrId>,
        cycle: &CycleId,
        first_day: NaiveDate,
    ) {
        let (okr_type, department, team) = match okr.level {
            Level::Company => (OkrType::Org, None, None),
            Level::Department(department) => (
                OkrType::Department,
                Some(self.department(department).clone()),
                None,
            ),
            Level::Team(team) => (OkrType::Team, None, Some(self.team(team).clone())),
        };
        let owner = okr.owner.map(|owner| self.person(owner).clone());
        let created_at = self.planned_at(okr, first_day);
        let id = self.workspace.okr(OkrSeed {
            description: okr.description,
            okr_type,
            parent,
            owner: owner.as_ref(),
            department: department.as_ref(),
            team: team.as_ref(),
            visibility: okr.visibility,
            created_at: Some(created_at),
            ..OkrSeed::company(okr.title, cycle)
        });
        for (minutes, key_result) in (6..).step_by(7).zip(okr.key_results) {
            let written_at = created_at + TimeDelta::minutes(minutes);
            self.add_key_result(key_result, (okr, &id), first_day, written_at);
        }
        for child in okr.children {
            self.add_okr(child, Some(&id), cycle, first_day);
        }
        self.okrs.insert(okr.title, id);
    }

    fn add_key_result(
        &mut self,
        what: &'static KeyResult,
        (objective, okr): (&Okr, &OkrId),
        first_day: NaiveDate,
        written_at: DateTime<Utc>,
    ) {
        let owner = what.owner.map(|owner| self.person(owner).clone());
        // Somebody has to do it where nobody is in charge.
        let author = what
            .owner
            .or(objective.owner)
            .map(|author| self.person(author).clone());
        let created_at = match what.added_in_week {
            1 => written_at,
            week => {
                let monday = first_day + TimeDelta::weeks(i64::from(week) - 1);
                self.moment(monday + TimeDelta::days(1), what.title)
            }
        };
        let id = self.workspace.key_result(
            okr,
            KeyResultSeed {
                unit: (!what.unit.is_empty()).then_some(what.unit),
                weight: what.weight,
                owner: owner.as_ref(),
                created_at: Some(created_at),
                ..KeyResultSeed::new(what.title, what.metric, what.from, what.to)
            },
        );
        let mut last_at = created_at;
        for point in check_ins(what, first_day, self.calendar.today) {
            last_at = point.at;
            self.workspace.check_in(
                &id,
                CheckInSeed {
                    comment: point.comment,
                    blocker_note: point.blocker_note,
                    created_by: author.as_ref(),
                    ..CheckInSeed::new(point.value, point.status, point.at)
                },
            );
        }
        if let Some(value) = what.correction {
            let at = last_at + TimeDelta::hours(1);
            self.workspace.edit(&id, value, author.as_ref(), at);
        }
        self.key_results.insert(what.title, id);
    }

    /// OKRs are written in the two weeks before their cycle, the company's first.
    fn planned_at(&self, okr: &Okr, first_day: NaiveDate) -> DateTime<Utc> {
        let before = match okr.level {
            Level::Company => 12,
            Level::Department(_) => 10,
            Level::Team(_) => 6,
        };
        let sooner = if chance(okr.title, 0_u8, "planned") < 0.5 {
            1
        } else {
            0
        };
        let deadline = first_day.min(self.calendar.today);
        self.moment(deadline - TimeDelta::days(before + sooner), okr.title)
    }
}
