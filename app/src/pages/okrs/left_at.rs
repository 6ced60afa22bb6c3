//! Where one left the list for one of its OKRs, so that coming back leads to the same row. The browser can't
//! see to it: only the rows near the window are in the page, and none before the list has come.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{FocusOptions, HtmlElement};

use super::lines::Folds;
use crate::paths;

/// So many frames are waited for the row, which is made once the window stands where it did.
const FRAMES: u32 = 10;

struct Left {
    /// Of the list, with what it was narrowed down to.
    address: String,
    /// How many OKRs it had: folds are by position.
    count: usize,
    folds: Folds,
    scrolled: f64,
    /// Of the OKR.
    path: String,
}

thread_local! {
    static LEFT: RefCell<Option<Left>> = const { RefCell::new(None) };
}

/// Notes where the list stands.
pub fn note(count: usize, folds: &Folds, path: &str) {
    let location = window().location();
    let parts = [location.pathname(), location.search()];
    LEFT.set(Some(Left {
        address: parts.into_iter().flatten().collect(),
        count,
        folds: folds.clone(),
        scrolled: window().scroll_y().unwrap_or_default(),
        path: path.to_owned(),
    }));
}

/// What was unfolded and folded in this list when it was left, and once it is in the page, the way back to
/// its row.
pub fn come_back(count: usize) -> Option<(Folds, impl Fn() + 'static)> {
    let address = paths::current();
    let left = LEFT
        .take()
        .filter(|left| left.address == address && left.count == count)?;
    let (scrolled, path) = (left.scrolled, left.path);
    Some((left.folds, move || {
        let path = path.clone();
        request_animation_frame(move || {
            window().scroll_to_with_x_and_y(0.0, scrolled);
            focus_on(path, FRAMES);
        });
    }))
}

fn focus_on(path: String, frames: u32) {
    request_animation_frame(move || {
        let link = document().query_selector(&format!("[role=table] a[href=\"{path}\"]"));
        match link.ok().flatten() {
            Some(link) => {
                let stay = FocusOptions::new();
                stay.set_prevent_scroll(true);
                // One that is gone again needs no focus.
                let _ = link
                    .unchecked_ref::<HtmlElement>()
                    .focus_with_options(&stay);
            }
            None if frames > 0 => focus_on(path, frames - 1),
            None => {}
        }
    });
}
