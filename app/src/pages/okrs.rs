//! All OKRs of a cycle, as a list or as a tree.

mod address;
mod check_in;
mod filter_choices;
mod head;
mod left_at;
mod lines;
pub mod list_view;
mod row;
mod table;
mod toolbar;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::okr_list::OkrList;
use okrs_shared::permission::Action;

use crate::api;
use crate::capabilities::capabilities;
use crate::components::health::{ComputedHere, HealthWhy, provide_why};
use crate::components::list_skeleton::ListSkeleton;
use crate::components::loaded::Loaded;
use crate::components::okr_form::NewOkrPanel;
use crate::cycles::cycles;
use crate::fetched::Fetched;
use crate::pages::okrs::address::{Address, provide_address};
use crate::pages::okrs::check_in::{CheckInFromList, CheckingIn, use_check_in_key};
use crate::pages::okrs::filter_choices::FilterChoices;
use crate::pages::okrs::head::Head;
use crate::pages::okrs::lines::{Okrs, count, sections};
use crate::pages::okrs::table::Table;
use crate::pages::okrs::toolbar::Toolbar;
use crate::paths;
use crate::session::session;
use crate::words;

/// Everything about a cycle at a glance.
#[component]
pub fn OkrsPage() -> impl IntoView {
    provide_why();
    let address = provide_address();
    let wanted = Memo::new(move |_| address.with(|view| (view.cycle.clone(), view.archived)));
    let so_far = RwSignal::new(0);
    let list = Fetched::new(move || {
        let (cycle, archived) = wanted.get();
        so_far.set(0);
        api::okrs::list(cycle, archived, move |count| {
            so_far.try_set(count);
        })
    });
    let is_creating = RwSignal::new(paths::asks_for_new());
    let reload = Callback::new(move |()| list.refetch());
    let checking_in = CheckingIn::new();
    view! {
        <Title text=words::shell().okrs />
        <Head list is_creating />
        <Loaded from=list skeleton=move || view! { <Coming so_far /> } let:list>
            <OkrsContent list is_creating checking_in />
        </Loaded>
        <CheckInFromList checking_in done=reload />
        <HealthWhy />
    }
}

/// The list while it comes, and how far it is if it comes in several pages.
#[component]
fn Coming(so_far: RwSignal<usize>) -> impl IntoView {
    view! {
        <p class="okr-count quiet" role="status">
            {move || Some(so_far.get()).filter(|count| *count > 0).map(words::okrs().so_far)}
        </p>
        <ListSkeleton />
    }
}

#[component]
fn OkrsContent(
    list: Arc<OkrList>,
    is_creating: RwSignal<bool>,
    checking_in: CheckingIn,
) -> impl IntoView {
    let panel = list.cycle.as_ref().map(|cycle| {
        let cycle_id = cycle.id.clone();
        view! { <NewOkrPanel is_open=is_creating cycle_id /> }
    });
    let content = if list.cycle.is_none() {
        view! { <NoCycle /> }.into_any()
    } else if list.okrs.is_empty() {
        view! { <NoOkrs is_creating address=expect_context() /> }.into_any()
    } else {
        view! { <Browse list checking_in /> }.into_any()
    };
    view! { {content} {panel} }
}

#[component]
fn Browse(list: Arc<OkrList>, checking_in: CheckingIn) -> impl IntoView {
    let choices = FilterChoices::of(&list.okrs);
    let address = expect_context::<Address>();
    let params = session().me().workspace.rule_params;
    let all = list.okrs.len();
    let okrs = Arc::new(Okrs::new(list));
    let (was, to_row) = left_at::come_back(all).unzip();
    let folds = RwSignal::new(was.unwrap_or_default());
    Effect::new(move || {
        if let Some(to_row) = &to_row {
            to_row();
        }
    });
    let sections = {
        let okrs = okrs.clone();
        Memo::new(move |_| {
            address.with(|view| folds.with(|folds| sections(&okrs, view, &params, folds)))
        })
    };
    use_check_in_key(okrs.clone(), checking_in);
    let shown = Memo::new(move |_| sections.with(|sections| count(sections)));
    view! {
        <Toolbar choices params />
        <p class="okr-count quiet" role="status">
            {move || (words::okrs().count)(shown.get(), all)}
        </p>
        <Show
            when=move || { shown.get() > 0 }
            fallback=move || view! { <NothingMatches address /> }
        >
            <Table okrs=okrs.clone() sections folds checking_in />
            <ComputedHere />
        </Show>
    }
}

#[component]
fn NothingMatches(address: Address) -> impl IntoView {
    let okrs = words::okrs();
    view! {
        <div class="empty">
            <h2>{okrs.nothing_title}</h2>
            <p>{okrs.nothing_more}</p>
            <button type="button" class="button" on:click=move |_| address.change(|view| *view = std::mem::take(view).cleared())>
                {okrs.clear}
            </button>
        </div>
    }
}

#[component]
fn NoOkrs(is_creating: RwSignal<bool>, address: Address) -> impl IntoView {
    let okrs = words::okrs();
    let may_create = may_create();
    let more = match may_create {
        true => okrs.none_more,
        false => okrs.none_for_you,
    };
    view! {
        <Empty title=okrs.none_title more />
        <Show when=move || may_create>
            <button type="button" class="button primary" on:click=move |_| is_creating.set(true)>
                {okrs.new_okr}
            </button>
        </Show>
        <Show when=move || !address.with(|view| view.archived)>
            <button type="button" class="button plain" on:click=move |_| address.change(|view| view.archived = true)>
                {okrs.show_archived}
            </button>
        </Show>
    }
}

/// What comes before the first OKR, for those who may do it.
#[component]
fn NoCycle() -> impl IntoView {
    let okrs = words::okrs();
    let cycles = cycles();
    let session = session();
    let may_plan = move || session.may(Action::ManageCycles) && capabilities().change_cycles;
    let more = move || match cycles.all().is_empty() {
        true => okrs.no_cycle_yet,
        false => okrs.no_cycle_more,
    };
    view! {
        <div class="empty">
            <h2>{okrs.no_cycle_title}</h2>
            <p>{more}</p>
            <Show when=may_plan>
                <a class="button primary" href=paths::new_cycle()>
                    {okrs.plan_cycle}
                </a>
            </Show>
        </div>
    }
}

#[component]
fn Empty(title: &'static str, more: &'static str) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{more}</p>
        </div>
    }
}

/// Whether there is an OKR that they may create.
fn may_create() -> bool {
    let kinds = [
        Action::CreateCompanyOkr,
        Action::CreateDepartmentOkr,
        Action::CreateTeamOkr,
    ];
    kinds.into_iter().any(|kind| session().may(kind))
}
