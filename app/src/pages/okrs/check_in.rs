//! Checking in from the list: the OKR whose row has the focus, or whose button is pressed.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::id::OkrId;
use okrs_shared::okr_detail::{ListedOkr, OkrList};

use super::lines::Okrs;
use crate::api::Answer;
use crate::components::check_in::panel::{CheckInPanel, to_check_in};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::fetched::Fetched;
use crate::words;

/// Which OKR is checked in, and whether its panel is open.
#[derive(Clone, Copy)]
pub struct CheckingIn {
    okr: RwSignal<Option<OkrId>>,
    is_open: RwSignal<bool>,
}

impl CheckingIn {
    /// Nothing is checked in yet.
    pub fn new() -> Self {
        Self {
            okr: RwSignal::new(None),
            is_open: RwSignal::new(false),
        }
    }

    fn begin(self, okr: &ListedOkr) {
        self.okr.set(Some(okr.id.clone()));
        self.is_open.set(true);
    }
}

/// The panel.
#[component]
pub fn CheckInFromList(
    list: Fetched<Answer<Arc<OkrList>>>,
    checking_in: CheckingIn,
    /// Something was recorded.
    done: Callback<()>,
) -> impl IntoView {
    let CheckingIn { okr, is_open } = checking_in;
    let key_results = Signal::derive(move || {
        let (list, wanted) = (list.read(), okr.read());
        let Some(Ok(list)) = &*list else {
            return vec![];
        };
        let mut all = list.okrs.iter();
        let found = all.find(|okr| Some(&okr.id) == wanted.as_ref());
        found.map_or(vec![], |okr| to_check_in(&okr.key_results))
    });
    view! { <CheckInPanel key_results is_open done /> }
}

/// The key that opens it for the row that has the focus.
pub fn use_check_in_key(okrs: Arc<Okrs>, checking_in: CheckingIn) {
    use_shortcut("c", move || {
        let focused = focused_okr().filter(|okr| may_check_in(&okrs, *okr));
        if let Some(okr) = focused {
            checking_in.begin(okrs.at(okr));
        }
    });
}

/// In the row of an OKR, for whoever may.
#[component]
pub fn CheckInHere(okrs: Arc<Okrs>, okr: usize, checking_in: CheckingIn) -> impl IntoView {
    let label = words::home().check_in;
    may_check_in(&okrs, okr).then(|| {
        view! {
            <button type="button" class="check-in-here" id=format!("check-in-{okr}") title=label aria-label=label on:click=move |_| checking_in.begin(okrs.at(okr))>
                <Icon shape=Shape::Check />
            </button>
        }
    })
}

fn may_check_in(okrs: &Okrs, okr: usize) -> bool {
    !to_check_in(&okrs.at(okr).key_results).is_empty()
}

/// The position of the OKR in whose row the focus is.
fn focused_okr() -> Option<usize> {
    let row = document().active_element()?.closest("[data-okr]").ok()??;
    row.get_attribute("data-okr")?.parse().ok()
}
