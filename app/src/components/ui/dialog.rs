//! A question, or something to be read before one goes on, in the middle of the window.

use leptos::html::Dialog as DialogElement;
use leptos::prelude::*;

use crate::components::ui::modal::use_modal;
use crate::components::ui::submit::Submission;
use crate::words;

/// A native dialog, open as long as it exists: the browser keeps the focus inside and gives it back.
#[component]
pub fn Dialog(
    /// What it is about.
    #[prop(into)]
    title: String,
    /// It has closed, in whatever way.
    on_close: Callback<()>,
    /// Whether the Escape key closes it, too.
    #[prop(into, default = Signal::stored(true))]
    can_escape: Signal<bool>,
    /// What is in it; the last thing are its buttons.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<DialogElement>::new();
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let cancelled = use_modal(dialog, move || {
        if can_escape.get_untracked() {
            close();
        }
    });
    provide_context(CloseDialog(Callback::new(move |()| close())));
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            aria-labelledby="dialog-title"
            on:cancel=cancelled
            on:close=move |_| on_close.run(())
        >
            <h2 id="dialog-title">{title}</h2>
            {children()}
        </dialog>
    }
}

/// How what is inside a dialog closes it.
#[derive(Clone, Copy)]
struct CloseDialog(Callback<()>);

/// Closes the dialog that it is in.
#[component]
pub fn Done(label: &'static str) -> impl IntoView {
    let CloseDialog(close) = expect_context();
    view! {
        <footer class="dialog-foot">
            <button type="button" class="button primary" on:click=move |_| close.run(())>
                {label}
            </button>
        </footer>
    }
}

/// Yes and no, and why it did not work.
#[component]
pub fn Answers(
    submission: Submission,
    label: &'static str,
    /// Of the button that does it.
    class: &'static str,
) -> impl IntoView {
    let CloseDialog(close) = expect_context();
    view! {
        <footer class="dialog-foot">
            <div role="alert" class="form-error">
                {move || submission.error()}
            </div>
            <button type="button" class="button" on:click=move |_| close.run(())>
                {words::common().cancel}
            </button>
            <button type="submit" class=format!("button {class}") aria-disabled=move || submission.is_pending().get().to_string()>
                {label}
            </button>
        </footer>
    }
}
