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
    Plus,
    Search,
    SignOut,
    Copy,
    Building,
    Layers,
    People,
    Clock,
    Filter,
    List,
    Tree,
    Bulb,
    Pencil,
    Bin,
    Rise,
    Fall,
    Level,
    Bell,
    Keyboard,
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
            Self::Plus => "M8 3v10M3 8h10",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3l3.4 3.4",
            Self::SignOut => "M6.5 2.500H3v11h3.500M6.5 8H14M11 5l3 3-3 3",
            Self::Copy => "M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3",
            Self::Building => {
                "M3.5 13.500v-11h6v11M9.5 6.500h3v7M2 13.500h12M6 5.500h1M6 8h1M6 10.500h1"
            }
            Self::Layers => {
                "M8 2.500 14 5.700 8 9 2 5.700zM2.500 8.700 8 11.700l5.500-3M2.500 11.200 8 14.200l5.500-3"
            }
            Self::People => {
                "M6 3a2.300 2.300 0 1 0 0 4.600A2.300 2.300 0 0 0 6 3M1.800 13c.3-2.300 2-3.400 4.200-3.400s3.900 1.100 4.200 3.400M10.500 3.300a2.200 2.200 0 0 1 0 4.200M12 9.900c1.300.5 2 1.600 2.200 3.100"
            }
            Self::Clock => {
                "M8 2.200a5.800 5.800 0 1 0 0 11.600A5.800 5.800 0 0 0 8 2.200M8 4.800V8l2.200 1.600"
            }
            Self::Filter => "M2 3.500h12M4.500 8h7M6.500 12.500h3",
            Self::List => "M2.500 4h11M2.500 8h11M2.500 12h11",
            Self::Tree => "M2.500 3.500h6M5 8h8.500M5 12.500h8.500M3.500 3.500v9H5M3.500 8H5",
            Self::Bulb => {
                "M6 13.500h4M6.300 11.500h3.400M6.300 11.500c0-1.700-2-2.200-2-4.900a3.700 3.700 0 0 1 7.400 0c0 2.700-2 3.200-2 4.900"
            }
            Self::Pencil => "M3 13l.6-2.800 7-7 2.200 2.200-7 7zM9.300 4.500l2.200 2.200",
            Self::Rise => "M3 12 13 4M7.500 4H13v5.500",
            Self::Fall => "M3 4l10 8M7.500 12H13V6.500",
            Self::Level => "M2.500 8h11M10 4.500 13.500 8 10 11.500",
            Self::Bell => {
                "M8 2.500a3.700 3.700 0 0 0-3.700 3.700c0 3.300-1.600 4.600-1.600 4.600h10.600s-1.600-1.300-1.600-4.600A3.700 3.700 0 0 0 8 2.500M6.800 13.300a1.400 1.400 0 0 0 2.400 0"
            }
            Self::Keyboard => {
                "M2 4.500h12v7H2zM4.500 7h.1M7 7h.1M9.500 7h.1M11.800 7h.1M5.500 9.300h5"
            }
            Self::Bin => {
                "M3 4.500h10M6.500 4.500v-2h3v2M4.200 4.500l.6 9h6.400l.6-9M6.700 7v4M9.300 7v4"
            }
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
