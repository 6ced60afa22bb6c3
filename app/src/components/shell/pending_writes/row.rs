//! One write.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::upstream::{Decision, PendingWrite, WriteState};

use super::sentence;
use crate::api;
use crate::components::ui::icon::{Icon, Shape};
use crate::locale;
use crate::measure::Measure;
use crate::session::session;
use crate::words;

/// What it is, how it stands, and what can be decided.
#[component]
pub fn WriteRow(
    write: PendingWrite,
    /// It was decided: what to say about that.
    decided: Callback<String>,
) -> impl IntoView {
    let hosted = words::hosted();
    let measure = Measure::new(write.metric_type, write.unit.as_deref());
    let what = sentence::of(&write, |value| measure.text(value));
    let (class, shape, word) = state(write.state);
    let at = write.created_at.to_string();
    let since = match &write.member {
        Some(member) if !is_mine(&write) => (hosted.by_since)(member, &locale::time(&at)),
        _ => (hosted.since)(&locale::time(&at)),
    };
    let said = sentence::comment(&write);
    view! {
        <li>
            <h3>{what.clone()}</h3>
            {said.map(|said| view! { <p class="comment" dir="auto">{said}</p> })}
            <p class="pending-state">
                <span class=format!("flag {class}")>
                    <Icon shape />
                    {word}
                </span>
                <time class="quiet" datetime=at.clone() title=locale::instant(&at)>{since}</time>
            </p>
            {why(&write).map(|why| view! { <p>{why}</p> })}
            <Decisions write what decided />
        </li>
    }
}

fn is_mine(write: &PendingWrite) -> bool {
    let me = untrack(|| session().me().id);
    write.member_id.as_deref() == Some(me.as_str())
}

fn state(state: WriteState) -> (&'static str, Shape, &'static str) {
    let hosted = words::hosted();
    match state {
        WriteState::Waiting => ("not-started", Shape::Clock, hosted.state_waiting),
        WriteState::Sending => ("not-started", Shape::Rise, hosted.state_sending),
        WriteState::InDoubt => ("at-risk", Shape::Search, hosted.state_in_doubt),
        WriteState::Undecided => ("at-risk", Shape::Warning, hosted.state_undecided),
        WriteState::Held => ("at-risk", Shape::Warning, hosted.state_held),
        WriteState::Done => ("on-track", Shape::Check, hosted.state_done),
        WriteState::Failed => ("off-track", Shape::Cross, hosted.state_failed),
    }
}

/// Why somebody has to decide, or why it was not taken.
fn why(write: &PendingWrite) -> Option<String> {
    let hosted = words::hosted();
    match write.state {
        WriteState::Undecided => {
            let risk = match sentence::is_value(write) {
                true => hosted.undecided_check_in,
                false => hosted.undecided_create,
            };
            Some(format!("{} {risk}", hosted.undecided_more))
        }
        WriteState::Held => Some(hosted.held_more.to_owned()),
        WriteState::Failed => match (write.status, sentence::refusal(write)) {
            (Some(410), _) => Some(hosted.dropped.to_owned()),
            (_, message) => message.map(|message| (hosted.refused_because)(&message)),
        },
        _ => None,
    }
}

#[component]
fn Decisions(write: PendingWrite, what: String, decided: Callback<String>) -> impl IntoView {
    let hosted = words::hosted();
    let session = session();
    let offered = match write.state {
        WriteState::Undecided => vec![
            (hosted.send_again, Decision::Send, hosted.sent_again),
            (hosted.forget, Decision::Drop, hosted.forgotten),
        ],
        WriteState::Held => vec![
            (hosted.send_anyway, Decision::Send, hosted.sent_anyway),
            (hosted.forget, Decision::Drop, hosted.forgotten),
        ],
        WriteState::Failed => vec![(hosted.dismiss, Decision::Drop, hosted.dismissed)],
        WriteState::Waiting => vec![(hosted.dont_send, Decision::Drop, hosted.not_sent)],
        _ => return None,
    };
    let buttons = offered.into_iter().map(|(label, decision, said)| {
        let id = write.id.clone();
        // What keeps the focus when the list is shown anew.
        let element = format!("{}-{label}", write.id);
        let decide = move |_| {
            let id = id.clone();
            spawn_local(async move {
                let answer = api::hosted::decide(&id, decision).await;
                if let Err(problem) = &answer {
                    session.notice(problem);
                }
                let said = answer.map_or_else(|problem| problem.in_words(), |()| said.to_owned());
                decided.try_run(said);
            });
        };
        view! {
            <button type="button" class="button" id=element aria-label=(hosted.act_on)(label, &what) on:click=decide>
                {label}
            </button>
        }
    });
    Some(view! { <p class="pending-decisions">{buttons.collect_view()}</p> })
}
