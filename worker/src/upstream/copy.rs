//! The copy in the database follows the service: lists as they are read, writes as they are accepted.

pub mod comparing;
mod comparison;
pub mod comparisons;

use std::rc::Rc;

use axum::body::{self, Body};
use http::{Method, Request};
use serde_json::Value;

use super::items::{self, Item};
use super::object::state::Object;
use super::queue::Write;
use crate::clock;
use crate::error::{Error, Result};
use crate::hosted::public_write::id_of;
use crate::router;
use crate::store::mirror::{self, Changes, Place};
use crate::store::{Db, Mode, audit_log};
use crate::workspace_do;

/// So many items are copied in one batch: D1 takes 2 MB in a value.
const MOST_ITEMS: u32 = 100;

impl Object {
    /// Brings the copy of a list up to its last answer. `before` is what the copy was made of.
    pub async fn copy(self: &Rc<Self>, list: &str, before: Option<&str>) -> Result<()> {
        let Some(snapshot) = self.snapshots.borrow().get(list).cloned() else {
            return Ok(());
        };
        if snapshot.is_copied {
            return Ok(());
        }
        let unreadable = || Error::internal(format!("the service's {list} can't be read"));
        let now = items::of(&snapshot.body).ok_or_else(unreadable)?;
        let platform = self.platform();
        let db = platform.db()?;
        let place = self.place(snapshot.read_at).await?;
        let announcement = workspace_do::announce(&platform, self.tag()).await?;
        let copied = take_over(&db, &place, list, &changes(before, &now)).await;
        let made = platform.ledger().made();
        // People may have been learned: who they are is in the object's copy.
        workspace_do::settle(&platform, self.tag(), announcement, made, false).await?;
        copied?;
        self.snapshots
            .borrow_mut()
            .copied(list, &snapshot.version)?;
        Ok(())
    }

    /// Does here what the service has accepted. What can't be done here, because the copy does not
    /// have what it is about, comes with the next list; who did it is kept all the same.
    ///
    /// Gives the status and the body that a server with the data would answer.
    pub async fn echo(&self, write: &Write, answer: Option<&str>) -> Result<(u16, String)> {
        let platform = self.platform();
        let announcement = workspace_do::announce(&platform, self.tag()).await?;
        let inner = platform.within(Mode::Echo(answer.and_then(id_of)), write.caller.clone());
        let request = Request::builder()
            .method(write.method.parse::<Method>().unwrap_or_default())
            .uri(format!("https://workspace{}{}", router::V1, write.address))
            .header(http::header::CONTENT_TYPE, "application/json")
            .extension(inner.clone())
            .body(Body::from(write.body.clone()));
        let request = request.map_err(|error| Error::internal(error.to_string()))?;
        let response = router::answer(request).await;
        let status = response.status();
        let made = inner.ledger().made();
        workspace_do::settle(&platform, self.tag(), announcement, made, false).await?;
        if !status.is_success() {
            audit_log::accepted_elsewhere(
                &platform.db()?,
                &write.caller,
                &write.method,
                &write.address,
            )
            .await?;
        }
        let body = body::to_bytes(response.into_body(), usize::MAX).await;
        let body = body.map_err(|error| Error::internal(error.to_string()))?;
        Ok((status.as_u16(), String::from_utf8_lossy(&body).into_owned()))
    }

    async fn place(&self, read_at: u64) -> Result<Place> {
        if self.organisation.borrow().is_none() {
            let found = mirror::organisation(&self.platform().db()?, self.tag()).await?;
            self.organisation.replace(found);
        }
        let organisation = self.organisation.borrow().clone();
        let organisation = organisation.ok_or_else(|| Error::internal("the workspace is gone"))?;
        let now = clock::at_ms(read_at).unwrap_or_else(clock::now);
        Ok(Place {
            today: clock::date_in(&organisation.timezone, now).to_string(),
            organisation_id: organisation.organisation_id,
            now,
        })
    }
}

async fn take_over(db: &Db, place: &Place, list: &str, parts: &[Changes]) -> Result<()> {
    for part in parts {
        mirror::apply(db, place, list, part).await?;
    }
    Ok(())
}

/// What is to be taken over: all of a list that was never copied, else what is not the same.
fn changes(before: Option<&str>, now: &[Item<'_>]) -> Vec<Changes> {
    let before = before.and_then(items::of);
    let (changed, gone) = match &before {
        Some(before) => items::differences(before, now),
        None => (now.to_vec(), vec![]),
    };
    let mut parts: Vec<Changes> = (0_u32..)
        .zip(changed.chunks(MOST_ITEMS as usize))
        .map(|(nth, part)| Changes {
            items: items::array(part.iter().map(|item| item.json)),
            before: nth * MOST_ITEMS,
            gone: "[]".to_owned(),
            all: None,
            order: None,
        })
        .collect();
    let order = before
        .is_none()
        .then(|| ids(now.iter().map(|item| item.id)));
    // Of a full list the oldest may have been pushed out by new ones.
    let all = order.clone().filter(|_| now.len() < items::MOST);
    if order.is_some() || !gone.is_empty() {
        parts.push(Changes {
            items: "[]".to_owned(),
            before: 0,
            gone: ids(gone),
            all,
            order,
        });
    }
    parts
}

fn ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    Value::from_iter(ids).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_copy_is_whole_and_later_ones_are_what_changed() {
        let list = r#"[{"id":"a"},{"id":"b","v":2}]"#;
        let now = items::of(list).unwrap();
        let first = changes(None, &now);
        assert_eq!(first[0].items, list);
        assert_eq!(first[1].all.as_deref(), Some(r#"["a","b"]"#));

        let later = changes(Some(r#"[{"id":"a"},{"id":"b","v":1},{"id":"c"}]"#), &now);
        assert_eq!(later[0].items, r#"[{"id":"b","v":2}]"#);
        assert_eq!((later[1].gone.as_str(), &later[1].all), (r#"["c"]"#, &None));
        assert!(changes(Some(list), &now).is_empty());
    }
}
