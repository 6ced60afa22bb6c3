//! An OKR as it is being typed, with its key results.

use std::collections::HashSet;

use leptos::prelude::*;
use okrs_shared::alignment::OkrAlignmentPatch;
use okrs_shared::id::{CycleId, DepartmentId, KeyResultId, MemberId, OkrId, TeamId};
use okrs_shared::number::Number;
use okrs_shared::okr::{NewOkr, OkrPatch, OkrType, Visibility};
use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::validation::{Body as _, Invalid};

use super::key_result_draft::KeyResultDraft;
use crate::api::Problem;
use crate::components::typed::{changed, error_of, filled, number};
use crate::locale;
use crate::tried::Tried;

/// All that can be typed about one.
#[derive(Clone, Copy)]
pub struct OkrDraft {
    pub title: RwSignal<String>,
    pub description: RwSignal<String>,
    pub okr_type: RwSignal<OkrType>,
    pub department_id: RwSignal<String>,
    pub team_id: RwSignal<String>,
    pub owner_id: RwSignal<String>,
    /// The OKR it is aligned to.
    pub parent_id: RwSignal<String>,
    /// How much it counts in its parent.
    pub weight: RwSignal<String>,
    pub visibility: RwSignal<Visibility>,
    /// Whether the server knows who it is for. Where it does not, choosing says so, even if it is what was
    /// assumed.
    pub visibility_known: RwSignal<bool>,
    /// Whether somebody chose who it is for.
    pub visibility_chosen: RwSignal<bool>,
    /// For an OKR that the server does not have.
    pub tried: Tried,
    cycle_id: StoredValue<CycleId>,
    /// In the order that they stand in the form.
    pub key_results: RwSignal<Vec<KeyResultDraft>>,
    /// Key results that the server has and that were taken out.
    pub removed: RwSignal<Vec<KeyResultId>>,
    /// The parent as the server has it.
    pub saved_parent_id: RwSignal<String>,
    /// The weight as the server has it.
    pub saved_weight: RwSignal<Number>,
    /// As the server has it, if it has it.
    pub saved: RwSignal<Option<(OkrId, NewOkr)>>,
    /// Why the server refused it.
    pub refused: RwSignal<Option<Problem>>,
    /// Fields that were left once, whose errors are shown.
    pub touched: RwSignal<HashSet<&'static str>>,
    /// As it was when the form opened.
    untouched: StoredValue<Option<NewOkr>>,
    next_key: StoredValue<u32>,
}

/// The fields that show their own errors.
pub const FIELDS: [&str; 7] = [
    "title",
    "description",
    "department_id",
    "team_id",
    "owner_id",
    "parent_id",
    "weight",
];

impl OkrDraft {
    /// A new one, with room for a first key result.
    pub fn new(
        cycle_id: CycleId,
        okr_type: OkrType,
        owner_id: &MemberId,
        team: Option<&TeamId>,
    ) -> Self {
        let draft = Self::empty(cycle_id, okr_type);
        draft.owner_id.set(owner_id.to_string());
        draft
            .team_id
            .set(team.map_or(String::new(), TeamId::to_string));
        draft.add_key_result();
        draft.untouched.set_value(Some(untrack(|| draft.body())));
        draft
    }

    /// One that exists.
    pub fn of(okr: &ListedOkr) -> Self {
        fn text<Id: ToString>(id: Option<&Id>) -> String {
            id.map_or(String::new(), ToString::to_string)
        }
        let draft = Self::empty(okr.cycle_id.clone(), okr.okr_type);
        draft.title.set(okr.title.clone());
        draft
            .description
            .set(okr.description.clone().unwrap_or_default());
        draft.department_id.set(text(okr.department_id.as_ref()));
        draft.team_id.set(text(okr.team_id.as_ref()));
        draft.owner_id.set(text(okr.owner_id.as_ref()));
        draft.visibility.set(okr.visibility);
        draft.visibility_known.set(okr.visibility_known);
        draft.parent_id.set(text(okr.parent_id.as_ref()));
        draft.saved_parent_id.set(text(okr.parent_id.as_ref()));
        draft.weight.set(locale::in_field(okr.weight.get()));
        draft.saved_weight.set(okr.weight);
        for key_result in &okr.key_results {
            let key = draft.new_key();
            draft
                .key_results
                .update(|all| all.push(KeyResultDraft::of(key, key_result, &okr.id)));
        }
        let body = untrack(|| draft.body());
        draft.untouched.set_value(Some(body.clone()));
        draft.saved.set(Some((okr.id.clone(), body)));
        draft
    }

