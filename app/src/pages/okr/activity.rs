//! Everything that happened to an OKR and to what belongs to it, fetched when it is asked for.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::activity::{Activity, FieldChange};
use okrs_shared::number::Number;
use okrs_shared::okr_detail::ListedOkr;
use serde_json::Value;

use crate::api;
use crate::components::loaded::Loaded;
use crate::fetched::Fetched;
use crate::locale;
use crate::measure::Measure;
use crate::words;

/// A line that unfolds.
#[component]
pub fn ActivityFeed(okr: Arc<ListedOkr>) -> impl IntoView {
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
                <Rows okr=okr.clone() />
            </Show>
        </details>
    }
}

#[component]
fn Rows(okr: Arc<ListedOkr>) -> impl IntoView {
    let activity = {
        let okr_id = okr.id.to_string();
        Fetched::new(move || {
            let okr_id = okr_id.clone();
            async move { api::okrs::activity(&okr_id).await }
        })
    };
    view! {
        <Loaded from=activity skeleton=|| view! { <span class="bone"></span> } let:all>
            {if all.is_empty() {
                view! { <p class="quiet">{words::okr().no_activity}</p> }.into_any()
            } else {
                let rows = all.into_iter().map(|activity| {
                    let measure = measure_of(&okr, &activity);
                    view! { <Row activity measure /> }
                });
                view! { <ol>{rows.collect_view()}</ol> }.into_any()
            }}
        </Loaded>
    }
}

/// What the values in it are. A key result that is gone has none any more.
fn measure_of(okr: &ListedOkr, activity: &Activity) -> Option<Measure> {
    let id = activity.key_result_id.as_ref()?;
    let mut all = okr.key_results.iter();
    all.find(|part| part.id == *id).map(Measure::from)
}

#[component]
fn Row(activity: Activity, #[prop(optional_no_strip)] measure: Option<Measure>) -> impl IntoView {
    let words = words::okr();
    let at = activity.at.to_string();
    let who = activity.member.unwrap_or_else(|| words.somebody.to_owned());
    let who = match activity.by_api_key {
        true => (words.by_api_key)(&who),
        false => who,
    };
    let did = (words.did)(&activity.action, activity.key_result.as_deref());
    let changes: Vec<String> = activity
        .changes
        .iter()
        .filter_map(|found| change(found, measure.as_ref()))
        .collect();
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
fn change(change: &FieldChange, measure: Option<&Measure>) -> Option<String> {
    let words = words::okr();
    let field = (words.field)(&change.field)?;
    let measure = measure.filter(|_| VALUES.contains(&&*change.field));
    let shown = |value| shown(value, measure);
    Some(match (shown(&change.before), shown(&change.after)) {
        _ if change.field.ends_with("_id") => (words.field_changed)(field),
        (None, Some(after)) => (words.field_set)(field, &after),
        (Some(before), Some(after)) => (words.field_from_to)(field, &before, &after),
        (_, None) => (words.field_cleared)(field),
    })
}

/// The fields of a key result and its check-ins that have its unit.
const VALUES: [&str; 4] = ["value", "start_value", "current_value", "target_value"];

fn shown(value: &Value, measure: Option<&Measure>) -> Option<String> {
    match (value, measure) {
        (Value::Number(number), Some(measure)) => {
            let number = Number::new(number.as_f64()?)?;
            Some(measure.text(number))
        }
        (Value::Number(number), None) => number.as_f64().map(locale::number),
        (Value::String(text), _) if !text.is_empty() => Some(text.replace('_', " ")),
        (Value::Bool(true), _) => Some(words::home().yes.to_owned()),
        (Value::Bool(false), _) => Some(words::home().no.to_owned()),
        _ => None,
    }
}
