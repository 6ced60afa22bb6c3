//! Checking in from the page of an OKR: one of its key results, or all that the reader may.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::id::KeyResultId;
use okrs_shared::okr_detail::OkrDetail;

use crate::api::Answer;
use crate::components::check_in::panel::{CheckInPanel, to_check_in};
use crate::fetched::Fetched;
use crate::words;

/// Which key result is checked in, and whether the panel is open.
#[derive(Clone, Copy)]
pub struct CheckingIn {
    /// All of them, if none is named.
    only: RwSignal<Option<KeyResultId>>,
    pub is_open: RwSignal<bool>,
}

impl CheckingIn {
    /// Nothing is checked in yet.
    pub fn new() -> Self {
        Self {
            only: RwSignal::new(None),
            is_open: RwSignal::new(false),
        }
    }

    /// Opens the panel for this key result, or for all.
    pub fn begin(self, only: Option<KeyResultId>) {
        self.only.set(only);
        self.is_open.set(true);
    }
}

/// Opens the panel for one key result.
#[component]
pub fn CheckInButton(key_result_id: KeyResultId, checking_in: CheckingIn) -> impl IntoView {
    let id = format!("check-in-{key_result_id}");
    view! {
        <button type="button" class="button" id=id on:click=move |_| checking_in.begin(Some(key_result_id.clone()))>
            {words::home().check_in}
        </button>
    }
}

/// The panel.
#[component]
pub fn CheckInHere(
    detail: Fetched<Answer<Arc<OkrDetail>>>,
    checking_in: CheckingIn,
    /// Something was recorded.
    done: Callback<()>,
) -> impl IntoView {
    let CheckingIn { only, is_open } = checking_in;
    let key_results = Signal::derive(move || {
        let found = detail.read();
        let Some(Ok(detail)) = &*found else {
            return vec![];
        };
        let mut all = to_check_in(&detail.okr.key_results);
        if let Some(only) = &*only.read() {
            all.retain(|key_result| key_result.id == *only);
        }
        all
    });
    view! { <CheckInPanel key_results is_open done /> }
}
