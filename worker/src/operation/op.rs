//! Ops take what they need, in an order that says it: where from, who asks, what about, with which
//! body. Here is what a request has for each of these, and every list of them that there is.

use axum::body::Body;
use http::request::Parts;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{IfNoneMatch, Origin, Unparsed};
use crate::ops::sign_in::Client;
use crate::platform::Platform;
use crate::store::Db;

/// A request whose sender may do what it asks for.
pub struct Asked {
    pub platform: Platform,
    /// Nobody where anyone may ask.
    pub caller: Option<Caller>,
    /// What stands in the place of the address's `{id}`.
    pub id: String,
    pub parts: Parts,
    pub body: Body,
    /// The most bytes of the body.
    pub body_limit: usize,
}

/// A function that can be called with what a request has. `Arguments` is inferred: it is the type of
/// a function that takes them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes arguments that no op took so far",
    note = "write the list of its arguments into `ops!` in `operation/op.rs`"
)]
pub trait Op<Arguments>: Copy + Send + Sync + 'static {
    /// What the body is parsed into; `()` if it is not looked at.
    type Body;
    /// What it gives if it does not refuse.
    type Answer: 'static;

    /// Calls it.
    fn call(self, asked: Asked) -> impl Future<Output = Result<Self::Answer>>;
}

macro_rules! argument {
    (platform) => { &Platform };
    (db) => { &Db };
    (caller) => { &Caller };
    (id) => { &I };
    (client) => { &Client };
    (origin) => { &Origin };
    (has) => { &IfNoneMatch };
    (query) => { &str };
    (body) => { Unparsed<B> };
}

macro_rules! value {
    ($asked:ident.platform) => {
        &$asked.platform
    };
    ($asked:ident.db) => {
        &$asked.platform.db()?
    };
    ($asked:ident.caller) => {
        $asked.caller.as_ref().ok_or_else(no_caller)?
    };
    ($asked:ident.id) => {
        &I::from(&*$asked.id)
    };
    ($asked:ident.client) => {
        &Client::of(&$asked.parts.headers)
    };
    ($asked:ident.origin) => {
        &Origin::of(&$asked.parts)?
    };
    ($asked:ident.has) => {
        &IfNoneMatch::of(&$asked.parts.headers)
    };
    ($asked:ident.query) => {
        $asked.parts.uri.query().unwrap_or_default()
    };
    ($asked:ident.body) => {
        Unparsed::read(&$asked.parts, $asked.body, $asked.body_limit).await?
    };
}

macro_rules! body {
    () => {
        ()
    };
    ($body:ident) => {
        $body
    };
}

/// Lists of arguments. Before each stand the types of its id and its body, if it has them.
///
/// `[I;] db, caller, id` becomes
/// ```ignore
/// impl<F, T, I> Op<fn(&Db, &Caller, &I)> for F
/// where F: AsyncFn(&Db, &Caller, &I) -> Result<T> + …, I: for<'a> From<&'a str> + 'static, …
/// {
///     type Body = ();
///     type Answer = T;
///     async fn call(self, asked: Asked) -> Result<T> {
///         self(&asked.platform.db()?, asked.caller.as_ref().ok_or_else(no_caller)?, &I::from(&*asked.id)).await
///     }
/// }
/// ```
macro_rules! ops {
    ($([$($id:ident)?; $($body:ident)?] $($argument:ident),*;)*) => { $(
        impl<F, T, $($id,)? $($body)?> Op<fn($(argument!($argument)),*)> for F
        where
            F: AsyncFn($(argument!($argument)),*) -> Result<T> + Copy + Send + Sync + 'static,
            T: 'static,
            $($id: for<'a> From<&'a str> + 'static,)?
            $($body: 'static,)?
        {
            type Body = body!($($body)?);
            type Answer = T;

            async fn call(self, asked: Asked) -> Result<T> {
                self($(value!(asked.$argument)),*).await
            }
        }
    )* };
}

ops! {
    [;]     platform;
    [;]     platform, caller;
    [I;]    platform, caller, id;
    [I; B]  platform, caller, id, body;
    [; B]   platform, caller, client, body;
    [;]     db, caller;
    [;]     db, caller, has;
    [;]     db, caller, has, query;
    [;]     db, caller, query;
    [I;]    db, caller, id;
    [; B]   db, caller, body;
    [I; B]  db, caller, id, body;
    [I;]    db, caller, origin, id;
    [; B]   db, caller, origin, body;
}

/// The table promises a caller to an op that anyone may call.
fn no_caller() -> Error {
    Error::internal("an op wants a caller where nobody is let in")
}
