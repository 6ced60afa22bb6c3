//! Insights about OKRs, and about all of them together.

use std::collections::BTreeMap;

use super::{Insight, OkrScene, Rule, Scene, SubjectKind, percent};
use crate::okr::OkrType;
use crate::rules::arithmetic::days;
use crate::rules::risk::Severity;
use crate::status::Status;

/// More key results than this blur an OKR.
const MOST_KEY_RESULTS: usize = 5;
/// More OKRs than this are no focus for a team …
const MOST_OKRS_OF_TEAM: usize = 3;
/// … or for a company.
const MOST_OKRS_OF_COMPANY: usize = 5;
/// More key results than this are too many for one person.
const MOST_OF_OWNER: usize = 5;
/// All done before this share of the cycle: the targets were too easy.
const SANDBAGGED_BEFORE: f64 = 0.6;

/// Adds what there is to say about one OKR.
pub fn look_at(scene: &Scene, okr: &OkrScene, insights: &mut Vec<Insight>) {
    let mut say = |rule, severity, numbers, sentence, action| {
        insights.push(Insight {
            rule,
            severity,
            subject: (SubjectKind::Okr, okr.id.to_owned()),
            numbers,
            sentence,
            action,
        });
    };
    let count = okr.key_results.len();
    if count == 0 || count > MOST_KEY_RESULTS {
        let (severity, action) = if count == 0 {
            (Severity::Medium, "Add two to five key results.")
        } else {
            (Severity::Low, "Keep the few that matter most.")
        };
        say(
            Rule::KeyResultCount,
            severity,
            vec![("key_results", count as f64)],
            format!("It has {count} key results."),
            action,
        );
    }
    let is_done = count > 0 && okr.key_results.iter().all(|own| own.health.progress >= 1.0);
    let elapsed = elapsed_share(scene);
    if is_done && elapsed < SANDBAGGED_BEFORE {
        let elapsed = percent(elapsed);
        say(
            Rule::Sandbagged,
            Severity::Low,
            vec![("elapsed_percent", elapsed)],
            format!("All of its key results were reached after {elapsed} % of the cycle."),
            "Raise the targets, or take on what comes next.",
        );
    }
    let may_be_aligned = scene
        .okrs
        .iter()
        .any(|other| other.okr_type == OkrType::Org);
    if okr.okr_type != OkrType::Org && okr.parent_id.is_none() && may_be_aligned {
        say(
            Rule::Orphan,
            Severity::Low,
            vec![],
            "It is aligned to no other OKR.".to_owned(),
            "Align it to the OKR that it serves.",
        );
    }
    let children = || {
        scene
            .okrs
            .iter()
            .filter(|other| other.parent_id == Some(okr.id))
    };
    let aligned = children().count();
    let all_red = aligned > 0 && children().all(|child| child.status == Status::OffTrack);
    if okr.status == Status::OnTrack && all_red {
        say(
            Rule::RollUpMismatch,
            Severity::High,
            vec![("aligned_okrs", aligned as f64)],
            format!("It is on track while all {aligned} OKRs aligned to it are off track."),
            "Find out which of the two is wrong.",
        );
    }
}

/// Adds what there is to say about all of them together.
pub fn look_at_all(scene: &Scene, insights: &mut Vec<Insight>) {
    let company = scene.okrs.iter().filter(|okr| okr.okr_type == OkrType::Org);
    let company = company.count();
    if company > MOST_OKRS_OF_COMPANY {
        let subject = (SubjectKind::Cycle, scene.cycle_id.to_owned());
        insights.push(too_many(subject, company));
    }
    let teams = scene.okrs.iter().filter_map(|okr| okr.team_id);
    for (team, count) in counted(teams) {
        if count > MOST_OKRS_OF_TEAM {
            insights.push(too_many((SubjectKind::Team, team.to_owned()), count));
        }
    }
    let open = || {
        let key_results = scene.okrs.iter().flat_map(|okr| &okr.key_results);
        key_results.filter(|own| own.health.progress < 1.0)
    };
    for (owner, count) in counted(open().filter_map(|own| own.owner_id)) {
        if count > MOST_OF_OWNER {
            insights.push(Insight {
                rule: Rule::Overloaded,
                severity: Severity::Low,
                subject: (SubjectKind::Member, owner.to_owned()),
                numbers: vec![("key_results", count as f64)],
                sentence: format!("One person answers for {count} open key results."),
                action: "Share them out.",
            });
        }
    }
    double_counts(scene, insights);
}

fn too_many(subject: (SubjectKind, String), count: usize) -> Insight {
    Insight {
        rule: Rule::TooManyOkrs,
        severity: Severity::Low,
        subject,
        numbers: vec![("okrs", count as f64)],
        sentence: format!("There are {count} OKRs to pursue at once."),
        action: "Keep fewer; postpone or merge the others.",
    }
}

fn counted<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// An OKR with the unit and target of the one it is aligned to: progress may count twice.
fn double_counts(scene: &Scene, insights: &mut Vec<Insight>) {
    let by_id: BTreeMap<&str, &OkrScene> = scene.okrs.iter().map(|okr| (okr.id, okr)).collect();
    for okr in &scene.okrs {
        let Some(parent) = okr.parent_id.and_then(|id| by_id.get(id)) else {
            continue;
        };
        for own in okr.key_results.iter().filter(|own| own.unit.is_some()) {
            let target = own.facts.target_value;
            #[expect(clippy::float_cmp, reason = "both as they were entered")]
            let is_twice = parent
                .key_results
                .iter()
                .any(|above| above.unit == own.unit && above.facts.target_value == target);
            if is_twice {
                insights.push(Insight {
                    rule: Rule::DoubleCount,
                    severity: Severity::Low,
                    subject: (SubjectKind::KeyResult, own.id.to_owned()),
                    numbers: vec![("target_value", target)],
                    sentence: "The OKR above has a key result with the same unit and target: the same change may count twice.".to_owned(),
                    action: "Give it the share that this team contributes.",
                });
            }
        }
    }
}

fn elapsed_share(scene: &Scene) -> f64 {
    let all = days(scene.starts_on, scene.ends_on) + 1;
    let gone = (days(scene.starts_on, scene.today) + 1).clamp(0, all);
    gone as f64 / all.max(1) as f64
}
