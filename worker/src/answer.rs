//! Answers in JSON.

use axum::response::{IntoResponse, Response};
use http::header;
use serde::Serialize;

use crate::error::Error;

/// An answer with this as its JSON; 200 unless a handler says otherwise.
///
/// axum's own `Json` does the same by another kind of writer than the one that kept answers are
/// written with: everything would be compiled twice.
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_string(&self.0) {
            Ok(json) => of_text(json),
            Err(error) => Error::from(error).into_response(),
        }
    }
}

fn of_text(json: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}
