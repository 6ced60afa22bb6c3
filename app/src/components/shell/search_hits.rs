//! What a search found, by kind.

use leptos::prelude::*;
use okrs_shared::search::{Hit, HitKind};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::api::Problem;
use crate::components::loaded::Failure;
use crate::components::ui::icon::{Icon, Shape};
use crate::paths;
use crate::words;

/// The id of the list.
pub const LIST: &str = "search-found";

/// Kinds in the order they are shown.
const KINDS: [HitKind; 5] = [
    HitKind::Okr,
    HitKind::KeyResult,
    HitKind::Kpi,
    HitKind::Initiative,
    HitKind::Member,
];

/// What there is to show.
#[derive(Clone, PartialEq)]
pub enum Found {
    /// Nobody has asked for anything.
    Nothing,
    /// What has this text, kind by kind.
    Hits(String, Vec<Hit>),
    Failed(Problem),
}

impl Found {
    /// How many there are to step through.
    pub fn count(&self) -> usize {
        match self {
            Self::Hits(_, hits) => hits.len(),
            Self::Nothing | Self::Failed(_) => 0,
        }
    }

    /// Where a hit leads.
    pub fn path(&self, nth: usize) -> Option<String> {
        match self {
            Self::Hits(_, hits) => hits.get(nth).map(path),
            Self::Nothing | Self::Failed(_) => None,
        }
    }
}

/// In the order they are shown; what has a place in the app.
pub fn grouped(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.retain(|hit| hit.kind != HitKind::Initiative || hit.okr_id.is_some());
    hits.sort_by_key(|hit| KINDS.iter().position(|kind| *kind == hit.kind));
    hits
}

fn path(hit: &Hit) -> String {
    let okr_id = hit.okr_id.as_ref();
    match (hit.kind, okr_id) {
        (HitKind::KeyResult, Some(okr)) => paths::key_result(okr.as_str(), &hit.id),
        (HitKind::Initiative, Some(okr)) => paths::okr(okr.as_str()),
        (HitKind::Kpi, _) => paths::kpi(&hit.id),
        (HitKind::Member, _) => paths::okrs_of(&hit.id),
        (HitKind::Okr | HitKind::KeyResult | HitKind::Initiative, _) => paths::okr(&hit.id),
    }
}

fn name_and_shape(kind: HitKind) -> (&'static str, Shape) {
    let (shell, search) = (words::shell(), words::search());
    match kind {
        HitKind::Okr => (shell.okrs, Shape::Target),
        HitKind::KeyResult => (search.key_results, Shape::Rise),
        HitKind::Kpi => (shell.kpis, Shape::Gauge),
        HitKind::Initiative => (search.initiatives, Shape::List),
        HitKind::Member => (search.people, Shape::People),
    }
}

/// The list, or why there is none.
#[component]
pub fn Hits(
    found: Memo<Found>,
    is_waiting: Memo<bool>,
    active: RwSignal<usize>,
    close: Callback<()>,
    retry: Callback<()>,
) -> impl IntoView {
    let search = words::search();
    let said = move || match &*found.read() {
        _ if is_waiting.get() => search.searching.to_owned(),
        Found::Nothing => search.more.to_owned(),
        Found::Hits(text, hits) if hits.is_empty() => (search.nothing_found)(text),
        Found::Hits(_, hits) => (search.found)(hits.len()),
        Found::Failed(_) => String::new(),
    };
    let failure = move || match found.get() {
        Found::Failed(problem) if !is_waiting.get() => {
            Some(view! { <Failure problem retry=move || retry.run(()) /> })
        }
        _ => None,
    };
    view! {
        <div
            id=LIST
            class="search-found"
            role="listbox"
            aria-label=search.hits
            aria-busy=move || is_waiting.get().to_string()
            hidden=move || found.with(Found::count) == 0
        >
            {move || match found.get() {
                Found::Hits(_, hits) => groups(hits, active, close),
                Found::Nothing | Found::Failed(_) => Vec::new(),
            }}
        </div>
        <p class="search-said quiet" role="status">{said}</p>
        {failure}
    }
}

fn groups(hits: Vec<Hit>, active: RwSignal<usize>, close: Callback<()>) -> Vec<AnyView> {
    let mut first = 0;
    let chunks = hits.chunk_by(|one, next| one.kind == next.kind);
    chunks
        .map(|chunk| {
            let (label, shape) = name_and_shape(chunk[0].kind);
            let options = chunk.iter().zip(first..);
            let options = options.map(|(hit, nth)| option(hit, nth, shape, active, close));
            let options: Vec<AnyView> = options.collect();
            first += chunk.len();
            view! {
                <div role="group" aria-label=label>
                    <p class="search-kind" aria-hidden="true">{label}</p>
                    {options}
                </div>
            }
            .into_any()
        })
        .collect()
}

fn option(
    hit: &Hit,
    nth: usize,
    shape: Shape,
    active: RwSignal<usize>,
    close: Callback<()>,
) -> AnyView {
    view! {
        <a
            role="option"
            id=option_id(nth)
            class="search-hit"
            href=path(hit)
            tabindex="-1"
            aria-selected=move || (active.get() == nth).to_string()
            on:pointermove=move |_| active.set(nth)
            on:click=move |_| close.run(())
        >
            <Icon shape />
            <span>{hit.title.clone()}</span>
        </a>
    }
    .into_any()
}

/// The id of an option.
pub fn option_id(nth: usize) -> String {
    format!("{LIST}-{nth}")
}

/// Scrolls the list as far as an option needs to be seen.
pub fn reveal(nth: usize) {
    if let Some(option) = document().get_element_by_id(&option_id(nth)) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

#[cfg(test)]
mod tests {
    use okrs_shared::id::OkrId;

    use super::*;

    fn hit(kind: HitKind, id: &str, okr_id: Option<&str>) -> Hit {
        Hit {
            kind,
            id: id.to_owned(),
            title: id.to_owned(),
            okr_id: okr_id.map(OkrId::from),
        }
    }

    #[test]
    fn hits_come_kind_by_kind_and_each_leads_somewhere() {
        let hits = grouped(vec![
            hit(HitKind::Member, "m", None),
            hit(HitKind::Initiative, "loose", None),
            hit(HitKind::Initiative, "i", Some("o")),
            hit(HitKind::Kpi, "p", None),
            hit(HitKind::KeyResult, "k", Some("o")),
            hit(HitKind::Okr, "o", Some("o")),
        ]);
        let paths: Vec<String> = hits.iter().map(path).collect();
        assert_eq!(
            paths,
            [
                "/okrs/o",
                "/okrs/o#k",
                "/kpis/p",
                "/okrs/o",
                "/okrs?owner=m"
            ]
        );
    }
}
