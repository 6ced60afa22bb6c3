//! What is fetched while a page is shown, and again when what it depends on changes.
//!
//! leptos has resources for this, which can wait on a server's behalf, be awaited and suspend parts of a
//! page. None of that is used here, and it would weigh on the first visit.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

/// Nothing at first; then what came last, also while something newer is on its way.
pub struct Fetched<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    again: RwSignal<()>,
}

impl<T: Send + Sync + 'static> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fetched<T> {}

impl<T: Send + Sync + 'static> Fetched<T> {
    /// Fetches, and again whenever a signal changes that `fetch` reads before it waits. It ends with
    /// the page that asks; what comes out of turn is dropped.
    pub fn new<F: Future<Output = T> + 'static>(fetch: impl Fn() -> F + 'static) -> Self {
        Self::boxed(Box::new(move || Box::pin(fetch())))
    }

    /// One program for each type, however many fetch it.
    fn boxed(fetch: Box<dyn Fn() -> Pin<Box<dyn Future<Output = T>>>>) -> Self {
        let (value, again) = (RwSignal::new(None), RwSignal::new(()));
        let latest = StoredValue::new(0_u32);
        Effect::new(move || {
            again.track();
            let answer = fetch();
            latest.update_value(|count| *count += 1);
            let mine = latest.get_value();
            spawn_local(async move {
                let answer = answer.await;
                if latest.try_get_value() == Some(mine) {
                    value.try_set(Some(answer));
                }
            });
        });
        Self { value, again }
    }

    /// What came last.
    pub fn get(self) -> Option<T>
    where
        T: Clone,
    {
        self.value.get()
    }

    /// What came last, without a copy of it.
    pub fn read(&self) -> impl std::ops::Deref<Target = Option<T>> {
        self.value.read()
    }

    /// Fetches anew.
    pub fn refetch(self) {
        // The page may be gone by now.
        self.again.try_set(());
    }
}
