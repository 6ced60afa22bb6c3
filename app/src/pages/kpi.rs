//! One KPI with its values.

mod course;
mod head;
mod history;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use okrs_shared::kpi_detail::{KpiDetail, ListedKpi};
use okrs_shared::permission::Action;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use self::course::{CourseView, KpiCourse};
use self::head::Head;
use self::history::History;
use crate::api;
use crate::components::kpi_form::EditKpiPanel;
use crate::components::kpi_parts::{category_word, direction_word, frequency_word};
use crate::components::loaded::Loaded;
use crate::components::ui::address::provide_address;
use crate::fetched::Fetched;
use crate::outbox::outbox;
use crate::words;

/// What has the focus once the page shows what was changed: the figures.
const FIGURES: &str = "kpi-figures";

/// Everything about a KPI, with what may be done to it.
#[component]
pub fn KpiPage() -> impl IntoView {
    provide_address::<CourseView>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let detail = Fetched::new(move || {
        let id = id.get();
        async move { api::kpis::get(&id).await }
    });
    let is_changed = StoredValue::new(false);
    let reload = Callback::new(move |()| {
        is_changed.set_value(true);
        detail.refetch();
    });
    outbox().when_recorded(move || id.get(), move || reload.run(()));
    view! {
        <Loaded from=detail skeleton=|| view! { <KpiSkeleton /> } let:detail>
            {
                if is_changed.get_value() {
                    is_changed.set_value(false);
                    focus_figures();
                }
                view! { <KpiContent detail reload /> }
            }
        </Loaded>
    }
}

#[component]
fn KpiContent(detail: Arc<KpiDetail>, reload: Callback<()>) -> impl IntoView {
    let is_editing = RwSignal::new(false);
    let kpi = detail.kpi.clone();
    let panel = kpi.may.contains(&Action::ChangeKpi).then(|| {
        view! { <EditKpiPanel is_open=is_editing kpi=kpi.clone() saved=reload /> }
    });
    view! {
        <Title text=kpi.name.clone() />
        <article class="okr-page">
            <Head kpi=kpi.clone() is_editing />
            <div class="okr-main">
                <KpiCourse detail=detail.clone() />
                <History detail />
            </div>
            <aside class="okr-aside" aria-label=words::kpis().about>
                <Facts kpi />
            </aside>
        </article>
        {panel}
    }
}

#[component]
fn Facts(kpi: ListedKpi) -> impl IntoView {
    let kpis = words::kpis();
    let facts = [
        (kpis.owner, kpi.owner),
        (kpis.team, kpi.team),
        (kpis.group, kpi.group_name),
        (kpis.category, Some(category_word(kpi.category).to_owned())),
        (
            kpis.measured,
            Some(frequency_word(kpi.update_frequency).to_owned()),
        ),
        (kpis.better, Some(direction_word(kpi.direction).to_owned())),
    ];
    let rows = facts.into_iter().filter_map(|(name, fact)| {
        fact.map(|fact| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{fact}</dd>
                </div>
            }
        })
    });
    view! {
        <section>
            <h2>{kpis.about}</h2>
            <dl class="facts">{rows.collect_view()}</dl>
        </section>
    }
}

/// Once they are on the page; it stays scrolled as it is.
fn focus_figures() {
    request_animation_frame(|| {
        let figures = document().get_element_by_id(FIGURES);
        if let Some(Ok(figures)) = figures.map(JsCast::dyn_into::<HtmlElement>) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            // Figures that are gone again need no focus.
            let _ = figures.focus_with_options(&options);
        }
    });
}

#[component]
fn KpiSkeleton() -> impl IntoView {
    view! {
        <div class="okr-page">
            <div class="okr-head">
                <span class="bone short"></span>
                <span class="bone"></span>
                <span class="bone tall"></span>
            </div>
            <div class="okr-main">
                <span class="bone chart-bone"></span>
            </div>
        </div>
    }
}
