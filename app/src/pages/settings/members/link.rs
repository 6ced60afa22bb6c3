//! A link of one person, which is shown once.

use leptos::prelude::*;
use okrs_shared::member::Link;

use crate::components::ui::copy::CopyText;
use crate::components::ui::dialog::{Dialog, Done};
use crate::locale;
use crate::words;

/// The Escape key closes it only once the link is copied: it would be lost.
#[component]
pub fn LinkDialog(
    title: String,
    link: Link,
    close: Callback<()>,
    /// There is a link that was not there before.
    changed: Callback<()>,
) -> impl IntoView {
    let members = words::members();
    let is_copied = RwSignal::new(false);
    let on_close = Callback::new(move |()| {
        close.run(());
        changed.run(());
    });
    let more = (members.link_more)(&locale::day(&link.expires_at.to_string()));
    view! {
        <Dialog title on_close can_escape=is_copied>
            <p class="notice at-risk">{more}</p>
            <CopyText label=members.link text=link.url on_copy=Callback::new(move |()| is_copied.set(true)) />
            <Done label=members.done />
        </Dialog>
    }
}
