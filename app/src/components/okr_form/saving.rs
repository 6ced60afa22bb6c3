//! Saving an OKR with its key results: one request for each thing that changed.
//!
//! What the server has accepted is marked so in the draft. When a later request fails, saving again
//! goes on from there and repeats nothing. What the server keeps for the hosted service counts as
//! accepted, but what something else depends on must be there first.

use leptos::prelude::*;
use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::id::{KeyResultId, OkrId};
use okrs_shared::key_result::{KeyResultPatch, NewKeyResult};
use okrs_shared::okr::OkrPatch;
use okrs_shared::upstream::WriteState;

use super::draft::OkrDraft;
use super::key_result_draft::KeyResultDraft;
use crate::api::{self, Answer, Problem, Sent};
use crate::components::typed::filled;
use crate::components::ui::form::Form;

/// Whether everything may be sent. Shows what is wrong where it is.
pub fn check(form: Form<OkrDraft>) -> bool {
    let mut is_valid = form.check().is_some();
    for key_result in to_send(form.draft) {
        is_valid &= key_result.check().is_some();
    }
    is_valid
}

/// What was saved.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The OKR; none if it has to wait until it is made.
    pub id: Option<OkrId>,
    /// How what waits stands, if anything does.
    pub waits: Option<WriteState>,
}

impl Saved {
    fn note<T>(&mut self, sent: Sent<T>) -> Option<T> {
        match sent {
            Sent::Done(answer) => Some(answer),
            Sent::Waits(state) => {
                self.waits = Some(state);
                None
            }
        }
    }
}

/// Sends what has changed. A refusal stands at what was refused, too.
pub async fn save(form: Form<OkrDraft>) -> Answer<Saved> {
    let draft = form.draft;
    form.submission.accept();
    let refused = |problem: &Problem| form.submission.refuse(problem.clone());
    let mut saved = save_okr(form).await.inspect_err(refused)?;
    let Some(id) = saved.id.clone() else {
        return Ok(saved);
    };
    align(&id, draft).await.inspect_err(refused)?;
    while let Some(removed) = draft.removed.get_untracked().first().cloned() {
        match api::okrs::delete_key_result(&removed).await {
            // Somebody else was faster.
            Err(problem) if !problem.is_not_found() => return Err(problem),
            sent => {
                sent.ok().and_then(|sent| saved.note(sent));
                draft
                    .removed
                    .update(|all| all.retain(|found| *found != removed));
            }
        }
    }
    for key_result in to_send(draft) {
        key_result.submission.accept();
        save_key_result(&id, key_result, &mut saved)
            .await
            .inspect_err(|problem| key_result.submission.refuse(problem.clone()))?;
    }
    Ok(saved)
}

/// Key results that say something or that the server has.
fn to_send(draft: OkrDraft) -> Vec<Form<KeyResultDraft>> {
    let all = draft.key_results.get_untracked();
    let says_something = |found: &Form<KeyResultDraft>| {
        found.draft.id.read_untracked().is_some() || !untrack(|| found.draft.is_blank())
    };
    all.into_iter().filter(says_something).collect()
}

async fn save_okr(form: Form<OkrDraft>) -> Answer<Saved> {
    let draft = form.draft;
    let (body, says_visibility) = untrack(|| (form.body(), draft.says_visibility()));
    let body = body?;
    let mut saved = Saved {
        id: draft.id.get_untracked(),
        waits: None,
    };
    if let Some(id) = &saved.id {
        let mut patch = form.patch(&body, OkrPatch::between).unwrap_or_default();
        if says_visibility {
            patch.visibility = Some(body.visibility);
        }
        if patch == OkrPatch::default() {
            return Ok(saved);
        }
        let sent = api::okrs::update(id, &patch).await?;
        saved.note(sent);
        draft.visibility_known.set(true);
    } else {
        let key = draft.tried.key(&body);
        let made = match is_all(draft)? {
            true => saved.note(api::okrs::create_or_wait(&body, &key).await?),
            false => Some(api::okrs::create(&body, &key).await?),
        };
        saved.id = made.map(|okr| okr.id);
    }
    if saved.id.is_some() {
        draft.id.set(saved.id.clone());
        form.saved.set(Some(body));
    }
    Ok(saved)
}

/// Whether nothing is to be saved besides the OKR itself.
fn is_all(draft: OkrDraft) -> Answer<bool> {
    let alignment = untrack(|| draft.alignment())?;
    Ok(alignment == OkrAlignmentPatch::default() && to_send(draft).is_empty())
}

async fn align(id: &OkrId, draft: OkrDraft) -> Answer<()> {
    let patch = untrack(|| draft.alignment())?;
    if patch == OkrAlignmentPatch::default() {
        return Ok(());
    }
    api::okrs::align(id, &patch).await?;
    draft.saved_parent_id.set(draft.parent_id.get_untracked());
    if let Some(weight) = patch.weight {
        draft.saved_weight.set(weight);
    }
    Ok(())
}

async fn save_key_result(
    okr_id: &OkrId,
    form: Form<KeyResultDraft>,
    whole: &mut Saved,
) -> Answer<()> {
    let draft = form.draft;
    let body = untrack(|| form.body())?;
    let id = match draft.id.get_untracked() {
        Some(id) => {
            move_target(&id, &body, form).await?;
            if let Some(patch) = form.patch(&body, KeyResultPatch::between) {
                whole.note(api::okrs::update_key_result(&id, &patch).await?);
            }
            id
        }
        None => {
            let key = draft.tried.key(&body);
            let alignment = untrack(|| draft.alignment())?;
            let made = match alignment == KeyResultAlignmentPatch::default() {
                true => whole.note(api::okrs::add_key_result_or_wait(okr_id, &body, &key).await?),
                false => Some(api::okrs::add_key_result(okr_id, &body, &key).await?),
            };
            // Sent again, it is still the one that waits.
            let Some(made) = made else { return Ok(()) };
            made.id
        }
    };
    draft.id.set(Some(id.clone()));
    form.saved.set(Some(body));
    align_key_result(&id, draft).await
}

/// Weighs and moves it. What follows finds it wherever it is.
async fn align_key_result(id: &KeyResultId, draft: KeyResultDraft) -> Answer<()> {
    let patch = untrack(|| draft.alignment())?;
    if patch == KeyResultAlignmentPatch::default() {
        return Ok(());
    }
    api::okrs::align_key_result(id, &patch).await?;
    draft.saved_okr_id.set(draft.okr_id.get_untracked());
    if let Some(weight) = patch.weight {
        draft.saved_weight.set(weight);
    }
    Ok(())
}

/// A target that moves for a reason moves by itself, and the history says why.
async fn move_target(
    id: &KeyResultId,
    body: &NewKeyResult,
    form: Form<KeyResultDraft>,
) -> Answer<()> {
    let reason = untrack(|| filled(form.draft.reason));
    let patch = form.patch(body, KeyResultPatch::between);
    let target_value = patch.and_then(|patch| patch.target_value);
    if target_value.is_none() || reason.is_none() {
        return Ok(());
    }
    let patch = KeyResultAlignmentPatch {
        target_value,
        reason,
        ..KeyResultAlignmentPatch::default()
    };
    api::okrs::align_key_result(id, &patch).await?;
    form.saved.update(|saved| {
        if let Some(saved) = saved {
            saved.target_value = body.target_value;
        }
    });
    Ok(())
}
