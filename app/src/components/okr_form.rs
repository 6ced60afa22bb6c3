//! Making and changing an OKR with its key results, beside what it changes.

mod choices;
mod coach;
mod draft;
mod fields;
mod key_result_draft;
mod key_result_fields;
mod saving;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use okrs_shared::id::CycleId;
use okrs_shared::okr::OkrType;
use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::permission::Action;

use self::choices::OkrChoices;
use self::draft::OkrDraft;
use self::fields::OkrFields;
use self::saving::Saved;
use crate::components::loaded::Loaded;
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelForm;
use crate::components::ui::toast::toasts;
use crate::fetched::Fetched;
use crate::hosted::say_kept;
use crate::paths;
use crate::session::session;
use crate::words;

/// Makes an OKR and goes to its page.
#[component]
pub fn NewOkrPanel(is_open: RwSignal<bool>, cycle_id: CycleId) -> impl IntoView {
    let navigate = use_navigate();
    let toasts = toasts();
    let say_kept = say_kept();
    let saved = Callback::new(move |(saved, title): (Saved, String)| {
        match saved.waits {
            Some(state) => say_kept(state),
            None => toasts.say((words::okr_form().created)(&title)),
        }
        if let Some(id) = saved.id {
            navigate(&paths::okr(id.as_str()), Default::default());
        }
    });
    let draft = RwSignal::new(None::<OkrDraft>);
    let title = words::okr_form().new_title;
    let is_dirty = Signal::derive(move || draft.get().is_some_and(OkrDraft::is_dirty));
    view! {
        <Panel title is_open is_dirty>
            {
                let me = session().me();
                let okr_type = okr_types().last().copied().unwrap_or(OkrType::Team);
                let new = OkrDraft::new(cycle_id.clone(), okr_type, &me.id, me.team_ids.first());
                draft.set(Some(new));
                on_cleanup(move || {
                    draft.try_set(None);
                });
                view! { <Form draft=new label=words::okr_form().create saved /> }
            }
        </Panel>
    }
}

/// Changes an OKR.
#[component]
pub fn EditOkrPanel(
    is_open: RwSignal<bool>,
    okr: Arc<ListedOkr>,
    /// The whole form is saved.
    saved: Callback<()>,
) -> impl IntoView {
    let toasts = toasts();
    let say_kept = say_kept();
    let done = Callback::new(move |(now, _): (Saved, String)| {
        match now.waits {
            Some(state) => say_kept(state),
            None => toasts.say(words::okr_form().changed),
        }
        saved.run(());
    });
    let draft = RwSignal::new(None::<OkrDraft>);
    let title = words::okr_form().edit_title;
    let is_dirty = Signal::derive(move || draft.get().is_some_and(OkrDraft::is_dirty));
    view! {
        <Panel title is_open is_dirty>
            {
                let existing = OkrDraft::of(&okr);
                draft.set(Some(existing));
                on_cleanup(move || {
                    draft.try_set(None);
                });
                view! { <Form draft=existing label=words::common().save saved=done /> }
            }
        </Panel>
    }
}

#[component]
fn Form(draft: OkrDraft, label: &'static str, saved: Callback<(Saved, String)>) -> impl IntoView {
    let me = session().me();
    let choices = Fetched::new(move || {
        let (me, cycle_id) = (me.clone(), draft.cycle_id());
        async move { OkrChoices::load(&me, cycle_id, draft.id()).await }
    });
    let save = move || async move {
        let saved = saving::save(draft).await?;
        Ok((saved, draft.title.get_untracked()))
    };
    view! {
        <PanelForm label check=move || saving::check(draft) save saved>
            <Loaded from=choices skeleton=|| view! { <FieldsSkeleton /> } let:choices>
                <OkrFields draft choices />
            </Loaded>
        </PanelForm>
    }
}

#[component]
fn FieldsSkeleton() -> impl IntoView {
    (0..5)
        .map(|_| {
            view! {
                <span class="bone short"></span>
                <span class="bone tall"></span>
            }
        })
        .collect_view()
}

/// Whose OKRs they may create.
fn okr_types() -> Vec<OkrType> {
    [OkrType::Org, OkrType::Department, OkrType::Team]
        .into_iter()
        .filter(|okr_type| session().may(Action::creating_okr(*okr_type)))
        .collect()
}
