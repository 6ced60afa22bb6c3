//! The form in a panel: checked before it is sent, closed once it is saved.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SubmitEvent};

use crate::api::{Answer, Problem};
use crate::components::ui::panel::ClosePanel;
use crate::components::ui::submit::Submission;
use crate::hosted::waiting;
use crate::words;

/// Its fields, and below them what went wrong with the whole, the button, and the way out.
#[component]
pub fn PanelForm<T, F>(
    /// On the button.
    label: &'static str,
    /// Whether it may be sent; shows what is wrong where it is.
    check: impl Fn() -> bool + 'static,
    /// Sends it.
    save: impl Fn() -> F + 'static,
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
    let waiting = waiting();
    let submission = Submission::new(&[]);
    let (problem, is_pending) = (submission.problem(), submission.is_pending());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_pending.get_untracked() || !untrack(&check) {
            focus_first_error();
            return;
        }
        submission.send(save(), move |answer| {
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
        <form class="panel-form" novalidate on:submit=submit>
            <div class="panel-body form">{children()}</div>
            <footer class="panel-foot">
                <div role="alert" class="form-error">
                    {move || problem.get().as_ref().map(in_words)}
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
    }
}

/// What went wrong with the whole. The session's end must not take the page, and the text, away.
fn in_words(problem: &Problem) -> String {
    match problem {
        Problem::SignedOut => words::common().signed_out.to_owned(),
        Problem::Refused { message, .. } if message.is_empty() => {
            words::common().went_wrong.to_owned()
        }
        problem => problem.in_words(),
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
