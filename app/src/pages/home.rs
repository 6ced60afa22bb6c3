//! What is due: the screen that the app opens with.

mod others;

use std::collections::HashSet;

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::home::{Home, HomeKeyResult};
use okrs_shared::id::KeyResultId;

use crate::api;
use crate::components::check_in::CheckInRow;
use crate::components::loaded::Loaded;
use crate::paths;
use crate::session::session;
use crate::words::words;
use others::{Initiatives, Kpis, Reviews};

/// The first screen.
#[component]
pub fn HomePage() -> impl IntoView {
    let home = &words().home;
    let data = LocalResource::new(api::home::get);
    let first_name = move || {
        let name = session().me().name;
        name.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    view! {
        <Title text=words().shell.home />
        <h1 class="visually-hidden">{move || (home.greeting)(&first_name())}</h1>
        <Loaded from=data skeleton=|| view! { <HomeSkeleton /> } let:home>
            <Sections home />
        </Loaded>
    }
}

#[component]
fn Sections(home: Home) -> impl IntoView {
    let is_empty = home.due.is_empty() && home.done.is_empty();
    view! {
        {if is_empty {
            view! { <NothingIsMine /> }.into_any()
        } else {
            view! { <CheckIns due=home.due done=home.done /> }.into_any()
        }}
        <Kpis kpis=home.kpis_due />
        <div class="home-others">
            <Reviews reviews=home.reviews />
            <Initiatives initiatives=home.initiatives />
        </div>
    }
}

#[component]
fn CheckIns(due: Vec<HomeKeyResult>, done: Vec<HomeKeyResult>) -> impl IntoView {
    let words = &words().home;
    let count = due.len();
    let checked_in = RwSignal::new(HashSet::<KeyResultId>::new());
    let changed = RwSignal::new(HashSet::<KeyResultId>::new());
    let send_all = RwSignal::new(0);
    let left = move || count - checked_in.read().len().min(count);
    let rows = move |rows: Vec<HomeKeyResult>, is_due: bool| {
        rows.into_iter()
            .enumerate()
            .map(|(nth, row)| {
                let id = row.key_result.id.clone();
                let on_done = {
                    let id = id.clone();
                    move |()| {
                        if is_due {
                            checked_in.update(|done| {
                                done.insert(id.clone());
                            });
                        }
                    }
                };
                let on_change = move |is_changed: bool| {
                    changed.update(|changed| {
                        if is_changed {
                            changed.insert(id.clone());
                        } else {
                            changed.remove(&id);
                        }
                    });
                };
                let (title, okr, okr_id) = (row.key_result.title.clone(), row.okr, row.okr_id);
                let title = move || {
                    view! {
                        <h3>
                            <a href=paths::okr(okr_id.as_str())>{title.clone()}</a>
                        </h3>
                        <p class="quiet">{okr.clone()}</p>
                    }
                };
                view! {
                    <CheckInRow
                        key_result=row.key_result
                        last_comment=row.last_comment
                        title
                        autofocus=is_due && nth == 0
                        on_done
                        on_change
                        send_all
                    />
                }
            })
            .collect_view()
    };
    let done_count = done.len();
    view! {
        <section class="due" aria-labelledby="due">
            <header class="page-head">
                <h2 id="due" class="headline" aria-live="polite">
                    {move || match left() {
                        0 => words.nothing_due.to_owned(),
                        left => (words.due)(left),
                    }}
                </h2>
                <Show when=move || { changed.read().len() > 1 }>
                    <button
                        type="button"
                        class="button primary"
                        on:click=move |_| send_all.update(|times| *times += 1)
                    >
                        {move || (words.save_all)(changed.read().len())}
                    </button>
                </Show>
            </header>
            <ul class="check-ins">{rows(due, true)}</ul>
            <p class="quiet keys">{words.keys}</p>
        </section>
        {(done_count > 0)
            .then(|| {
                view! {
                    <details class="done">
                        <summary>{(words.done)(done_count)}</summary>
                        <ul class="check-ins">{rows(done, false)}</ul>
                    </details>
                }
            })}
    }
}

#[component]
fn NothingIsMine() -> impl IntoView {
    let home = &words().home;
    view! {
        <div class="empty">
            <h2>{home.empty_title}</h2>
            <p>{home.empty_more}</p>
            <a class="button primary" href=paths::OKRS>
                {home.to_okrs}
            </a>
        </div>
    }
}

/// The headline and three rows.
#[component]
fn HomeSkeleton() -> impl IntoView {
    let row = || {
        view! {
            <li class="check-in">
                <div class="check-in-what">
                    <span class="bone"></span>
                    <span class="bone short"></span>
                </div>
                <span class="sparkline"></span>
                <span class="bone tall"></span>
            </li>
        }
    };
    view! {
        <span class="bone short"></span>
        <ul class="check-ins">{(0..3).map(|_| row()).collect_view()}</ul>
    }
}
