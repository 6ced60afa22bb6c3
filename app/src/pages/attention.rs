//! What those who lead look at first: a part of Home that is in the file of the pages it leads to, and comes once Home
//! is on the screen.

use chrono::NaiveDate;
use leptos::prelude::*;
use okrs_shared::attention::{
    Attention, DueNextWeek, KpiOffTarget, Moved, NeedsAttention, Reason, Scope, TeamCheckIns,
};

use crate::api;
use crate::components::loaded::Loaded;
use crate::components::status::{Mark, StatusMark};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::tenths::tenths;
use crate::fetched::Fetched;
use crate::locale;
use crate::measure::Measure;
use crate::paths;
use crate::session::session;
use crate::words;

/// The part.
#[component]
pub fn AttentionPart() -> impl IntoView {
    let data = Fetched::new(api::attention::get);
    view! {
        <Loaded from=data skeleton=|| () let:found>
            {content(found)}
        </Loaded>
    }
}

fn content(found: Attention) -> AnyView {
    let words = words::attention();
    let none = match found.scope {
        Scope::Workspace => words.none_of_workspace,
        Scope::Teams => words.none_of_teams,
        Scope::Nothing => return view! { <p class="nothing quiet">{words.no_team}</p> }.into_any(),
    };
    let more_okrs = more(
        found.needs_attention_count,
        found.needs_attention.len(),
        paths::OKRS,
        words.more_okrs,
    );
    let more_kpis = more(
        found.kpis_off_target_count,
        found.kpis_off_target.len(),
        paths::KPIS,
        words.more_kpis,
    );
    let needs = rows(found.needs_attention, needs_attention);
    let kpis = rows(found.kpis_off_target, kpi_row);
    let (since, moved) = match found.moved_since.map(day) {
        Some(since) => ((words.moved_since)(&since), (words.nothing_moved)(&since)),
        None => (String::new(), words.no_week_yet.to_owned()),
    };
    let teams_since = (words.teams_since)(&day(found.check_ins_due_on));
    let week = (words.next_week_from)(&day(found.next_week));
    view! {
        <div class="attention">
            {section(words.title, String::new(), none, "attention-needs", needs, more_okrs)}
            {section(words.moved, since, moved, "", rows(found.moved, moved_row), None)}
            {section(words.teams, teams_since, words.no_teams, "", rows(found.teams, team_row), None)}
            {section(words.next_week, week, words.nothing_due, "", rows(found.due_next_week, due_row), None)}
            {section(words.kpis, String::new(), words.no_kpis, "", kpis, more_kpis)}
        </div>
    }
    .into_any()
}

fn rows<T>(things: Vec<T>, row: fn(T) -> AnyView) -> Vec<AnyView> {
    things.into_iter().map(row).collect()
}

/// A list under its name, or a line that says what is so instead.
fn section(
    title: &'static str,
    about: String,
    none: impl Into<String>,
    class: &'static str,
    rows: Vec<AnyView>,
    more: Option<AnyView>,
) -> impl IntoView {
    let content = match rows.is_empty() {
        true => view! { <p class="nothing quiet">{none.into()}</p> }.into_any(),
        false => view! {
            {(!about.is_empty()).then(|| view! { <p class="attention-about quiet">{about}</p> })}
            <ul class="plain-rows">{rows}</ul>
            {more}
        }
        .into_any(),
    };
    view! {
        <section class=class>
            <h2>{title}</h2>
            {content}
        </section>
    }
}

/// That there are more than are shown, and where.
fn more(all: u32, shown: usize, path: &'static str, says: fn(usize) -> String) -> Option<AnyView> {
    let more = usize::try_from(all)
        .unwrap_or(usize::MAX)
        .saturating_sub(shown);
    (more > 0).then(|| {
        view! {
            <p class="attention-more">
                <a href=path>{says(more)}</a>
            </p>
        }
        .into_any()
    })
}

fn day(on: NaiveDate) -> String {
    locale::date(on, session().today())
}

/// Names that are there, with a dot between.
fn joined<const COUNT: usize>(names: [Option<String>; COUNT]) -> String {
    let names: Vec<String> = names.into_iter().flatten().collect();
    names.join(" · ")
}

