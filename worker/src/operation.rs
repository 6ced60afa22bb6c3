//! Operations: what a row of the tables in [`crate::router`] says, and how a request to it is answered.
//!
//! A row names the op, and what the op takes and gives follows from its signature: the route, the
//! document and the code cannot drift apart. Whoever asks is let in and held to the row's access
//! before anything else is looked at, so an op need not say it once more.

mod answer;
// The Worker carries nothing of the documents.
#[cfg_attr(not(feature = "openapi"), path = "operation/no_document.rs")]
pub mod document;
mod op;

pub use answer::{Answer, all, data, data_list, list, nothing, one, plain};

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts as _, Request};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use futures_util::future::LocalBoxFuture;
use http::request::Parts;
use http::{Method, StatusCode, header};
use okrs_shared::api_key::Scope;
use okrs_shared::permission::Action;
use worker::send::SendFuture;

use crate::admit;
use crate::answer::etag;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{self, MAX_BODY_BYTES, Path};
use crate::platform::Platform;
use document::Document;
use op::Asked;

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Somebody who is not signed in; nobody is let in, and the op has no caller.
    Anyone,
    /// A key with this scope, or somebody signed in whose role has it.
    Scope(Scope),
    /// Everybody who is signed in.
    SignedIn,
    /// Whoever is signed in and may do this to everything of its kind.
    May(Action),
    /// Whoever is signed in and may do this to the thing: that depends on how they relate to it, so it
    /// is a condition of the op's own query or write.
    MayToThis(Action),
}

impl Access {
    fn require(self, caller: &Caller) -> Result<()> {
        match self {
            Self::Anyone => Ok(()),
            Self::Scope(scope) => caller.require(scope),
            Self::SignedIn | Self::MayToThis(_) => caller.person().map(drop),
            Self::May(action) => caller.require_action(action).map(drop),
        }
    }
}

/// The parameters that an address has after its question mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    /// Which initiatives are listed.
    Initiatives,
    /// Of which cycle the OKRs are listed.
    Okrs,
    /// What is looked for.
    Words,
    /// Which entries of the audit log are wanted.
    AuditEntries,
    /// Which entries of the audit log are wanted, and how many of them.
    AuditPage,
    /// Where a sign-in is to end.
    ReturnTo,
    /// What an OpenID provider adds.
    ProviderAnswer,
}

/// One operation of an API.
pub struct Operation {
    /// Its method.
    pub method: Method,
    /// Below where its API is mounted.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Whether any key may call what is for people otherwise.
    is_for_keys_too: bool,
    /// The most bytes of a body.
    body_limit: usize,
    /// Of its answer, unless it is a refusal or nothing has changed.
    pub status: StatusCode,
    /// What the OpenAPI document says besides.
    pub document: Document,
    call: Call,
}

/// Calls an op, whatever it takes and gives.
type Call = Box<dyn Fn(Asked) -> LocalBoxFuture<'static, Result<Response>> + Send + Sync>;

/// How an op is called and what its answer is called in the document.
pub struct How {
    call: Call,
    /// If it is not the method's usual one.
    status: Option<StatusCode>,
    document: Document,
}

/// Functions that make rows: each of a method, with the status of its answer if the op gives something.
/// They are always inlined, so that the Worker carries no words that only a document has.
macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident: $method:ident, $status:ident;)*) => { $(
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(
            path: &'static str,
            id: &'static str,
            summary: &'static str,
            access: Access,
            how: How,
        ) -> Operation {
            let document = how.document.named(id, summary);
            row((Method::$method, StatusCode::$status), path, access, How { document, ..how })
        }
    )* };
}

rows! {
    /// An operation that reads.
    get: GET, OK;
    /// An operation that creates something.
    create: POST, CREATED;
    /// An operation that does something else.
    post: POST, OK;
    /// An operation that changes what is sent, in the public API and where all of it is sent.
    put: PUT, OK;
    /// An operation that changes the fields that are sent.
    patch: PATCH, OK;
    /// An operation that deletes something.
    delete: DELETE, OK;
}

