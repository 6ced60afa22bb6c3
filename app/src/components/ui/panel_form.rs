//! The form in a panel: checked before it is sent, closed once it is saved.

use leptos::context::Provider;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SubmitEvent};

use crate::api::{Answer, Problem};
use crate::components::ui::panel::ClosePanel;
use crate::components::ui::submit::Submission;
use crate::hosted::waiting;
use crate::words;

/// A form that is checked and saved, and closes its panel then.
#[component]
pub fn PanelForm<T, F>(
    /// On the button.
    label: &'static str,
    /// Whether it may be sent; shows what is wrong where it is.
    check: impl Fn() -> bool + Send + 'static,
    /// Sends it.
    save: impl Fn() -> F + Send + 'static,
    /// What came back, once the panel is closed.
    #[prop(into)]
    saved: Callback<T>,
    /// The fields.
    children: Children,
) -> impl IntoView
where
    T: 'static,
    F: Future<Output = Answer<T>> + 'static,
{
    let panel = expect_context::<ClosePanel>();
    let submission = Submission::new();
    let is_pending = submission.is_pending();
    let submit = move || {
        if is_pending.get_untracked() || !untrack(&check) {
            focus_first_error();
            return;
        }
        submission.send(save(), move |answer| {
            panel.close.run(());
            saved.run(answer);
        });
    };
    view! { <PanelFrame submission label submit children /> }
}

/// A form's fields, and below them what went wrong with the whole, the button, and the way out.
#[component]
pub fn PanelFrame(
    submission: Submission,
    /// On the button.
    label: &'static str,
    /// Sends what is typed.
    submit: impl Fn() + Send + 'static,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let panel = expect_context::<ClosePanel>();
    let waiting = waiting();
    let (problem, is_pending) = (submission.problem(), submission.is_pending());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        submit();
    };
    Effect::new(move || {
        if problem.read().is_some() {
            focus_first_error();
        }
    });
    view! {
        <Provider value=submission>
            <form class="panel-form" novalidate on:submit=submit>
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
