//! The workspace that a test starts with: one of everything.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use okrs_demo::{
    ApiKeySeed, CheckInSeed, InitiativeSeed, KeyResultSeed, KpiSeed, KpiUpdateSeed, MemberSeed,
    OkrSeed, ReviewSeed, ReviewState, Role, Tz, Workspace, password,
};
use okrs_shared::api_key::{Scope, Scopes};
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::id::{
    CycleId, DepartmentId, InitiativeId, KeyResultId, KpiId, MemberId, OkrId, OrganisationId,
    ReviewCycleId, ReviewId, TeamId,
};
use okrs_shared::initiative::{InitiativeStatus, Priority};
use okrs_shared::key_result::MetricType;
use okrs_shared::kpi::{KpiCategory, UpdateFrequency};
use okrs_shared::review_template::{Question, QuestionKind};

/// What no test sends in a minute.
pub(crate) const NO_LIMIT: u32 = 100_000;
const ALIAS: &str = "Made elsewhere";

/// The statement to run after all workspaces are in: keys made elsewhere may have been stored with
/// the alias of a scope, which ours never are.
pub(crate) fn store_alias() -> String {
    format!("UPDATE api_keys SET scopes = 'okrs:write' WHERE name = '{ALIAS}';\n")
}

/// What a seeded workspace has. Everything in it is older than an hour.
#[derive(Clone, Debug)]
pub struct Seeded {
    /// The workspace itself.
    pub organisation: OrganisationId,
    /// Its API keys.
    pub keys: Keys,
    /// An admin, who made the keys and owns the OKR.
    pub alice: MemberId,
    /// A manager, who leads the team, was reviewed, and whose review was shared.
    pub bob: MemberId,
    /// A member without a team, whose review is a draft.
    pub carol: MemberId,
    /// A member of the team.
    pub dave: MemberId,
    /// Cookies of people who are signed in.
    pub sessions: Sessions,
    /// The mail domain of its people: `alice@…` and so on.
    pub domain: String,
    /// The only department.
    pub department: DepartmentId,
    /// The only team.
    pub team: TeamId,
    /// Its cycles.
    pub cycles: Cycles,
    /// The only OKR, `Improve onboarding conversion`, in the active cycle.
    pub okr: OkrId,
    /// Its key results.
    pub key_results: KeyResults,
    /// The only KPI, `Weekly Active Users`: 3,721 of 4,500, measured an hour and a day ago.
    pub kpi: KpiId,
    /// The only initiative, `Launch onboarding redesign`, linked to the number key result.
    pub initiative: InitiativeId,
    /// The only review cycle, `Mid-Year Review`.
    pub review_cycle: ReviewCycleId,
    /// Bob's review by Alice.
    pub shared_review: ReviewId,
    /// Bob's review of himself: handed in, not shared.
    pub submitted_review: ReviewId,
    /// Carol's review by Alice.
    pub draft_review: ReviewId,
}

/// One session each.
#[derive(Clone, Debug)]
pub struct Sessions {
    /// An admin.
    pub alice: String,
    /// A manager, who leads the team.
    pub bob: String,
    /// A member without a team.
    pub carol: String,
    /// A member of the team.
    pub dave: String,
}

/// What alice, bob, carol and dave sign in with.
pub const PASSWORD: &str = "correct horse battery";

/// What the review cycle asks.
const QUESTIONS: [&str; 2] = ["What went well this cycle?", "What are your growth areas?"];

/// Hashed once: that takes a second.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| password::hash(PASSWORD));

/// Three cycles around today.
#[derive(Clone, Debug)]
pub struct Cycles {
    /// `Ended quarter`, over 46 days ago.
    pub ended: CycleId,
    /// `Active quarter`, from 45 days ago to 45 days ahead.
    pub active: CycleId,
    /// `Upcoming quarter`, in 46 days.
    pub upcoming: CycleId,
}

/// One key result of each kind, in this order.
#[derive(Clone, Debug)]
pub struct KeyResults {
    /// 0 to 100, checked in at 40 two days ago.
    pub number: KeyResultId,
    /// 32 to 50, created at 35.
    pub percentage: KeyResultId,
    /// 8 down to 3, untouched.
    pub currency: KeyResultId,
    /// 0 to 1, untouched.
    pub boolean: KeyResultId,
}

