//! What stands around an OKR: facts, aligned OKRs, initiatives.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::initiative::{Initiative, InitiativeStatus};
use okrs_shared::okr::Visibility;
use okrs_shared::okr_detail::{ListedOkr, OkrDetail};
use okrs_shared::upstream::UnknownVisibility;

use crate::components::okr_parts::Progress;
use crate::components::ui::icon::{Icon, Shape};
use crate::locale;
use crate::paths;
use crate::session::session;
use crate::words;

/// Beside the rest on a desk, below it on a phone.
#[component]
pub fn Related(detail: Arc<OkrDetail>) -> impl IntoView {
    let words = words::okr();
    let children = detail.children.clone();
    let initiatives = detail.initiatives.clone();
    view! {
        <aside class="okr-aside" aria-label=words.about>
            <Facts okr=detail.okr.clone() />
            {(!children.is_empty())
                .then(|| {
                    view! {
                        <section>
                            <h2>{words.children}</h2>
                            <ul>
                                {children.into_iter().map(|okr| view! { <ChildRow okr /> }).collect_view()}
                            </ul>
                        </section>
                    }
                })}
            {(!initiatives.is_empty())
                .then(|| {
                    view! {
                        <section>
                            <h2>{words.initiatives}</h2>
                            <ul>
                                {initiatives
                                    .into_iter()
                                    .map(|initiative| view! { <InitiativeRow initiative /> })
                                    .collect_view()}
                            </ul>
                        </section>
                    }
                })}
        </aside>
    }
}

#[component]
fn Facts(okr: ListedOkr) -> impl IntoView {
    let (words, okrs) = (words::okr(), words::okrs());
    let unknown = session().me().workspace.unknown_visibility;
    let visible = match okr.visibility {
        _ if !okr.visibility_known && unknown == Some(UnknownVisibility::Everyone) => {
            words::hosted().unknown_everyone
        }
        _ if !okr.visibility_known => words::hosted().admins_only,
        Visibility::Organisation => words.visible_organisation,
        Visibility::Department => words.visible_department,
        Visibility::Team => words.visible_team,
    };
    let facts = [
        (words.cycle, Some(okr.cycle)),
        (okrs.department, okr.department),
        (okrs.team, okr.team),
        (words.visibility, Some(visible.to_owned())),
    ];
    let rows = facts.into_iter().filter_map(|(name, fact)| {
        fact.map(|fact| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{fact}</dd>
                </div>
            }
        })
    });
    view! {
        <section>
            <h2>{words.about}</h2>
            <dl class="facts">{rows.collect_view()}</dl>
        </section>
    }
}

#[component]
fn ChildRow(okr: ListedOkr) -> impl IntoView {
    let place = okr.team.or(okr.department).or(okr.owner);
    view! {
        <li class="related-row">
            <a href=paths::okr(okr.id.as_str())>{okr.title}</a>
            <span class="quiet">{place}</span>
            <Progress share=okr.progress.get() mark=okr.status />
        </li>
    }
}

#[component]
fn InitiativeRow(initiative: Initiative) -> impl IntoView {
    let words = words::okr();
    let (class, shape, word) = match initiative.status {
        InitiativeStatus::Todo => ("not-started", Shape::Circle, words.initiative_todo),
        InitiativeStatus::InProgress => ("not-started", Shape::Clock, words.initiative_in_progress),
        InitiativeStatus::Done => ("on-track", Shape::Check, words.initiative_done),
        InitiativeStatus::Blocked => ("blocked", Shape::Block, words.initiative_blocked),
    };
    let until = initiative
        .end_date
        .map(|end| (words.until)(&locale::date(end, session().today())));
    view! {
        <li class="related-row">
            <span>{initiative.title}</span>
            <span class=format!("flag {class}")>
                <Icon shape />
                {word}
            </span>
            <span class="quiet">{until}</span>
        </li>
    }
}
