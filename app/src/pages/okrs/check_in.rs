//! Checking in from the list: the OKR whose row has the focus, or whose button is pressed.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::okr_list::OkrLine;
use okrs_shared::permission::Action;

use super::lines::Okrs;
use crate::api;
use crate::components::check_in::panel::{CheckInPanel, to_check_in};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::components::ui::toast::{Toasts, toasts};
use crate::session::{Session, session};
use crate::words;

/// What is checked in, and whether the panel is open.
#[derive(Clone, Copy)]
pub struct CheckingIn {
    key_results: RwSignal<Vec<ListedKeyResult>>,
    is_open: RwSignal<bool>,
    session: Session,
    toasts: Toasts,
}

impl CheckingIn {
    /// Nothing is checked in yet.
    pub fn new() -> Self {
        Self {
            key_results: RwSignal::default(),
            is_open: RwSignal::new(false),
            session: session(),
            toasts: toasts(),
        }
    }

    /// A line knows too little of its key results: the panel opens once the OKR is there.
    fn begin(self, okr: &OkrLine) {
        let id = okr.id.clone();
        spawn_local(async move {
            match api::okrs::get(id.as_str()).await {
                Ok(detail) => {
                    // The page may be gone by now.
                    self.key_results
                        .try_set(to_check_in(&detail.okr.key_results));
                    self.is_open.try_set(true);
                }
                Err(problem) => {
                    self.session.notice(&problem);
                    self.toasts.say(problem.in_words());
                }
            }
        });
    }
}

/// The panel.
#[component]
pub fn CheckInFromList(
    checking_in: CheckingIn,
    /// Something was recorded.
    done: Callback<()>,
) -> impl IntoView {
    let CheckingIn {
        key_results,
        is_open,
        ..
    } = checking_in;
    view! { <CheckInPanel key_results=key_results.into() is_open done /> }
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
    let found = okrs.at(okr);
    found.may.contains(&Action::CheckIn) && !found.key_results.is_empty()
}

/// The position of the OKR in whose row the focus is.
fn focused_okr() -> Option<usize> {
    let row = document().active_element()?.closest("[data-okr]").ok()??;
    row.get_attribute("data-okr")?.parse().ok()
}
