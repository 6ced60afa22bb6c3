//! What the runtime hands to each request: bindings, and a place to leave work for after the answer.

use std::cell::RefCell;
use std::future::ready;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use futures_util::FutureExt as _;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use okrs_shared::upstream::Backend;
use worker::{Context, Env, ObjectNamespace};

use crate::caller::{Caller, Visitor};
use crate::error::{Error, Result};
use crate::ledger::Ledger;
use crate::log;
use crate::store::{Db, Mode};

/// The bindings of one request. Cheap to clone: all clones are the same request's.
#[derive(Clone)]
pub struct Platform(Arc<Inner>);

struct Inner {
    env: Env,
    /// Whatever goes on after the answer is left to it; without a request there is none.
    ctx: Option<Context>,
    ledger: Arc<Ledger>,
    mode: Mode,
    /// Who asks, if that is known already: then nobody is admitted and nothing counted.
    caller: Option<Caller>,
    /// The tag of the organisation whose object expects to hear how this write ended, and the number under which it
    /// was announced.
    unsettled: OnceLock<(String, u64)>,
    /// Who asks.
    visitor: OnceLock<Visitor>,
}

impl Platform {
    /// Wraps what the runtime passed to the event.
    pub fn new(env: Env, ctx: Context) -> Self {
        Self::with(env, Some(ctx), Mode::Primary, None)
    }

    /// For what an object does on its own, and what is done at an hour.
    pub fn of_no_request(env: &Env) -> Self {
        Self::with(env.clone(), None, Mode::Primary, None)
    }

    /// For a request within a request: its writes only in this mode, and on this caller's behalf.
    pub fn within(&self, mode: Mode, caller: Caller) -> Self {
        Self::with(self.0.env.clone(), None, mode, Some(caller))
    }

    fn with(env: Env, ctx: Option<Context>, mode: Mode, caller: Option<Caller>) -> Self {
        Self(Arc::new(Inner {
            env,
            ctx,
            ledger: Arc::default(),
            mode,
            caller,
            unsettled: OnceLock::new(),
            visitor: OnceLock::new(),
        }))
    }

    /// Who asks, if that is known without admitting anybody.
    pub fn caller(&self) -> Option<Caller> {
        self.0.caller.clone()
    }

    /// Where the workspace's data is.
    pub fn backend(&self) -> Backend {
        let backend = self.var("BACKEND").and_then(|name| name.parse().ok());
        backend.unwrap_or_default()
    }

    /// The platform of a request.
    pub fn of(parts: &Parts) -> Result<Self> {
        let platform = parts.extensions.get::<Self>();
        platform
            .cloned()
            .ok_or_else(|| Error::internal("the request carries no platform"))
    }

    /// The organisations' objects.
    pub fn workspaces(&self) -> Result<ObjectNamespace> {
        Ok(self.0.env.durable_object("WORKSPACE")?)
    }

    /// The objects that stand before the hosted service.
    pub fn upstreams(&self) -> Result<ObjectNamespace> {
        Ok(self.0.env.durable_object("UPSTREAM")?)
    }

    /// What slows down guessing.
    pub fn throttles(&self) -> Result<ObjectNamespace> {
        Ok(self.0.env.durable_object("THROTTLE")?)
    }

    /// The database.
    pub fn db(&self) -> Result<Db> {
        let d1 = self.0.env.d1("DB")?;
        let mode = match &self.0.mode {
            Mode::Primary if self.backend() == Backend::Upstream => Mode::Copy,
            mode => mode.clone(),
        };
        Ok(Db::new(d1, self.0.ledger.clone(), mode))
    }

    /// A plain variable of wrangler.toml, or a secret, if it is set and not empty.
    pub fn var(&self, name: &str) -> Option<String> {
        let value = self.0.env.var(name).ok()?.to_string();
        (!value.is_empty()).then_some(value)
    }

    /// A secret, or locally a variable, if it is set.
    pub fn secret(&self, name: &str) -> Option<String> {
        self.0.env.secret(name).ok().map(|value| value.to_string())
    }

    /// What this request has done to storage so far.
    pub fn ledger(&self) -> &Ledger {
        &self.0.ledger
    }

    /// Notes who asks.
    pub fn is_visited_by(&self, visitor: Visitor) {
        // Only the first caller of a request is admitted, so nothing is ever overwritten.
        let _ = self.0.visitor.set(visitor);
    }

    /// Who asks, if somebody was let in.
    pub fn visitor(&self) -> Option<&Visitor> {
        self.0.visitor.get()
    }

    /// Notes that the object of the organisation with this tag is to hear how this request's write
    /// ended, which was announced under this number.
    pub fn expects_settlement(&self, tag: &str, announcement: u64) {
        // Only the first caller of a request is admitted, so nothing is ever overwritten.
        let _ = self.0.unsettled.set((tag.to_owned(), announcement));
    }

    /// The tag of the organisation whose object is to hear how this request's write ended, and its number.
    pub fn unsettled(&self) -> Option<(&str, u64)> {
        let (tag, announcement) = self.0.unsettled.get()?;
        Some((tag, *announcement))
    }

    /// Does work that goes on though whoever asked for it leaves meanwhile: nothing is half-done then, and what was
    /// done is told to whom it has to be told.
    pub async fn to_the_end<T: 'static>(
        &self,
        work: impl Future<Output = T> + 'static,
    ) -> worker::Result<T> {
        let given = Rc::new(RefCell::new(None));
        let place = Rc::clone(&given);
        let work = async move {
            let result = work.await;
            place.replace(Some(result));
        };
        let work = work.boxed_local().shared();
        let going_on = work.clone();
        self.later(async move {
            going_on.await;
            Ok(())
        });
        work.await;
        let result = given.take();
        result
            .ok_or_else(|| worker::Error::RustError("work that has ended gave nothing".to_owned()))
    }

    /// Leaves work for after the answer. What goes wrong with it goes to the log.
    pub fn later(&self, work: impl Future<Output = Result<()>> + 'static) {
        // Boxed, so that the way to JavaScript and back is not compiled for each kind of work.
        let work: Pin<Box<dyn Future<Output = Result<()>>>> = Box::pin(work);
        let work = async move {
            if let Err(error) = work.await {
                log::error("failed after the answer", format!("{error:?}"));
            }
        };
        let work = log::within(log::current(), work);
        match &self.0.ctx {
            Some(ctx) => ctx.wait_until(work),
            None => worker::wasm_bindgen_futures::spawn_local(work),
        }
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

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self>> {
        ready(Self::of(parts))
    }
}

impl<S: Sync> FromRequestParts<S> for Db {
    type Rejection = Error;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self>> {
        ready(Platform::of(parts).and_then(|platform| platform.db()))
    }
}
