//! What the runtime hands to each request: bindings, and a place to leave work for after the answer.

use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use worker::{Context, Env, ObjectNamespace};

use crate::error::{Error, Result};
use crate::ledger::Ledger;
use crate::store::Db;
use crate::workspace_do;

/// The bindings of one request. Cheap to clone: all clones are the same request's.
#[derive(Clone)]
pub struct Platform(Arc<Inner>);

struct Inner {
    env: Env,
    ctx: Context,
    ledger: Arc<Ledger>,
    /// The tag of the organisation whose object expects to hear how this write ended.
    unsettled: OnceLock<String>,
}

impl Platform {
    /// Wraps what the runtime passed to the event.
    pub fn new(env: Env, ctx: Context) -> Self {
        Self(Arc::new(Inner {
            env,
            ctx,
            ledger: Arc::default(),
            unsettled: OnceLock::new(),
        }))
    }

    /// The organisations' objects.
    pub fn workspaces(&self) -> Result<ObjectNamespace> {
        Ok(self.0.env.durable_object("WORKSPACE")?)
    }

    /// The database.
    pub fn db(&self) -> Result<Db> {
        Ok(Db::new(self.0.env.d1("DB")?, self.0.ledger.clone()))
    }

    /// A plain variable of wrangler.toml, if it is set.
    pub fn var(&self, name: &str) -> Option<String> {
        self.0.env.var(name).ok().map(|value| value.to_string())
    }

    /// What this request has done to storage so far.
    pub fn ledger(&self) -> &Ledger {
        &self.0.ledger
    }

    /// Notes that the object of the organisation with this tag was told to expect a write.
    pub fn expects_settlement(&self, tag: &str) {
        // Only the first caller of a request is admitted, so nothing is ever overwritten.
        let _ = self.0.unsettled.set(tag.to_owned());
    }

    /// Tells the organisation's object how the write ended, after the answer has gone out.
    ///
    /// If the Worker dies before that, the object waits out its lease and asks the database.
    pub fn settle(&self) {
        let Some(tag) = self.0.unsettled.get().cloned() else {
            return;
        };
        let platform = self.clone();
        self.0.ctx.wait_until(async move {
            let revision = platform.0.ledger.committed.get().copied();
            if let Err(error) = workspace_do::settle(&platform, &tag, revision).await {
                worker::console_error!("settling {tag}: {error:?}");
            }
        });
    }

    /// Adds a `Server-Timing` header with the storage calls of this request, if the deployment asks
    /// for it with the variable `EXPOSE_COSTS`: tests and benchmarks count with it.
    pub fn show_cost(&self, headers: &mut HeaderMap) {
        if self
            .var("EXPOSE_COSTS")
            .is_some_and(|value| value == "true")
            && let Ok(value) = HeaderValue::from_str(&self.0.ledger.to_string())
        {
            headers.insert("server-timing", value);
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Platform {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Error::internal("the request carries no platform"))
    }
}
