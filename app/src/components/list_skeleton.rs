//! A list with its toolbar while it comes.

use leptos::prelude::*;

/// Lines without words.
#[component]
pub fn ListSkeleton() -> impl IntoView {
    view! {
        <div class="toolbar">
            <span class="bone tall"></span>
        </div>
        <div class="okr-table">
            {(0..9)
                .map(|_| {
                    view! {
                        <div class="line bones">
                            <span class="bone"></span>
                            <span class="bone short"></span>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}
