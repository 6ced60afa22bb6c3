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
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use okrs_shared::id::{CycleId, OkrId};
use okrs_shared::okr::OkrType;
use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::permission::Action;
use web_sys::SubmitEvent;

pub use self::choices::OkrChoices;
use self::draft::OkrDraft;
use self::fields::OkrFields;
use crate::api::Problem;
use crate::components::ui::panel::{ClosePanel, Panel};
use crate::components::ui::toast::toasts;
use crate::paths;
use crate::session::session;
use crate::words::words;

/// Makes an OKR and goes to its page.
#[component]
pub fn NewOkrPanel(
    is_open: RwSignal<bool>,
    cycle_id: CycleId,
    choices: OkrChoices,
) -> impl IntoView {
    let navigate = use_navigate();
    let toasts = toasts();
    let saved = Callback::new(move |(id, title): (OkrId, String)| {
        toasts.say((words().okr_form.created)(&title));
        navigate(&paths::okr(id.as_str()), Default::default());
    });
    let draft = RwSignal::new(None::<OkrDraft>);
    let title = words().okr_form.new_title;
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
                view! { <Form draft=new choices=choices.clone() label=words().okr_form.create saved /> }
            }
        </Panel>
    }
}

/// Changes an OKR.
#[component]
pub fn EditOkrPanel(
    is_open: RwSignal<bool>,
    okr: Arc<ListedOkr>,
    choices: OkrChoices,
    /// All of it is saved.
    saved: Callback<()>,
) -> impl IntoView {
    let toasts = toasts();
    let done = Callback::new(move |_: (OkrId, String)| {
        toasts.say(words().okr_form.changed);
        saved.run(());
    });
    let draft = RwSignal::new(None::<OkrDraft>);
    let title = words().okr_form.edit_title;
    let is_dirty = Signal::derive(move || draft.get().is_some_and(OkrDraft::is_dirty));
    view! {
        <Panel title is_open is_dirty>
            {
                let existing = OkrDraft::of(&okr);
                draft.set(Some(existing));
                on_cleanup(move || {
                    draft.try_set(None);
                });
                view! { <Form draft=existing choices=choices.clone() label=words().common.save saved=done /> }
            }
        </Panel>
    }
}

#[component]
fn Form(
    draft: OkrDraft,
    choices: OkrChoices,
    label: &'static str,
    saved: Callback<(OkrId, String)>,
) -> impl IntoView {
    let panel = expect_context::<ClosePanel>();
    let is_pending = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_pending.get_untracked() || !untrack(|| saving::check(draft)) {
            focus_first_error();
            return;
        }
        is_pending.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = saving::save(draft).await;
            is_pending.set(false);
            match answer {
                Ok(id) => {
                    let title = draft.title.get_untracked();
                    panel.close.run(());
                    saved.run((id, title));
                }
                Err(found) => {
                    problem.set(Some(found));
                    focus_first_error();
                }
            }
        });
    };
    view! {
        <form class="panel-form" novalidate on:submit=submit>
            <div class="panel-body form">
                <OkrFields draft choices />
            </div>
            <footer class="panel-foot">
                <div role="alert" class="form-error">
                    {move || problem.get().as_ref().map(in_words)}
                </div>
                <button type="submit" class="button primary" aria-disabled=move || is_pending.get().to_string()>
                    {label}
                </button>
                <button type="button" class="button plain" on:click=move |_| panel.leave.run(())>
                    {words().common.cancel}
                </button>
            </footer>
        </form>
    }
}

/// What went wrong with the whole. The session's end must not take the page, and the text, away.
fn in_words(problem: &Problem) -> String {
    match problem {
        Problem::SignedOut => words().common.signed_out.to_owned(),
        Problem::Refused { message, .. } if message.is_empty() => {
            words().common.went_wrong.to_owned()
        }
        problem => problem.in_words(),
    }
}

/// Once the errors are on the page.
fn focus_first_error() {
    request_animation_frame(|| {
        let found = document().query_selector("dialog [aria-invalid=true]").ok();
        if let Some(input) = found.flatten() {
            use wasm_bindgen::JsCast as _;
            if let Ok(input) = input.dyn_into::<web_sys::HtmlElement>() {
                // An input that is gone again needs no focus.
                let _ = input.focus();
            }
        }
    });
}

/// Whose OKRs they may create.
fn okr_types() -> Vec<OkrType> {
    [OkrType::Org, OkrType::Department, OkrType::Team]
        .into_iter()
        .filter(|okr_type| session().may(Action::creating_okr(*okr_type)))
        .collect()
}

/// For a patch: the new value, if it is one.
fn changed<T: Clone + PartialEq>(old: &T, new: &T) -> Option<T> {
    (old != new).then(|| new.clone())
}
