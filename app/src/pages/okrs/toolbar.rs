//! Search, filters, grouping, order and layout.

use leptos::prelude::*;
use okrs_shared::rules::Params;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::address::Address;
use super::filter_choices::FilterChoices;
use super::list_view::{Band, Group, Layout, ListView, Sort, Standing};
use crate::components::okr_parts::type_word;
use crate::components::ui::choice::{InlineChoice, Options, option, parsed, value};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::search_field::SearchField;
use crate::words;
use okrs_shared::okr::OkrType;

/// One line of controls, and a second one with the filters when they are wanted.
#[component]
pub fn Toolbar(choices: FilterChoices, params: Params) -> impl IntoView {
    let address = expect_context::<Address>();
    let okrs = words::okrs();
    let filter_count = Memo::new(move |_| address.with(ListView::filter_count));
    let are_filters_open = RwSignal::new(filter_count.get_untracked() > 0);
    let is_tree = move || address.with(|view| view.layout == Layout::Tree);
    let filter_label = move || match filter_count.get() {
        0 => okrs.filters.to_owned(),
        count => (okrs.filters_set)(count),
    };
    let groups = vec![
        ("".to_owned(), okrs.group_none.to_owned()),
        option(Group::Team, okrs.group_team),
        option(Group::Status, okrs.group_status),
    ];
    let sorts = vec![
        option(Sort::Attention, okrs.sort_attention),
        option(Sort::Title, okrs.sort_title),
        option(Sort::Progress, okrs.sort_progress),
        option(Sort::LastCheckIn, okrs.sort_last_check_in),
        option(Sort::Newest, okrs.sort_newest),
    ];
    view! {
        <div class="toolbar">
            <SearchField
                label=okrs.search
                value=Signal::derive(move || address.with(|view| view.q.clone()))
                search=move |text| address.replace(|view| view.q = text)
            />
            <button
                type="button"
                class="button"
                class:is-set=move || { filter_count.get() > 0 }
                aria-expanded=move || are_filters_open.get().to_string()
                aria-controls="okr-filters"
                on:click=move |_| are_filters_open.update(|is_open| *is_open = !*is_open)
            >
                <Icon shape=Shape::Filter />
                <b>{filter_label}</b>
            </button>
            <Show when=move || !is_tree()>
                <InlineChoice
                    label=okrs.group
                    value=Memo::new(move |_| value(address.with(|view| view.group)))
                    options=groups.clone()
                    choose=move |chosen| address.change(|view| view.group = parsed(&chosen))
                />
            </Show>
            <InlineChoice
                label=okrs.sort
                value=Memo::new(move |_| value(Some(address.with(|view| view.sort))))
                options=sorts
                choose=move |chosen| address.change(|view| view.sort = parsed(&chosen).unwrap_or_default())
            />
            <LayoutChoice />
        </div>
        <div id="okr-filters" hidden=move || !are_filters_open.get()>
            <Filters choices params />
        </div>
    }
}

#[component]
fn Filters(choices: FilterChoices, params: Params) -> impl IntoView {
    let address = expect_context::<Address>();
    let okrs = words::okrs();
    let common = words::common();
    let types = [OkrType::Org, OkrType::Department, OkrType::Team];
    let types = types.map(|okr_type| option(okr_type, type_word(okr_type)));
    let standings = [
        option(Standing::OffTrack, common.off_track),
        option(Standing::AtRisk, common.at_risk),
        option(Standing::OnTrack, common.on_track),
        option(Standing::NotStarted, common.not_started),
        option(Standing::Blocked, okrs.with_blocker),
        option(Standing::Stale, okrs.with_stale),
    ];
    let (good, fair) = (params.on_track_health, params.at_risk_health);
    let bands = [
        option(Band::Good, (okrs.health_good)(good)),
        option(Band::Fair, (okrs.health_fair)(fair, good.saturating_sub(1))),
        option(Band::Poor, (okrs.health_poor)(fair)),
    ];
    view! {
        <div class="filters">
            {filter(okrs.all_types, types.to_vec(), |view| &mut view.okr_type)}
            {filter(okrs.all_departments, choices.departments, |view| &mut view.department)}
            {filter(okrs.all_teams, choices.teams, |view| &mut view.team)}
            {filter(okrs.all_owners, choices.owners, |view| &mut view.owner)}
            {filter(okrs.all_statuses, standings.to_vec(), |view| &mut view.status)}
            {filter(okrs.all_healths, bands.to_vec(), |view| &mut view.health)}
            <label class="check">
                <input
                    type="checkbox"
                    id="with-archived"
                    prop:checked=move || address.with(|view| view.archived)
                    on:change:target=move |event| {
                        let archived = event.target().checked();
                        address.change(|view| view.archived = archived);
                    }
                />
                {okrs.with_archived}
            </label>
            <Show when=move || { address.with(ListView::filter_count) > 0 }>
                <button type="button" class="button plain" on:click=move |_| address.change(|view| *view = std::mem::take(view).cleared())>
                    {okrs.clear}
                </button>
            </Show>
        </div>
    }
}

/// One filter, with "all" on top of what can be chosen.
fn filter<T>(
    all: &'static str,
    mut options: Options,
    field: fn(&mut ListView) -> &mut Option<T>,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + 'static,
{
    let address = expect_context::<Address>();
    options.insert(0, (String::new(), all.to_owned()));
    let chosen = Memo::new(move |_| value(field(&mut address.view()).clone()));
    view! {
        <InlineChoice
            label=all
            value=chosen
            options
            choose=move |chosen| address.change(|view| *field(view) = parsed(&chosen))
        />
    }
}

#[component]
fn LayoutChoice() -> impl IntoView {
    let address = expect_context::<Address>();
    let okrs = words::okrs();
    let layouts = [
        (Layout::List, okrs.layout_list, Shape::List),
        (Layout::Tree, okrs.layout_tree, Shape::Tree),
    ];
    view! {
        <fieldset class="segmented joined">
            <legend class="visually-hidden">{okrs.layout}</legend>
            {layouts
                .map(|(layout, label, shape)| {
                    view! {
                        <label>
                            <input
                                type="radio"
                                name="layout"
                                prop:checked=move || address.with(|view| view.layout == layout)
                                on:change=move |_| address.change(|view| view.layout = layout)
                            />
                            <span title=label>
                                <Icon shape />
                                <b>{label}</b>
                            </span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}
