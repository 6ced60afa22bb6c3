//! Saving an OKR with its key results: one request for each thing that changed.
//!
//! What the server has accepted is marked so in the draft. When a later request fails, saving again
//! goes on from there and repeats nothing. What the server keeps for the hosted service counts as
//! accepted, but what something else depends on must be there first.

use leptos::prelude::*;
use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::id::{KeyResultId, OkrId};
use okrs_shared::key_result::NewKeyResult;
use okrs_shared::upstream::WriteState;
use okrs_shared::validation::Body as _;

use super::draft::{self, OkrDraft};
use super::key_result_draft::{self, KeyResultDraft};
use crate::api::{self, Answer, Problem, Sent};
use crate::components::typed::filled;

/// Whether everything may be sent. Shows what is wrong where it is.
pub fn check(draft: OkrDraft) -> bool {
    draft
        .touched
        .update(|touched| touched.extend(draft::FIELDS));
    let mut is_valid = draft.body().validate().is_ok() && draft.alignment().is_ok();
    for key_result in to_send(draft) {
        let fields = key_result_draft::FIELDS;
        key_result.touched.update(|touched| touched.extend(fields));
        is_valid &= key_result.body().is_ok() && key_result.alignment().is_ok();
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
pub async fn save(draft: OkrDraft) -> Answer<Saved> {
    draft.refused.set(None);
    let refused = |problem: &Problem| draft.refused.set(Some(problem.clone()));
    let mut saved = save_okr(draft).await.inspect_err(refused)?;
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
        key_result.refused.set(None);
        save_key_result(&id, key_result, &mut saved)
            .await
            .inspect_err(|problem| key_result.refused.set(Some(problem.clone())))?;
    }
    Ok(saved)
}

/// Key results that say something or that the server has.
fn to_send(draft: OkrDraft) -> Vec<KeyResultDraft> {
    let all = draft.key_results.get_untracked();
    let says_something = |found: &KeyResultDraft| {
        found.saved.get_untracked().is_some() || !untrack(|| found.is_blank())
    };
    all.into_iter().filter(says_something).collect()
}

async fn save_okr(draft: OkrDraft) -> Answer<Saved> {
    let (body, says_visibility) = untrack(|| (draft.body(), draft.says_visibility()));
    let mut saved = Saved {
        id: draft.id(),
        waits: None,
    };
    match draft.saved.get_untracked() {
        Some((_, before)) if before == body && !says_visibility => return Ok(saved),
        Some((id, before)) => {
            let mut patch = draft::patch(&before, &body);
            if says_visibility {
                patch.visibility = Some(body.visibility);
            }
            saved.note(api::okrs::update(&id, &patch).await?);
            draft.visibility_known.set(true);
        }
        None => {
            let key = draft.tried.key(&body);
            let made = match is_all(draft)? {
                true => saved.note(api::okrs::create_or_wait(&body, &key).await?),
                false => Some(api::okrs::create(&body, &key).await?),
            };
            saved.id = made.map(|okr| okr.id);
        }
    }
    if let Some(id) = &saved.id {
        draft.saved.set(Some((id.clone(), body)));
    }
    Ok(saved)
}

/// Whether nothing is to be saved besides the OKR itself.
fn is_all(draft: OkrDraft) -> Answer<bool> {
    let alignment = untrack(|| draft.alignment()).map_err(Problem::from)?;
    Ok(alignment == OkrAlignmentPatch::default() && to_send(draft).is_empty())
}

async fn align(id: &OkrId, draft: OkrDraft) -> Answer<()> {
    let patch = untrack(|| draft.alignment()).map_err(Problem::from)?;
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

async fn save_key_result(okr_id: &OkrId, draft: KeyResultDraft, whole: &mut Saved) -> Answer<()> {
    let body = untrack(|| draft.body()).map_err(Problem::from)?;
    let id = match draft.saved.get_untracked() {
        Some((id, saved)) if saved == body => id,
        Some((id, saved)) => {
            let saved = move_target(&id, saved, &body, draft).await?;
            if saved != body {
                let patch = key_result_draft::patch(&saved, &body);
                whole.note(api::okrs::update_key_result(&id, &patch).await?);
            }
            id
        }
        None => {
            let key = draft.tried.key(&body);
            let alignment = untrack(|| draft.alignment()).map_err(Problem::from)?;
            let made = match alignment == KeyResultAlignmentPatch::default() {
                true => whole.note(api::okrs::add_key_result_or_wait(okr_id, &body, &key).await?),
                false => Some(api::okrs::add_key_result(okr_id, &body, &key).await?),
            };
            // Sent again, it is still the one that waits.
            let Some(made) = made else { return Ok(()) };
            made.id
        }
    };
    draft.saved.set(Some((id.clone(), body)));
    align_key_result(&id, draft).await
}

/// Weighs and moves it. What follows finds it wherever it is.
async fn align_key_result(id: &KeyResultId, draft: KeyResultDraft) -> Answer<()> {
    let patch = untrack(|| draft.alignment()).map_err(Problem::from)?;
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
    mut saved: NewKeyResult,
    body: &NewKeyResult,
    draft: KeyResultDraft,
) -> Answer<NewKeyResult> {
    let reason = untrack(|| filled(draft.reason));
    if saved.target_value != body.target_value && reason.is_some() {
        let patch = KeyResultAlignmentPatch {
            target_value: Some(body.target_value),
            reason,
            ..KeyResultAlignmentPatch::default()
        };
        api::okrs::align_key_result(id, &patch).await?;
        saved.target_value = body.target_value;
        draft.saved.set(Some((id.clone(), saved.clone())));
    }
    Ok(saved)
}
