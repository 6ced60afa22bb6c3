//! A form about one thing: what is typed, what the server has of it, and what is wrong with it.

use leptos::prelude::*;
use okrs_shared::validation::{Body, Invalid};

use crate::components::ui::submit::Submission;

/// The fields of a form: a signal for what is typed into each.
pub trait Typed: Copy + Send + Sync + 'static {
    /// What the server gets.
    type Body: Body + Clone + PartialEq + Send + Sync;

    /// The body that is typed, or what in it can't be read. A number that still reads as it was shown is
    /// exactly the `saved` one.
    fn read(self, saved: Option<&Self::Body>) -> Result<Self::Body, Invalid>;
}

/// A draft with what the server has of it.
pub struct Form<D: Typed> {
    /// The fields.
    pub draft: D,
    /// What is wrong with them, and whether they are being sent.
    pub submission: Submission,
    /// As the server has it; of something new, as it was shown at first.
    pub saved: RwSignal<Option<D::Body>>,
}

impl<D: Typed> Clone for Form<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Typed> Copy for Form<D> {}

impl<D: Typed> Form<D> {
    /// Of something new: what it shows at first is what would be no loss.
    pub fn begun(draft: D) -> Self {
        Self::new(draft, untrack(|| draft.read(None)).ok())
    }

    /// With what the server has.
    pub fn new(draft: D, saved: Option<D::Body>) -> Self {
        let saved = RwSignal::new(saved);
        Self {
            draft,
            submission: Submission::of(move || checked(draft, saved).err()),
            saved,
        }
    }

    /// What the server is to have, or what it would refuse.
    pub fn body(self) -> Result<D::Body, Invalid> {
        checked(self.draft, self.saved)
    }

    /// The body, if it may be sent; otherwise every field shows what is wrong with it.
    pub fn check(self) -> Option<D::Body> {
        self.submission.leave_all();
        untrack(|| self.body()).ok()
    }

    /// Whether something is typed that the server does not have.
    pub fn is_changed(self) -> bool {
        let saved = self.saved.read();
        self.draft.read(saved.as_ref()).ok() != *saved
    }

    /// What of a body differs from what the server has, by the patch that compares two; nothing if nothing
    /// does.
    pub fn patch<P: Default + PartialEq>(
        self,
        body: &D::Body,
        between: fn(&D::Body, &D::Body) -> P,
    ) -> Option<P> {
        let saved = self.saved.read_untracked();
        let patch = saved.as_ref().map(|saved| between(saved, body));
        patch.filter(|patch| *patch != P::default())
    }
}

fn checked<D: Typed>(draft: D, saved: RwSignal<Option<D::Body>>) -> Result<D::Body, Invalid> {
    let body = draft.read(saved.read().as_ref())?;
    body.validate()?;
    Ok(body)
}
