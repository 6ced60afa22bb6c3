//! A Worker in front of the hosted service, which another Worker plays.

use std::thread;

use okrs_shared::api_key;
use serde_json::{Map, Value, json};

use crate::faulty::Faulty;
use crate::secrets;
use crate::server::Server;
use crate::shared_server::{RECOVERY_TOKEN, SETUP_TOKEN};

/// The tables of what the hosted service keeps; the others are the deployment's own.
const KEPT_BY_THE_SERVICE: [&str; 14] = [
    "cycles",
    "okrs",
    "key_results",
    "check_ins",
    "comments",
    "kpis",
    "kpi_updates",
    "initiatives",
    "initiative_key_results",
    "review_templates",
    "review_cycles",
    "reviews",
    "review_answers",
    "review_private_notes",
];

/// What the hosted service lists.
pub const LISTS: [&str; 5] = [
    "/okrs",
    "/cycles",
    "/kpis",
    "/initiatives",
    "/review-cycles",
];

/// The hosted service, the deployment in front of it, and the line between them.
pub struct Proxied {
    /// The deployment: ends first, so that it never finds the others gone.
    pub deployment: Server,
    /// The line.
    pub line: Faulty,
    /// The hosted service.
    pub service: Server,
}

impl Proxied {
    /// A service with the workspaces of `service_sql`, and a deployment that starts with
    /// `deployment_sql`, asks with `key` (one, or several as [`by_tag`] gives them) and sends so many
    /// requests a minute at most with each.
    pub fn start(service_sql: &str, deployment_sql: &str, key: &str, per_minute: u32) -> Self {
        secrets::guard(key);
        let service = Server::start(service_sql);
        let line = Faulty::start(&service);
        let (base, per_minute) = (line.base(), per_minute.to_string());
        let vars = [
            ("BACKEND", "upstream"),
            ("UPSTREAM_URL", &*base),
            ("UPSTREAM_REQUESTS_PER_MINUTE", &*per_minute),
        ];
        let secrets = [
            ("UPSTREAM_API_KEY", key),
            ("SETUP_TOKEN", SETUP_TOKEN),
            ("RECOVERY_TOKEN", RECOVERY_TOKEN),
        ];
        let deployment = Server::start_with_secrets(deployment_sql, &vars, &secrets);
        Self {
            deployment,
            line,
            service,
        }
    }

    /// Panics if a key of the hosted service is anywhere but on the line, in the one header where it
    /// belongs.
    #[track_caller]
    pub fn check_secrets(&self) {
        self.line.check();
        self.deployment.check_secrets();
    }
}

impl Drop for Proxied {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.check_secrets();
        }
    }
}

/// The keys of several workspaces as a deployment wants them.
pub fn by_tag<'a>(keys: impl IntoIterator<Item = &'a str>) -> String {
    let keys: Map<_, _> = keys
        .into_iter()
        .map(|key| (api_key::tag(key).unwrap().to_owned(), json!(key)))
        .collect();
    Value::Object(keys).to_string()
}

/// Of the SQL of workspaces, what makes their people, teams, keys and sessions: all that a
/// deployment knows before it has asked the hosted service for the first time.
pub fn people_only(sql: &str) -> String {
    let is_own = |statement: &&str| {
        let table = statement
            .strip_prefix("INSERT INTO ")
            .and_then(|rest| rest.split_once(' '));
        table.is_none_or(|(table, _)| !KEPT_BY_THE_SERVICE.contains(&table))
    };
    sql.split_inclusive(";\n").filter(is_own).collect()
}
