//! What is due.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::words::words;

/// The first screen.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Title text=words().shell.home />
        <h1>{words().shell.home}</h1>
    }
}
