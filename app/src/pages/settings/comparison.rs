//! The hosted service's lists beside those made of the copy.

mod differences;

use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::timestamp::Timestamp;
use okrs_shared::upstream::ListComparison;

use self::differences::Differences;
use crate::api::{self, Problem};
use crate::components::loaded::Loaded;
use crate::components::ui::icon::{Icon, Shape};
use crate::fetched::Fetched;
use crate::locale;
use crate::words;

/// How often it looks how far a comparison is.
const EVERY: Duration = Duration::from_secs(1);

/// How many there are on each side, and what differs.
#[component]
pub fn Comparison() -> impl IntoView {
    let hosted = words::hosted();
    let lists = Fetched::new(api::hosted::comparison);
    // Since when everything is being compared anew.
    let asked_at = RwSignal::new(None::<Timestamp>);
    let problem = RwSignal::new(None::<Problem>);
    let compare = move |_| {
        problem.set(None);
        spawn_local(async move {
            match api::hosted::compare_anew().await {
                Ok(asked) => asked_at.set(Some(asked.asked_at)),
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    let look = move || {
        if asked_at.get_untracked().is_some() {
            lists.refetch();
        }
    };
    if let Ok(handle) = set_interval_with_handle(look, EVERY) {
        on_cleanup(move || handle.clear());
    }
    // How many lists have been compared since, while that is not all of them.
    let progress = Memo::new(move |_| {
        let asked_at = asked_at.get()?;
        let lists = lists.read();
        let lists = lists.as_ref()?.as_ref().ok()?;
        let done = lists.iter().filter(|list| list.compared_at >= asked_at);
        Some((done.count(), lists.len()))
    });
    Effect::new(move || {
        if progress
            .get()
            .is_some_and(|(done, all)| all > 0 && done == all)
        {
            asked_at.set(None);
        }
    });
    view! {
        <section class="hosted-part" aria-labelledby="comparison-title">
            <header class="page-head">
                <h2 id="comparison-title">{hosted.comparison}</h2>
                <button type="button" class="button" id="compare-again" on:click=compare>
                    {hosted.compare_again}
                </button>
            </header>
            <p class="lead">{hosted.comparison_more}</p>
            <p class="quiet" role="status">
                {move || progress.get().map(|(done, all)| (hosted.comparing)(done, all))}
            </p>
            <p class="form-error" role="alert">
                {move || problem.get().map(|problem| problem.in_words())}
            </p>
            <Loaded from=lists skeleton=|| view! { <Bones /> } let:lists>
                <Compared lists />
            </Loaded>
        </section>
    }
}

/// Whether nothing differs but figures that each side computes.
fn is_same(list: &ListComparison) -> bool {
    list.same_order && list.differences.iter().all(|one| one.is_computed)
}

#[component]
fn Compared(lists: Vec<ListComparison>) -> impl IntoView {
    let hosted = words::hosted();
    if lists.is_empty() {
        return view! { <p>{hosted.not_compared}</p> }.into_any();
    }
    let all_same = lists.iter().all(is_same).then(|| {
        view! {
            <div class="notice on-track" role="status">
                <p>
                    <Icon shape=Shape::Check />
                    <strong>{hosted.no_differences}</strong>
                </p>
                <p>{hosted.no_differences_more}</p>
            </div>
        }
    });
    let rows = lists.iter().map(|list| {
        let order = match list.same_order {
            true => (Shape::Check, "on-track", hosted.same_order),
            false => (Shape::Warning, "at-risk", hosted.other_order),
        };
        let fields = match list.differing_fields {
            0 => (Shape::Check, "on-track", hosted.none_differ.to_owned()),
            count if is_same(list) => (Shape::Check, "on-track", (hosted.only_computed)(count)),
            count => (Shape::Warning, "at-risk", count.to_string()),
        };
        let at = list.compared_at.to_string();
        view! {
            <tr>
                <th scope="row">{(hosted.list_name)(&list.list)}</th>
                <td data-label=hosted.there>{list.there}</td>
                <td data-label=hosted.here>{list.here}</td>
                <td data-label=hosted.equal>{list.equal}</td>
                <td data-label=hosted.order><Verdict shape=order.0 class=order.1 word=order.2 /></td>
                <td data-label=hosted.differing><Verdict shape=fields.0 class=fields.1 word=fields.2 /></td>
                <td data-label=hosted.compared_at>
                    <time datetime=at.clone() title=locale::instant(&at)>{locale::time(&at)}</time>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let differing = lists.into_iter().filter(|list| list.differing_fields > 0);
    view! {
        {all_same}
        <table class="settings-table compared">
            <thead>
                <tr>
                    <th scope="col">{hosted.list}</th>
                    <th scope="col">{hosted.there}</th>
                    <th scope="col">{hosted.here}</th>
                    <th scope="col">{hosted.equal}</th>
                    <th scope="col">{hosted.order}</th>
                    <th scope="col">{hosted.differing}</th>
                    <th scope="col">{hosted.compared_at}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {differing.map(|list| view! { <Differences list /> }).collect_view()}
    }
    .into_any()
}

#[component]
fn Verdict(shape: Shape, class: &'static str, #[prop(into)] word: String) -> impl IntoView {
    view! {
        <span class=format!("flag {class}")>
            <Icon shape />
            {word}
        </span>
    }
}

#[component]
fn Bones() -> impl IntoView {
    (0..4)
        .map(|_| view! { <span class="bone tall"></span> })
        .collect_view()
}