fn row(
    (method, status): (Method, StatusCode),
    path: &'static str,
    access: Access,
    how: How,
) -> Operation {
    Operation {
        method,
        path,
        access,
        is_for_keys_too: false,
        body_limit: MAX_BODY_BYTES,
        status: how.status.unwrap_or(status),
        document: how.document,
        call: how.call,
    }
}

impl Operation {
    /// Its answer has another status than the method's usual one.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Any key may call it as well; the op says what it may see.
    pub fn for_keys_too(mut self) -> Self {
        self.is_for_keys_too = true;
        self
    }

    /// It takes these parameters.
    pub fn query(mut self, query: Query) -> Self {
        self.document = self.document.query(query);
        self
    }

    /// No answer is kept for repeats under the same `Idempotency-Key`: it reveals a secret, or a
    /// repeat does no harm.
    pub fn never_kept(mut self) -> Self {
        self.document = self.document.never_kept();
        self
    }

    /// It gives a file for spreadsheets.
    pub fn csv(mut self) -> Self {
        self.document = self.document.csv();
        self
    }

    /// Another address took its place.
    pub fn deprecated(mut self) -> Self {
        self.document = self.document.deprecated();
        self
    }

    /// Whether this address, which is below that of the API, is one of its own.
    pub fn is_at(&self, address: &str) -> bool {
        let mut parts = address.split('/');
        let own = self.path.split('/');
        own.into_iter().all(|own| {
            parts
                .next()
                .is_some_and(|part| own == part || own.starts_with('{'))
        }) && parts.next().is_none()
    }

    /// What answers requests to it.
    pub fn handler(self) -> MethodRouter {
        let method = MethodFilter::try_from(self.method.clone());
        let method = method.expect("the methods of the functions above are known to axum");
        let operation = Arc::new(self);
        on(method, move |request: Request| {
            let operation = Arc::clone(&operation);
            SendFuture::new(async move { operation.answer(request).await })
        })
    }

    /// The versions that a change names, see [`extract::if_match`]. What creates or does something else takes none.
    fn if_match(&self, parts: &Parts) -> Option<String> {
        let changes = [Method::PUT, Method::PATCH, Method::DELETE].contains(&self.method);
        changes.then(|| extract::if_match(&parts.headers)).flatten()
    }

    async fn answer(&self, request: Request) -> Result<Response> {
        let (mut parts, body) = request.into_parts();
        let platform = Platform::of(&parts)?;
        let if_match = self.if_match(&parts);
        let (caller, body) = match self.access {
            Access::Anyone => (None, body),
            access => {
                let shown = admit::shown(&platform, &parts)?;
                // Whoever holds their body back is let in, or not, as of when it is there.
                let body = extract::read_body(&parts.headers, body, self.body_limit).await;
                let mut caller = admit::sender(&platform, &parts, shown).await?;
                caller.if_match = if_match;
                if !(self.is_for_keys_too && caller.api_key_id().is_some()) {
                    access.require(&caller)?;
                }
                (Some(caller), Body::from(body?))
            }
        };
        // Version 1 says nothing of versions to those who don't ask.
        let shows_version = caller
            .as_ref()
            .is_some_and(|caller| caller.person_if_any().is_some() || caller.if_match.is_some());
        let Path(id) = Path::from_request_parts(&mut parts, &()).await?;
        let mut response = (self.call)(Asked {
            platform: platform.clone(),
            caller,
            id,
            parts,
            body,
            body_limit: self.body_limit,
        })
        .await?;
        if response.status() == StatusCode::OK {
            *response.status_mut() = self.status;
        }
        platform.ledger().say_replayed(response.headers_mut());
        let version = platform.ledger().shown().filter(|_| shows_version);
        if let Some(etag) = version.as_deref().and_then(etag) {
            response.headers_mut().insert(header::ETAG, etag);
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use crate::router;

    #[test]
    fn an_address_with_an_id_is_that_of_its_operation_only() {
        let at = |address| {
            let mut found = router::v1().into_iter().filter(|row| row.is_at(address));
            found.next().map(|row| row.path)
        };
        assert_eq!(at("/initiatives"), Some("/initiatives"));
        assert_eq!(at("/initiatives/x"), Some("/initiatives/{id}"));
        for address in ["", "/", "/initiatives/x/y", "/initiativesx", "/nothing"] {
            assert_eq!(at(address), None, "{address}");
        }
    }
}
