//! What is due: the screen that the app opens with.

mod changes;
mod check_ins;
mod first_steps;
mod others;

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::home::Home;

use crate::api;
use crate::components::loaded::Loaded;
use crate::components::ui::paint::after_paint;
use crate::fetched::Fetched;
use crate::pages::ForLeaders;
use crate::paths;
use crate::session::session;
use crate::words;
use changes::Changes;
use check_ins::CheckIns;
use first_steps::first_steps;
use others::{Initiatives, Kpis, Reviews};

/// The first screen.
#[component]
pub fn HomePage() -> impl IntoView {
    let home = words::home();
    let data = Fetched::new(api::home::get);
    let reload = Callback::new(move |()| data.refetch());
    let first_name = move || {
        let name = session().me().name;
        name.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    view! {
        <Title text=words::shell().home />
        <h1 class="visually-hidden">{move || (home.greeting)(&first_name())}</h1>
        <Loaded from=data skeleton=|| view! { <HomeSkeleton /> } let:home>
            <Sections home reload />
        </Loaded>
    }
}

#[component]
fn Sections(home: Home, reload: Callback<()>) -> impl IntoView {
    let is_empty = home.due.is_empty() && home.done.is_empty();
    let is_begun = home.first_steps.is_none();
    view! {
        {home.first_steps.map(first_steps)}
        {if is_empty && !is_begun {
            // The steps say what comes next.
            ().into_any()
        } else if is_empty {
            view! { <NothingIsMine /> }.into_any()
        } else {
            view! { <CheckIns due=home.due done=home.done reload /> }.into_any()
        }}
        {is_begun.then(|| view! { <ForThoseWhoLead /> })}
        <div class="home-others">
            <Kpis kpis=home.kpis_due />
            <Changes changes=home.changes />
            <div class="home-column">
                <Reviews reviews=home.reviews />
                <Initiatives initiatives=home.initiatives />
            </div>
        </div>
    }
}

/// It comes when what is one's own is on the screen.
#[component]
fn ForThoseWhoLead() -> impl IntoView {
    let is_painted = RwSignal::new(false);
    after_paint(move || {
        // The page may be gone by then.
        is_painted.try_set(true);
    });
    let part = use_context::<ForLeaders>();
    move || is_painted.get().then(|| part.map(|part| (part.0)()))
}

#[component]
fn NothingIsMine() -> impl IntoView {
    let home = words::home();
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
