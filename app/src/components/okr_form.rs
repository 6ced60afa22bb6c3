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
use crate::components::ui::form::Form;
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelFrame;
use crate::components::ui::submit::Submission;
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
    view! {
        <Panel title=words::okr_form().new_title is_open>
            {
                let me = session().me();
                let okr_type = okr_types().last().copied().unwrap_or(OkrType::Team);
                let form = draft::new(cycle_id.clone(), okr_type, &me.id, me.team_ids.first());
                view! { <OkrForm form label=words::okr_form().create saved /> }
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
    view! {
        <Panel title=words::okr_form().edit_title is_open>
            <OkrForm form=draft::of(&okr) label=words::common().save saved=done />
        </Panel>
    }
}

#[component]
fn OkrForm(
    form: Form<OkrDraft>,
    label: &'static str,
    saved: Callback<(Saved, String)>,
) -> impl IntoView {
    let (me, draft) = (session().me(), form.draft);
    let choices = Fetched::new(move || {
        let (me, id) = (me.clone(), draft.id.get_untracked());
        async move { OkrChoices::load(&me, draft.cycle_id(), id).await }
    });
    let is_dirty = Signal::derive(move || draft::is_dirty(form));
    let send = move || {
        let is_right = saving::check(form);
        is_right.then_some(async move {
            let saved = saving::save(form).await?;
            Ok((saved, draft.title.get_untracked()))
        })
    };
    // What is wrong with a part stands at the part; this one is about the whole.
    let submission = Submission::new();
    view! {
        <PanelFrame submission is_dirty label send saved>
            <Loaded from=choices skeleton=|| view! { <FieldsSkeleton /> } let:choices>
                <OkrFields form choices />
            </Loaded>
        </PanelFrame>
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