    fn empty(cycle_id: CycleId, okr_type: OkrType) -> Self {
        Self {
            title: RwSignal::default(),
            description: RwSignal::default(),
            okr_type: RwSignal::new(okr_type),
            department_id: RwSignal::default(),
            team_id: RwSignal::default(),
            owner_id: RwSignal::default(),
            parent_id: RwSignal::default(),
            saved_parent_id: RwSignal::default(),
            weight: RwSignal::new(locale::in_field(1.0)),
            saved_weight: RwSignal::new(Number::from(1)),
            visibility: RwSignal::default(),
            visibility_known: RwSignal::new(true),
            visibility_chosen: RwSignal::new(false),
            tried: Tried::default(),
            cycle_id: StoredValue::new(cycle_id),
            key_results: RwSignal::default(),
            removed: RwSignal::default(),
            saved: RwSignal::new(None),
            refused: RwSignal::new(None),
            touched: RwSignal::default(),
            untouched: StoredValue::new(None),
            next_key: StoredValue::new(0),
        }
    }

    /// The cycle it belongs to.
    pub fn cycle_id(self) -> CycleId {
        self.cycle_id.get_value()
    }

    /// Its own id, if the server has it.
    pub fn id(self) -> Option<OkrId> {
        self.saved.get_untracked().map(|(id, _)| id)
    }

    fn new_key(self) -> u32 {
        self.next_key.update_value(|key| *key += 1);
        self.next_key.get_value()
    }

    /// Room for another key result.
    pub fn add_key_result(self) {
        let key = self.new_key();
        self.key_results
            .update(|all| all.push(KeyResultDraft::new(key)));
    }

    /// Takes a key result out; the server hears of it when the form is saved.
    pub fn remove_key_result(self, draft: KeyResultDraft) {
        self.key_results
            .update(|all| all.retain(|found| *found != draft));
        if let Some((id, _)) = draft.saved.get_untracked() {
            self.removed.update(|removed| removed.push(id));
        }
    }

    /// What the server is to have.
    pub fn body(self) -> NewOkr {
        let okr_type = self.okr_type.get();
        let of = |wanted: OkrType, id| (okr_type == wanted).then(|| filled(id)).flatten();
        NewOkr {
            title: self.title.get().into(),
            description: filled(self.description),
            okr_type,
            cycle_id: self.cycle_id.get_value(),
            owner_id: filled(self.owner_id).map(MemberId),
            department_id: of(OkrType::Department, self.department_id)
                .or_else(|| of(OkrType::Team, self.department_id))
                .map(DepartmentId),
            team_id: of(OkrType::Team, self.team_id).map(TeamId),
            visibility: self.visibility.get(),
        }
    }

    /// What differs of where it belongs and how much it counts there, or what is wrong with that.
    pub fn alignment(self) -> Result<OkrAlignmentPatch, Invalid> {
        let saved = self.saved_weight.get();
        let weight = number("weight", &self.weight.read(), Some(saved), &[])?;
        let patch = OkrAlignmentPatch {
            parent_id: (self.parent_id.get() != self.saved_parent_id.get())
                .then(|| filled(self.parent_id).map(OkrId)),
            weight: changed(&saved, &weight),
            archived: None,
        };
        if patch != OkrAlignmentPatch::default() {
            patch.validate()?;
        }
        Ok(patch)
    }

    /// Whether the server is to hear who it is for, although that is no change.
    pub fn says_visibility(self) -> bool {
        !self.visibility_known.get() && self.visibility_chosen.get()
    }

    /// Whether closing the form would lose something.
    pub fn is_dirty(self) -> bool {
        self.untouched
            .get_value()
            .is_some_and(|untouched| untouched != self.body())
            || self.alignment() != Ok(OkrAlignmentPatch::default())
            || !self.removed.read().is_empty()
            || self.says_visibility()
            || self
                .key_results
                .read()
                .iter()
                .any(|draft| draft.is_changed())
    }

    /// What is wrong with a field, as far as it is time to say so.
    pub fn error_of(self, field: &'static str) -> Signal<Option<String>> {
        error_of(field, self.refused, self.touched, move || {
            let wrong = self.body().validate().err();
            wrong.or_else(|| self.alignment().err())
        })
    }
}

/// The fields that differ.
pub fn patch(old: &NewOkr, new: &NewOkr) -> OkrPatch {
    OkrPatch {
        title: changed(&old.title, &new.title),
        description: changed(&old.description, &new.description),
        okr_type: changed(&old.okr_type, &new.okr_type),
        cycle_id: changed(&old.cycle_id, &new.cycle_id),
        owner_id: changed(&old.owner_id, &new.owner_id),
        department_id: changed(&old.department_id, &new.department_id),
        team_id: changed(&old.team_id, &new.team_id),
        visibility: changed(&old.visibility, &new.visibility),
    }
}
