//! Keys that lead somewhere from every page, and the list of all there are. None is heard while one
//! types, except the one that leaves the field.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::hooks::use_navigate;

use crate::components::later::later_with;
use crate::components::ui::dialog::{Dialog, Done};
use crate::components::ui::shortcut::{is_free, leave_field, use_shortcut};
use crate::cycles::cycles;
use crate::paths;
use crate::words;

/// For so long the first key of two waits for the second, in milliseconds.
const PATIENCE: f64 = 1500.0;

/// `?` shows the list; `g` and another key go to a place.
#[component]
pub fn Shortcuts(is_shown: RwSignal<bool>) -> impl IntoView {
    use_shortcut("?", move || is_shown.set(true));
    use_places();
    view! {
        <Show when=move || is_shown.get()>
            {later_with(&["panel"], list(is_shown))}
        </Show>
    }
}

fn use_places() {
    let navigate = use_navigate();
    let cycles = cycles();
    let started = StoredValue::new(f64::NEG_INFINITY);
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            return leave_field(&event);
        }
        if !is_free(&event) {
            return;
        }
        let (key, at) = (event.key(), event.time_stamp());
        if key == "g" {
            return started.set_value(at);
        }
        let is_second = at - started.get_value() < PATIENCE;
        started.set_value(f64::NEG_INFINITY);
        if !is_second {
            return;
        }
        let place = match &*key {
            "h" => paths::HOME.to_owned(),
            "o" => paths::okrs_in(cycles.chosen().map(|cycle| cycle.id).as_ref()),
            "k" => paths::KPIS.to_owned(),
            "s" => paths::SETTINGS.to_owned(),
            _ => return,
        };
        event.prevent_default();
        navigate(&place, Default::default());
    });
    on_cleanup(move || handle.remove());
}

#[wasm_split(frame, wasm_split_path = leptos::wasm_split, fallible)]
fn list(is_shown: RwSignal<bool>) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <List is_shown /> }.into_any())
}

#[component]
fn List(is_shown: RwSignal<bool>) -> impl IntoView {
    let (shell, keys) = (words::shell(), words::shortcuts());
    let shortcuts: [(&[&str], &str); 12] = [
        (&["G", "H"], shell.home),
        (&["G", "O"], shell.okrs),
        (&["G", "K"], shell.kpis),
        (&["G", "S"], shell.settings),
        (&["/"], shell.search),
        (&["F"], keys.narrow),
        (&["C"], keys.check_in),
        (&["N"], keys.new),
        (&["E"], keys.edit),
        (&["R"], keys.record),
        (&["Esc"], keys.leave),
        (&["?"], keys.help),
    ];
    let rows = shortcuts.map(|(keys, what)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> });
        view! {
            <div>
                <dt>{keys.collect_view()}</dt>
                <dd>{what}</dd>
            </div>
        }
    });
    view! {
        <Dialog title=shell.shortcuts on_close=Callback::new(move |()| is_shown.set(false))>
            <dl class="shortcuts">{rows.collect_view()}</dl>
            <p class="quiet">{keys.hint}</p>
            <Done label=words::common().close />
        </Dialog>
    }
}
