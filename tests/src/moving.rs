//! A move out of the hosted service: a workspace there, a deployment that begins with nothing, and the
//! command that moves.

use std::cell::OnceCell;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use chrono::TimeDelta;
use okrs_demo::{
    ApiKeySeed, CheckInSeed, InitiativeSeed, KeyResultSeed, KpiSeed, KpiUpdateSeed, MemberSeed,
    OkrSeed, ReviewSeed, Role, Tz, Workspace,
};
use okrs_shared::api_key::Scopes;
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::key_result::MetricType;
use serde_json::{Value, json};

use crate::client::Api;
use crate::clock::now;
use crate::faulty::Line;
use crate::proxied::Proxied;
use crate::seed::{PASSWORD, key};
use crate::server::repository;
use crate::shared_server::SETUP_TOKEN;
use crate::{LISTS, SCOPES};

/// What the hosted service allows.
const PER_MINUTE: u32 = 60;
const EMAIL: &str = "mona@moving.test";

/// A workspace that moves.
pub struct Moving {
    /// The two servers and the line between them.
    pub servers: Proxied,
    /// What the deployment asks the hosted service through.
    pub line: Arc<Line>,
    /// Asks the hosted service itself.
    pub service: Api,
    /// An admin at the deployment.
    pub admin: Api,
    /// A key of the deployment, once it is needed: asking for one would begin the copy.
    key: OnceCell<Api>,
    /// A key result with its OKR.
    pub key_result: (String, String),
}

impl Moving {
    /// A workspace with so many OKRs, each with so many key results and an initiative, at a service that accepts sixty
    /// requests a minute, before an empty deployment where only an admin has been set up.
    pub fn start(okrs: usize, key_results_each: usize) -> Self {
        let begin = now() - TimeDelta::days(60);
        let mut workspace = Workspace::new("Moving", "Moving01", Tz::UTC, begin);
        let key_result = fill(&mut workspace, okrs, key_results_each);
        let of_service = key(&mut workspace);
        let hosted = workspace.api_key(ApiKeySeed::new("The deployment's", Scopes::all()));
        let servers = Proxied::start(&workspace.into_sql(), "SELECT 1;\n", &hosted, PER_MINUTE);
        let set_up = json!({
            "token": SETUP_TOKEN, "workspace": "Moved", "name": "Mona", "email": EMAIL, "password": PASSWORD,
        });
        let anonymous = servers.deployment.anonymous();
        let answer = anonymous
            .request("POST", "/api/app/set-up")
            .header("sec-fetch-site", "same-origin")
            .json(&set_up)
            .send();
        answer.expect(201);
        let admin = anonymous.signed_in(&answer.session());
        Self {
            line: servers.line.line(&hosted),
            service: servers.service.api(&of_service),
            key: OnceCell::new(),
            admin,
            key_result,
            servers,
        }
    }

    /// Asks the deployment with a key.
    pub fn key(&self) -> &Api {
        self.key.get_or_init(|| {
            let new_key = json!({ "name": "Scripts", "scopes": SCOPES });
            let made = self.admin.post("/api/app/api-keys", &new_key).expect(201);
            self.admin.with(made["key"].as_str().unwrap())
        })
    }

    /// Starts the command. Whoever kills it kills all of it.
    pub fn begin(&self) -> Child {
        migrate(&self.admin, EMAIL).spawn().unwrap()
    }

    /// Runs the command to its end: whether it succeeded, and its report.
    pub fn finish(&self) -> (bool, Value) {
        report(&migrate(&self.admin, EMAIL).output().unwrap())
    }

    /// From now on the deployment has the data itself.
    pub fn switch(&mut self) {
        self.servers.deployment.set_var("BACKEND", "d1");
        self.servers.deployment.restart();
    }

    /// What the service lists and what a key reads at the deployment, without the figures that each
    /// computes: they depend on a history that is not listed.
    pub fn lists(&self) -> Vec<(&'static str, Value, Value)> {
        LISTS
            .into_iter()
            .map(|list| {
                let entered = |api: &Api| without_figures(list, api.read(list));
                (list, entered(&self.service), entered(self.key()))
            })
            .collect()
    }
}

