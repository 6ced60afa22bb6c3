//! What was reported and moved, newest first.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::id::KeyResultId;
use okrs_shared::okr_detail::{
    CheckInEntry, CheckInSource, ListedKeyResult, OkrDetail, TargetChange,
};
use okrs_shared::timestamp::Timestamp;

use super::correction::Correct;
use crate::capabilities::capabilities;
use crate::components::okr_parts::{ChangedLater, value_of};
use crate::components::status::StatusMark;
use crate::components::ui::choice::InlineChoice;
use crate::locale;
use crate::words;

/// Entries that are shown at first, and more each time.
const PAGE: usize = 12;

#[derive(Clone)]
enum Entry {
    CheckIn(CheckInEntry),
    Target(TargetChange),
}

impl Entry {
    fn key_result_id(&self) -> &KeyResultId {
        match self {
            Self::CheckIn(entry) => &entry.key_result_id,
            Self::Target(change) => &change.key_result_id,
        }
    }

    fn at(&self) -> Timestamp {
        match self {
            Self::CheckIn(entry) => entry.created_at,
            Self::Target(change) => change.created_at,
        }
    }
}

/// The history of all key results, or of one.
#[component]
pub fn History(
    detail: Arc<OkrDetail>,
    /// An entry of the history was corrected.
    reload: Callback<()>,
) -> impl IntoView {
    let words = words::okr();
    let chosen = RwSignal::new(String::new());
    let most = RwSignal::new(PAGE);
    let entries = StoredValue::new(entries(&detail));
    let found = move || -> Vec<Entry> {
        let chosen = chosen.get();
        entries.with_value(|entries| {
            let all = entries.iter();
            let found =
                all.filter(|entry| chosen.is_empty() || entry.key_result_id().as_str() == chosen);
            found.cloned().collect()
        })
    };
    let has_more = move || found().len() > most.get();
    let mut options = vec![(String::new(), words.all_key_results.to_owned())];
    let key_results = detail.okr.key_results.iter();
    options.extend(key_results.map(|part| (part.id.to_string(), part.title.clone())));
    let rows = move || {
        let rows = found().into_iter().take(most.get());
        let rows = rows.filter_map(|entry| {
            let key_results = &detail.okr.key_results;
            let of = key_results
                .iter()
                .find(|part| part.id == *entry.key_result_id())?;
            Some(view! { <HistoryRow entry of=of.clone() reload /> })
        });
        rows.collect_view()
    };
    view! {
        <section class="history" aria-labelledby="history-title">
            <header>
                <h2 id="history-title">{words.history}</h2>
                <InlineChoice label=words.all_key_results value=chosen options choose=move |id| chosen.set(id) />
            </header>
            <Show when=move || found().is_empty()>
                <p class="quiet">{words.no_history}</p>
            </Show>
            <ol>{rows}</ol>
            <Show when=has_more>
                <button type="button" class="button" on:click=move |_| most.update(|most| *most += PAGE)>
                    {words.show_older}
                </button>
            </Show>
        </section>
    }
}

fn entries(detail: &OkrDetail) -> Vec<Entry> {
    let check_ins = detail.check_ins.iter().cloned().map(Entry::CheckIn);
    let targets = detail.target_changes.iter().cloned().map(Entry::Target);
    let mut entries: Vec<Entry> = check_ins.chain(targets).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
    entries
}

#[component]
fn HistoryRow(entry: Entry, of: ListedKeyResult, reload: Callback<()>) -> impl IntoView {
    let words = words::okr();
    let at = entry.at().to_string();
    let author = match &entry {
        Entry::CheckIn(entry) => entry.author.clone(),
        Entry::Target(change) => change.author.clone(),
    };
    let corrected = match &entry {
        Entry::CheckIn(entry) => entry.corrected_at,
        Entry::Target(_) => None,
    };
    let corrected = corrected.map(|at| {
        view! { <ChangedLater at says=words.corrected /> }
    });
    let correct = match &entry {
        Entry::CheckIn(entry) if entry.may_correct => {
            let (entry, of) = (entry.clone(), of.clone());
            Some(move || {
                let can = capabilities().correct_check_ins;
                can.then(
                    || view! { <Correct entry=entry.clone() of=of.clone() corrected=reload /> },
                )
            })
        }
        _ => None,
    };
    view! {
        <li>
            <p class="history-title">{of.title.clone()}</p>
            <p class="history-who">
                {author.unwrap_or_else(|| words.somebody.to_owned())}
                <time datetime=at.clone() title=locale::instant(&at)>{locale::ago(&at)}</time>
                {corrected}
                {correct}
            </p>
            {match entry {
                Entry::CheckIn(entry) => view! { <CheckInWords entry of /> }.into_any(),
                Entry::Target(change) => view! { <TargetWords change of /> }.into_any(),
            }}
        </li>
    }
}

#[component]
fn CheckInWords(entry: CheckInEntry, of: ListedKeyResult) -> impl IntoView {
    let words = words::okr();
    let value = value_of(&of, entry.value);
    let said = match (entry.source, entry.status) {
        (CheckInSource::CheckIn | CheckInSource::Poll, Some(status)) => view! {
            <span class="number history-value">{value}</span>
            <StatusMark mark=status />
        }
        .into_any(),
        _ => (words.set_to)(&value).into_any(),
    };
    view! {
        <p class="history-said">{said}</p>
        {entry.comment.map(|comment| view! { <p class="comment" dir="auto">{comment}</p> })}
        {entry
            .blocker_note
            .map(|note| {
                view! {
                    <p class="notice blocked">
                        <strong>{words.blocker}</strong>
                        " "
                        {note}
                    </p>
                }
            })}
    }
}

#[component]
fn TargetWords(change: TargetChange, of: ListedKeyResult) -> impl IntoView {
    let [old, new] = [change.old_target, change.new_target].map(|target| value_of(&of, target));
    view! {
        <p class="history-said">{(words::okr().target_moved)(&old, &new)}</p>
        {change.reason.map(|reason| view! { <p class="comment" dir="auto">{reason}</p> })}
    }
}
