//! What a score is made of, from the numbers that the server sent.

use leptos::prelude::*;
use okrs_shared::rules::health::{Basis, Cap, KeyResultHealth, ObjectiveHealth, Part, printed};

use crate::capabilities::is_hosted;
use crate::components::ui;
use crate::locale;
use crate::session::session;
use crate::words;

/// Of an OKR: its key results.
#[component]
pub fn ObjectiveWhy(
    health: ObjectiveHealth,
    parts: Vec<(String, f64, u8)>,
    computed_here: bool,
) -> impl IntoView {
    let sentences = words::health();
    if health.needs_setup {
        return view! { <p>{sentences.needs_setup}</p> }.into_any();
    }
    let lead = move || match (is_hosted(), computed_here) {
        (false, _) => sentences.mean,
        (true, false) => sentences.listed,
        (true, true) => sentences.mean_here,
    };
    let weights: f64 = parts.iter().map(|(_, weight, _)| weight.max(0.0)).sum();
    let rows = parts.into_iter().map(|(title, weight, score)| {
        let share = (weight > 0.0).then(|| locale::percent(weight / weights));
        let share = share.unwrap_or(sentences.no_weight.to_owned());
        view! {
            <tr>
                <th scope="row">{title}</th>
                <td class="number quiet">{share}</td>
                <td class="number">{score}</td>
            </tr>
        }
    });
    view! {
        <p class="quiet">{lead}</p>
        <table class="why-table">
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Of a key result: gap, recency and velocity, and what caps them.
#[component]
pub fn KeyResultWhy(health: KeyResultHealth, is_begun: bool) -> impl IntoView {
    let sentences = words::health();
    let basis = match health.basis {
        Basis::Upcoming => Some(sentences.upcoming),
        Basis::Reached => Some(sentences.reached),
        Basis::Underway => None,
    };
    let is_measured = basis.is_none();
    let reasons = [gap_words(&health), recency_words(&health, is_begun)];
    let [gap, recency] = reasons.map(|reason| is_measured.then_some(reason));
    let velocity = is_measured.then(|| velocity_words(&health));
    let rows = [
        Some((sentences.gap, health.gap, gap)),
        Some((sentences.recency, health.recency, recency)),
        health
            .velocity
            .map(|part| (sentences.velocity, part, velocity)),
    ];
    let cap = health.cap.map(cap_words);
    view! {
        <Show when=is_hosted>
            <p class="quiet">{sentences.key_result_here}</p>
        </Show>
        {basis.map(|basis| view! { <p class="quiet">{basis}</p> })}
        <dl class="why-parts">
            {rows
                .into_iter()
                .flatten()
                .map(|(name, part, reason)| view! { <PartRow name part reason /> })
                .collect_view()}
            <div class="why-sum">
                <dt>{sentences.sum}</dt>
                <dd class="number">{locale::number(printed(health.uncapped, 1))}</dd>
            </div>
        </dl>
        {cap.map(|cap| view! { <p class="notice">{cap}</p> })}
    }
}

#[component]
fn PartRow(name: &'static str, part: Part, reason: Option<String>) -> impl IntoView {
    let score = locale::number(tenths(part.score));
    let term = (words::health().term)(&locale::percent(part.weight), &score);
    view! {
        <div class="why-part">
            <dt>{name}</dt>
            <dd class="number quiet">{term}</dd>
            <dd class="number">{locale::number(tenths(part.points()))}</dd>
            <dd class="bar" aria-hidden="true">
                <span class="bar-fill" style:inline-size=ui::tenths::tenths(part.score) + "%"></span>
            </dd>
            {reason.map(|reason| view! { <dd class="why-reason quiet">{reason}</dd> })}
        </div>
    }
}

fn gap_words(health: &KeyResultHealth) -> String {
    let [progress, expected] = [health.progress, health.expected].map(locale::percent);
    (words::health().gap_more)(&progress, &expected)
}

fn recency_words(health: &KeyResultHealth, is_begun: bool) -> String {
    let sentences = words::health();
    let sentence = if is_begun {
        sentences.recency_more
    } else {
        sentences.recency_never
    };
    sentence(health.silent_days)
}

fn velocity_words(health: &KeyResultHealth) -> String {
    let sentences = words::health();
    let (Some(speed), Some(needed)) = (health.speed, health.needed_per_day) else {
        return sentences.velocity_enough.to_owned();
    };
    let [moves, needs] = [speed.per_day, needed].map(|a_day| locale::number(tenths(a_day * 100.0)));
    let mut sentence = (sentences.velocity_more)(&moves, &needs);
    if speed.declining {
        sentence.push(' ');
        sentence.push_str(sentences.velocity_declining);
    }
    sentence
}

fn cap_words(cap: Cap) -> String {
    let sentences = words::health();
    let limit = cap.limit(&session().me().workspace.rule_params);
    match cap {
        Cap::Stalled => (sentences.cap_stalled)(limit),
        Cap::AtRisk => (sentences.cap_at_risk)(limit),
        Cap::Blocked => (sentences.cap_blocked)(limit),
        Cap::OffTrack => (sentences.cap_off_track)(limit),
    }
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
