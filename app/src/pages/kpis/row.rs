//! A KPI in one line on a desk and two on a phone, and the heads above.

use leptos::prelude::*;
use okrs_shared::kpi_detail::ListedKpi;

use super::sections::{GroupOf, Section};
use crate::components::kpi_parts::{Amount, OverdueFlag, TrendMark, category_word};
use crate::components::sparkline::Sparkline;
use crate::components::status::{Mark, StatusMark};
use crate::components::ui::icon::Icon;
use crate::locale;
use crate::measure::Measure;
use crate::paths;
use crate::words;

/// What the columns are.
#[component]
pub fn ColumnHeads() -> impl IntoView {
    let kpis = words::kpis();
    view! {
        <div role="rowgroup" class="column-heads">
            <div role="row" class="line">
                <span role="columnheader" class="what">{kpis.name}</span>
                <span role="columnheader" class="who">{kpis.owner}</span>
                <span role="columnheader" class="course">{kpis.course}</span>
                <span role="columnheader" class="value">{kpis.value}</span>
                <span role="columnheader" class="aim">{kpis.target}</span>
                <span role="columnheader" class="stands">{kpis.status}</span>
                <span role="columnheader" class="moves">{kpis.trend}</span>
                <span role="columnheader" class="when">{kpis.updated}</span>
            </div>
        </div>
    }
}

/// The name of a section, how many it has, and how they stand.
#[component]
pub fn SectionHead(section: Section) -> impl IntoView {
    let count = section.kpis.len();
    let name = match section.of {
        GroupOf::Named(name) => name,
        GroupOf::Category(category) => category_word(category).to_owned(),
    };
    let standings = section.standings.into_iter().map(|(status, count)| {
        let mark = Mark::from(status);
        view! {
            <span class=format!("flag {}", mark.class()) title=mark.word()>
                <Icon shape=mark.shape() />
                {locale::number(count as f64)}
                <span class="visually-hidden">{mark.word()}</span>
            </span>
        }
    });
    view! {
        <div role="row" class="line group-head">
            <div role="rowheader" class="what">
                <h2>{name}</h2>
                <span class="quiet">{(words::kpis().count)(count, count)}</span>
            </div>
            <div role="cell" class="standings">{standings.collect_view()}</div>
        </div>
    }
}

/// One KPI.
#[component]
pub fn KpiRow(kpi: ListedKpi) -> impl IntoView {
    let kpis = words::kpis();
    let (measure, aim) = (Measure::from(&kpi), Measure::from(&kpi).without_word());
    let values = kpi.recent_values.iter().map(|value| value.get()).collect();
    let target = kpi.target_value.map(|target| target.get());
    let updated = match kpi.last_updated_at.map(|at| at.to_string()) {
        Some(at) => view! {
            <time datetime=at.clone() title=locale::instant(&at)>{locale::ago(&at)}</time>
        }
        .into_any(),
        None => kpis.never.into_any(),
    };
    view! {
        <div role="row" class="line kpi">
            <div role="rowheader" class="what">
                <a href=paths::kpi(kpi.id.as_str()) title=kpi.name.clone()>{kpi.name.clone()}</a>
                {kpi.overdue.then(|| view! { <OverdueFlag /> })}
            </div>
            <div role="cell" class="who">{kpi.owner.unwrap_or_else(|| kpis.nobody.to_owned())}</div>
            <div role="cell" class="course">
                <Sparkline values ideal=target />
            </div>
            <div role="cell" class="value">
                <Amount value=kpi.current_value measure />
            </div>
            <div role="cell" class="aim">
                <Amount value=kpi.target_value measure=aim />
            </div>
            <div role="cell" class="stands">
                <StatusMark mark=kpi.status />
            </div>
            <div role="cell" class="moves">
                {kpi.trend.map(|trend| view! { <TrendMark trend direction=kpi.direction /> })}
            </div>
            <div role="cell" class="when">{updated}</div>
        </div>
    }
}