/// Keys of a workspace. All but `bulk` have the contract's budget.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Every scope.
    pub all: String,
    /// Every scope, and a budget that no test uses up.
    pub bulk: String,
    /// No scope.
    pub none: String,
    /// One scope each.
    pub only: BTreeMap<&'static str, String>,
    /// All scopes but one each.
    pub all_but: BTreeMap<&'static str, String>,
    /// Only the scope that has an alias, stored under its alias `okrs:write`.
    pub alias: String,
    /// Every scope, until tomorrow.
    pub expiring: String,
    /// Every scope, until an hour ago.
    pub expired: String,
    /// Every scope, taken back an hour ago.
    pub revoked: String,
}

impl Keys {
    /// The key that has nothing but this scope.
    pub fn only(&self, scope: &str) -> &str {
        &self.only[scope]
    }

    /// The key that has everything but this scope.
    pub fn all_but(&self, scope: &str) -> &str {
        &self.all_but[scope]
    }
}

/// A key for everything without a limit.
pub fn key(workspace: &mut Workspace) -> String {
    workspace.api_key(ApiKeySeed {
        requests_per_minute: NO_LIMIT,
        ..ApiKeySeed::new("Everything, often", Scopes::all())
    })
}

/// The workspace with this tag, as of `now`, and the SQL that makes it.
pub fn seeded(tag: &str, now: DateTime<Utc>) -> (Seeded, String) {
    let ago = |days: i64| now - TimeDelta::hours(1) - TimeDelta::days(days);
    let mut acme = Workspace::new(&format!("Workspace {tag}"), tag, Tz::UTC, ago(60));
    let department = acme.department("Product");
    let team = acme.team("Onboarding", Some(&department));
    let domain = format!("{}.acme.test", tag.to_lowercase());
    let mut member = |email: &str, name: &str, role| {
        acme.member(MemberSeed {
            department: Some(&department),
            password_hash: Some(&PASSWORD_HASH),
            ..MemberSeed::new(&format!("{email}@{domain}"), name, role)
        })
    };
    let alice = member("alice", "Alice Nguyen", Role::Admin);
    let bob = member("bob", "Bob O'Hara", Role::Manager);
    let carol = member("carol", "Carol Świątek", Role::Member);
    let dave = member("dave", "Dave Okafor", Role::Member);
    acme.team_member(&team, &bob);
    acme.team_member(&team, &dave);
    acme.team_manager(&team, &bob);
    let mut session = |member| acme.session(member, now - TimeDelta::minutes(5));
    let sessions = Sessions {
        alice: session(&alice),
        bob: session(&bob),
        carol: session(&carol),
        dave: session(&dave),
    };
    let cycles = cycles(&mut acme, now);

    let okr = acme.okr(OkrSeed {
        owner: Some(&alice),
        ..OkrSeed::company("Improve onboarding conversion", &cycles.active)
    });
    let key_results = key_results(&mut acme, &okr, &alice, ago(2));
    let kpi = acme.kpi(KpiSeed {
        category: KpiCategory::Retention,
        current: Some(3_500.0),
        target: Some(4_500.0),
        unit: Some("users"),
        update_frequency: UpdateFrequency::Weekly,
        ..KpiSeed::new("Weekly Active Users")
    });
    acme.kpi_update(&kpi, KpiUpdateSeed::new(3_721.0, ago(1)));
    let initiative = acme.initiative(InitiativeSeed {
        description: Some("Ship the new onboarding flow"),
        status: InitiativeStatus::InProgress,
        priority: Some(Priority::P1),
        start_date: Some(ago(20).date_naive()),
        end_date: Some(now.date_naive()),
        owner: Some(&bob),
        key_result: Some(&key_results.number),
        ..InitiativeSeed::new("Launch onboarding redesign")
    });

    let questions = QUESTIONS.map(|text| Question {
        text: text.into(),
        kind: QuestionKind::Text,
    });
    let review_cycle = acme.review_cycle(
        "Mid-Year Review",
        "active",
        &questions,
        Some((now + TimeDelta::days(9)).date_naive()),
        None,
    );
    let by_alice = |reviewee, state| ReviewSeed {
        state,
        answers: &[
            (QUESTIONS[0], "Shipped the redesign on time"),
            (QUESTIONS[1], "Delegation"),
        ],
        private_note: Some("PRIVATE: raise in March"),
        ..ReviewSeed::new(&review_cycle, reviewee, &alice)
    };
    let shared_review = acme.review(by_alice(&bob, ReviewState::Shared(ago(3))));
    let draft_review = acme.review(by_alice(&carol, ReviewState::Draft));
    let submitted_review = acme.review(ReviewSeed {
        reviewer: &bob,
        review_type: "self",
        ..by_alice(&bob, ReviewState::Submitted)
    });

    let keys = keys(&mut acme, &alice, now);
    let seeded = Seeded {
        organisation: acme.id().clone(),
        keys,
        alice,
        bob,
        carol,
        dave,
        sessions,
        domain,
        department,
        team,
        cycles,
        okr,
        key_results,
        kpi,
        initiative,
        review_cycle: review_cycle.clone(),
        shared_review,
        submitted_review,
        draft_review,
    };
    (seeded, acme.into_sql())
}

