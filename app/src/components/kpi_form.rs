//! Making and changing a KPI, beside what it changes.

mod choices;
mod draft;
mod fields;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use okrs_shared::id::KpiId;
use okrs_shared::kpi_detail::ListedKpi;

use self::draft::KpiDraft;
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
    let form = words::kpi_form();
    let navigate = use_navigate();
    let toasts = toasts();
    let say_kept = say_kept();
    let saved = Callback::new(move |sent: Sent<(KpiId, String)>| match sent {
        Sent::Waits(state) => say_kept(state),
        Sent::Done((id, name)) => {
            toasts.say((form.created)(&name));
            navigate(&paths::kpi(id.as_str()), Default::default());
        }
    });
    let draft = RwSignal::new(None::<KpiDraft>);
    let is_dirty = Signal::derive(move || draft.get().is_some_and(KpiDraft::is_dirty));
    view! {
        <Panel title=form.new_title is_open is_dirty>
            {
                let new = KpiDraft::new(&session().me());
                hold(draft, new);
                let tried = Tried::default();
                let save = move || async move {
                    let body = untrack(|| new.body())?;
                    let created = api::kpis::create(&body, &tried.key(&body)).await;
                    let created = created.inspect_err(|problem| new.refuse(problem));
                    created.map(|sent| sent.map(|kpi| (kpi.id, kpi.name)))
                };
                view! {
                    <PanelForm label=form.create check=move || new.check() save saved>
                        <KpiFields draft=new />
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
    let form = words::kpi_form();
    let toasts = toasts();
    let done = Callback::new(move |()| {
        toasts.say(form.changed);
        saved.run(());
    });
    let draft = RwSignal::new(None::<KpiDraft>);
    let is_dirty = Signal::derive(move || draft.get().is_some_and(KpiDraft::is_dirty));
    view! {
        <Panel title=form.edit_title is_open is_dirty>
            {
                let existing = KpiDraft::of(&kpi);
                hold(draft, existing);
                let id = kpi.id.clone();
                let save = move || {
                    let id = id.clone();
                    async move {
                        let Some(patch) = untrack(|| existing.patch())? else {
                            return Ok(());
                        };
                        let updated = api::kpis::update(&id, &patch).await;
                        updated.inspect_err(|problem| existing.refuse(problem))
                    }
                };
                view! {
                    <PanelForm label=words::common().save check=move || existing.check() save saved=done>
                        <KpiFields draft=existing />
                    </PanelForm>
                }
            }
        </Panel>
    }
}

/// While the panel is open, it knows what is typed in it.
fn hold(holder: RwSignal<Option<KpiDraft>>, draft: KpiDraft) {
    holder.set(Some(draft));
    on_cleanup(move || {
        holder.try_set(None);
    });
}
