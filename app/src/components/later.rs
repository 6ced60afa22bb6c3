//! Parts of a page whose code is not in the program that starts: it is fetched when they are first
//! shown. A function marked `#[wasm_split]` makes such a part.

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use crate::components::loaded::NotLoaded;
use crate::styles;

/// Nothing at first, then the part with these style sheets of `app/style`, or why it can't be shown.
pub fn later_with(
    sheets: &[&str],
    part: impl Future<Output = Result<AnyView, SplitLoaderError>> + 'static,
) -> AnyView {
    let sheets = styles::ready(sheets);
    later(async move {
        sheets.await;
        part.await
    })
}

/// Nothing at first, then the part, or why it can't be shown.
pub fn later(part: impl Future<Output = Result<AnyView, SplitLoaderError>> + 'static) -> AnyView {
    let view = StoredValue::new_local(None::<AnyView>);
    let is_there = RwSignal::new(false);
    // What the part makes belongs to the one who shows it.
    spawn_local(ScopedFuture::new_untracked(async move {
        let part = part.await;
        let part = part.unwrap_or_else(|_| view! { <NotLoaded /> }.into_any());
        view.try_set_value(Some(part));
        is_there.try_set(true);
    }));
    let take = move || view.try_update_value(Option::take).flatten();
    (move || is_there.get().then(take)).into_any()
}
