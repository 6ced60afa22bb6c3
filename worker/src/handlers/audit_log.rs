//! The audit log as a file for spreadsheets.

use axum::body::Body;
use axum::extract::RawQuery;
use axum::response::IntoResponse;
use futures_util::StreamExt as _;
use futures_util::{future, stream};
use http::header;
use worker::send::{SendFuture, SendWrapper};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ops::audit_log::Export;
use crate::store::Db;

/// `GET /audit-log.csv`
#[worker::send]
pub async fn export(
    caller: Caller,
    db: Db,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse> {
    let mut file = Export::new(&query.unwrap_or_default())?;
    // What is wrong at the beginning can still be told.
    let first = file.next(&db, &caller).await?.unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"audit-log.csv\"",
        ),
    ];
    let rest = stream::try_unfold(SendWrapper((file, db, caller)), |mut export| {
        SendFuture::new(async move {
            let SendWrapper((file, db, caller)) = &mut export;
            let piece = file.next(db, caller).await.map_err(broken)?;
            Ok::<_, &'static str>(piece.map(|piece| (piece, export)))
        })
    });
    let all = stream::once(future::ready(Ok(first))).chain(rest);
    Ok((headers, Body::from_stream(all)))
}

/// Whoever loads the file is told by its breaking off.
fn broken(error: Error) -> &'static str {
    worker::console_error!("audit-log.csv: {error:?}");
    "the audit log can't be read on"
}
