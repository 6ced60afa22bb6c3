//! One line of the list: an OKR, or a key result below it.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::number::Number;
use okrs_shared::rules::progress;

use super::check_in::{CheckInHere, CheckingIn};
use super::left_at;
use super::lines::{Folds, Okrs, last_check_in};
use crate::capabilities::is_hosted;
use crate::components::health::{HealthFigure, Subject};
use crate::components::okr_parts::{Flag, Flags, Progress, TypeMark, mark_of};
use crate::components::sparkline::Sparkline;
use crate::components::status::{Mark, StatusMark};
use crate::components::ui::icon::{Icon, Shape};
use crate::locale;
use crate::measure::Measure;
use crate::paths;
use crate::session::session;
use crate::words;

/// An OKR.
#[component]
pub fn OkrRow(
    okrs: Arc<Okrs>,
    /// The OKR's position.
    okr: usize,
    depth: usize,
    has_children: bool,
    is_context: bool,
    /// The row's place in the table, from 1.
    row: Signal<usize>,
    folds: RwSignal<Folds>,
    checking_in: CheckingIn,
) -> impl IntoView {
    let sentences = words::okrs();
    let found = okrs.at(okr);
    let blocked = found.key_results.iter().filter(|part| part.blocked);
    let blocked = blocked.count();
    let stale = found.key_results.iter().filter(|part| part.stalled);
    let stale = stale.count();
    let score = (!found.health.needs_setup).then_some(found.health.score);
    let title = found.title.clone();
    let toggle = has_children.then(|| view! { <ChildrenToggle okr folds title=title.clone() /> });
    let level = (depth > 0).then(|| (sentences.level)(depth));
    let owner = found.owner.clone();
    let (status, progress) = (found.status, found.progress.get());
    let count = found.key_results.len();
    let unfold = (count > 0).then(|| view! { <Unfold okr folds count title=title.clone() /> });
    let last = last_check_in(found);
    let course = found.course.iter().map(|share| share.get()).collect();
    let archived = found.archived.then(|| {
        view! { <Flag mark=Mark::NotStarted shape=Shape::Archive word=words::okr().archived /> }
    });
    let path = paths::okr(found.id.as_str());
    let leave = {
        let (count, path) = (okrs.list.okrs.len(), path.clone());
        move |_| left_at::note(count, &folds.read_untracked(), &path)
    };
    let (okr_type, computed_here) = (found.okr_type, found.computed_here);
    let here = okrs.clone();
    let subject = move || Subject::from(okrs.at(okr));
    view! {
        <div role="row" aria-rowindex=row class="line okr" class:context=is_context data-okr=okr style:--depth=depth.to_string()>
            <div role="cell" class="what">
                {toggle}
                <TypeMark okr_type />
                <span class="visually-hidden">{level}</span>
                <a href=path title=title.clone() on:click=leave>{title.clone()}</a>
                {archived}
                <Flags blocked stale />
                <CheckInHere okrs=here okr checking_in />
            </div>
            <div role="cell" class="unfold">{unfold}</div>
            <div role="cell" class="who"><Owner owner /></div>
            <div role="cell" class="course">
                <Sparkline values=course />
            </div>
            <div role="cell" class="how-far">
                <Progress share=progress mark=status />
            </div>
            <div role="cell" class="stands">
                <StatusMark mark=status />
            </div>
            <div role="cell" class="score">
                <HealthFigure score computed_here=move || computed_here subject />
            </div>
            <div role="cell" class="when">
                <LastCheckIn on=last />
            </div>
        </div>
    }
}

