//! A Worker in front of the hosted service, which another Worker plays.

use std::thread;

use okrs_shared::api_key;
use serde_json::{Map, Value, json};

use crate::faulty::Faulty;
use crate::secrets;
use crate::server::Server;
use crate::shared_server::{RECOVERY_TOKEN, SETUP_TOKEN};

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
