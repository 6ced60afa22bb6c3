//! What differs in one list.

use leptos::prelude::*;
use okrs_shared::upstream::{Difference, ListComparison};

use crate::paths;
use crate::words;

/// The differences, folded.
#[component]
pub fn Differences(list: ListComparison) -> impl IntoView {
    let hosted = words::hosted();
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
            name,
            field,
            there,
            here,
            is_computed,
        } = difference;
        let field = match field.is_empty() {
            true => hosted.whole_item.into_any(),
            false => view! { <code>{field}</code> }.into_any(),
        };
        let computed =
            is_computed.then(|| view! { <span class="quiet computed">{hosted.computed}</span> });
        let address = page.map(|page| page(&id));
        // Of what has no name the id is all that there is to find it by.
        let called = match name {
            Some(name) => view! { <bdi>{name}</bdi> }.into_any(),
            None => view! { <code>{id}</code> }.into_any(),
        };
        let item = match address {
            Some(address) => view! { <a href=address>{called}</a> }.into_any(),
            None => called,
        };
        view! {
            <tr>
                <th scope="row">{item}</th>
                <td data-label=hosted.field>{field} {computed}</td>
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
        None => view! { <span class="quiet">{words::hosted().nothing}</span> }.into_any(),
    }
}
