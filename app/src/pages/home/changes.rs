//! What others did since one was last here.

use leptos::prelude::*;
use okrs_shared::home::HomeChange;

use crate::locale;
use crate::measure::Measure;
use crate::paths;
use crate::session::session;
use crate::visit;
use crate::words;

/// So many new ones are shown at once.
const MOST: usize = 8;

/// New ones; those from before are folded away. On a first visit all are new.
#[component]
pub fn Changes(changes: Vec<HomeChange>) -> impl IntoView {
    let home = words::home();
    let since = visit::last(&session().me().id);
    let is_new = |change: &HomeChange| {
        since.is_none_or(|since| change.at.get().timestamp_millis() as f64 > since)
    };
    // They come newest first.
    let count = changes.partition_point(is_new).min(MOST);
    let mut new = changes;
    let old = new.split_off(count);
    let title = match since {
        Some(_) => home.changes_since,
        None => home.changes,
    };
    let none = match since {
        Some(since) => (home.no_changes_since)(&locale::ago_at(since)),
        None => home.no_changes.to_owned(),
    };
    view! {
        <section>
            <h2>{title}</h2>
            {if new.is_empty() {
                view! { <p class="nothing quiet">{none}</p> }.into_any()
            } else {
                view! { <ul class="plain-rows">{rows(new)}</ul> }.into_any()
            }}
            {(!old.is_empty())
                .then(|| {
                    view! {
                        <details class="done earlier">
                            <summary>{(home.earlier)(old.len())}</summary>
                            <ul class="plain-rows">{rows(old)}</ul>
                        </details>
                    }
                })}
        </section>
    }
}

fn rows(changes: Vec<HomeChange>) -> Vec<AnyView> {
    changes.into_iter().map(row).collect()
}

fn row(change: HomeChange) -> AnyView {
    let at = change.at.to_string();
    let path = match (&change.kpi_id, &change.okr_id) {
        (Some(id), _) => paths::kpi(id.as_str()),
        (None, Some(id)) => paths::okr(id.as_str()),
        (None, None) => paths::HOME.to_owned(),
    };
    let did = did(&change);
    view! {
        <li>
            <div>
                <a href=path>{change.title}</a>
                <p class="quiet">{did}</p>
            </div>
            <time class="quiet" datetime=at.clone() title=locale::instant(&at)>{locale::ago(&at)}</time>
        </li>
    }
    .into_any()
}

/// Who did what.
fn did(change: &HomeChange) -> String {
    let home = words::home();
    let who = change.member.as_deref().unwrap_or(words::shell().somebody);
    let who = match change.by_api_key {
        true => (home.program_of)(who),
        false => who.to_owned(),
    };
    let measure = Measure::new(change.metric_type, change.unit.as_deref());
    let value = change.value.map(|value| measure.text(value));
    match (&*change.action, value) {
        ("key_result.check_in", Some(value)) => (home.did_check_in)(&who, &value),
        ("kpi.update_value", Some(value)) => (home.did_record)(&who, &value),
        ("comment.create", _) => (home.did_comment)(&who),
        (action, _) if action.ends_with(".create") => (home.did_create)(&who),
        _ => (home.did_change)(&who),
    }
}
