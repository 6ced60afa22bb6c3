//! A form: checked and sent once at a time, with what went wrong above the button. Every field that
//! stands in it shows by itself what is wrong with it.

use std::time::Duration;

use leptos::context::Provider;
use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::validation::{Body, Invalid};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, SubmitEvent};

use crate::api::{Answer, Problem};
use crate::words;

/// A form's state: whether it is being sent, why it was refused, and what would be.
#[derive(Clone, Copy)]
pub struct Submission {
    is_pending: RwSignal<bool>,
    problem: RwSignal<Option<Problem>>,
    /// What the server would refuse of what is typed.
    wrong: Signal<Option<Invalid>>,
    /// The inputs that were left once: it is time to say what is wrong with them.
    left: RwSignal<Vec<String>>,
    /// Whether somebody wanted to send it, so that every input counts as left.
    are_all_left: RwSignal<bool>,
    /// Fields that show their own errors.
    fields: StoredValue<Vec<String>>,
    /// Fields that were empty when it was to be sent, and what is typed in them.
    missing: RwSignal<Vec<Required>>,
}

/// A field that must not be empty: its name and what is typed in it.
pub type Required = (&'static str, RwSignal<String>);

impl Submission {
    /// Of a form that nobody has sent, and that is checked only then.
    pub fn new() -> Self {
        Self::of(|| None)
    }

    /// Of a form that nobody has sent; `wrong` is what the server would say to it.
    pub fn of(wrong: impl Fn() -> Option<Invalid> + Send + Sync + 'static) -> Self {
        Self {
            is_pending: RwSignal::new(false),
            problem: RwSignal::new(None),
            wrong: Signal::derive(wrong),
            left: RwSignal::default(),
            are_all_left: RwSignal::new(false),
            fields: StoredValue::default(),
            missing: RwSignal::default(),
        }
    }

    /// The focus leaves one of the form's inputs.
    pub fn leave(self, event: &FocusEvent) {
        let id = event_target::<Element>(event).id();
        if !self.left.read_untracked().contains(&id) {
            self.left.update(|left| left.push(id));
        }
    }

    /// Every field shows what is wrong with it.
    pub fn leave_all(self) {
        self.are_all_left.set(true);
    }

    /// Whether all of these are filled in. Those that are not say so, all at once and without a request,
    /// until they are.
    pub fn has_all(self, fields: &[Required]) -> bool {
        let is_empty = |(_, text): &&Required| text.with_untracked(|text| text.trim().is_empty());
        let missing: Vec<Required> = fields.iter().filter(is_empty).copied().collect();
        let has_all = missing.is_empty();
        self.problem.set(None);
        self.missing.set(missing);
        if !has_all {
            focus_first_invalid();
        }
        has_all
    }

    /// Sends a body, unless the server would refuse it or it is being sent; `done` gets the answer.
    pub fn submit<B: Body, T: 'static, F: Future<Output = Answer<T>> + 'static>(
        self,
        body: B,
        request: impl FnOnce(B) -> F,
        done: impl FnOnce(T) + 'static,
    ) {
        match body.validate() {
            Ok(()) => self.send(request(body), done),
            Err(invalid) => self.refuse(Problem::from(invalid)),
        }
    }

    /// Sends, unless it is being sent; `done` gets the answer.
    pub fn send<T: 'static>(
        self,
        request: impl Future<Output = Answer<T>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.is_pending.get_untracked() {
            return;
        }
        self.is_pending.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let answer = request.await;
            self.is_pending.set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(problem) => self.refuse(problem),
            }
        });
    }

    /// Nothing is wrong any more, as far as the server said.
    pub fn accept(self) {
        self.problem.set(None);
    }

    /// Says what is wrong. A server that only wants to be left alone for a while is no longer in the
    /// way when that is over.
    pub fn refuse(self, problem: Problem) {
        let wait = problem.retry_after();
        self.problem.set(Some(problem));
        if let Some(seconds) = wait {
            let over = move || {
                // The form may be closed, or something else be wrong by now.
                self.problem.try_update(|problem| {
                    if problem
                        .as_ref()
                        .is_some_and(|problem| problem.retry_after().is_some())
                    {
                        *problem = None;
                    }
                });
            };
            set_timeout(over, Duration::from_secs(seconds.into()));
        }
    }

    /// What is wrong with a field, which shows it: why the server refused it or, once its input was left,
    /// what it would refuse. Where a form has several of a kind, the field's own name is the last part of
    /// the input's: `key-result-3-title`.
    fn error_of(self, input: String) -> Signal<Option<String>> {
        let field = input.rsplit('-').next().unwrap_or_default().to_owned();
        self.fields
            .update_value(|fields| fields.push(field.clone()));
        let is_missing = move |field: &str| {
            let missing = self.missing.read();
            let mut missing = missing.iter();
            let found = missing.find(|(name, _)| *name == field);
            found.is_some_and(|(_, text)| text.with(|text| text.trim().is_empty()))
        };
        Signal::derive(move || {
            if is_missing(&field) {
                return Some(words::common().missing.to_owned());
            }
            let refused = self.problem.read();
            let refused = refused
                .as_ref()
                .and_then(|problem| problem.of_field(&field));
            refused.or_else(|| {
                let is_left = self.are_all_left.get() || self.left.read().contains(&input);
                let wrong = is_left.then(|| self.wrong.get()).flatten()?;
                Problem::from(wrong).of_field(&field)
            })
        })
    }

    /// What is wrong, whatever it is about.
    pub fn problem(self) -> Signal<Option<Problem>> {
        self.problem.into()
    }

    /// Whether it is being sent.
    pub fn is_pending(self) -> Signal<bool> {
        self.is_pending.into()
    }

    /// What is wrong with the whole, in words.
    pub fn error(self) -> Option<String> {
        let problem = self.problem.get()?;
        let shown_elsewhere = self
            .fields
            .with_value(|fields| fields.iter().any(|field| problem.is_about(field)));
        (!shown_elsewhere).then(|| problem.in_words())
    }
}

