//! Small parts that show something of an OKR or a key result wherever it stands.

use leptos::prelude::*;
use okrs_shared::number::Number;
use okrs_shared::okr::OkrType;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::status::Status;
use okrs_shared::timestamp::Timestamp;

use crate::components::status::Mark;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::tenths::tenths;
use crate::locale;
use crate::measure::Measure;
use crate::words;

/// Whose objective it is, in a word.
pub fn type_word(okr_type: OkrType) -> &'static str {
    let okrs = words::okrs();
    match okr_type {
        OkrType::Org => okrs.company,
        OkrType::Department => okrs.department,
        OkrType::Team => okrs.team,
    }
}

/// Whose objective it is, as a sign with its word on hover and for screen readers.
#[component]
pub fn TypeMark(okr_type: OkrType) -> impl IntoView {
    let shape = match okr_type {
        OkrType::Org => Shape::Building,
        OkrType::Department => Shape::Layers,
        OkrType::Team => Shape::People,
    };
    view! {
        <span class="type-mark" title=type_word(okr_type)>
            <Icon shape />
            <span class="visually-hidden">{type_word(okr_type)}</span>
        </span>
    }
}

/// That somebody's words were changed later, and on which day; to the minute on hover.
#[component]
pub fn ChangedLater(at: Timestamp, says: fn(&str) -> String) -> impl IntoView {
    let at = at.to_string();
    view! {
        <time class="changed-later" datetime=at.clone() title=locale::instant(&at)>
            {says(&locale::ago(&at))}
        </time>
    }
}

/// A bar and its figure. What goes below the start or beyond the target keeps its figure.
#[component]
pub fn Progress(
    /// 0 to 1; the bar stays between.
    share: f64,
    /// Whose colour it has.
    #[prop(into)]
    mark: Mark,
    /// Where it should be by today, 0 to 1: a notch in the bar.
    #[prop(optional_no_strip)]
    expected: Option<f64>,
) -> impl IntoView {
    let length = tenths(share.clamp(0.0, 1.0) * 100.0) + "%";
    let notch = expected.map(|expected| {
        let at = tenths(expected * 100.0) + "%";
        let title = (words::okrs().expected)(&locale::percent(expected));
        view! { <span class="bar-notch" style:inset-inline-start=at title=title></span> }
    });
    view! {
        <span class=format!("progress {}", mark.class())>
            <span class="bar" aria-hidden="true">
                <span class="bar-fill" style:inline-size=length></span>
                {notch}
            </span>
            <span class="figure">{locale::percent(share)}</span>
        </span>
    }
}

/// A mark of something that needs a look: an icon with its word.
#[component]
pub fn Flag(#[prop(into)] mark: Mark, shape: Shape, #[prop(into)] word: String) -> impl IntoView {
    let title = word.clone();
    view! {
        <span class=format!("flag {}", mark.class()) title=title>
            <Icon shape />
            <span class="flag-word">{word}</span>
        </span>
    }
}

/// Blocked and stale key results, counted.
#[component]
pub fn Flags(blocked: usize, stale: usize) -> impl IntoView {
    let okrs = words::okrs();
    let blocked = (blocked > 0).then(|| {
        view! { <Flag mark=Mark::Blocked shape=Shape::Block word=(okrs.blocked)(blocked) /> }
    });
    let stale = (stale > 0).then(|| {
        view! { <Flag mark=Mark::NotStarted shape=Shape::Clock word=(okrs.stale)(stale) /> }
    });
    view! { {blocked} {stale} }
}

/// A value of this key result with its unit.
pub fn value_of(key_result: &ListedKeyResult, value: Number) -> String {
    Measure::from(key_result).text(value)
}

/// How a key result stands: a blocker before everything else.
pub fn mark_of(status: Status, blocked: bool) -> Mark {
    if blocked {
        Mark::Blocked
    } else {
        status.into()
    }
}
