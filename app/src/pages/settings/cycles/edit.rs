//! Changing a cycle, with what its days move.

use leptos::prelude::*;
use okrs_shared::cycle::{CycleOverview, CyclePatch, NewCycle};

use crate::api;
use crate::components::cycle_fields::{CycleDraft, CycleFields};
use crate::components::ui::form::Form;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelFrame;
use crate::components::ui::toast::toasts;
use crate::words;

/// For the cycle that is set.
#[component]
pub fn EditPanel(edits: RwSignal<Option<CycleOverview>>, changed: Callback<()>) -> impl IntoView {
    move || {
        let cycle = edits.get()?;
        let is_open = RwSignal::new(true);
        Effect::new(move || {
            if !is_open.get() {
                edits.set(None);
            }
        });
        let before = NewCycle {
            name: cycle.name.as_str().into(),
            start_date: cycle.start_date,
            end_date: cycle.end_date,
        };
        let draft = CycleDraft::default();
        draft.set(&before);
        let form = Form::new(draft, Some(before));
        Some(view! {
            <Panel title=words::cycles().edit_title is_open>
                <Fields cycle=cycle.clone() form changed />
            </Panel>
        })
    }
}

#[component]
fn Fields(cycle: CycleOverview, form: Form<CycleDraft>, changed: Callback<()>) -> impl IntoView {
    let words = words::cycles();
    let (draft, submission, toasts) = (form.draft, form.submission, toasts());
    let (id, count) = (cycle.id, cycle.okr_count);
    let days = (cycle.start_date, cycle.end_date);
    let moves = move || {
        let now = form.body().ok()?;
        let moves = (now.start_date, now.end_date) != days && count > 0;
        moves.then(|| (words.pace_changes)(count))
    };
    let send = move || {
        if !submission.has_all(&draft.required()) {
            return None;
        }
        let now = form.check()?;
        let patch = form.patch(&now, patch);
        let id = id.clone();
        Some(async move {
            match patch {
                Some(patch) => api::cycles::update(&id, &patch).await.map(Some),
                None => Ok(None),
            }
        })
    };
    let saved = Callback::new(move |cycle: Option<CycleOverview>| {
        if let Some(cycle) = cycle {
            toasts.say((words.saved)(&cycle.name));
            changed.run(());
        }
    });
    let is_dirty = Signal::derive(move || form.is_changed());
    view! {
        <PanelFrame submission is_dirty label=words::common().save send saved>
            <CycleFields draft autofocus=true />
            <div role="status">
                {move || {
                    moves()
                        .map(|says| {
                            view! {
                                <p class="coach">
                                    <Icon shape=Shape::Clock />
                                    {says}
                                </p>
                            }
                        })
                }}
            </div>
        </PanelFrame>
    }
}

/// What of a cycle differs.
fn patch(old: &NewCycle, new: &NewCycle) -> CyclePatch {
    CyclePatch {
        name: (new.name != old.name).then(|| new.name.clone()),
        start_date: (new.start_date != old.start_date).then(|| new.start_date.into()),
        end_date: (new.end_date != old.end_date).then(|| new.end_date.into()),
        archived: None,
    }
}
