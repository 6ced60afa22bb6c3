//! Search and filters.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::kpi::KpiCategory;
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::status::Status;
use serde::Serialize;
use serde::de::DeserializeOwned;
use strum::VariantArray as _;

use super::view::KpiView;
use crate::components::kpi_parts::category_word;
use crate::components::status::Mark;
use crate::components::ui::address::Address;
use crate::components::ui::choice::{InlineChoice, Options, option, parsed, value, with_none};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::search_field::SearchField;
use crate::words;

/// One line of controls. Only what some KPI has can be chosen.
#[component]
pub fn Toolbar(kpis: Arc<Vec<ListedKpi>>) -> impl IntoView {
    let address = expect_context::<Address<KpiView>>();
    let words = words::kpis();
    let statuses = [
        Status::OffTrack,
        Status::AtRisk,
        Status::OnTrack,
        Status::NotStarted,
    ];
    let statuses = statuses.map(|status| option(status, Mark::from(status).word()));
    let categories = KpiCategory::VARIANTS
        .iter()
        .filter(|category| kpis.iter().any(|kpi| kpi.category == **category))
        .map(|category| option(category, category_word(*category)));
    let owners: BTreeSet<(String, String)> = kpis
        .iter()
        .filter_map(|kpi| Some((kpi.owner.clone()?, kpi.owner_id.as_ref()?.to_string())))
        .collect();
    let owners = owners.into_iter().map(|(name, id)| (id, name)).collect();
    let is_overdue = move || address.with(|view| view.overdue);
    let is_narrowed = move || address.with(|view| *view != KpiView::default());
    view! {
        <div class="toolbar kpi-toolbar">
            <SearchField
                label=words.search
                value=Signal::derive(move || address.with(|view| view.q.clone()))
                search=move |text| address.replace(|view| view.q = text)
            />
            {filter(words.all_statuses, statuses.to_vec(), |view| &mut view.status)}
            {filter(words.all_categories, categories.collect(), |view| &mut view.category)}
            {filter(words.all_owners, owners, |view| &mut view.owner)}
            <button
                type="button"
                class="button"
                class:is-set=is_overdue
                aria-pressed=move || is_overdue().to_string()
                on:click=move |_| address.change(|view| view.overdue = !view.overdue)
            >
                <Icon shape=Shape::Clock />
                {words.only_overdue}
            </button>
            <Show when=is_narrowed>
                <button type="button" class="button plain" on:click=move |_| address.change(|view| *view = KpiView::default())>
                    {words.clear}
                </button>
            </Show>
        </div>
    }
}

/// One filter, with "all" on top of what can be chosen.
fn filter<T>(
    all: &'static str,
    options: Options,
    field: fn(&mut KpiView) -> &mut Option<T>,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + 'static,
{
    let address = expect_context::<Address<KpiView>>();
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
