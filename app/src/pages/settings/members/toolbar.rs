//! Search and filters.

use leptos::prelude::*;
use okrs_shared::member::Directory;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::row::roles;
use super::view::{PeopleView, State};
use crate::components::ui::address::Address;
use crate::components::ui::choice::{InlineChoice, Options, option, parsed, value, with_none};
use crate::components::ui::search_field::SearchField;
use crate::words;

/// One line of controls, and how many are left.
#[component]
pub fn Toolbar(directory: Directory, #[prop(into)] found: Signal<usize>) -> impl IntoView {
    let address = expect_context::<Address<PeopleView>>();
    let words = words::members();
    let all = directory.members.len();
    let teams = directory.teams.into_iter();
    let teams = teams.filter(|team| team.archived_at.is_none());
    let teams: Options = teams.map(|team| (team.id.to_string(), team.name)).collect();
    let states = vec![
        option(State::Active, words.active),
        option(State::Invited, words.invited),
        option(State::Disabled, words.is_out),
    ];
    let is_narrowed = move || address.with(|view| *view != PeopleView::default());
    view! {
        <div class="toolbar">
            <SearchField
                label=words.search
                value=Signal::derive(move || address.with(|view| view.q.clone()))
                search=move |text| address.replace(|view| view.q = text)
            />
            {filter(words.all_roles, roles(), |view| &mut view.role)}
            {(!teams.is_empty()).then(|| filter(words.all_teams, teams, |view| &mut view.team))}
            {filter(words.all_states, states, |view| &mut view.state)}
            <Show when=is_narrowed>
                <button type="button" class="button plain" on:click=move |_| address.change(|view| *view = PeopleView::default())>
                    {words.clear}
                </button>
            </Show>
            <p class="quiet" role="status">
                {move || (words.count)(found.get(), all)}
            </p>
        </div>
    }
}

/// One filter, with "all" on top of what can be chosen.
fn filter<T>(
    all: &'static str,
    options: Options,
    field: fn(&mut PeopleView) -> &mut Option<T>,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + 'static,
{
    let address = expect_context::<Address<PeopleView>>();
    let chosen = Memo::new(move |_| value(field(&mut address.view()).clone()));
    view! {
        <InlineChoice
            label=all
            value=chosen
            options=with_none(all, options)
            choose=move |chosen| address.change(|view| *field(view) = parsed(&chosen))
        />
    }
}
