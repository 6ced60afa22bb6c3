//! A word at the edge of the window about what was just done, and a way to take it back.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::components::later::later_with;
use crate::components::ui::icon::{Icon, Shape};
use crate::words;

/// How long one stays; longer while it is pointed at or has the focus.
const STAYS: Duration = Duration::from_secs(5);
/// How long one stays that offers something.
const OFFERS: Duration = Duration::from_secs(10);

/// What a toast offers. It outlives the page that made it, so nothing in it belongs to a page.
type Action = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    action: Option<(&'static str, Action)>,
    is_held: ArcRwSignal<bool>,
}

/// All toasts that are shown.
#[derive(Clone, Copy, Default)]
pub struct Toasts {
    all: RwSignal<Vec<Toast>>,
    last_id: StoredValue<u32>,
}

/// The toasts of the frame.
pub fn toasts() -> Toasts {
    expect_context()
}

impl Toasts {
    /// Says something.
    pub fn say(self, text: impl Into<String>) {
        self.push(text.into(), None);
    }

    /// Says something and offers to do something about it.
    pub fn offer(
        self,
        text: impl Into<String>,
        label: &'static str,
        action: impl Fn() + Send + Sync + 'static,
    ) {
        self.push(text.into(), Some((label, Arc::new(action))));
    }

    fn push(self, text: String, action: Option<(&'static str, Action)>) {
        self.last_id.update_value(|id| *id += 1);
        let id = self.last_id.get_value();
        let stays = if action.is_some() { OFFERS } else { STAYS };
        let is_held = ArcRwSignal::new(false);
        self.all.update(|all| {
            all.push(Toast {
                id,
                text,
                action,
                is_held,
            });
        });
        self.end_later(id, stays);
    }

    fn end_later(self, id: u32, stays: Duration) {
        set_timeout(
            move || {
                let all = self.all.try_get_untracked().unwrap_or_default();
                let found = all.iter().find(|toast| toast.id == id);
                if found.is_some_and(|toast| toast.is_held.get_untracked()) {
                    self.end_later(id, stays);
                } else {
                    self.end(id);
                }
            },
            stays,
        );
    }

    fn end(self, id: u32) {
        self.all
            .try_update(|all| all.retain(|toast| toast.id != id));
    }
}

/// Where they appear. How they look comes with the first.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = toasts();
    let was_any = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or_default() || !toasts.all.read().is_empty()
    });
    view! {
        <div class="toasts" role="status">
            <Show when=move || was_any.get()>{later_with(&["panel"], rows())}</Show>
        </div>
    }
}

#[wasm_split(frame, wasm_split_path = leptos::wasm_split, fallible)]
fn rows() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <ToastRows /> }.into_any())
}

/// All that are to be seen now.
#[component]
pub fn ToastRows() -> impl IntoView {
    let toasts = toasts();
    view! {
        <For each=move || toasts.all.get() key=|toast| toast.id let:toast>
            <ToastRow toast />
        </For>
    }
}

#[component]
fn ToastRow(toast: Toast) -> impl IntoView {
    let toasts = toasts();
    let Toast {
        id,
        action,
        is_held,
        ..
    } = toast;
    let button = action.map(|(label, action)| {
        let act = move |_| {
            toasts.end(id);
            action();
        };
        view! {
            <button type="button" class="button plain" on:click=act>
                {label}
            </button>
        }
    });
    let hold = |is_held: &ArcRwSignal<bool>, held: bool| {
        let is_held = is_held.clone();
        move || is_held.set(held)
    };
    let [enter, focus] = [(); 2].map(|()| hold(&is_held, true));
    let [leave, blur] = [(); 2].map(|()| hold(&is_held, false));
    view! {
        <div
            class="toast"
            on:pointerenter=move |_| enter()
            on:pointerleave=move |_| leave()
            on:focusin=move |_| focus()
            on:focusout=move |_| blur()
        >
            <p>{toast.text}</p>
            {button}
            <button
                type="button"
                class="button plain icon-only"
                aria-label=words::common().close
                on:click=move |_| toasts.end(id)
            >
                <Icon shape=Shape::Cross />
            </button>
        </div>
    }
}
