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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use okrs_shared::comment::{CommentPatch, NewComment};

    use super::*;
    use crate::components::ui::submit::error_here;

    #[derive(Clone, Copy)]
    struct Words(RwSignal<String>);

    impl Typed for Words {
        type Body = NewComment;

        fn read(self, _: Option<&NewComment>) -> Result<NewComment, Invalid> {
            Ok(NewComment {
                text: self.0.get().into(),
                key_result_id: None,
            })
        }
    }

    fn form() -> (Owner, Form<Words>) {
        let owner = Owner::new();
        owner.set();
        let form = Form::begun(Words(RwSignal::default()));
        provide_context(form.submission);
        (owner, form)
    }

    #[test]
    fn a_field_says_what_is_wrong_with_it_once_somebody_wants_to_send_the_form() {
        let (_owner, form) = form();
        let (text, other) = (error_here("comment-7-text"), error_here("key_result_id"));
        assert_eq!(text.get_untracked(), None, "nobody has been here yet");
        assert!(form.check().is_none());
        assert_eq!(text.get_untracked().as_deref(), Some("must not be blank"));
        assert_eq!(other.get_untracked(), None);
        form.draft.0.set("Well done".to_owned());
        assert_eq!(text.get_untracked(), None);
        assert_eq!(form.check().unwrap().text, "Well done".into());
    }

    #[test]
    fn a_form_is_changed_by_what_differs_from_what_the_server_has() {
        let (_owner, form) = form();
        assert!(!form.is_changed(), "a form that was opened is no loss");
        form.draft.0.set("Well done".to_owned());
        assert!(form.is_changed());
        let body = form.body().unwrap();
        let between = |_: &NewComment, new: &NewComment| {
            Some(CommentPatch {
                text: new.text.clone(),
            })
        };
        assert!(form.patch(&body, between).is_some());
        form.saved.set(Some(body));
        assert!(!form.is_changed());
    }
}
