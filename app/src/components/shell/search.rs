//! Finding anything by its words, from every page.

use std::time::Duration;

use leptos::ev::{self, KeyboardEvent};
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::hooks::use_navigate;
use web_sys::EventTarget;

use super::search_hits::{Found, Hits, LIST, grouped, option_id, reveal};
use crate::api;
use crate::components::later::later;
use crate::components::ui::focus::focus_when_there;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::{is_asking, use_shortcut};
use crate::fetched::Fetched;
use crate::words;

/// What is typed is looked for after a pause of this length.
const PAUSE: Duration = Duration::from_millis(160);

/// The way in: a field to look at, which opens the real one.
#[component]
pub fn Search() -> impl IntoView {
    let shell = words::shell();
    let is_open = RwSignal::new(false);
    use_shortcut("/", move || is_open.set(true));
    // While one types, too.
    let handle = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "k" && !is_asking() {
            event.prevent_default();
            is_open.set(true);
        }
    });
    on_cleanup(move || handle.remove());
    view! {
        <button type="button" class="search-open" aria-keyshortcuts="/ Control+K Meta+K" on:click=move |_| is_open.set(true)>
            <Icon shape=Shape::Search />
            <span>{shell.search}</span>
            <kbd aria-hidden="true">"/"</kbd>
        </button>
        <Show when=move || is_open.get()>
            <SearchPanel is_open />
        </Show>
    }
}

/// In the middle of a desk, the whole screen of a phone. It is open before the code of what is in it
/// has arrived, so that nothing else takes what is typed.
#[component]
fn SearchPanel(is_open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let typed = RwSignal::new(String::new());
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            // It fails only where it is open already.
            let _ = dialog.show_modal();
        }
    });
    let keep = move |event: KeyboardEvent| {
        let dialog = dialog.get_untracked().map(EventTarget::from);
        let is_letter = event.key().chars().nth(1).is_none();
        // AltGr, with which many a letter is typed, passes for Ctrl and Alt on Windows.
        let is_command =
            (event.ctrl_key() || event.meta_key()) && !event.get_modifier_state("AltGraph");
        if is_letter && !is_command && event.target() == dialog {
            typed.update(|typed| typed.push_str(&event.key()));
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="search-panel"
            aria-label=words::shell().search
            on:keydown=keep
            on:close=move |_| is_open.set(false)
        >
            {later(searching(dialog, typed))}
        </dialog>
    }
}

#[wasm_split(frame, wasm_split_path = leptos::wasm_split, fallible)]
fn searching(
    dialog: NodeRef<Dialog>,
    typed: RwSignal<String>,
) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <Searching dialog typed /> }.into_any())
}

/// The focus stays in the field; the arrow keys step through what was found, Enter opens it.
#[component]
fn Searching(dialog: NodeRef<Dialog>, typed: RwSignal<String>) -> impl IntoView {
    let asked = after_a_pause(typed);
    let answer = Fetched::new(move || {
        let text = asked.get();
        async move {
            match text.is_empty() {
                true => (text, Ok(Vec::new())),
                false => {
                    let answer = api::search::find(&text).await;
                    (text, answer)
                }
            }
        }
    });
    let found = Memo::new(move |_| match &*answer.read() {
        Some((text, _)) if text.is_empty() => Found::Nothing,
        Some((text, Ok(hits))) => Found::Hits(text.clone(), grouped(hits.clone())),
        Some((_, Err(problem))) => Found::Failed(problem.clone()),
        None => Found::Nothing,
    });
    let is_waiting = Memo::new(move |_| {
        let answered = answer.read().as_ref().map(|(text, _)| text.clone());
        typed.with(|typed| answered.unwrap_or_default() != typed.trim())
    });
    let active = RwSignal::new(0_usize);
    Effect::new(move || {
        found.track();
        active.set(0);
    });
    let close = Callback::new(move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    let retry = Callback::new(move |()| answer.refetch());
    view! {
        <Field typed found active close />
        <Hits found is_waiting active close retry />
    }
}

#[component]
fn Field(
    typed: RwSignal<String>,
    found: Memo<Found>,
    active: RwSignal<usize>,
    close: Callback<()>,
) -> impl IntoView {
    let shell = words::shell();
    let input = NodeRef::<Input>::new();
    let navigate = use_navigate();
    let count = move || found.with(Found::count);
    let on_key = move |event: KeyboardEvent| {
        let (count, at) = (untrack(count), active.get_untracked());
        let next = match &*event.key() {
            "ArrowDown" if count > 0 => (at + 1) % count,
            "ArrowUp" if count > 0 => (at + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                if let Some(path) = found.with_untracked(|found| found.path(at)) {
                    close.run(());
                    navigate(&path, Default::default());
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        active.set(next);
        reveal(next);
    };
    focus_when_there(input);
    view! {
        <div class="search-field">
            <Icon shape=Shape::Search />
            <input
                node_ref=input
                type="text"
                role="combobox"
                aria-label=shell.search
                aria-autocomplete="list"
                aria-expanded=move || (count() > 0).to_string()
                aria-controls=LIST
                aria-activedescendant=move || (count() > 0).then(|| option_id(active.get()))
                placeholder=shell.search
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="search"
                maxlength="200"
                prop:value=typed.get_untracked()
                on:input:target=move |event| typed.set(event.target().value())
                on:keydown=on_key
            />
            <button type="button" class="button plain icon-only" aria-label=words::common().close on:click=move |_| close.run(())>
                <Icon shape=Shape::Cross />
            </button>
        </div>
    }
}

/// What is typed, without the blanks around it, once no letter has followed for a moment.
fn after_a_pause(typed: RwSignal<String>) -> ReadSignal<String> {
    let (asked, ask) = signal(String::new());
    Effect::new(move || {
        let text = typed.with(|typed| typed.trim().to_owned());
        let set = move || {
            let is_last = typed.try_with_untracked(|typed| typed.trim() == text);
            if is_last == Some(true) && asked.with_untracked(|asked| *asked != text) {
                ask.set(text);
            }
        };
        set_timeout(set, PAUSE);
    });
    asked
}
