//! The hosted service's lists beside those made of the copy.

use leptos::prelude::*;
use okrs_shared::upstream::{Difference, ListComparison};

use crate::api;
use crate::components::loaded::Loaded;
use crate::components::ui::icon::{Icon, Shape};
use crate::paths;
use crate::words::words;

/// How many there are on each side, and what differs.
#[component]
pub fn Comparison() -> impl IntoView {
    let hosted = &words().hosted;
    let lists = LocalResource::new(api::hosted::comparison);
    view! {
        <section class="hosted-part" aria-labelledby="comparison-title">
            <header class="page-head">
                <h2 id="comparison-title">{hosted.comparison}</h2>
                <button type="button" class="button" id="compare-again" on:click=move |_| lists.refetch()>
                    {hosted.compare_again}
                </button>
            </header>
            <p class="lead">{hosted.comparison_more}</p>
            <Loaded from=lists skeleton=|| view! { <Bones /> } let:lists>
                <Compared lists />
            </Loaded>
        </section>
    }
}

#[component]
fn Compared(lists: Vec<ListComparison>) -> impl IntoView {
    let hosted = &words().hosted;
    let is_same = |list: &ListComparison| list.same_order && list.differing_fields == 0;
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
            count => (Shape::Warning, "at-risk", count.to_string()),
        };
        view! {
            <tr>
                <th scope="row">{(hosted.list_name)(&list.list)}</th>
                <td data-label=hosted.there>{list.there}</td>
                <td data-label=hosted.here>{list.here}</td>
                <td data-label=hosted.equal>{list.equal}</td>
                <td data-label=hosted.order><Mark shape=order.0 class=order.1 word=order.2 /></td>
                <td data-label=hosted.differing><Mark shape=fields.0 class=fields.1 word=fields.2 /></td>
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
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {differing.map(|list| view! { <Differences list /> }).collect_view()}
    }
}

#[component]
fn Mark(shape: Shape, class: &'static str, #[prop(into)] word: String) -> impl IntoView {
    view! {
        <span class=format!("flag {class}")>
            <Icon shape />
            {word}
        </span>
    }
}

#[component]
fn Differences(list: ListComparison) -> impl IntoView {
    let hosted = &words().hosted;
    let name = (hosted.list_name)(&list.list);
    let says = (hosted.show_differences)(list.differences.len(), list.differing_fields, &name);
    let page = match &*list.list {
        "/okrs" => Some(paths::okr as fn(&str) -> String),
        "/kpis" => Some(paths::kpi as fn(&str) -> String),
        _ => None,
    };
    let rows = list.differences.into_iter().map(|difference| {
        let Difference {
            id,
            field,
            there,
            here,
        } = difference;
        let field = match field.is_empty() {
            true => hosted.whole_item.into_any(),
            false => view! { <code>{field}</code> }.into_any(),
        };
        let item = match page {
            Some(page) => {
                let address = page(&id);
                view! { <a href=address><code>{id}</code></a> }.into_any()
            }
            None => view! { <code>{id}</code> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row">{item}</th>
                <td data-label=hosted.field>{field}</td>
                <td data-label=hosted.there><Side json=there /></td>
                <td data-label=hosted.here><Side json=here /></td>
            </tr>
        }
    });
    view! {
        <details class="differences">
            <summary>{says}</summary>
            <table class="settings-table">
                <thead>
                    <tr>
                        <th scope="col">{hosted.item}</th>
                        <th scope="col">{hosted.field}</th>
                        <th scope="col">{hosted.there}</th>
                        <th scope="col">{hosted.here}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
}

/// What one side says, which may be long.
#[component]
fn Side(json: Option<String>) -> impl IntoView {
    match json {
        Some(json) => view! { <code class="side">{json}</code> }.into_any(),
        None => view! { <span class="quiet">{words().hosted.nothing}</span> }.into_any(),
    }
}

#[component]
fn Bones() -> impl IntoView {
    (0..4)
        .map(|_| view! { <span class="bone tall"></span> })
        .collect_view()
}