/// Once the errors are on the page.
fn focus_first_invalid() {
    request_animation_frame(|| {
        let found = document().query_selector(":is(dialog, main) form [aria-invalid=true]");
        let input = found.ok().flatten().map(JsCast::dyn_into::<HtmlElement>);
        if let Some(Ok(input)) = input {
            // An input that is gone again needs no focus.
            let _ = input.focus();
        }
    });
}

impl Problem {
    /// For people.
    pub fn in_words(&self) -> String {
        let common = words::common();
        match self {
            Self::Offline => common.offline.to_owned(),
            Self::SignedOut => common.signed_out.to_owned(),
            Self::InDoubt => words::waiting().not_known_yet.to_owned(),
            Self::Unexpected => common.unexpected.to_owned(),
            Self::NotTheServer => common.not_the_server.to_owned(),
            Self::Refused {
                retry_after: Some(seconds),
                ..
            } => (common.wait)(*seconds),
            Self::Refused {
                status: 401,
                retry_after: None,
                ..
            } => common.wrong_password.to_owned(),
            Self::Refused { message, .. } if message.is_empty() => common.went_wrong.to_owned(),
            Self::Refused { message, .. } => message.clone(),
        }
    }
}

/// What is wrong with the field of this input, by the form that it stands in.
pub fn error_here(input: &str) -> Signal<Option<String>> {
    match use_context::<Submission>() {
        Some(submission) => submission.error_of(input.to_owned()),
        None => Signal::stored(None),
    }
}

/// The form around the fields.
#[component]
pub fn SubmitForm(
    submission: Submission,
    #[prop(default = "form")] class: &'static str,
    /// Sends what is typed.
    submit: impl Fn() + Send + 'static,
    children: Children,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        submit();
    };
    view! {
        <Provider value=submission>
            <form class=class on:submit=submit>{children()}</form>
        </Provider>
    }
}

/// The button that sends a form, and why it was refused.
#[component]
pub fn Submit(submission: Submission, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <div role="alert" class="form-error">
            {move || submission.error()}
        </div>
        <button type="submit" class="button primary" aria-disabled=move || submission.is_pending().get().to_string()>
            {label}
        </button>
    }
}
