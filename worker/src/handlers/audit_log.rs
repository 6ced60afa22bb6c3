//! The audit log as a file for spreadsheets.

use axum::extract::RawQuery;
use axum::response::IntoResponse;
use http::header;

use crate::caller::Caller;
use crate::error::Result;
use crate::ops;
use crate::store::Db;

/// `GET /audit-log.csv`
#[worker::send]
pub async fn export(
    caller: Caller,
    db: Db,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse> {
    let file = ops::audit_log::export(&db, &caller, &query.unwrap_or_default()).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"audit-log.csv\"",
        ),
    ];
    Ok((headers, file))
}
