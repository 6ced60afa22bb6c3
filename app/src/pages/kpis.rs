//! All KPIs, by group.

mod row;
mod sections;
mod toolbar;
mod view;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::permission::Action;

use self::row::{ColumnHeads, KpiRow, SectionHead};
use self::sections::{GroupOf, Section, sections};
use self::toolbar::Toolbar;
use self::view::KpiView;
use crate::api;
use crate::components::kpi_form::NewKpiPanel;
use crate::components::list_skeleton::ListSkeleton;
use crate::components::loaded::Loaded;
use crate::components::ui::address::{Address, provide_address};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::fetched::Fetched;
use crate::session::session;
use crate::words;

/// What the workspace watches, whatever the cycle.
#[component]
pub fn KpisPage() -> impl IntoView {
    provide_address::<KpiView>();
    let kpis = Fetched::new(api::kpis::list);
    let is_creating = RwSignal::new(false);
    // A shortcut is pressed outside of the page's context.
    let session = session();
    let may_create = move || session.may(Action::CreateKpi);
    use_shortcut("n", move || {
        if untrack(may_create) {
            is_creating.set(true);
        }
    });
    view! {
        <Title text=words::shell().kpis />
        <header class="page-head">
            <h1>{words::shell().kpis}</h1>
            <Show when=may_create>
                <button type="button" class="button primary page-action" title="N" on:click=move |_| is_creating.set(true)>
                    <Icon shape=Shape::Plus />
                    {words::kpis().new_kpi}
                </button>
            </Show>
        </header>
        <Loaded from=kpis skeleton=|| view! { <ListSkeleton /> } let:kpis>
            {if kpis.is_empty() {
                view! { <NoKpis /> }.into_any()
            } else {
                view! { <Browse kpis /> }.into_any()
            }}
        </Loaded>
        <NewKpiPanel is_open=is_creating />
    }
}

#[component]
fn Browse(kpis: Arc<Vec<ListedKpi>>) -> impl IntoView {
    let address = expect_context::<Address<KpiView>>();
    let all = kpis.len();
    let found = {
        let kpis = kpis.clone();
        Memo::new(move |_| address.with(|view| sections(&kpis, view)))
    };
    let shown = Memo::new(move |_| {
        found.with(|found| {
            found
                .iter()
                .map(|section| section.kpis.len())
                .sum::<usize>()
        })
    });
    view! {
        <Toolbar kpis=kpis.clone() />
        <p class="okr-count quiet" role="status">
            {move || (words::kpis().count)(shown.get(), all)}
        </p>
        <Show when=move || { shown.get() > 0 } fallback=move || view! { <NothingMatches address /> }>
            <Table kpis=kpis.clone() found />
        </Show>
    }
}

#[component]
fn Table(kpis: Arc<Vec<ListedKpi>>, found: Memo<Vec<Section>>) -> impl IntoView {
    let groups = move || -> Vec<GroupOf> {
        found.with(|found| found.iter().map(|section| section.of.clone()).collect())
    };
    view! {
        <div class="okr-table kpi-table" role="table" aria-label=words::shell().kpis>
            <ColumnHeads />
            <For each=groups key=Clone::clone let:group>
                <SectionRows kpis=kpis.clone() group found />
            </For>
        </div>
    }
}

#[component]
fn SectionRows(
    kpis: Arc<Vec<ListedKpi>>,
    group: GroupOf,
    found: Memo<Vec<Section>>,
) -> impl IntoView {
    let section = Memo::new(move |_| {
        found.with(|found| found.iter().find(|section| section.of == group).cloned())
    });
    let rows = move || {
        section
            .get()
            .map(|section| section.kpis)
            .unwrap_or_default()
    };
    view! {
        <div role="rowgroup" class="section">
            {move || section.get().map(|section| view! { <SectionHead section /> })}
            <For each=rows key=|nth| *nth let:nth>
                <KpiRow kpi=kpis[nth].clone() />
            </For>
        </div>
    }
}

#[component]
fn NothingMatches(address: Address<KpiView>) -> impl IntoView {
    let kpis = words::kpis();
    view! {
        <div class="empty">
            <h2>{kpis.nothing_title}</h2>
            <p>{kpis.nothing_more}</p>
            <button type="button" class="button" on:click=move |_| address.change(|view| *view = KpiView::default())>
                {kpis.clear}
            </button>
        </div>
    }
}

/// The way to the first one is the button above.
#[component]
fn NoKpis() -> impl IntoView {
    let kpis = words::kpis();
    let more = match session().may(Action::CreateKpi) {
        true => kpis.none_more,
        false => kpis.none_for_you,
    };
    view! {
        <div class="empty">
            <h2>{kpis.none_title}</h2>
            <p>{more}</p>
        </div>
    }
}
