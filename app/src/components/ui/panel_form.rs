//! The form in a panel: checked before it is sent, closed once it is saved.

use leptos::context::Provider;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SubmitEvent};

use crate::api::{Answer, Problem};
use crate::components::ui::form::{Form, Typed};
use crate::components::ui::panel::ClosePanel;
use crate::components::ui::submit::Submission;
use crate::hosted::waiting;
use crate::words;

/// A form that is checked and saved, and closes its panel then.
#[component]
pub fn PanelForm<D, T, F>(
    /// What is typed.
    form: Form<D>,
    /// On the button.
    label: &'static str,
    /// Sends a body that is right.
    save: impl Fn(D::Body) -> F + Send + 'static,
    /// What came back, once the panel is closed.
    #[prop(into)]
    saved: Callback<T>,
    /// The fields.
    children: Children,
) -> impl IntoView
where
    D: Typed,
    T: 'static,
    F: Future<Output = Answer<T>> + 'static,
{
    let is_dirty = Signal::derive(move || form.is_changed());
    let submission = form.submission;
    let send = move || form.check().map(&save);
    view! { <PanelFrame submission is_dirty label send saved children /> }
}

/// A form's fields, and below them what went wrong with the whole, the button, and the way out.
#[component]
pub fn PanelFrame<T, F>(
    submission: Submission,
    /// Whether something would be lost if the panel closed.
    is_dirty: Signal<bool>,
    /// On the button.
    label: &'static str,
    /// Sends what is typed, unless something is wrong with it; then that is shown where it is.
    send: impl Fn() -> Option<F> + Send + 'static,
    /// What came back, once the panel is closed.
    saved: Callback<T>,
    /// The fields.
    children: Children,
) -> impl IntoView
where
    T: 'static,
    F: Future<Output = Answer<T>> + 'static,
{
    let panel = expect_context::<ClosePanel>();
    panel.is_dirty.set_value(is_dirty);
    let waiting = waiting();
    let (problem, is_pending) = (submission.problem(), submission.is_pending());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_pending.get_untracked() {
            return;
        }
        let Some(request) = send() else {
            return focus_first_error();
        };
        submission.send(request, move |answer| {
            panel.close.run(());
            saved.run(answer);
        });
    };
    Effect::new(move || {
        if problem.read().is_some() {
            focus_first_error();
        }
    });
    view! {
        <Provider value=submission>
            <form class="panel-form" novalidate on:submit=submit on:focusout=move |event| submission.leave(&event)>
                <div class="panel-body form">{children()}</div>
                <footer class="panel-foot">
                    <div role="alert" class="form-error">
                        {move || submission.error()}
                        <Show when=move || matches!(*problem.read(), Some(Problem::InDoubt))>
                            " "
                            <button type="button" class="link" on:click=move |_| waiting.is_open.set(true)>
                                {words::hosted().see_waiting}
                            </button>
                        </Show>
                    </div>
                    <button type="submit" class="button primary" aria-disabled=move || is_pending.get().to_string()>
                        {label}
                    </button>
                    <button type="button" class="button plain" on:click=move |_| panel.leave.run(())>
                        {words::common().cancel}
                    </button>
                </footer>
            </form>
        </Provider>
    }
}

/// Once the errors are on the page.
fn focus_first_error() {
    request_animation_frame(|| {
        let found = document().query_selector("dialog [aria-invalid=true]").ok();
        let input = found.flatten().map(JsCast::dyn_into::<HtmlElement>);
        if let Some(Ok(input)) = input {
            // An input that is gone again needs no focus.
            let _ = input.focus();
        }
    });
}
