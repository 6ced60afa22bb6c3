//! The servers, a workspace of some size, and everybody's keys.

use std::sync::Arc;

use chrono::TimeDelta;
use okrs_demo::{
    ApiKeySeed, InitiativeSeed, KeyResultSeed, KpiSeed, MemberSeed, OkrSeed, Role, Tz, Workspace,
};
use okrs_shared::api_key::Scopes;
use okrs_shared::key_result::MetricType;
use okrs_tests::{Api, Line, Proxied, key, now, people_only};

/// What the hosted service allows.
const PER_MINUTE: u32 = 60;
const OKRS: usize = 50;
const KEY_RESULTS_EACH: usize = 4;

/// What both measurements need.
pub struct Stage {
    pub servers: Proxied,
    /// What the deployment asks the hosted service through.
    pub line: Arc<Line>,
    /// The readers' keys.
    pub readers: Vec<Api>,
    /// Writes through the deployment.
    pub writer: Api,
    /// An admin at the deployment.
    pub admin: Api,
    /// That admin at the hosted service.
    pub admin_of_service: Api,
    /// Each OKR with its first key result.
    pub key_results: Vec<(String, String)>,
}

/// Sets it.
pub fn set(readers: usize) -> Stage {
    let now = now();
    let mut workspace = Workspace::new("Load", "Load0001", Tz::UTC, now - TimeDelta::days(60));
    let admin = workspace.member(MemberSeed::new("ada@load.test", "Ada", Role::Admin));
    let session = workspace.session(&admin, now - TimeDelta::minutes(5));
    let day = |offset: i64| (now + TimeDelta::days(offset)).date_naive();
    let cycle = workspace.cycle("Active quarter", day(-45), day(45));
    let key_results = (1..=OKRS)
        .map(|nth| {
            let okr = workspace.okr(OkrSeed {
                owner: Some(&admin),
                ..OkrSeed::company(&format!("Objective {nth}"), &cycle)
            });
            let ids: Vec<String> = (1..=KEY_RESULTS_EACH)
                .map(|index| {
                    let title = format!("Key result {nth}.{index}");
                    let seed = KeyResultSeed::new(&title, MetricType::Number, 0.0, 10_000.0);
                    workspace.key_result(&okr, seed).to_string()
                })
                .collect();
            (okr.to_string(), ids[0].clone())
        })
        .collect();
    for nth in 1..=10 {
        workspace.kpi(KpiSeed::new(&format!("KPI {nth}")));
        workspace.initiative(InitiativeSeed::new(&format!("Initiative {nth}")));
    }
    let reader_keys: Vec<String> = (0..readers).map(|_| key(&mut workspace)).collect();
    let writer = key(&mut workspace);
    let hosted = workspace.api_key(ApiKeySeed::new("The deployment's", Scopes::all()));

    let sql = workspace.into_sql();
    let servers = Proxied::start(&sql, &people_only(&sql), &hosted, PER_MINUTE);
    let deployment = &servers.deployment;
    Stage {
        line: servers.line.line(&hosted),
        readers: reader_keys.iter().map(|key| deployment.api(key)).collect(),
        writer: deployment.api(&writer),
        admin: deployment.anonymous().signed_in(&session),
        admin_of_service: servers.service.anonymous().signed_in(&session),
        key_results,
        servers,
    }
}
