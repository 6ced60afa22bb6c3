//! Going on in another cycle with what an ended one left over.

use leptos::prelude::*;
use okrs_shared::cycle::{CloneCycle, CycleOverview, CycleStatus};
use okrs_shared::id::CycleId;

use crate::api;
use crate::components::ui::choice::{Choice, Options};
use crate::components::ui::panel::{ClosePanel, Panel};
use crate::components::ui::panel_form::PanelFrame;
use crate::components::ui::submit::Submission;
use crate::components::ui::toast::toasts;
use crate::tried::Tried;
use crate::words;

/// For the cycle that is set.
#[component]
pub fn ClonePanel(
    clones: RwSignal<Option<CycleOverview>>,
    cycles: Vec<CycleOverview>,
    changed: Callback<()>,
) -> impl IntoView {
    // The next to begin first.
    let open = cycles
        .iter()
        .rev()
        .filter(|cycle| cycle.status != CycleStatus::Ended);
    let targets: Options = open
        .map(|cycle| (cycle.id.to_string(), cycle.name.clone()))
        .collect();
    move || {
        let from = clones.get()?;
        let is_open = RwSignal::new(true);
        Effect::new(move || {
            if !is_open.get() {
                clones.set(None);
            }
        });
        let targets = targets.clone();
        Some(view! {
            <Panel title=words::cycles().clone_title is_open>
                <Form from=from.clone() targets=targets.clone() changed />
            </Panel>
        })
    }
}

#[component]
fn Form(from: CycleOverview, targets: Options, changed: Callback<()>) -> impl IntoView {
    let words = words::cycles();
    let panel = expect_context::<ClosePanel>();
    let more = (words.clone_more)(from.okr_count, &from.name);
    let Some((first, _)) = targets.first().cloned() else {
        return view! {
            <div class="panel-body form">
                <p>{words.clone_nowhere}</p>
                <button type="button" class="button" on:click=move |_| panel.close.run(())>
                    {words::common().close}
                </button>
            </div>
        }
        .into_any();
    };
    let toasts = toasts();
    let into = RwSignal::new(first);
    let (submission, tried) = (Submission::new(), Tried::default());
    let name_of = {
        let targets = targets.clone();
        move |id: &str| {
            let found = targets.iter().find(|(found, _)| found == id);
            found.map(|(_, name)| name.clone()).unwrap_or_default()
        }
    };
    let send = move || {
        let body = CloneCycle {
            into_cycle_id: CycleId(into.get_untracked()),
            okr_ids: None,
        };
        let (id, key) = (from.id.clone(), tried.key(&body));
        let name = name_of(body.into_cycle_id.as_str());
        Some(async move {
            let cloned = api::cycles::clone(&id, &body, &key).await?;
            Ok((words.cloned)(cloned.okrs.len(), &name))
        })
    };
    let saved = Callback::new(move |said: String| {
        toasts.say(said);
        changed.run(());
    });
    let is_dirty = Signal::stored(false);
    view! {
        <PanelFrame submission is_dirty label=words.clone_submit send saved>
            <p class="quiet">{more}</p>
            <Choice name="into_cycle_id" label=words.clone_into value=into options=targets />
        </PanelFrame>
    }
    .into_any()
}
