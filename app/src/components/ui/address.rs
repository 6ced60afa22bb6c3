//! The view that an address asks for, and how to ask for another: what a page shows and how stands in
//! the query, so that a link keeps it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use okrs_shared::validation;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Read and written by everything on a page; nobody keeps a copy.
pub struct Address<V: Send + Sync + 'static> {
    view: Memo<V>,
    go: Callback<(String, bool)>,
}

impl<V: Send + Sync + 'static> Clone for Address<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: Send + Sync + 'static> Copy for Address<V> {}

/// For the page and all below it.
pub fn provide_address<V>() -> Address<V>
where
    V: Clone + Default + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    let location = use_location();
    let (search, pathname) = (location.search, location.pathname);
    let mine = pathname.with_untracked(|path| kind(path));
    let navigate = use_navigate();
    let address = Address {
        view: Memo::new(move |before: Option<&V>| match before {
            // Another page's address, for which this page is about to go: nothing to work out anew.
            Some(view) if kind(&pathname.read()) != mine => view.clone(),
            _ => search.with(|query| parse(query)),
        }),
        go: Callback::new(move |(query, replace): (String, bool)| {
            let mut path = pathname.get_untracked();
            if !query.is_empty() {
                path = format!("{path}?{query}");
            }
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

/// What pages of one kind have in common: where their paths begin, and how long they are. One page stays
/// and shows another thing of its kind.
fn kind(path: &str) -> (String, usize) {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default().to_owned();
    (first, parts.count())
}

impl<V> Address<V>
where
    V: Clone + Serialize + Send + Sync + 'static,
{
    /// The whole view.
    pub fn view(self) -> V {
        self.view.get()
    }

    /// Something of the view.
    pub fn with<T>(self, read: impl FnOnce(&V) -> T) -> T {
        self.view.with(read)
    }

    /// Goes to a changed view; "back" leads to the one before.
    pub fn change(self, change: impl FnOnce(&mut V)) {
        self.go(change, false);
    }

    /// Goes to a changed view in place of this one: for every letter of a search.
    pub fn replace(self, change: impl FnOnce(&mut V)) {
        self.go(change, true);
    }

    fn go(self, change: impl FnOnce(&mut V), replace: bool) {
        let mut view = self.view.get_untracked();
        change(&mut view);
        self.go.run((query(&view), replace));
    }
}

/// From the query of an address. What can't be understood shows everything.
pub fn parse<V: Default + DeserializeOwned>(query: &str) -> V {
    validation::query(query.trim_start_matches('?')).unwrap_or_default()
}

/// The query for an address, without a question mark.
pub fn query(view: &impl Serialize) -> String {
    serde_urlencoded::to_string(view).expect("every field of a view prints as text")
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn pages_of_one_kind_differ_only_in_what_they_show() {
        assert_eq!(kind("/kpis/1"), kind("/kpis/2"));
        assert_ne!(kind("/okrs"), kind("/okrs/1"));
        assert_ne!(kind("/okrs"), kind("/kpis"));
        assert_ne!(kind("/"), kind("/okrs"));
    }
}
