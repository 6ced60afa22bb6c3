//! Small workspaces that are with a hosted service, and the deployment in front of it that knows
//! nothing but their people: one for each test that wants its own.

use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeDelta};
use okrs_shared::api_key::Scopes;
use okrs_shared::id::CycleId;
use serde::Serialize;

use crate::password;
use crate::workspace::{ApiKeySeed, MemberSeed, Role, Workspace};

/// What all admins sign in with.
const PASSWORD: &str = "a-password-for-tests";

/// A workspace that both sides have.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// What it is called, on both sides.
    pub name: String,
    /// Names it in its keys, on both sides.
    pub tag: String,
    /// Of its admin, Robin Frost, on both sides.
    pub email: String,
    /// Theirs.
    pub password: String,
    /// This year.
    pub cycle_id: CycleId,
    /// What the deployment asks the service with.
    pub key: String,
    /// What a test asks the service with, past the deployment.
    pub other_key: String,
}

/// Several of them.
pub struct Pairs {
    /// Fills the service's database.
    pub service: String,
    /// Fills the deployment's.
    pub deployment: String,
    /// How to get in.
    pub all: Vec<Pair>,
}

/// So many workspaces; the service lets each deployment ask so often in a minute. Takes about a second
/// in a debug build, for hashing the password.
pub fn pairs(count: usize, per_minute: u32, today: NaiveDate) -> Pairs {
    let hash = password::hash(PASSWORD);
    let mut pairs = Pairs {
        service: String::new(),
        deployment: String::new(),
        all: Vec::new(),
    };
    for nth in 0..count {
        let tag = format!("Pair{nth:04}");
        let name = format!("Workspace {nth}");
        let email = format!("robin-{nth}@example.test");
        let made = today.and_time(NaiveTime::MIN).and_utc() - TimeDelta::days(1);
        let workspace = || {
            let mut workspace = Workspace::new(&name, &tag, chrono_tz::Tz::UTC, made);
            let robin = workspace.member(MemberSeed {
                password_hash: Some(&hash),
                ..MemberSeed::new(&email, "Robin Frost", Role::Admin)
            });
            (workspace, robin)
        };
        let (mut deployment, robin) = workspace();
        deployment.statement(format!(
            "UPDATE members SET upstream_id = id WHERE id = '{robin}'"
        ));
        let (mut service, robin) = workspace();
        let day = |month, day| NaiveDate::from_ymd_opt(today.year(), month, day);
        let (start, end) = (day(1, 1).unwrap_or(today), day(12, 31).unwrap_or(today));
        let cycle_id = service.cycle(&format!("Year {}", today.year()), start, end);
        let mut key = |name, requests_per_minute| {
            service.api_key(ApiKeySeed {
                requests_per_minute,
                created_by: Some(&robin),
                ..ApiKeySeed::new(name, Scopes::all())
            })
        };
        pairs.all.push(Pair {
            key: key("Deployment", per_minute),
            other_key: key("Test", 100_000),
            password: PASSWORD.to_owned(),
            name,
            tag,
            email,
            cycle_id,
        });
        pairs.service.push_str(&service.into_sql());
        pairs.deployment.push_str(&deployment.into_sql());
    }
    pairs
}