/// A key result.
#[component]
pub fn KeyResultRow(
    okrs: Arc<Okrs>,
    /// The OKR's position.
    okr: usize,
    /// The key result's position in that OKR.
    key_result: usize,
    depth: usize,
    /// The row's place in the table, from 1.
    row: Signal<usize>,
) -> impl IntoView {
    let sentences = words::okrs();
    let found = &okrs.at(okr).key_results[key_result];
    let mark = mark_of(found.status, found.blocked);
    let stale = found.stalled.then(|| {
        view! { <Flag mark=Mark::NotStarted shape=Shape::Clock word=sentences.stale_word /> }
    });
    let (title, owner) = (found.title.clone(), found.owner.clone());
    let last = found.last_check_in_on;
    let measure = Measure::from(found);
    let value = measure.text(found.current_value);
    let way = {
        let [start, target] = [found.start_value, found.target_value].map(|at| measure.text(at));
        (sentences.value_of)(&value, &start, &target)
    };
    let values = found.recent_values.iter();
    let values = values.map(|value| value.get()).collect();
    let [start, target, current] =
        [found.start_value, found.target_value, found.current_value].map(Number::get);
    let share = progress::shown(progress::raw(start, target, current));
    // Yes or no is no way: nothing is expected of it.
    let expected = found.expected.map(Number::get);
    let ideal = expected.map(|share| start * (1.0 - share) + target * share);
    let score = found.health;
    let subject = {
        let okrs = okrs.clone();
        move || Subject::Listed {
            okr_id: okrs.at(okr).id.clone(),
            nth: key_result,
            score,
        }
    };
    view! {
        <div role="row" aria-rowindex=row class="line key-result" data-okr=okr style:--depth=depth.to_string()>
            <div role="cell" class="what">
                <span class="elbow" aria-hidden="true"></span>
                <span class="title" dir="auto" title=title.clone()>{title.clone()}</span>
                {stale}
            </div>
            <div role="cell" class="value number" title=way>{value}</div>
            <div role="cell" class="who"><Owner owner /></div>
            <div role="cell" class="course">
                <Sparkline values ideal />
            </div>
            <div role="cell" class="how-far">
                <Progress share mark expected />
            </div>
            <div role="cell" class="stands">
                <StatusMark mark />
            </div>
            <div role="cell" class="score">
                <HealthFigure score=Some(score) computed_here=is_hosted subject />
            </div>
            <div role="cell" class="when">
                <LastCheckIn on=last />
            </div>
        </div>
    }
}

#[component]
fn Owner(owner: Option<String>) -> impl IntoView {
    match owner {
        Some(owner) => view! { <span title=owner.clone()>{owner.clone()}</span> }.into_any(),
        None => view! { <span class="quiet">{words::okrs().no_owner}</span> }.into_any(),
    }
}

#[component]
fn LastCheckIn(on: Option<chrono::NaiveDate>) -> impl IntoView {
    match on {
        None => words::okrs().never.to_owned(),
        Some(on) => locale::date_ago(on, session().today()),
    }
}

#[component]
fn Unfold(okr: usize, folds: RwSignal<Folds>, count: usize, title: String) -> impl IntoView {
    let is_open = move || folds.read().unfolded.contains(&okr);
    let toggle = move |_| {
        folds.update(|folds| {
            if !folds.unfolded.remove(&okr) {
                folds.unfolded.insert(okr);
            }
        });
    };
    let label = (words::okrs().unfold)(count, &title);
    view! {
        <button type="button" class="fold" aria-label=label aria-expanded=move || is_open().to_string() on:click=toggle>
            {count.to_string()}
            <Icon shape=Shape::ChevronDown />
        </button>
    }
}

#[component]
fn ChildrenToggle(okr: usize, folds: RwSignal<Folds>, title: String) -> impl IntoView {
    let is_open = move || !folds.read().folded.contains(&okr);
    let toggle = move |_| {
        folds.update(|folds| {
            if !folds.folded.remove(&okr) {
                folds.folded.insert(okr);
            }
        });
    };
    let label = (words::okrs().fold_children)(&title);
    view! {
        <button type="button" class="fold children" aria-label=label aria-expanded=move || is_open().to_string() on:click=toggle>
            <Icon shape=Shape::ChevronDown />
        </button>
    }
}