/// The command that moves the workspace of the deployment that `api` asks, as this admin.
pub fn migrate(api: &Api, email: &str) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args([
            "run",
            "--quiet",
            "--package",
            "xtask",
            "--",
            "migrate",
            "--json",
        ])
        .args(["--url", &format!("http://{}", api.host()), "--email", email])
        .env("OKRS_EDGE_PASSWORD", PASSWORD)
        // libtest is given it for the times of tests; Cargo would compile everything anew for it.
        .env_remove("RUSTC_BOOTSTRAP")
        .current_dir(repository())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Whether it succeeded, and what it printed.
pub fn report(output: &Output) -> (bool, Value) {
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let said = String::from_utf8_lossy(&output.stderr);
        panic!("no report ({error}): {said}")
    });
    (output.status.success(), report)
}

fn fill(workspace: &mut Workspace, okrs: usize, key_results_each: usize) -> (String, String) {
    let now = now();
    let day = |offset: i64| (now + TimeDelta::days(offset)).date_naive();
    let cycle = workspace.cycle("Active quarter", day(-45), day(45));
    workspace.cycle("Ended quarter", day(-136), day(-46));
    let people: Vec<_> = (1..=20)
        .map(|nth| {
            let (email, name) = (format!("member{nth}@moving.test"), format!("Member {nth}"));
            workspace.member(MemberSeed::new(&email, &name, Role::Member))
        })
        .collect();
    let mut made = Vec::new();
    for (nth, owner) in (1..=okrs).zip(people.iter().cycle()) {
        let okr = workspace.okr(OkrSeed {
            owner: Some(owner),
            ..OkrSeed::company(&format!("Objective {nth}"), &cycle)
        });
        for index in 1..=key_results_each {
            let title = format!("Key result {nth}.{index}");
            let seed = KeyResultSeed {
                owner: Some(owner),
                ..KeyResultSeed::new(&title, MetricType::Number, 0.0, 1_000.0)
            };
            let key_result = workspace.key_result(&okr, seed);
            let value = f64::from(u32::try_from(nth * 7 + index).unwrap() % 900);
            for days in [20, 6] {
                let seed =
                    CheckInSeed::new(value, CheckInStatus::AtRisk, now - TimeDelta::days(days));
                workspace.check_in(&key_result, seed);
            }
            made.push((okr.clone(), key_result));
        }
    }
    // Whatever the order of the lists: half of them name a key result, the others an OKR.
    for (nth, (okr, key_result)) in (1..=okrs).zip(made.iter().rev()) {
        workspace.initiative(InitiativeSeed {
            owner: people.first(),
            okr: Some(okr),
            key_result: (nth % 2 == 0).then_some(key_result),
            ..InitiativeSeed::new(&format!("Initiative {nth}"))
        });
    }
    for nth in 1..=30 {
        let kpi = workspace.kpi(KpiSeed {
            target: Some(100.0),
            ..KpiSeed::new(&format!("KPI {nth}"))
        });
        workspace.kpi_update(
            &kpi,
            KpiUpdateSeed::new(f64::from(nth), now - TimeDelta::days(3)),
        );
    }
    for name in ["First half", "Second half"] {
        let round = workspace.review_cycle(name, "active", &[], Some(day(30)), None);
        for reviewee in &people[..3] {
            workspace.review(ReviewSeed::new(&round, reviewee, &people[4]));
        }
    }
    let (okr, key_result) = made.last().unwrap();
    (key_result.to_string(), okr.to_string())
}

fn without_figures(list: &str, mut items: Value) -> Value {
    let figures: &[&str] = match list {
        "/okrs" => &["progress", "status", "health_score"],
        "/kpis" => &["status"],
        _ => &[],
    };
    for item in items.as_array_mut().into_iter().flatten() {
        for figure in figures {
            item.as_object_mut().unwrap().remove(*figure);
        }
        for key_result in item["key_results"].as_array_mut().into_iter().flatten() {
            key_result.as_object_mut().unwrap().remove("progress");
        }
    }
    items
}
