//! What an import did, with the links that are shown once.

use leptos::prelude::*;
use okrs_shared::member_import::Outcome;

use super::Finished;
use super::rows::Rows;
use crate::components::ui::copy::CopyText;
use crate::components::ui::focus::focus_when_there;
use crate::words;

/// The links as cells that a spreadsheet takes, and each row.
#[component]
pub fn Done(
    finished: Finished,
    /// Begins another one.
    another: Callback<()>,
) -> impl IntoView {
    let words = words::import_people();
    let Finished { people, import } = finished;
    let heading = NodeRef::<leptos::html::H2>::new();
    focus_when_there(heading);
    let invited = import.lines.iter();
    let invited = invited
        .filter(|line| line.outcome == Outcome::Created)
        .count();
    let links = import.lines.iter().filter_map(|line| {
        let link = line.link.as_ref()?;
        Some(format!("{}\t{}\t{}", line.name, line.email, link.url))
    });
    let links = links.collect::<Vec<_>>().join("\n");
    view! {
        <section class="import-done">
            <h2 node_ref=heading tabindex="-1">{(words.invited)(invited)}</h2>
            <p class="notice at-risk">{words.links_more}</p>
            <CopyText label=words.links text=links />
            <Rows people lines=import.lines />
            <button type="button" class="button after-rows" on:click=move |_| another.run(())>
                {words.another}
            </button>
        </section>
    }
}
