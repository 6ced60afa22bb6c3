//! The view that the address asks for, and how to ask for another.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::list_view::ListView;
use crate::paths;

/// Read and written by everything on the page of OKRs; nobody keeps a copy.
#[derive(Clone, Copy)]
pub struct Address {
    view: Memo<ListView>,
    go: Callback<(String, bool)>,
}

/// For the page and all below it.
pub fn provide_address() -> Address {
    let search = use_location().search;
    let navigate = use_navigate();
    let address = Address {
        view: Memo::new(move |_| search.with(|query| ListView::parse(query))),
        go: Callback::new(move |(query, replace): (String, bool)| {
            let path = if query.is_empty() {
                paths::OKRS.to_owned()
            } else {
                format!("{}?{query}", paths::OKRS)
            };
            let options = NavigateOptions {
                replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&path, options);
        }),
    };
    provide_context(address);
    address
}

impl Address {
    /// The whole view.
    pub fn view(self) -> ListView {
        self.view.get()
    }

    /// Something of the view.
    pub fn with<T>(self, read: impl FnOnce(&ListView) -> T) -> T {
        self.view.with(read)
    }

    /// Goes to a changed view; "back" leads to the one before.
    pub fn change(self, change: impl FnOnce(&mut ListView)) {
        self.go(change, false);
    }

    /// Goes to a changed view in place of this one: for every letter of a search.
    pub fn replace(self, change: impl FnOnce(&mut ListView)) {
        self.go(change, true);
    }

    fn go(self, change: impl FnOnce(&mut ListView), replace: bool) {
        let mut view = self.view.get_untracked();
        change(&mut view);
        self.go.run((view.query(), replace));
    }
}
