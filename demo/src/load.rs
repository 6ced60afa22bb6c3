//! A big workspace for measurements: as many OKRs, key results and check-ins as asked for.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use okrs_shared::api_key::Scopes;
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::id::{KeyResultId, MemberId};
use okrs_shared::key_result::MetricType;
use sha2::{Digest, Sha256};

use crate::calendar::{Calendar, cycle_name};
use crate::history::chance;
use crate::workspace::{
    ApiKeySeed, CheckInSeed, KeyResultSeed, MemberSeed, OkrSeed, Role, Workspace,
};

/// More than any measurement sends.
const REQUESTS_PER_MINUTE: u32 = 100_000_000;

/// SQL for a workspace with so many OKRs, each with so many key results, each with so many
/// check-ins, and a key for everything whose budget is never used up. Workspaces of different
/// sizes fit into one database.
///
/// With 500 OKRs, 5 key results and 100 check-ins it is about 70 MB of text.
pub fn load(
    today: NaiveDate,
    okrs: usize,
    key_results_each: usize,
    check_ins_each: usize,
) -> (String, String) {
    let check_ins_each =
        u32::try_from(check_ins_each).expect("nobody waits for 4 billion check-ins");
    let days = Calendar::around(today).active;
    let begin = days.0.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(6);
    let end = (today - TimeDelta::days(1))
        .and_time(NaiveTime::MIN)
        .and_utc()
        + TimeDelta::hours(18);
    let name = format!("Load {okrs} x {key_results_each} x {check_ins_each}");
    let created_at = begin - TimeDelta::days(14);
    let mut workspace = Workspace::new(&name, &tag(&name), Tz::UTC, created_at);
    let members: Vec<MemberId> = (1..=20)
        .map(|nth| {
            let (email, name) = (format!("member{nth}@load.example"), format!("Member {nth}"));
            workspace.member(MemberSeed::new(&email, &name, Role::Member))
        })
        .collect();
    let cycle = workspace.cycle(&cycle_name(days), days.0, days.1);
    for (nth, owner) in (1..=okrs).zip(members.iter().cycle()) {
        let title = format!("Objective {nth}: do a little more of what works");
        let okr = workspace.okr(OkrSeed {
            owner: Some(owner),
            ..OkrSeed::company(&title, &cycle)
        });
        for index in 1..=key_results_each {
            let title = format!("Key result {nth}.{index}: orders without a question");
            let seed = KeyResultSeed {
                unit: Some("orders"),
                owner: Some(owner),
                ..KeyResultSeed::new(&title, MetricType::Number, 0.0, 1_000.0)
            };
            let key_result = workspace.key_result(&okr, seed);
            add_check_ins(
                &mut workspace,
                &key_result,
                &title,
                owner,
                check_ins_each,
                (begin, end),
            );
        }
    }
    let key = workspace.api_key(ApiKeySeed {
        requests_per_minute: REQUESTS_PER_MINUTE,
        ..ApiKeySeed::new("Measurements", Scopes::all())
    });
    (workspace.into_sql(), key)
}

/// Check-ins spread evenly over the time from the first to the second moment.
fn add_check_ins(
    workspace: &mut Workspace,
    key_result: &KeyResultId,
    title: &str,
    by: &MemberId,
    count: u32,
    (begin, end): (DateTime<Utc>, DateTime<Utc>),
) {
    let reach = 200.0 + 800.0 * chance(title, 0_u8, "reach");
    let seconds = (end - begin).num_seconds();
    for nth in 1..=count {
        let part = f64::from(nth) / f64::from(count);
        let wobble = chance(title, nth, "wobble") * 40.0 - 20.0;
        let value = (reach * part + wobble).round().max(0.0);
        let status = match value {
            value if value >= 550.0 * part => CheckInStatus::OnTrack,
            value if value >= 350.0 * part => CheckInStatus::AtRisk,
            _ => CheckInStatus::OffTrack,
        };
        let at = begin + TimeDelta::seconds(seconds * i64::from(nth) / i64::from(count));
        let seed = CheckInSeed {
            comment: (nth % 4 == 0).then_some("Counted on Friday."),
            created_by: Some(by),
            ..CheckInSeed::new(value, status, at)
        };
        workspace.check_in(key_result, seed);
    }
}

/// The 8 characters that stand for a name, whenever it is asked for.
fn tag(name: &str) -> String {
    let digest = Sha256::digest(name);
    digest[..4]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
