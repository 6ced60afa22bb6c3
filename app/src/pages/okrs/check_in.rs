//! Checking in from the list: the OKR whose row has the focus, or whose button is pressed.

use std::sync::Arc;

use leptos::prelude::*;

use super::lines::Okrs;
use crate::components::check_in::panel::{CheckInPanel, to_check_in};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::words;

/// Which OKR is checked in, by its position, and whether its panel is open.
#[derive(Clone, Copy)]
pub struct CheckingIn {
    okr: RwSignal<usize>,
    is_open: RwSignal<bool>,
}

impl CheckingIn {
    fn begin(self, okr: usize) {
        self.okr.set(okr);
        self.is_open.set(true);
    }
}

/// The panel, and the key that opens it for the row that has the focus.
#[component]
pub fn CheckInFromList(
    okrs: Arc<Okrs>,
    checking_in: CheckingIn,
    done: Callback<()>,
) -> impl IntoView {
    let CheckingIn { okr, is_open } = checking_in;
    {
        let okrs = okrs.clone();
        use_shortcut("c", move || {
            let focused = focused_okr().filter(|okr| may_check_in(&okrs, *okr));
            if let Some(okr) = focused {
                checking_in.begin(okr);
            }
        });
    }
    move || {
        let key_results = to_check_in(&okrs.at(okr.get()).key_results);
        view! { <CheckInPanel key_results is_open done /> }
    }
}

/// For the first of a list.
pub fn checking_in() -> CheckingIn {
    CheckingIn {
        okr: RwSignal::new(0),
        is_open: RwSignal::new(false),
    }
}

/// In the row of an OKR, for whoever may.
#[component]
pub fn CheckInHere(okrs: Arc<Okrs>, okr: usize, checking_in: CheckingIn) -> impl IntoView {
    let label = words::home().check_in;
    may_check_in(&okrs, okr).then(|| {
        view! {
            <button type="button" class="check-in-here" id=format!("check-in-{okr}") title=label aria-label=label on:click=move |_| checking_in.begin(okr)>
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
