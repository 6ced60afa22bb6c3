//! A field for words in which people are mentioned: an @ offers their names.

use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use okrs_shared::id::MemberId;
use okrs_shared::member::Directory;

use crate::api::{self, Answer};
use crate::components::mentions::{Mentioned, asked};
use crate::components::ui::focus::focus_when_there;
use crate::components::ui::submit::error_here;
use crate::fetched::Fetched;
use crate::words;

/// Names that are offered at once.
const MOST: usize = 6;

/// Grows with what is typed.
#[component]
pub fn MentionArea(
    /// Unique on the page; also the name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// Whom it mentions.
    mentioned: RwSignal<Mentioned>,
    /// Whether typing begins here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    // Whatever it is called on the page: to the server it is the text of a comment.
    let error = error_here("text");
    let input = NodeRef::<Textarea>::new();
    if autofocus {
        focus_when_there(input);
    }
    let asks = RwSignal::new(None::<String>);
    let wants_names = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or_default() || asks.read().is_some()
    });
    let directory = Fetched::new(move || {
        let wanted = wants_names.get();
        async move {
            match wanted {
                true => api::directory::get().await.map(Some),
                false => Ok(None),
            }
        }
    });
    let offered = Memo::new(move |_| match (&*asks.read(), &*directory.read()) {
        (Some(asked), Some(answer)) => matching(answer, asked),
        _ => Vec::new(),
    });
    let active = RwSignal::new(0_usize);
    Effect::new(move || {
        offered.track();
        active.set(0);
    });
    let look = move || {
        let before = input.get_untracked().and_then(|input| before_caret(&input));
        asks.set(before.as_deref().and_then(asked).map(str::to_owned));
    };
    let choose = Callback::new(move |at: usize| {
        let chosen = offered.with_untracked(|offered| offered.get(at).cloned());
        let (Some((name, id)), Some(input)) = (chosen, input.get_untracked()) else {
            return;
        };
        insert(&input, &name);
        value.set(input.value());
        mentioned.update(|mentioned| mentioned.push((name, id)));
        asks.set(None);
    });
    let on_key = move |event: KeyboardEvent| {
        let count = offered.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let at = active.get_untracked();
        match &*event.key() {
            "ArrowDown" => active.set((at + 1) % count),
            "ArrowUp" => active.set((at + count - 1) % count),
            "Enter" | "Tab" => choose.run(at),
            "Escape" => asks.set(None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let said = move || {
        let count = offered.read().len();
        (count > 0).then(|| (words::okr().people_offered)(count))
    };
    let (list_id, error_id) = (format!("{name}-people"), format!("{name}-error"));
    let option_id = {
        let list_id = list_id.clone();
        move |at: usize| format!("{list_id}-{at}")
    };
    let active_id = {
        let option_id = option_id.clone();
        move || (!offered.read().is_empty()).then(|| option_id(active.get()))
    };
    let options = move || {
        let offered = offered.get().into_iter().enumerate();
        let options = offered.map(|(at, (name, _))| {
            view! {
                <li
                    id=option_id(at)
                    role="option"
                    aria-selected=move || (active.get() == at).to_string()
                    on:pointerdown=move |event| {
                        event.prevent_default();
                        choose.run(at);
                    }
                >
                    {name}
                </li>
            }
        });
        options.collect_view()
    };
    view! {
        <div class="field mention-area">
            <label for=name.clone()>{label}</label>
            <textarea
                dir="auto"
                node_ref=input
                id=name.clone()
                name=name
                aria-autocomplete="list"
                aria-controls=list_id.clone()
                aria-activedescendant=active_id
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=error_id.clone()
                prop:value=value
                on:input:target=move |event| {
                    value.set(event.target().value());
                    look();
                }
                on:click=move |_| look()
                on:keydown=on_key
                on:blur=move |_| asks.set(None)
            ></textarea>
            <ul id=list_id role="listbox" aria-label=words::okr().people hidden=move || offered.read().is_empty()>
                {options}
            </ul>
            <p class="visually-hidden" role="status">{said}</p>
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </div>
    }
}

/// Active members whose name has a word that begins so.
fn matching(answer: &Answer<Option<Directory>>, asked: &str) -> Mentioned {
    let asked = asked.to_lowercase();
    let Ok(Some(directory)) = answer else {
        return Vec::new();
    };
    let active = directory
        .members
        .iter()
        .filter(|member| member.disabled_at.is_none());
    let found = active.filter(|member| {
        let name = member.name.to_lowercase();
        name.starts_with(&asked) || name.split(' ').any(|word| word.starts_with(&asked))
    });
    let pair = |member: &okrs_shared::member::Member| -> (String, MemberId) {
        (member.name.clone(), member.id.clone())
    };
    found.take(MOST).map(pair).collect()
}

fn before_caret(input: &web_sys::HtmlTextAreaElement) -> Option<String> {
    let caret = input.selection_start().ok().flatten()?;
    let text: Vec<u16> = input.value().encode_utf16().take(caret as usize).collect();
    Some(String::from_utf16_lossy(&text))
}

/// Puts the name where it is asked for; what the browser undoes stays undoable.
fn insert(input: &web_sys::HtmlTextAreaElement, name: &str) {
    let Some(before) = before_caret(input) else {
        return;
    };
    let typed = asked(&before).map_or(0, |asked| asked.encode_utf16().count() as u32);
    let caret = before.encode_utf16().count() as u32;
    // It fails only for fields without a selection.
    let _ = input.set_range_text_with_start_and_end_and_mode(
        &format!("{name} "),
        caret - typed,
        caret,
        "end",
    );
}
