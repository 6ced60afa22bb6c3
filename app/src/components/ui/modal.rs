//! What dialogs and panels have in common: both are windows of the browser's, above everything else.

use leptos::ev;
use leptos::html::Dialog;
use leptos::prelude::*;
use web_sys::{Event, HtmlDialogElement, KeyboardEvent};

/// Opens the dialog once it is in the page, and asks `leave` when somebody wants to be out of it. The browser
/// would close it by itself the second time, whatever the first answer was. Gives what is to be done on the
/// dialog's `cancel`, which old browsers send when one swipes back.
pub fn use_modal(
    dialog: NodeRef<Dialog>,
    leave: impl Fn() + Clone + 'static,
) -> impl Fn(Event) + 'static {
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            // Swiping back is no way out either.
            let _ = dialog.set_attribute("closedby", "none");
            // It fails only where it is open already.
            let _ = dialog.show_modal();
        }
    });
    let cancelled = leave.clone();
    // The window hears it wherever the focus is: a button that has gone took it along.
    let handle = window_event_listener(ev::keydown, move |event| {
        let is_on_top = || {
            dialog
                .get_untracked()
                .is_some_and(|dialog| is_last(&dialog))
        };
        if is_escape(&event) && is_on_top() {
            event.prevent_default();
            leave();
        }
    });
    on_cleanup(move || handle.remove());
    move |event| {
        event.prevent_default();
        cancelled();
    }
}

/// Whether it means this window: not a list that was open in it, nor letters that are being put together.
fn is_escape(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.default_prevented() && !event.is_composing()
}

/// One above another comes later in the page.
fn is_last(dialog: &HtmlDialogElement) -> bool {
    let open = document().query_selector_all("dialog[open]").ok();
    let last = open.and_then(|open| open.item(open.length().checked_sub(1)?));
    last.is_some_and(|last| last.is_same_node(Some(dialog.as_ref())))
}
