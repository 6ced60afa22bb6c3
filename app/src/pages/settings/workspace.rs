//! What holds for everybody in the workspace.

mod general;
mod rules;
mod unknown;

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::permission::Action;

use self::general::General;
use self::rules::Rules;
use self::unknown::UnknownChoice;
use crate::components::loaded::NotFound;
use crate::session::session;
use crate::words;

/// For admins.
#[component]
pub fn WorkspacePage() -> impl IntoView {
    let words = words::workspace();
    if !untrack(|| session().may(Action::ChangeWorkspace)) {
        return view! { <NotFound /> }.into_any();
    }
    // Only where the data is with the hosted service.
    let unknown = untrack(|| session().me().workspace.unknown_visibility);
    view! {
        <Title text=words.title />
        <div class="page-head">
            <h1>{words.title}</h1>
        </div>
        <p class="lead">{words.lead}</p>
        <div class="setting-groups">
            <section>
                <General />
            </section>
            {unknown
                .map(|unknown| {
                    view! {
                        <section>
                            <UnknownChoice unknown />
                        </section>
                    }
                })}
            <section aria-labelledby="rules-title">
                <h2 id="rules-title">{words.rules}</h2>
                <p class="quiet">{words.rules_more}</p>
                <Rules />
            </section>
        </div>
    }
    .into_any()
}
