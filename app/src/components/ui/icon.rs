//! Icons: strokes on a 16 px grid, always beside a word or with a label on what carries them.

use leptos::prelude::*;

/// The shapes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Home,
    Target,
    Gauge,
    Settings,
    Check,
    Warning,
    Cross,
    Block,
    Circle,
    ChevronDown,
    ChevronRight,
    Plus,
    Search,
    Person,
    SignOut,
    Keyboard,
    More,
    Copy,
    Key,
    Comment,
    Flag,
}

impl Shape {
    /// SVG path data.
    fn path(self) -> &'static str {
        match self {
            Self::Home => "M2.5 7.5 8 3l5.5 4.5M4 6.5V13h8V6.5M6.8 13V9.5h2.4V13",
            Self::Target => {
                "M8 2.2a5.8 5.8 0 1 0 5.8 5.8M8 5.3A2.7 2.7 0 1 0 10.7 8M8 8l5.5-5.5M11.2 4.8V2.6M11.2 4.8h2.2"
            }
            Self::Gauge => {
                "M2.5 12a6 6 0 1 1 11 0M8 9.5l3-3.4M7 10.2a1.2 1.2 0 1 0 2 0 1.2 1.2 0 0 0-2 0"
            }
            Self::Settings => {
                "M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M8 4.5a2 2 0 1 0 4 0 2 2 0 0 0-4 0M4 11.5a2 2 0 1 0 4 0 2 2 0 0 0-4 0"
            }
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::Warning => "M8 2.5 14 13H2zM8 6.5V9M8 11.2v.1",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Block => "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M4 4l8 8",
            Self::Circle => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3",
            Self::ChevronDown => "M4 6.5 8 10.5l4-4",
            Self::ChevronRight => "M6.5 4l4 4-4 4",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3l3.4 3.4",
            Self::Person => {
                "M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4M2.8 13.5c.5-2.6 2.5-3.8 5.2-3.8s4.7 1.2 5.2 3.8"
            }
            Self::SignOut => "M6.5 2.500H3v11h3.500M6.5 8H14M11 5l3 3-3 3",
            Self::Keyboard => "M1.5 4.500h13v7h-13zM4 7h.1M6.7 7h.1M9.3 7h.1M12 7h.1M5 9.500h6",
            Self::More => "M3.5 8h.1M8 8h.1M12.5 8h.1",
            Self::Copy => "M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3",
            Self::Key => "M5 7.500a3 3 0 1 0 0 5.9 3 3 0 0 0 0-5.900M7.2 8.500l6-6M11 4.700l2 2",
            Self::Comment => "M2.5 3h11v8h-6l-3 2.500V11h-2z",
            Self::Flag => "M4 14V2.500M4 3h8.500l-2 3 2 3H4",
        }
    }
}

/// A decoration: what it means stands beside it.
#[component]
pub fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=shape.path() />
        </svg>
    }
}
