//! An OKR as it is being typed, with its key results.

use leptos::prelude::*;
use okrs_shared::alignment::OkrAlignmentPatch;
use okrs_shared::id::{CycleId, DepartmentId, KeyResultId, MemberId, OkrId, TeamId};
use okrs_shared::number::Number;
use okrs_shared::okr::{NewOkr, OkrType, Visibility};
use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::validation::{Body as _, Invalid};

use super::key_result_draft::{self, KeyResultDraft};
use crate::components::typed::{filled, number, shown};
use crate::components::ui::form::{Form, Typed};
use crate::locale;
use crate::tried::Tried;

/// All that can be typed about an OKR.
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
    pub key_results: RwSignal<Vec<Form<KeyResultDraft>>>,
    /// Key results that the server has and that were taken out.
    pub removed: RwSignal<Vec<KeyResultId>>,
    /// The parent as the server has it.
    pub saved_parent_id: RwSignal<String>,
    /// The weight as the server has it.
    pub saved_weight: RwSignal<Number>,
    /// Its own id, if the server has it.
    pub id: RwSignal<Option<OkrId>>,
    next_key: StoredValue<u32>,
}

/// A form for a new OKR, with room for a first key result.
pub fn new(
    cycle_id: CycleId,
    okr_type: OkrType,
    owner_id: &MemberId,
    team: Option<&TeamId>,
) -> Form<OkrDraft> {
    let draft = OkrDraft {
        owner_id: shown(Some(owner_id)),
        team_id: shown(team),
        ..OkrDraft::empty(cycle_id, okr_type)
    };
    draft.add_key_result();
    Form::begun(draft)
}

/// The form of an OKR that the server has.
pub fn of(okr: &ListedOkr) -> Form<OkrDraft> {
    let draft = OkrDraft {
        title: shown(Some(&okr.title)),
        description: shown(okr.description.as_ref()),
        department_id: shown(okr.department_id.as_ref()),
        team_id: shown(okr.team_id.as_ref()),
        owner_id: shown(okr.owner_id.as_ref()),
        visibility: RwSignal::new(okr.visibility),
        visibility_known: RwSignal::new(okr.visibility_known),
        parent_id: shown(okr.parent_id.as_ref()),
        saved_parent_id: shown(okr.parent_id.as_ref()),
        weight: RwSignal::new(locale::in_field(okr.weight.get())),
        saved_weight: RwSignal::new(okr.weight),
        id: RwSignal::new(Some(okr.id.clone())),
        ..OkrDraft::empty(okr.cycle_id.clone(), okr.okr_type)
    };
    let key_results = okr.key_results.iter();
    let key_results =
        key_results.map(|key_result| key_result_draft::of(draft.new_key(), key_result, &okr.id));
    draft.key_results.set(key_results.collect());
    Form::begun(draft)
}

impl OkrDraft {
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
            id: RwSignal::new(None),
            next_key: StoredValue::new(0),
        }
    }

    /// The cycle it belongs to.
    pub fn cycle_id(self) -> CycleId {
        self.cycle_id.get_value()
    }

    fn new_key(self) -> u32 {
        self.next_key.update_value(|key| *key += 1);
        self.next_key.get_value()
    }

    /// Room for another key result.
    pub fn add_key_result(self) {
        let key = self.new_key();
        self.key_results
            .update(|all| all.push(key_result_draft::new(key)));
    }

    /// Takes a key result out; the server hears of it when the form is saved.
    pub fn remove_key_result(self, key_result: KeyResultDraft) {
        self.key_results
            .update(|all| all.retain(|found| found.draft.key != key_result.key));
        if let Some(id) = key_result.id.get_untracked() {
            self.removed.update(|removed| removed.push(id));
        }
    }

    /// What differs of where it belongs and how much it counts there, or what is wrong with that.
    pub fn alignment(self) -> Result<OkrAlignmentPatch, Invalid> {
        let saved = self.saved_weight.get();
        let weight = number("weight", &self.weight.read(), Some(saved), &[])?;
        let patch = OkrAlignmentPatch {
            parent_id: (self.parent_id.get() != self.saved_parent_id.get())
                .then(|| filled(self.parent_id).map(OkrId)),
            weight: (weight != saved).then_some(weight),
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
}

impl Typed for OkrDraft {
    type Body = NewOkr;

    fn read(self, _: Option<&NewOkr>) -> Result<NewOkr, Invalid> {
        let okr_type = self.okr_type.get();
        let of = |wanted: OkrType, id| (okr_type == wanted).then(|| filled(id)).flatten();
        self.alignment()?;
        Ok(NewOkr {
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
        })
    }
}

/// Whether closing the form would lose something.
pub fn is_dirty(form: Form<OkrDraft>) -> bool {
    let draft = form.draft;
    let key_results = draft.key_results.read();
    form.is_changed()
        || draft.alignment() != Ok(OkrAlignmentPatch::default())
        || !draft.removed.read().is_empty()
        || draft.says_visibility()
        || key_results
            .iter()
            .copied()
            .any(key_result_draft::is_changed)
}
