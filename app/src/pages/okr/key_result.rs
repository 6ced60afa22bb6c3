//! A key result: its value, its figures and its chart.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use okrs_shared::key_result::MetricType;
use okrs_shared::okr_detail::{CheckInEntry, ListedKeyResult, OkrDetail, TargetChange};
use okrs_shared::permission::Action;

use super::check_in::{CheckInButton, CheckingIn};
use crate::capabilities::is_hosted;
use crate::components::chart::plot::Plot;
use crate::components::chart::{Chart, Reading, ReadingTable};
use crate::components::health::{HealthFigure, Subject};
use crate::components::okr_parts::{Flag, Progress, mark_of, value_of};
use crate::components::status::{Mark, StatusMark};
use crate::components::ui::icon::Shape;
use crate::hosted::waiting;
use crate::locale;
use crate::measure::{Measure, pace};
use crate::session::session;
use crate::words;

/// A key result of the OKR.
#[component]
pub fn KeyResultPart(detail: Arc<OkrDetail>, nth: usize, checking_in: CheckingIn) -> impl IntoView {
    let (words, okrs) = (words::okr(), words::okrs());
    let key_result = &detail.okr.key_results[nth];
    let value = |value| value_of(key_result, value);
    let mark = mark_of(key_result.status, key_result.blocked);
    let stale = key_result.health.stalled.then(|| {
        view! { <Flag mark=Mark::NotStarted shape=Shape::Clock word=okrs.stale_word /> }
    });
    let watermelon = key_result.is_watermelon.then(|| {
        view! { <Flag mark=Mark::OffTrack shape=Shape::Warning word=words.watermelon /> }
    });
    let waiting = {
        let (waiting, id) = (waiting(), key_result.id.to_string());
        move || {
            waiting.value_of(&id).map(|value| {
                let word = (words::waiting().value_waits)(&value);
                view! { <Flag mark=Mark::AtRisk shape=Shape::Clock word /> }
            })
        }
    };
    let may_check_in = key_result.may.contains(&Action::CheckIn);
    let check_in = may_check_in.then(|| {
        view! { <CheckInButton key_result_id=key_result.id.clone() checking_in /> }
    });
    let [start, target] = [key_result.start_value, key_result.target_value].map(value);
    let subject = {
        let detail = detail.clone();
        move || Subject::from(&detail.okr.key_results[nth])
    };
    let readings = readings(&detail, key_result);
    let owner = key_result.owner.clone();
    let share = key_result.raw_progress.get();
    // Yes or no is no way: it has neither a pace nor an axis.
    let is_way = key_result.metric_type != MetricType::Boolean;
    let expected = is_way.then_some(key_result.health.expected);
    let ideal = is_way.then(|| (words.ideal_today)(&ideal(key_result)));
    let course = if is_way {
        let summary = summary(&readings, &start, &target);
        let plot = plot(&detail, key_result);
        let moves = target_changes(&detail, key_result).map(|change| moved(key_result, change));
        let (moves, measure) = (moves.collect(), Measure::from(key_result));
        view! { <Chart plot measure summary readings moves /> }.into_any()
    } else {
        view! { <ReadingTable readings /> }.into_any()
    };
    view! {
        <section class="key-result-part" id=key_result.id.to_string()>
            <header>
                <h3 dir="auto">{key_result.title.clone()}</h3>
                <p class="key-result-marks">
                    <StatusMark mark />
                    {stale}
                    {watermelon}
                    {waiting}
                </p>
                {check_in}
            </header>
            <div class="key-result-figures">
                <p class="key-result-value">{value(key_result.current_value)}</p>
                <p class="quiet">{(words.from_to)(&start, &target)}</p>
                <Progress share mark expected />
                {ideal.map(|ideal| view! { <p class="quiet">{ideal}</p> })}
                <dl class="small-figures">
                    <div>
                        <dt>{okrs.health}</dt>
                        <dd><HealthFigure score=Some(key_result.health.score) computed_here=is_hosted subject /></dd>
                    </div>
                    {owner
                        .map(|owner| {
                            view! {
                                <div>
                                    <dt>{okrs.owner}</dt>
                                    <dd>{owner}</dd>
                                </div>
                            }
                        })}
                </dl>
            </div>
            {course}
        </section>
    }
}

fn ideal(key_result: &ListedKeyResult) -> String {
    let (start, target) = (key_result.start_value, key_result.target_value);
    value_of(key_result, pace(key_result.ideal_value, start, target))
}

/// Oldest first.
fn check_ins<'a>(
    detail: &'a OkrDetail,
    key_result: &'a ListedKeyResult,
) -> impl Iterator<Item = &'a CheckInEntry> {
    let all = detail.check_ins.iter().rev();
    all.filter(|entry| entry.key_result_id == key_result.id)
}

fn day(entry: &CheckInEntry) -> NaiveDate {
    locale::day_of(&entry.created_at.to_string())
}

fn readings(detail: &OkrDetail, key_result: &ListedKeyResult) -> Vec<Reading> {
    let today = session().today();
    check_ins(detail, key_result)
        .map(|entry| Reading {
            day: locale::date(day(entry), today),
            value: value_of(key_result, entry.value),
            said: entry.status.map(|status| Mark::from(status).word()),
            author: entry.author.clone(),
            comment: entry.comment.clone(),
        })
        .collect()
}

fn summary(readings: &[Reading], start: &str, target: &str) -> String {
    let words = words::okr();
    match readings.last() {
        None => (words.chart_empty)(start, target),
        Some(last) => (words.chart_summary)(readings.len(), &last.value, start, target),
    }
}

/// Oldest first.
fn target_changes<'a>(
    detail: &'a OkrDetail,
    key_result: &'a ListedKeyResult,
) -> impl Iterator<Item = &'a TargetChange> {
    let all = detail.target_changes.iter().rev();
    all.filter(|change| change.key_result_id == key_result.id)
}

fn moved(key_result: &ListedKeyResult, change: &TargetChange) -> Reading {
    let [old, new] =
        [change.old_target, change.new_target].map(|target| value_of(key_result, target));
    let on = locale::day_of(&change.created_at.to_string());
    Reading {
        day: locale::date(on, session().today()),
        value: format!("{old} → {new}"),
        said: Some(words::okr().chart_moved),
        author: change.author.clone(),
        comment: change.reason.clone(),
    }
}

fn plot(detail: &OkrDetail, key_result: &ListedKeyResult) -> Plot {
    let (start, target) = (key_result.start_value.get(), key_result.target_value.get());
    Plot {
        start,
        target,
        days: (detail.cycle.start_date, detail.cycle.end_date),
        today: session().today(),
        ideal_today: key_result.ideal_value.get(),
        speed: key_result
            .health
            .speed
            .map(|speed| speed.per_day * (target - start)),
        points: check_ins(detail, key_result)
            .map(|entry| (day(entry), entry.value.get()))
            .collect(),
        old_targets: target_changes(detail, key_result)
            .map(|change| {
                (
                    locale::day_of(&change.created_at.to_string()),
                    change.old_target.get(),
                )
            })
            .collect(),
    }
}
