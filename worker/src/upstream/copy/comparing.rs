//! Every list of the service beside the same list made of the copy. Whenever a list has been read and
//! copied, both are compared, and the latest comparison is kept on the object's disk, so that looking
//! at it costs nothing.
//!
//! It reads the list from the database and takes both apart: with 500 OKRs and 2,500 key results a good
//! tenth of a second of this object's time, in which no reader is served. So it is done at most once a
//! minute for each list, and never before whoever made the list be read has been answered.

use std::rc::Rc;

use futures_util::future::join_all;
use okrs_shared::upstream::{ComparisonAsked, ListComparison};

use super::comparison;
use crate::caller::Caller;
use crate::clock;
use crate::error::{Error, Result};
use crate::extract::IfNoneMatch;
use crate::hosted::LISTS;
use crate::log;
use crate::ops;
use crate::store::mirror;
use crate::upstream::object::state::Object;

/// A list is compared no more often than this, in milliseconds, unless somebody asks for it.
const EVERY_MS: u64 = 60_000;
/// For so long is that tried: what can't be read or copied must not use the budget up for ever.
const WANTED_FOR_MS: u64 = 60 * 60_000;

impl Object {
    /// Asks for every list to be read, copied and compared anew. The alarm sees to it, in this life or
    /// the next.
    pub async fn compare_anew(&self) -> worker::Result<ComparisonAsked> {
        let now = clock::now_ms();
        self.keep("asked_anew_at", &now.to_string())?;
        self.asked_anew_at.set(now);
        self.schedule().await?;
        Ok(ComparisonAsked {
            asked_at: clock::at_ms(now).unwrap_or_else(clock::now),
        })
    }

    /// Whether somebody waits for this list to be compared anew.
    pub fn is_wanted_anew(&self, list: &str) -> bool {
        let asked_at = self.asked_anew_at.get();
        self.comparisons.read_at(list) < asked_at && clock::now_ms() < asked_at + WANTED_FOR_MS
    }

    /// The latest comparison of each list; where the database has the data itself, all lists are read and
    /// compared whenever somebody asks.
    pub async fn compared(self: &Rc<Self>) -> Result<Vec<ListComparison>> {
        if !self.has_copy() {
            join_all(LISTS.map(|list| self.renewed(list, ""))).await;
            LISTS.iter().for_each(|list| self.compare_later(list));
        }
        let under_way: Vec<_> = self.comparing.borrow().values().cloned().collect();
        join_all(under_way).await;
        self.comparisons.all()
    }

    /// Compares a list that has just been read, if that is due.
    pub fn compare_later(self: &Rc<Self>, list: &str) {
        let snapshots = self.snapshots.borrow();
        let Some(snapshot) = snapshots.get(list) else {
            return;
        };
        let is_due = !self.has_copy()
            || self.is_wanted_anew(list)
            || snapshot.read_at >= self.comparisons.read_at(list) + EVERY_MS;
        let mut comparing = self.comparing.borrow_mut();
        if !is_due || comparing.contains_key(list) {
            return;
        }
        let (object, place) = (Rc::clone(self), list.to_owned());
        let flight = self.launch(async move {
            if let Err(error) = object.compare(&place).await {
                log::error("a list is not compared", format!("{place}: {error:?}"));
            }
            object.comparing.borrow_mut().remove(&place);
            let _ = object.schedule().await;
        });
        comparing.insert(list.to_owned(), flight);
    }

    /// Compares a list, unless one of both changes meanwhile: then the next reading is compared.
    async fn compare(&self, list: &str) -> Result<()> {
        let marks_now = || self.marks.borrow().get(list).copied().unwrap_or_default();
        let (marks, snapshot) = (marks_now(), self.snapshots.borrow().get(list).cloned());
        let Some(snapshot) = snapshot else {
            return Ok(());
        };
        if marks.is_moving() || marks.is_behind() || (self.has_copy() && !snapshot.is_copied) {
            return Ok(());
        }
        let here = self.list_here(list).await?;
        let snapshots = self.snapshots.borrow();
        let now = snapshots.get(list);
        if marks_now() != marks || now.is_none_or(|now| now.version != snapshot.version) {
            return Ok(());
        }
        let read_at = clock::at_ms(snapshot.read_at).unwrap_or_else(clock::now);
        let comparison = comparison::of(list, &snapshot.body, &here, read_at);
        let comparison = comparison
            .ok_or_else(|| Error::internal(format!("{list}: what was listed is no list")))?;
        self.comparisons.keep(&comparison, snapshot.read_at)
    }

    /// The list as this deployment would answer it.
    async fn list_here(&self, list: &str) -> Result<String> {
        let db = self.platform().db()?;
        let organisation = mirror::organisation(&db, self.tag()).await?;
        let organisation = organisation.ok_or_else(|| Error::internal("the workspace is gone"))?;
        let (organisation_id, timezone) = (organisation.organisation_id, &organisation.timezone);
        let caller = Caller::of_workspace(
            organisation_id,
            self.tag(),
            timezone,
            organisation.rule_params,
        );
        let nothing = IfNoneMatch::nothing();
        let here = match list {
            "/cycles" => ops::cycles::list(&db, &caller, &nothing).await?.into_json(),
            "/okrs" => ops::okrs::list(&db, &caller, &nothing).await?.into_json(),
            "/kpis" => ops::kpis::list(&db, &caller, &nothing).await?.into_json(),
            "/initiatives" => {
                let list = ops::initiatives::list(&db, &caller, &nothing, "").await?;
                list.into_json()
            }
            _ => {
                let list = ops::reviews::list_cycles(&db, &caller, &nothing).await?;
                list.into_json()
            }
        };
        let here = here.ok_or_else(|| Error::internal("nobody has the list already"))?;
        Ok(String::from_utf8_lossy(&here).into_owned())
    }
}