fn cycles(workspace: &mut Workspace, now: DateTime<Utc>) -> Cycles {
    let day = |offset: i64| (now + TimeDelta::days(offset)).date_naive();
    Cycles {
        ended: workspace.cycle("Ended quarter", day(-136), day(-46)),
        active: workspace.cycle("Active quarter", day(-45), day(45)),
        upcoming: workspace.cycle("Upcoming quarter", day(46), day(136)),
    }
}

fn key_results(
    workspace: &mut Workspace,
    okr: &OkrId,
    owner: &MemberId,
    checked_in_at: DateTime<Utc>,
) -> KeyResults {
    let mut add = |title: &str, metric, (start, target), current, unit| {
        workspace.key_result(
            okr,
            KeyResultSeed {
                current,
                unit,
                owner: Some(owner),
                ..KeyResultSeed::new(title, metric, start, target)
            },
        )
    };
    use MetricType::{Boolean, Currency, Number, Percentage};
    let key_results = KeyResults {
        number: add("Sign-ups per day", Number, (0.0, 100.0), None, None),
        percentage: add(
            "Lift activation rate to 50%",
            Percentage,
            (32.0, 50.0),
            Some(35.0),
            Some("%"),
        ),
        currency: add("Cost per sign-up", Currency, (8.0, 3.0), None, Some("EUR")),
        boolean: add("Tour is live", Boolean, (0.0, 1.0), None, None),
    };
    workspace.check_in(
        &key_results.number,
        CheckInSeed::new(40.0, CheckInStatus::OnTrack, checked_in_at),
    );
    key_results
}

fn keys(workspace: &mut Workspace, made_by: &MemberId, now: DateTime<Utc>) -> Keys {
    let mut add = |name: &str, scopes: Scopes, change: fn(&mut ApiKeySeed, DateTime<Utc>)| {
        let mut seed = ApiKeySeed {
            created_by: Some(made_by),
            ..ApiKeySeed::new(name, scopes)
        };
        change(&mut seed, now);
        workspace.api_key(seed)
    };
    let as_is: fn(&mut ApiKeySeed, DateTime<Utc>) = |_, _| {};
    let scopes = || Scopes::all().iter();
    Keys {
        all: add("All", Scopes::all(), as_is),
        bulk: add("Bulk", Scopes::all(), |seed, _| {
            seed.requests_per_minute = NO_LIMIT
        }),
        none: add("None", Scopes::default(), as_is),
        only: scopes()
            .map(|scope| {
                (
                    scope.as_str(),
                    add("Only", [scope].into_iter().collect(), as_is),
                )
            })
            .collect(),
        all_but: scopes()
            .map(|scope| {
                let others = scopes().filter(|other| *other != scope).collect();
                (scope.as_str(), add("All but", others, as_is))
            })
            .collect(),
        alias: add(ALIAS, [Scope::WriteOkrs].into_iter().collect(), as_is),
        expiring: add("Expiring", Scopes::all(), |seed, now| {
            seed.expires_at = Some(now + TimeDelta::days(1));
        }),
        expired: add("Expired", Scopes::all(), |seed, now| {
            seed.expires_at = Some(now - TimeDelta::hours(1));
        }),
        revoked: add("Revoked", Scopes::all(), |seed, now| {
            seed.revoked_at = Some(now - TimeDelta::hours(1));
        }),
    }
}
