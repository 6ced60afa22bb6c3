//! The copy in the database follows the service: lists as they are read, writes as they are accepted.

pub mod comparing;
mod comparison;
pub mod comparisons;
pub mod references;

use std::collections::HashSet;
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
        // One after the other: else something could arrive while an item that names it is being copied.
        let _one_at_a_time = self.copying.lock().await;
        let Some(snapshot) = self.snapshots.borrow().get(list).cloned() else {
            return Ok(());
        };
        if snapshot.is_copied {
            return Ok(());
        }
        let unreadable = || Error::internal(format!("the service's {list} can't be read"));
        let now = items::of(&snapshot.body).ok_or_else(unreadable)?;
        let before = before.and_then(items::of);
        let platform = self.platform();
        let db = platform.db()?;
        let place = self.place(snapshot.read_at).await?;
        let announcement = workspace_do::announce(&platform, self.tag()).await?;
        let copied = async {
            take_over(&db, &place, list, &changes(before.as_deref(), &now)).await?;
            // Before it counts as copied, so that a life that ends here is made up for by the next.
            let arrived = references::arrived(list, before.as_deref().unwrap_or_default(), &now);
            self.make_whole(&db, &place, list, arrived).await
        };
        let copied = copied.await;
        let made = platform.ledger().made();
        // People may have been learned: who they are is in the object's copy.
        workspace_do::settle(&platform, self.tag(), announcement, made, false).await?;
        copied?;
        self.snapshots
            .borrow_mut()
            .copied(list, &snapshot.version)?;
        Ok(())
    }

    /// Has the lists that name people read, and copied whole: who somebody is has been said.
    pub async fn copy_anew(self: &Rc<Self>) -> Result<()> {
        // What is being copied just now may not know it yet.
        let _one_at_a_time = self.copying.lock().await;
        for list in ["/okrs", "/initiatives"] {
            self.snapshots.borrow_mut().copy_anew(list)?;
            // It goes on by itself.
            drop(self.renewed(list, ""));
        }
        Ok(())
    }

    /// Copies once more what names something of this list that was not here before.
    async fn make_whole(
        self: &Rc<Self>,
        db: &Db,
        place: &Place,
        list: &str,
        mut arrived: HashSet<String>,
    ) -> Result<()> {
        let mut next = references::referring_to(list);
        while let Some(list) = next
            && !arrived.is_empty()
        {
            let snapshot = self.snapshots.borrow().get(list).cloned();
            // What is not copied yet will be copied whole.
            let Some(snapshot) = snapshot.filter(|snapshot| snapshot.is_copied) else {
                return Ok(());
            };
            let all = items::of(&snapshot.body).unwrap_or_default();
            let order = ids(all.iter().map(|item| item.id));
            let incomplete = references::naming(list, all, &arrived);
            if incomplete.is_empty() {
                return Ok(());
            }
            if !self.is_settled(list)? {
                // It may be older than what was written here since.
                self.snapshots.borrow_mut().copy_anew(list)?;
                return Ok(());
            }
            let mut parts = parts(&incomplete);
            parts.push(Changes {
                order: Some(order),
                ..Changes::default()
            });
            take_over(db, place, list, &parts).await?;
            self.comparisons.make_due(list)?;
            self.compare_later(list);
            arrived = references::names(list, incomplete.iter());
            next = references::referring_to(list);
        }
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
fn changes(before: Option<&[Item<'_>]>, now: &[Item<'_>]) -> Vec<Changes> {
    let (changed, gone) = match before {
        Some(before) => items::differences(before, now),
        None => (now.to_vec(), vec![]),
    };
    let mut parts = parts(&changed);
    let order = before
        .is_none()
        .then(|| ids(now.iter().map(|item| item.id)));
    // Of a full list the oldest may have been pushed out by new ones.
    let all = order.clone().filter(|_| now.len() < items::MOST);
    if order.is_some() || !gone.is_empty() {
        parts.push(Changes {
            gone: ids(gone),
            all,
            order,
            ..Changes::default()
        });
    }
    parts
}

/// New and changed items, in batches that D1 takes.
fn parts(items: &[Item<'_>]) -> Vec<Changes> {
    let parts = items
        .chunks(MOST_ITEMS as usize)
        .map(|part| items::array(part.iter().map(|item| item.json)));
    (0_u32..)
        .zip(parts)
        .map(|(nth, items)| Changes {
            items,
            before: nth * MOST_ITEMS,
            ..Changes::default()
        })
        .collect()
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

        let before = items::of(r#"[{"id":"a"},{"id":"b","v":1},{"id":"c"}]"#).unwrap();
        let later = changes(Some(&before), &now);
        assert_eq!(later[0].items, r#"[{"id":"b","v":2}]"#);
        assert_eq!((later[1].gone.as_str(), &later[1].all), (r#"["c"]"#, &None));
        assert!(changes(Some(&now), &now).is_empty());
    }
}
