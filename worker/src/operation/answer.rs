//! What an op gives, as a response and in the document.

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use http::StatusCode;
use okrs_shared::initiative::Data;
use serde::Serialize;

use super::document::{Document, Kind, Schema};
use super::op::Op;
use super::{Call, How};
use crate::answer::Json;
use crate::ops::listing::Listing;
use crate::store::Written;

/// What can be answered with.
pub trait Answer {
    /// What the client reads.
    type Shown;

    /// The response, with the status 200.
    fn respond(self) -> Response;
}

impl<T: Serialize> Answer for T {
    type Shown = T;

    fn respond(self) -> Response {
        Json(self).into_response()
    }
}

impl<T: Serialize> Answer for Written<T> {
    type Shown = T;

    fn respond(self) -> Response {
        match self {
            Self::Committed(answer) => answer.respond(),
            // Whoever rehearses looks only at whether it was refused.
            Self::Rehearsed => StatusCode::NO_CONTENT.into_response(),
        }
    }
}

impl<T> Answer for Listing<T> {
    type Shown = T;

    fn respond(self) -> Response {
        self.into_response()
    }
}

/// The op gives one thing.
pub fn one<A, O>(op: O) -> How
where
    O: Op<A, Body: Schema, Answer: Answer<Shown: Schema>>,
{
    answering(
        op,
        Document::of::<O::Body, <O::Answer as Answer>::Shown>(Kind::One),
    )
}

/// The op gives a list of at most 500 things.
pub fn list<A, O, T: Schema>(op: O) -> How
where
    O: Op<A, Body: Schema, Answer: Answer<Shown = Vec<T>>>,
{
    answering(op, Document::of::<O::Body, T>(Kind::List))
}

/// The op gives a list without a cap.
pub fn all<A, O, T: Schema>(op: O) -> How
where
    O: Op<A, Body: Schema, Answer: Answer<Shown = Vec<T>>>,
{
    answering(op, Document::of::<O::Body, T>(Kind::All))
}

/// The op gives one thing in the envelope that initiatives come in.
pub fn data<A, O, T: Schema>(op: O) -> How
where
    O: Op<A, Body: Schema, Answer: Answer<Shown = Data<T>>>,
{
    answering(op, Document::of::<O::Body, T>(Kind::Data))
}

/// The op gives a list of at most 500 things in that envelope.
pub fn data_list<A, O, T: Schema>(op: O) -> How
where
    O: Op<A, Body: Schema, Answer: Answer<Shown = Data<Vec<T>>>>,
{
    answering(op, Document::of::<O::Body, T>(Kind::DataList))
}

/// The op gives nothing: 204.
pub fn nothing<A, O>(op: O) -> How
where
    O: Op<A, Body: Schema, Answer: Answer<Shown = ()>>,
{
    How {
        call: call(op, |_| StatusCode::NO_CONTENT.into_response()),
        status: Some(StatusCode::NO_CONTENT),
        document: Document::of::<O::Body, ()>(Kind::One),
    }
}

/// A handler of axum's, for what is more than JSON: cookies, files, other addresses. It takes `B` and
/// gives `T`; whoever the row lets in is there for its extractors.
pub fn plain<B: Schema, T: Schema, M: 'static, H: Handler<M, ()>>(handler: H) -> How {
    How {
        call: Box::new(move |asked| {
            let mut request = Request::from_parts(asked.parts, asked.body);
            if let Some(caller) = asked.caller {
                request.extensions_mut().insert(caller);
            }
            Box::pin(handler.clone().call(request, ()).map(Ok))
        }),
        status: None,
        document: Document::of::<B, T>(Kind::One),
    }
}

fn answering<A, O>(op: O, document: Document) -> How
where
    O: Op<A, Answer: Answer>,
{
    How {
        call: call(op, Answer::respond),
        status: None,
        document,
    }
}

fn call<A, O: Op<A>>(op: O, respond: fn(O::Answer) -> Response) -> Call {
    Box::new(move |asked| Box::pin(async move { op.call(asked).await.map(respond) }))
}
