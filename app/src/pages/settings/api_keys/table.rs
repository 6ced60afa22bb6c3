//! The keys one by one.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use okrs_shared::api_key::ApiKey;
use okrs_shared::timestamp::Timestamp;

use super::Step;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::tenths::tenths;
use crate::locale;
use crate::words;

/// So long before its end a key is marked.
const ENDS_SOON: TimeDelta = TimeDelta::days(14);

/// The keys that work; keys that don't any more are folded away below.
#[component]
pub fn KeyTables(keys: Vec<ApiKey>, step: RwSignal<Option<Step>>) -> impl IntoView {
    let api_keys = words::api_keys();
    let now = now();
    let replaced: Vec<_> = keys
        .iter()
        .filter_map(|key| key.replaces_id.clone())
        .collect();
    let (ended, live): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| has_ended(key, now));
    let live = if live.is_empty() {
        view! {
            <div class="empty">
                <h2>{api_keys.none_title}</h2>
                <p>{api_keys.none_more}</p>
            </div>
        }
        .into_any()
    } else {
        let rows = live.into_iter().map(|key| {
            let is_replaced = replaced.contains(&key.id);
            view! { <KeyRow key is_replaced now step /> }
        });
        let rows = rows.collect_view();
        view! { <Table has_actions=true>{rows}</Table> }.into_any()
    };
    let ended = (!ended.is_empty()).then(|| {
        let count = ended.len();
        let rows = ended.into_iter().map(|key| view! { <EndedRow key /> });
        let rows = rows.collect_view();
        view! {
            <details class="ended">
                <summary>{(api_keys.ended)(count)}</summary>
                <Table has_actions=false>{rows}</Table>
            </details>
        }
    });
    view! { {live} {ended} }
}

fn now() -> Timestamp {
    let now: Option<DateTime<Utc>> = DateTime::from_timestamp_millis(js_sys::Date::now() as i64);
    Timestamp::new(now.unwrap_or_default())
}

fn has_ended(key: &ApiKey, now: Timestamp) -> bool {
    key.revoked_at.is_some() || key.expires_at.is_some_and(|end| end <= now)
}

#[component]
fn Table(has_actions: bool, children: Children) -> impl IntoView {
    let words = words::api_keys();
    let last = match has_actions {
        true => view! {
            <th scope="col">{words.this_minute}</th>
            <th scope="col"><span class="visually-hidden">{words.actions}</span></th>
        }
        .into_any(),
        false => ().into_any(),
    };
    view! {
        <table class="settings-table">
            <thead>
                <tr>
                    <th scope="col">{words.key}</th>
                    <th scope="col">{words.scopes}</th>
                    <th scope="col">{words.created}</th>
                    <th scope="col">{words.expires}</th>
                    <th scope="col">{words.last_used}</th>
                    {last}
                </tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}

#[component]
fn KeyRow(
    key: ApiKey,
    is_replaced: bool,
    now: Timestamp,
    step: RwSignal<Option<Step>>,
) -> impl IntoView {
    let words = words::api_keys();
    let expires = match key.expires_at {
        None => view! { {words.never_expires} }.into_any(),
        Some(end) => {
            let iso = end.to_string();
            let day = locale::day(&iso);
            let is_near = end.get() - now.get() < ENDS_SOON;
            let said = match (is_replaced, is_near) {
                (true, _) => (words.replaced_until)(&day),
                (false, true) => (words.expires_on)(&day),
                (false, false) => day,
            };
            let mark = (is_near || is_replaced).then(|| view! { <Icon shape=Shape::Clock /> });
            let class = if is_near || is_replaced {
                "flag at-risk"
            } else {
                ""
            };
            view! { <span class=class title=locale::instant(&iso)>{mark} {said}</span> }.into_any()
        }
    };
    let stored = StoredValue::new(key.clone());
    // One that has a successor needs no other.
    let roll_button = (!is_replaced).then(|| {
        let roll = move |_| step.set(Some(Step::Roll(stored.get_value())));
        view! {
            <button type="button" class="button plain" aria-label=(words.roll_which)(&key.name) on:click=roll>
                {words.roll}
            </button>
        }
    });
    let revoke = move |_| step.set(Some(Step::Revoke(stored.get_value())));
    view! {
        <tr>
            <Identity key=key.clone() />
            <td data-label=words.expires>{expires}</td>
            <LastUsed key=key.clone() />
            <td data-label=words.this_minute>
                <Gauge used=key.used_this_minute budget=key.requests_per_minute />
            </td>
            <td class="row-actions">
                {roll_button}
                <button type="button" class="button plain danger" aria-label=(words.revoke_which)(&key.name) on:click=revoke>
                    {words.revoke}
                </button>
            </td>
        </tr>
    }
}

#[component]
fn EndedRow(key: ApiKey) -> impl IntoView {
    let words = words::api_keys();
    let (at, said) = match (key.revoked_at, key.expires_at) {
        (Some(at), _) => (Some(at), words.revoked_on),
        (None, at) => (at, words.expired_on),
    };
    let said = at.map(|at| said(&locale::day(&at.to_string())));
    view! {
        <tr>
            <Identity key=key.clone() />
            <td data-label=words.expires>{said}</td>
            <LastUsed key />
        </tr>
    }
}

/// Name, scopes, and who made it when: the first three cells.
#[component]
fn Identity(key: ApiKey) -> impl IntoView {
    let words = words::api_keys();
    let made_at = key.created_at.to_string();
    let by = key.created_by_name.as_deref().unwrap_or(words.somebody);
    let by = (words.made_by)(by);
    let scopes = key.scopes.iter().map(|scope| {
        view! { <li><code title=(words.explain)(*scope)>{scope.as_str()}</code></li> }
    });
    view! {
        <th scope="row">
            {key.name}
            <code class="quiet">{key.prefix} "…" {key.last_four}</code>
        </th>
        <td data-label=words.scopes>
            <ul class="scopes">{scopes.collect_view()}</ul>
        </td>
        <td data-label=words.created>
            <span title=locale::instant(&made_at)>{locale::ago(&made_at)}</span>
            <span class="quiet by">{by}</span>
        </td>
    }
}

#[component]
fn LastUsed(key: ApiKey) -> impl IntoView {
    let words = words::api_keys();
    let used = key.last_used_at.map(|at| at.to_string());
    let full = used.as_deref().map(locale::instant);
    let said = used.map_or(words.never_used.to_owned(), |at| locale::ago(&at));
    view! { <td data-label=words.last_used title=full>{said}</td> }
}

/// How much of the minute's calls are used up.
#[component]
fn Gauge(used: u32, budget: u32) -> impl IntoView {
    let words = words::api_keys();
    let said = (words.calls)(used, budget);
    let share = f64::from(used) / f64::from(budget.max(1));
    let class = match share {
        share if share >= 1.0 => "gauge off-track",
        share if share >= 0.8 => "gauge at-risk",
        _ => "gauge",
    };
    let length = tenths((share * 100.0).min(100.0)) + "%";
    view! {
        <span
            class=class
            role="meter"
            aria-label=words.this_minute
            aria-valuemin="0"
            aria-valuemax=budget
            aria-valuenow=used.min(budget)
            aria-valuetext=said.clone()
        >
            <span class="bar">
                <span class="bar-fill" style:inline-size=length></span>
            </span>
            <span class="figure">{said.clone()}</span>
        </span>
    }
}