fn needs_attention(own: NeedsAttention) -> AnyView {
    let words = words::attention();
    let silent = match own.last_check_in_on {
        Some(on) => (words.silent_since)(&day(on)),
        None => words.never.to_owned(),
    };
    let reasons = own.reasons.into_iter().map(|reason| match reason {
        Reason::Blocked => view! { <StatusMark mark=Mark::Blocked /> }.into_any(),
        Reason::OffTrack => view! { <StatusMark mark=Mark::OffTrack /> }.into_any(),
        Reason::Stalled => view! {
            <span class="status not-started">
                <Icon shape=Shape::Clock />
                {silent.clone()}
            </span>
        }
        .into_any(),
    });
    let reasons = reasons.collect_view();
    let where_ = joined([Some(own.okr), own.team, own.owner]);
    view! {
        <li>
            <div>
                <a dir="auto" href=paths::okr(own.okr_id.as_str())>{own.title}</a>
                <p class="quiet">{where_}</p>
            </div>
            <span class="attention-reasons">{reasons}</span>
        </li>
    }
    .into_any()
}

fn moved_row(moved: Moved) -> AnyView {
    let change = moved.change.get();
    let points = locale::number((change.abs() * 100.0).round());
    let (shape, sign) = match change > 0.0 {
        true => (Shape::Rise, "+"),
        false => (Shape::Fall, "−"),
    };
    let points = (words::attention().points)(&format!("{sign}{points}"));
    view! {
        <li>
            <div>
                <a dir="auto" href=paths::okr(moved.id.as_str())>{moved.title}</a>
                <p class="quiet">{moved.team}</p>
            </div>
            <span class="attention-change">
                <Icon shape />
                {points}
            </span>
            <span class="attention-figure quiet">{locale::percent(moved.progress.get())}</span>
        </li>
    }
    .into_any()
}

fn team_row(team: TeamCheckIns) -> AnyView {
    let words = words::attention();
    let name = team.name.unwrap_or_else(|| words.without_team.to_owned());
    let said = match team.due {
        0 => view! { <span class="quiet">{words.nothing_to_check_in}</span> }.into_any(),
        due => {
            let share = f64::from(team.checked_in) / f64::from(due);
            let length = tenths(share * 100.0) + "%";
            view! {
                <span class="bar attention-bar" aria-hidden="true">
                    <span class="bar-fill" style:inline-size=length></span>
                </span>
                <span class="attention-figure">{(words.checked_in)(team.checked_in, due)}</span>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <div>
                <strong>{name}</strong>
            </div>
            {said}
        </li>
    }
    .into_any()
}

fn due_row(due: DueNextWeek) -> AnyView {
    let words = words::attention();
    let on = day(due.on());
    let (title, path, about) = match due {
        DueNextWeek::CheckIns { count, .. } => ((words.check_ins_due)(count), None, String::new()),
        DueNextWeek::Cycle { title, .. } => (title, None, words.cycle_ends.to_owned()),
        DueNextWeek::Initiative {
            okr_id,
            title,
            owner,
            ..
        } => {
            let path = okr_id.map(|id| paths::okr(id.as_str()));
            (
                title,
                path,
                joined([Some(words.initiative.to_owned()), owner]),
            )
        }
        DueNextWeek::Kpi {
            id, title, owner, ..
        } => {
            let path = Some(paths::kpi(id.as_str()));
            (title, path, joined([Some(words.kpi.to_owned()), owner]))
        }
    };
    let title = match path {
        Some(path) => view! { <a dir="auto" href=path>{title}</a> }.into_any(),
        None => view! { <strong>{title}</strong> }.into_any(),
    };
    view! {
        <li>
            <div>
                {title}
                <p class="quiet">{about}</p>
            </div>
            <span class="quiet">{on}</span>
        </li>
    }
    .into_any()
}

fn kpi_row(kpi: KpiOffTarget) -> AnyView {
    let measure = Measure::new(None, kpi.unit.as_deref());
    let values =
        (words::attention().of_target)(&measure.text(kpi.value), &measure.text(kpi.target));
    let about = joined([Some(values), kpi.team]);
    view! {
        <li>
            <div>
                <a dir="auto" href=paths::kpi(kpi.id.as_str())>{kpi.name}</a>
                <p class="quiet">{about}</p>
            </div>
            <StatusMark mark=kpi.status />
        </li>
    }
    .into_any()
}
