//! Health, and why it is what it is.
//!
//! One popover for a page: a list of hundreds of scores has one explanation at a time.

use leptos::html::Div;
use leptos::prelude::*;
use okrs_shared::id::OkrId;
use okrs_shared::okr_detail::{ListedKeyResult, ListedOkr};
use okrs_shared::okr_list::OkrLine;
use okrs_shared::rules::{KeyResultHealth, ObjectiveHealth};
use web_sys::MouseEvent;

use crate::api;
use crate::capabilities::is_hosted;
use crate::components::health_parts::{KeyResultWhy, ObjectiveWhy};
use crate::components::loaded::Loaded;
use crate::fetched::Fetched;
use crate::words;

/// What is explained.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// An OKR: its key results with weight and score, and whether its own was computed here though the hosted service has one.
    Objective(ObjectiveHealth, Vec<(String, f64, u8)>, bool),
    /// A key result; whether it has a check-in.
    KeyResult(KeyResultHealth, bool),
    /// A key result of a list, which has its score and not the parts of that: they come with its OKR.
    Listed {
        /// Its OKR.
        okr_id: OkrId,
        /// Its place in that.
        nth: usize,
        /// Its score.
        score: u8,
    },
}

impl From<&OkrLine> for Subject {
    fn from(okr: &OkrLine) -> Self {
        let parts = okr.key_results.iter();
        let parts = parts.map(|part| (part.title.clone(), part.weight.get(), part.health));
        Self::Objective(okr.health, parts.collect(), okr.computed_here)
    }
}

impl From<&ListedOkr> for Subject {
    fn from(okr: &ListedOkr) -> Self {
        let parts = okr.key_results.iter();
        let parts = parts.map(|part| (part.title.clone(), part.weight.get(), part.health.score));
        Self::Objective(okr.health, parts.collect(), okr.computed_here)
    }
}

impl From<&ListedKeyResult> for Subject {
    fn from(key_result: &ListedKeyResult) -> Self {
        Self::KeyResult(key_result.health, key_result.last_check_in.is_some())
    }
}

impl Subject {
    fn score(&self) -> Option<u8> {
        match self {
            Self::Objective(health, ..) => (!health.needs_setup).then_some(health.score),
            Self::KeyResult(health, _) => Some(health.score),
            Self::Listed { score, .. } => Some(*score),
        }
    }
}

/// Where the explanation of this page stands, and of what.
#[derive(Clone, Copy)]
struct Why {
    subject: RwSignal<Option<Subject>>,
    /// The button's left, top and bottom in the window, in pixels.
    beside: RwSignal<(f64, f64, f64)>,
}

/// Lets scores below it be explained.
pub fn provide_why() {
    provide_context(Why {
        subject: RwSignal::new(None),
        beside: RwSignal::new((0.0, 0.0, 0.0)),
    });
}

/// A score that explains itself when pressed.
#[component]
pub fn HealthFigure(
    /// 0 to 100; nothing when there is nothing to be healthy by.
    score: Option<u8>,
    /// Whether it was computed here, though the hosted service has figures of its own.
    computed_here: impl Fn() -> bool + Copy + Send + 'static,
    /// What it is the health of; asked for when pressed.
    subject: impl Fn() -> Subject + 'static,
) -> impl IntoView {
    let why = expect_context::<Why>();
    let health = words::health();
    let label = score.map_or(health.no_score.to_owned(), |score| score.to_string());
    let mark = move || {
        (computed_here() && score.is_some()).then(|| {
            view! { <span class="here" title=health.here_more>{health.here}</span> }
        })
    };
    let why_label = move || match computed_here() {
        true => score.map(health.why_label_here),
        false => score.map(health.why_label),
    };
    let explain = move |event: MouseEvent| {
        let button = event_target::<web_sys::Element>(&event);
        let button = button.closest("button").ok().flatten().unwrap_or(button);
        let place = button.get_bounding_client_rect();
        why.beside.set((place.left(), place.top(), place.bottom()));
        why.subject.set(Some(subject()));
    };
    view! {
        <button
            type="button"
            class="health"
            aria-haspopup="dialog"
            aria-label=why_label
            on:click=explain
        >
            {label}
            {mark}
        </button>
    }
}

/// What the mark of scores that were computed here says, where there may be some.
#[component]
pub fn ComputedHere() -> impl IntoView {
    let health = words::health();
    view! {
        <Show when=is_hosted>
            <p class="here-more quiet">
                <span aria-hidden="true">{health.here} " "</span>
                {health.here_more}
            </p>
        </Show>
    }
}

/// The explanation. Stands once on a page that has [`HealthFigure`]s.
#[component]
pub fn HealthWhy() -> impl IntoView {
    let why = expect_context::<Why>();
    let popover = NodeRef::<Div>::new();
    Effect::new(move || {
        if let (Some(popover), Some(_)) = (popover.get(), &*why.subject.read()) {
            // It fails only where it is open already.
            let _ = popover.show_popover();
        }
    });
    let closed = move |event: web_sys::Event| {
        let is_open = event_target::<web_sys::Element>(&event)
            .matches(":popover-open")
            .unwrap_or(false);
        if !is_open {
            why.subject.set(None);
        }
    };
    let title = move || {
        let score = why.subject.read().as_ref().and_then(Subject::score);
        score.map_or(words::okrs().health.to_owned(), words::health().why)
    };
    let is_above = move || {
        let height = window().inner_height().ok().and_then(|h| h.as_f64());
        height.is_some_and(|height| why.beside.get().2 > height * 0.55)
    };
    view! {
        <div
            node_ref=popover
            popover="auto"
            class="menu why"
            class:above=is_above
            role="dialog"
            aria-labelledby="why-title"
            tabindex="-1"
            autofocus
            style:--left=move || format!("{}px", why.beside.get().0)
            style:--top=move || format!("{}px", why.beside.get().1)
            style:--bottom=move || format!("{}px", why.beside.get().2)
            on:toggle=closed
        >
            <h2 id="why-title">{title}</h2>
            {move || match why.subject.get() {
                None => ().into_any(),
                Some(Subject::Objective(health, parts, computed_here)) => {
                    view! { <ObjectiveWhy health parts computed_here /> }.into_any()
                }
                Some(Subject::KeyResult(health, is_begun)) => {
                    view! { <KeyResultWhy health is_begun /> }.into_any()
                }
                Some(Subject::Listed { okr_id, nth, .. }) => {
                    view! { <ListedWhy okr_id nth /> }.into_any()
                }
            }}
        </div>
    }
}

#[component]
fn ListedWhy(okr_id: OkrId, nth: usize) -> impl IntoView {
    let detail = Fetched::new(move || {
        let okr_id = okr_id.clone();
        async move { api::okrs::get(okr_id.as_str()).await }
    });
    view! {
        <Loaded from=detail skeleton=|| view! { <span class="bone"></span> } let:detail>
            {detail
                .okr
                .key_results
                .get(nth)
                .map(|found| {
                    view! { <KeyResultWhy health=found.health is_begun=found.last_check_in.is_some() /> }
                })}
        </Loaded>
    }
}
