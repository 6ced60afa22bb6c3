//! The cycle that somebody works in: chosen in the top bar, kept in the browser. The list of OKRs
//! has it in its address, too, where a link keeps it.

use leptos::prelude::*;
use okrs_shared::cycle::Cycle;
use okrs_shared::id::CycleId;
use web_sys::Storage;

use crate::api::{self, Answer};
use crate::fetched::Fetched;

const KEY: &str = "cycle";

/// All cycles, and the chosen one.
#[derive(Clone, Copy)]
pub struct Cycles {
    all: Fetched<Answer<Vec<Cycle>>>,
    chosen: RwSignal<Option<CycleId>>,
}

impl Cycles {
    /// With what was chosen in this browser.
    pub fn open() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        Self {
            all: Fetched::new(api::okrs::cycles),
            chosen: RwSignal::new(kept.map(CycleId)),
        }
    }

    /// The latest start first; none until they have come.
    pub fn all(self) -> Vec<Cycle> {
        match &*self.all.read() {
            Some(Ok(cycles)) => cycles.clone(),
            _ => Vec::new(),
        }
    }

    /// The chosen one; none stands for those that run today. One that is gone, or of another
    /// workspace, counts for nothing.
    pub fn chosen(self) -> Option<Cycle> {
        let chosen = self.chosen.get()?;
        self.all().into_iter().find(|cycle| cycle.id == chosen)
    }

    /// There may be others now.
    pub fn refetch(self) {
        self.all.refetch();
    }

    /// Works in this one from now on.
    pub fn choose(self, id: Option<CycleId>) {
        if let Some(storage) = storage() {
            // A full or forbidden storage costs only the memory of it.
            let _ = match &id {
                Some(id) => storage.set_item(KEY, id.as_str()),
                None => storage.remove_item(KEY),
            };
        }
        self.chosen.set(id);
    }
}

/// The cycles of the page that asks.
pub fn cycles() -> Cycles {
    expect_context()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
