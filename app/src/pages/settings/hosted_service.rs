//! How this deployment stands in front of the hosted service, for admins.

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::permission::Action;

use super::comparison::Comparison;
use super::hosted_people::HostedPeople;
use crate::api;
use crate::capabilities::is_hosted;
use crate::components::budget_facts::BudgetFacts;
use crate::components::loaded::{Loaded, NotFound};
use crate::fetched::Fetched;
use crate::session::session;
use crate::words;

/// The budget, and whether the copy is whole.
#[component]
pub fn HostedServicePage() -> impl IntoView {
    let may = untrack(|| session().may(Action::ChangeWorkspace));
    // It may still have to be found out.
    let is_there = Memo::new(move |_| may && is_hosted());
    let title = words::hosted().title;
    view! {
        <Show when=move || is_there.get() fallback=|| view! { <NotFound /> }>
            <Title text=title />
            <div class="page-head">
                <h1>{title}</h1>
            </div>
            <p class="lead">{words::hosted().page_lead}</p>
            <Budget />
            <HostedPeople />
            <Comparison />
        </Show>
    }
}

#[component]
fn Budget() -> impl IntoView {
    let budget = Fetched::new(api::hosted::budget);
    view! {
        <section class="hosted-part" aria-labelledby="budget-title">
            <h2 id="budget-title">{words::hosted().budget}</h2>
            <Loaded from=budget skeleton=|| view! { <span class="bone tall"></span> } let:budget>
                <BudgetFacts budget />
            </Loaded>
        </section>
    }
}
