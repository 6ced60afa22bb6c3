//! Light, dark, or as the system has it; kept in the browser.

use leptos::prelude::*;
use web_sys::Storage;

const KEY: &str = "theme";

/// What somebody chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What was chosen in this browser.
pub fn chosen() -> Theme {
    let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    match kept.as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Keeps and applies a choice.
pub fn choose(theme: Theme) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs only the memory of it.
        let _ = storage.set_item(KEY, theme.word());
    }
    apply(theme);
}

/// Tells the style sheet, which reads `data-theme` of the root.
pub fn apply(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.word()),
        };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
