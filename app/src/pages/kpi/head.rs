//! What is measured, how it stands, and what may be done to it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use okrs_shared::id::KpiId;
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::permission::Action;

use super::FIGURES;
use crate::api;
use crate::capabilities::capabilities;
use crate::components::kpi_parts::{Amount, OverdueFlag, TrendMark, amount_text, category_word};
use crate::components::okr_parts::Progress;
use crate::components::record_value::{RecordValue, focus_first};
use crate::components::status::StatusMark;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::components::ui::toast::{Toasts, toasts};
use crate::locale;
use crate::measure::Measure;
use crate::paths;
use crate::words;

/// Above everything else.
#[component]
pub fn Head(kpi: ListedKpi, is_editing: RwSignal<bool>) -> impl IntoView {
    let group = kpi.group_name.clone();
    let group = group.unwrap_or_else(|| category_word(kpi.category).to_owned());
    let record = kpi.may.contains(&Action::RecordKpi).then(|| {
        use_shortcut("r", focus_first);
        view! { <RecordValue kpi=kpi.clone() /> }
    });
    view! {
        <header class="okr-head">
            <nav class="crumbs" aria-label=words::shell().kpis>
                <a href=paths::KPIS>{words::shell().kpis}</a>
                <span class="quiet">{group}</span>
            </nav>
            <div class="page-head">
                <h1 dir="auto">{kpi.name.clone()}</h1>
                <Actions kpi=kpi.clone() is_editing />
            </div>
            {kpi.description.clone().map(|text| view! { <p class="okr-description" dir="auto">{text}</p> })}
            <div class="kpi-now">
                <Figures kpi />
                {record}
            </div>
        </header>
    }
}

#[component]
fn Figures(kpi: ListedKpi) -> impl IntoView {
    let kpis = words::kpis();
    let target = match kpi.target_value {
        Some(target) => (kpis.target_of)(&amount_text(&kpi, target)),
        None if kpi.needs_setup => kpis.no_target.to_owned(),
        None => String::new(),
    };
    let updated = kpi.last_updated_at.map(|at| {
        let at = at.to_string();
        view! {
            <time class="quiet" datetime=at.clone() title=locale::instant(&at)>{locale::ago(&at)}</time>
        }
    });
    view! {
        <div class="kpi-figures" id=FIGURES tabindex="-1">
            <p class="kpi-value">
                <Amount value=kpi.current_value measure=Measure::from(&kpi) />
            </p>
            <p class="kpi-marks">
                <StatusMark mark=kpi.status />
                {kpi.trend.map(|trend| view! { <TrendMark trend direction=kpi.direction /> })}
                {updated}
                {kpi.overdue.then(|| view! { <OverdueFlag /> })}
            </p>
            <p class="kpi-aim">
                {kpi
                    .attainment
                    .map(|share| view! { <Progress share=share.get() mark=kpi.status /> })}
                <span class="quiet">{target}</span>
            </p>
        </div>
    }
}

#[component]
fn Actions(kpi: ListedKpi, is_editing: RwSignal<bool>) -> impl IntoView {
    let may_change = kpi.may.contains(&Action::ChangeKpi);
    use_shortcut("e", move || {
        if may_change {
            is_editing.set(true);
        }
    });
    let (navigate, toasts) = (use_navigate(), toasts());
    let kpi = StoredValue::new(kpi);
    let delete = Callback::new(move |()| {
        let (id, name) = kpi.with_value(|kpi| (kpi.id.clone(), kpi.name.clone()));
        delete(id, name, navigate.clone(), toasts);
    });
    let label = words::kpi_form().delete;
    view! {
        <Show when=move || may_change>
            <div class="page-action">
                <Show when=|| capabilities().change_kpis>
                    <button type="button" class="button plain icon-only" aria-label=label title=label on:click=move |_| delete.run(())>
                        <Icon shape=Shape::Bin />
                    </button>
                </Show>
                <button type="button" class="button" title="E" on:click=move |_| is_editing.set(true)>
                    <Icon shape=Shape::Pencil />
                    {words::common().edit}
                </button>
            </div>
        </Show>
    }
}

/// Goes to the list, where a toast offers the way back.
fn delete(
    id: KpiId,
    name: String,
    navigate: impl Fn(&str, NavigateOptions) + Clone + Send + Sync + 'static,
    toasts: Toasts,
) {
    let form = words::kpi_form();
    spawn_local(async move {
        if let Err(problem) = api::kpis::delete(&id).await {
            return toasts.say(problem.in_words());
        }
        navigate(paths::KPIS, Default::default());
        let undo = {
            let name = name.clone();
            move || {
                let (navigate, id, name) = (navigate.clone(), id.clone(), name.clone());
                spawn_local(async move {
                    match api::kpis::restore(&id).await {
                        Err(problem) => toasts.say(problem.in_words()),
                        Ok(()) => {
                            toasts.say((form.restored)(&name));
                            navigate(&paths::kpi(id.as_str()), Default::default());
                        }
                    }
                });
            }
        };
        toasts.offer((form.deleted)(&name), words::common().undo, undo);
    });
}
