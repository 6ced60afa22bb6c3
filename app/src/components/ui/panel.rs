//! Editing beside what is edited: a side panel on a desk, the whole screen on a phone.

use leptos::ev;
use leptos::html::{Button, Dialog};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use crate::components::ui::focus::focus_when_there;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::modal::use_modal;
use crate::words;

/// A native dialog: the browser keeps the focus inside and gives it back. It asks before it throws
/// away what was typed.
#[component]
pub fn Panel(
    /// What is done in it.
    title: &'static str,
    /// Whether it is shown; closing it sets this.
    is_open: RwSignal<bool>,
    /// What is in it; made when it opens.
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Show when=move || is_open.get()>
            <OpenPanel title is_open children=children.clone() />
        </Show>
    }
}

#[component]
fn OpenPanel(title: &'static str, is_open: RwSignal<bool>, children: ChildrenFn) -> impl IntoView {
    let says_dirty = StoredValue::new(Signal::stored(false));
    let is_dirty = move || says_dirty.get_value().get_untracked();
    let dialog = NodeRef::<Dialog>::new();
    let is_asking = RwSignal::new(false);
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let leave = move || match is_dirty() {
        true => is_asking.set(true),
        false => close(),
    };
    let cancelled = use_modal(dialog, leave);
    // After it is open.
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            focus_first_field(&dialog);
        }
    });
    // Leaving the site or reloading it loses what was typed as well.
    let guard = window_event_listener(ev::beforeunload, move |event| {
        if is_dirty() {
            event.prevent_default();
        }
    });
    on_cleanup(move || guard.remove());
    provide_context(ClosePanel {
        leave: Callback::new(move |()| leave()),
        close: Callback::new(move |()| close()),
        is_dirty: says_dirty,
    });
    view! {
        <dialog
            node_ref=dialog
            class="panel"
            aria-label=title
            on:cancel=cancelled
            on:close=move |_| is_open.set(false)
        >
            <header class="panel-head">
                <h2>{title}</h2>
                <button type="button" class="button plain icon-only" aria-label=words::common().close on:click=move |_| leave()>
                    <Icon shape=Shape::Cross />
                </button>
            </header>
            {children()}
            <Show when=move || is_asking.get()>
                <Discard is_asking discard=close />
            </Show>
        </dialog>
    }
}

/// The browser would begin at the button that closes it. A field that is loaded after the panel has
/// opened asks for the focus itself.
fn focus_first_field(dialog: &HtmlDialogElement) {
    let field =
        dialog.query_selector(":is(input:not([type=radio]), input:checked, select, textarea)");
    let field = field.ok().flatten();
    if let Some(Ok(field)) = field.map(JsCast::dyn_into::<HtmlElement>) {
        // One that is gone again needs no focus.
        let _ = field.focus();
    }
}

/// How what is inside a panel closes it.
#[derive(Clone, Copy)]
pub struct ClosePanel {
    /// After asking, if something would be lost.
    pub leave: Callback<()>,
    /// At once.
    pub close: Callback<()>,
    /// Whether something would be lost, as what is inside says.
    pub is_dirty: StoredValue<Signal<bool>>,
}

#[component]
fn Discard(is_asking: RwSignal<bool>, discard: impl Fn() + 'static) -> impl IntoView {
    let common = words::common();
    let keep = NodeRef::<Button>::new();
    focus_when_there(keep);
    view! {
        <div class="panel-ask" role="alertdialog" aria-labelledby="discard-title">
            <p id="discard-title">{common.discard_question}</p>
            <button type="button" class="button" node_ref=keep on:click=move |_| is_asking.set(false)>
                {common.keep_editing}
            </button>
            <button type="button" class="button danger" on:click=move |_| discard()>
                {common.discard}
            </button>
        </div>
    }
}
