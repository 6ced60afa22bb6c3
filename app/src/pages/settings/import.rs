//! Importing people from a spreadsheet: what would happen is worked out here, by the reading that the server
//! does as well, before anything is sent.

mod done;
mod preview;
mod rows;
mod source;

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::member_import::{Import, Line};
use okrs_shared::permission::Action;

use self::done::Done;
use self::preview::Preview;
use self::source::{Source, SourceFields};
use super::sessions::RowBones;
use crate::api;
use crate::components::loaded::{Loaded, NotFound};
use crate::fetched::Fetched;
use crate::paths;
use crate::session::session;
use crate::words;

/// What was sent, and what became of it.
#[derive(Clone)]
struct Finished {
    people: Vec<Line>,
    import: Import,
}

/// Choosing a list, looking at it, and sending it.
#[component]
pub fn ImportPage() -> impl IntoView {
    if !untrack(|| session().may(Action::ManageMembers)) {
        return view! { <NotFound /> }.into_any();
    }
    let words = words::import_people();
    let directory = Fetched::new(api::members::directory);
    let source = Source::new();
    let done = RwSignal::new(None::<Finished>);
    let changed = Callback::new(move |()| directory.refetch());
    let another = Callback::new(move |()| {
        source.clear();
        done.set(None);
        directory.refetch();
    });
    view! {
        <Title text=words.title />
        <p class="crumb">
            <a href=paths::MEMBERS>{words.to_people}</a>
        </p>
        <div class="page-head">
            <h1>{words.title}</h1>
        </div>
        <p class="lead">{words.lead}</p>
        {move || match done.get() {
            Some(finished) => view! { <Done finished another /> }.into_any(),
            None => {
                view! {
                    <SourceFields source />
                    <Loaded from=directory skeleton=|| view! { <RowBones /> } let:directory>
                        <Preview source directory done changed />
                    </Loaded>
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}
