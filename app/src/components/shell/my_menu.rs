//! Who is signed in, and what is theirs to set.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use okrs_shared::permission::Role;

use crate::api;
use crate::components::later::later;
use crate::components::theme_choice::ThemeChoice;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::popover::close_popover;
use crate::paths;
use crate::session::session;
use crate::words;

const MENU: &str = "my-menu";

/// A popover: the browser closes it on Escape and on a click elsewhere, and returns the focus. What is
/// in it comes when it is first opened.
#[component]
pub fn MyMenu(
    /// Opens the list of shortcuts.
    show_shortcuts: Callback<()>,
) -> impl IntoView {
    let shell = words::shell();
    let session = session();
    let was_opened = RwSignal::new(false);
    view! {
        <button type="button" class="me" popovertarget=MENU on:click=move |_| was_opened.set(true)>
            <span class="avatar" aria-hidden="true">
                {move || initials(&session.me().name)}
            </span>
            <span class="me-name">{move || session.me().name}</span>
            <span class="visually-hidden">" " {shell.my_menu}</span>
            <Icon shape=Shape::ChevronDown />
        </button>
        <div id=MENU popover="auto" class="menu">
            <Show when=move || was_opened.get()>{later(content(show_shortcuts))}</Show>
        </div>
    }
}

#[wasm_split(frame, wasm_split_path = leptos::wasm_split, fallible)]
fn content(show_shortcuts: Callback<()>) -> Result<AnyView, SplitLoaderError> {
    let shell = words::shell();
    let session = session();
    let role = move || role_word(session.me().role);
    let sign_out = move |_| {
        spawn_local(async move {
            // Whether the server heard it or not: this browser leaves, and starts over.
            let _ = api::sign_in::sign_out().await;
            let _ = window().location().assign(paths::SIGN_IN);
        });
    };
    let content = view! {
        <p class="menu-head">
            <strong>{move || session.me().name}</strong>
            <span>{move || session.me().email}</span>
            <span>{role}</span>
        </p>
        <ThemeChoice name="menu-theme" />
        <a class="menu-item" href=paths::SETTINGS on:click=move |_| close_popover(MENU)>
            <Icon shape=Shape::Settings />
            {shell.settings}
        </a>
        <button type="button" class="menu-item" on:click=move |_| show_shortcuts.run(())>
            <Icon shape=Shape::Keyboard />
            {shell.shortcuts}
        </button>
        <button type="button" class="menu-item" on:click=sign_out>
            <Icon shape=Shape::SignOut />
            {shell.sign_out}
        </button>
    };
    Ok(content.into_any())
}

/// What a role is called.
pub fn role_word(role: Role) -> &'static str {
    let shell = words::shell();
    match role {
        Role::Admin => shell.role_admin,
        Role::Manager => shell.role_manager,
        Role::Member => shell.role_member,
    }
}

/// The first letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Alice Nguyen"), "AN");
        assert_eq!(initials("Ana María de la Cruz"), "AC");
        assert_eq!(initials("Ødegård"), "Ø");
        assert_eq!(initials(""), "");
    }
}
