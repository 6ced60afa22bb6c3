//! A small workspace that must never show up in the demo's, nor the demo in it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::key_result::MetricType;
use okrs_shared::review_template::{Question, QuestionKind};

use crate::calendar::{Calendar, cycle_name};
use crate::history::working_hours;
use crate::workspace::{
    ApiKeySeed, CheckInSeed, InitiativeSeed, KeyResultSeed, KpiSeed, KpiUpdateSeed, MemberSeed,
    OkrSeed, ReviewSeed, ReviewState, Role, Workspace,
};

/// The workspace on `today`, and its API key under the name `all`.
pub(super) fn workspace(today: NaiveDate) -> (Workspace, BTreeMap<String, String>) {
    let days_ago = |days: i64| working_hours(today - TimeDelta::days(days), "Saltmarsh", 0);
    let days = Calendar::around(today).active;
    let mut kites = Workspace::new(
        "Saltmarsh Kites",
        "SaltKite",
        Tz::America__New_York,
        days_ago(75),
    );

    let making = kites.department("Making");
    let sewing = kites.team("Sewing", Some(&making));
    let ines = kites.member(MemberSeed::new(
        "ines@saltmarsh.example",
        "Ines Calder",
        Role::Admin,
    ));
    let rufus = kites.member(MemberSeed {
        department: Some(&making),
        ..MemberSeed::new("rufus@saltmarsh.example", "Rufus Teal", Role::Manager)
    });
    kites.team_member(&sewing, &rufus);
    kites.team_manager(&sewing, &rufus);
    kites.department_manager(&making, &rufus);

    let cycle = kites.cycle(&cycle_name(days), days.0, days.1);
    let okr = kites.okr(OkrSeed {
        owner: Some(&ines),
        ..OkrSeed::company("Fly through the whole season", &cycle)
    });
    let seams = kites.okr(OkrSeed {
        parent: Some(&okr),
        owner: Some(&rufus),
        ..OkrSeed::team("Seams that hold in a storm", &cycle, &sewing)
    });
    let seed = KeyResultSeed {
        unit: Some("kites"),
        owner: Some(&ines),
        ..KeyResultSeed::new("Kites sold at the coast", MetricType::Number, 0.0, 900.0)
    };
    let sold = kites.key_result(&okr, seed);
    let seed = KeyResultSeed {
        unit: Some("%"),
        owner: Some(&rufus),
        ..KeyResultSeed::new(
            "Kites that come back torn",
            MetricType::Percentage,
            8.0,
            3.0,
        )
    };
    let torn = kites.key_result(&seams, seed);
    for (week, values) in (0..).zip([
        (40.0, 7.9),
        (95.0, 7.1),
        (210.0, 7.4),
        (330.0, 6.0),
        (465.0, 5.6),
    ]) {
        let at = days_ago(40 - 8 * week);
        kites.check_in(
            &sold,
            CheckInSeed::new(values.0, CheckInStatus::OnTrack, at),
        );
        kites.check_in(&torn, CheckInSeed::new(values.1, CheckInStatus::AtRisk, at));
    }

    let kpi = kites.kpi(KpiSeed {
        unit: Some("$"),
        target: Some(60_000.0),
        owner: Some(&ines),
        ..KpiSeed::new("Revenue in a month")
    });
    kites.kpi_update(&kpi, KpiUpdateSeed::new(38_250.0, days_ago(39)));
    kites.kpi_update(&kpi, KpiUpdateSeed::new(44_900.0, days_ago(9)));
    kites.initiative(InitiativeSeed {
        owner: Some(&rufus),
        key_result: Some(&torn),
        ..InitiativeSeed::new("Try the double stitch")
    });
    let question = Question {
        text: "What went well?".into(),
        kind: QuestionKind::Text,
    };
    let round = kites.review_cycle("Midsummer talks", "active", &[question], None, None);
    kites.review(ReviewSeed {
        state: ReviewState::Shared(days_ago(5)),
        answers: &[("What went well?", "Nobody sewed at night.")],
        private_note: Some("Wants to move to the coast."),
        ..ReviewSeed::new(&round, &rufus, &ines)
    });
    let seed = ApiKeySeed {
        created_by: Some(&ines),
        ..ApiKeySeed::new("Everything", Default::default())
    };
    let keys = super::key_for_all(&mut kites, seed);
    (kites, keys)
}
