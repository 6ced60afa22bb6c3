//! Everything that happened to an OKR and to what belongs to it, fetched when it is asked for.

use leptos::prelude::*;
use okrs_shared::activity::{Activity, FieldChange};
use serde_json::Value;

use crate::api;
use crate::components::loaded::Loaded;
use crate::fetched::Fetched;
use crate::locale;
use crate::words;

/// A line that unfolds.
#[component]
pub fn ActivityFeed(okr_id: String) -> impl IntoView {
    let words = words::okr();
    let is_open = RwSignal::new(false);
    view! {
        <details
            class="activity"
            on:toggle=move |_| is_open.set(true)
        >
            <summary>
                <h2>{words.activity}</h2>
                <span class="quiet">{words.activity_hint}</span>
            </summary>
            <Show when=move || is_open.get()>
                <Rows okr_id=okr_id.clone() />
            </Show>
        </details>
    }
}

#[component]
fn Rows(okr_id: String) -> impl IntoView {
    let activity = Fetched::new(move || {
        let okr_id = okr_id.clone();
        async move { api::okrs::activity(&okr_id).await }
    });
    view! {
        <Loaded from=activity skeleton=|| view! { <span class="bone"></span> } let:all>
            {if all.is_empty() {
                view! { <p class="quiet">{words::okr().no_activity}</p> }.into_any()
            } else {
                let rows = all.into_iter().map(|activity| view! { <Row activity /> });
                view! { <ol>{rows.collect_view()}</ol> }.into_any()
            }}
        </Loaded>
    }
}

#[component]
fn Row(activity: Activity) -> impl IntoView {
    let words = words::okr();
    let at = activity.at.to_string();
    let who = activity.member.unwrap_or_else(|| words.somebody.to_owned());
    let who = match activity.by_api_key {
        true => (words.by_api_key)(&who),
        false => who,
    };
    let did = (words.did)(&activity.action, activity.key_result.as_deref());
    let changes: Vec<String> = activity.changes.iter().filter_map(change).collect();
    view! {
        <li>
            <p>
                <strong>{who}</strong>
                " "
                {did}
            </p>
            <time class="quiet" datetime=at.clone() title=locale::instant(&at)>
                {locale::ago(&at)}
            </time>
            {(!changes.is_empty()).then(|| view! { <p class="quiet">{changes.join(" · ")}</p> })}
        </li>
    }
}

/// A change in words. Of what is known by an id only, just that it changed.
fn change(change: &FieldChange) -> Option<String> {
    let words = words::okr();
    let field = (words.field)(&change.field)?;
    Some(match (shown(&change.before), shown(&change.after)) {
        _ if change.field.ends_with("_id") => (words.field_changed)(field),
        (None, Some(after)) => (words.field_set)(field, &after),
        (Some(before), Some(after)) => (words.field_from_to)(field, &before, &after),
        (_, None) => (words.field_cleared)(field),
    })
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => number.as_f64().map(locale::number),
        Value::String(text) if !text.is_empty() => Some(text.replace('_', " ")),
        Value::Bool(true) => Some(words::home().yes.to_owned()),
        Value::Bool(false) => Some(words::home().no.to_owned()),
        _ => None,
    }
}
