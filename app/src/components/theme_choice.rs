//! Light, dark, or as the system has it.

use leptos::prelude::*;

use crate::theme::{self, Theme};
use crate::words;

/// Applies at once. Wherever it stands, it shows the same choice.
#[component]
pub fn ThemeChoice(
    /// Unique on the page.
    name: &'static str,
) -> impl IntoView {
    let shell = words::shell();
    let chosen = expect_context::<RwSignal<Theme>>();
    let choices = [
        (Theme::System, shell.theme_system),
        (Theme::Light, shell.theme_light),
        (Theme::Dark, shell.theme_dark),
    ];
    view! {
        <fieldset class="segmented stacked">
            <legend>{shell.theme}</legend>
            {choices
                .map(|(theme, label)| {
                    let choose = move |_| {
                        theme::choose(theme);
                        chosen.set(theme);
                    };
                    view! {
                        <label>
                            <input
                                type="radio"
                                name=name
                                prop:checked=move || chosen.get() == theme
                                on:change=choose
                            />
                            <span>{label}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}
