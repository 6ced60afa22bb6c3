//! Making and changing a KPI, beside what it changes.

mod choices;
mod draft;
mod fields;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use okrs_shared::id::KpiId;
use okrs_shared::kpi_detail::{KpiPatch, ListedKpi};

use self::fields::KpiFields;
use crate::api::{self, Sent};
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelForm;
use crate::components::ui::toast::toasts;
use crate::hosted::say_kept;
use crate::paths;
use crate::session::session;
use crate::tried::Tried;
use crate::words;

/// Makes a KPI and goes to its page.
#[component]
pub fn NewKpiPanel(is_open: RwSignal<bool>) -> impl IntoView {
    let words = words::kpi_form();
    let navigate = use_navigate();
    let toasts = toasts();
    let say_kept = say_kept();
    let saved = Callback::new(move |sent: Sent<(KpiId, String)>| match sent {
        Sent::Waits(state) => say_kept(state),
        Sent::Done((id, name)) => {
            toasts.say((words.created)(&name));
            navigate(&paths::kpi(id.as_str()), Default::default());
        }
    });
    view! {
        <Panel title=words.new_title is_open>
            {
                let form = draft::new(&session().me());
                let tried = Tried::default();
                let save = move |body| async move {
                    let created = api::kpis::create(&body, &tried.key(&body)).await?;
                    Ok(created.map(|kpi| (kpi.id, kpi.name)))
                };
                view! {
                    <PanelForm form label=words.create save saved>
                        <KpiFields draft=form.draft />
                    </PanelForm>
                }
            }
        </Panel>
    }
}

/// Changes a KPI.
#[component]
pub fn EditKpiPanel(
    is_open: RwSignal<bool>,
    kpi: ListedKpi,
    /// It is saved.
    saved: Callback<()>,
) -> impl IntoView {
    let (words, common) = (words::kpi_form(), words::common());
    let toasts = toasts();
    let done = Callback::new(move |()| {
        toasts.say(words.changed);
        saved.run(());
    });
    view! {
        <Panel title=words.edit_title is_open>
            {
                let form = draft::of(&kpi);
                let id = kpi.id.clone();
                let save = move |body| {
                    let (id, patch) = (id.clone(), form.patch(&body, KpiPatch::between));
                    async move {
                        match patch {
                            Some(patch) => api::kpis::update(&id, &patch).await,
                            None => Ok(()),
                        }
                    }
                };
                view! {
                    <PanelForm form label=common.save save saved=done>
                        <KpiFields draft=form.draft />
                    </PanelForm>
                }
            }
        </Panel>
    }
}
