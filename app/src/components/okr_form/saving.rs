//! Saving an OKR with its key results: one request for each thing that changed.
//!
//! What the server has accepted is marked so in the draft. When a later request fails, saving again
//! goes on from there and repeats nothing.

use leptos::prelude::*;
use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::id::{KeyResultId, OkrId};
use okrs_shared::key_result::NewKeyResult;
use okrs_shared::validation::Body as _;

use super::draft::{self, OkrDraft};
use super::key_result_draft::{self, KeyResultDraft};
use crate::api::{self, Answer, Problem};
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
        is_valid &= key_result.body().is_ok() && key_result.weight().is_ok();
    }
    is_valid
}

/// Sends what has changed and gives the OKR's id. A refusal stands at what was refused, too.
pub async fn save(draft: OkrDraft) -> Answer<OkrId> {
    draft.refused.set(None);
    let refused = |problem: &Problem| draft.refused.set(Some(problem.clone()));
    let id = save_okr(draft).await.inspect_err(refused)?;
    align(&id, draft).await.inspect_err(refused)?;
    while let Some(removed) = draft.removed.get_untracked().first().cloned() {
        match api::okrs::delete_key_result(&removed).await {
            // Somebody else was faster.
            Err(problem) if !problem.is_not_found() => return Err(problem),
            _ => draft
                .removed
                .update(|all| all.retain(|found| *found != removed)),
        }
    }
    for key_result in to_send(draft) {
        key_result.refused.set(None);
        save_key_result(&id, key_result)
            .await
            .inspect_err(|problem| key_result.refused.set(Some(problem.clone())))?;
    }
    Ok(id)
}

/// Key results that say something or that the server has.
fn to_send(draft: OkrDraft) -> Vec<KeyResultDraft> {
    let all = draft.key_results.get_untracked();
    let says_something = |found: &KeyResultDraft| {
        found.saved.get_untracked().is_some() || !untrack(|| found.is_blank())
    };
    all.into_iter().filter(says_something).collect()
}

async fn save_okr(draft: OkrDraft) -> Answer<OkrId> {
    let body = untrack(|| draft.body());
    let id = match draft.saved.get_untracked() {
        Some((id, saved)) if saved == body => return Ok(id),
        Some((id, saved)) => {
            api::okrs::update(&id, &draft::patch(&saved, &body)).await?;
            id
        }
        None => api::okrs::create(&body).await?.id,
    };
    draft.saved.set(Some((id.clone(), body)));
    Ok(id)
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

async fn save_key_result(okr_id: &OkrId, draft: KeyResultDraft) -> Answer<()> {
    let body = untrack(|| draft.body()).map_err(Problem::from)?;
    let id = match draft.saved.get_untracked() {
        Some((id, saved)) if saved == body => id,
        Some((id, saved)) => {
            let saved = move_target(&id, saved, &body, draft).await?;
            if saved != body {
                let patch = key_result_draft::patch(&saved, &body);
                api::okrs::update_key_result(&id, &patch).await?;
            }
            id
        }
        None => api::okrs::add_key_result(okr_id, &body).await?.id,
    };
    draft.saved.set(Some((id.clone(), body)));
    weigh(&id, draft).await
}

async fn weigh(id: &KeyResultId, draft: KeyResultDraft) -> Answer<()> {
    let weight = untrack(|| draft.weight()).map_err(Problem::from)?;
    if weight == draft.saved_weight.get_untracked() {
        return Ok(());
    }
    let patch = KeyResultAlignmentPatch {
        weight: Some(weight),
        ..KeyResultAlignmentPatch::default()
    };
    api::okrs::align_key_result(id, &patch).await?;
    draft.saved_weight.set(weight);
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
