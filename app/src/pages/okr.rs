//! One OKR with all that belongs to it.

mod activity;
mod check_in;
mod comments;
mod correction;
mod final_delete;
mod head;
mod history;
mod key_result;
mod related;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use okrs_shared::okr_detail::OkrDetail;
use okrs_shared::permission::Action;

use self::activity::ActivityFeed;
use self::check_in::{CheckInHere, CheckingIn};
use self::comments::Comments;
use self::head::Head;
use self::history::History;
use self::key_result::KeyResultPart;
use self::related::Related;
use crate::api;
use crate::components::check_in::panel::to_check_in;
use crate::components::health::{ComputedHere, HealthWhy, provide_why};
use crate::components::loaded::Loaded;
use crate::components::okr_form::EditOkrPanel;
use crate::components::ui::shortcut::use_shortcut;
use crate::fetched::Fetched;
use crate::words;

/// Everything about an OKR, with what may be done to it.
#[component]
pub fn OkrPage() -> impl IntoView {
    provide_why();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let detail = Fetched::new(move || {
        let id = id.get();
        async move { api::okrs::get(&id).await }
    });
    let reload = Callback::new(move |()| detail.refetch());
    let checking_in = CheckingIn::new();
    Effect::new(move || {
        id.track();
        // What was begun belongs to the OKR that was here before.
        checking_in.is_open.set(false);
    });
    view! {
        <Loaded from=detail skeleton=|| view! { <OkrSkeleton /> } let:detail>
            <OkrContent detail checking_in reload />
        </Loaded>
        <CheckInHere detail checking_in done=reload />
        <HealthWhy />
    }
}

#[component]
fn OkrContent(
    detail: Arc<OkrDetail>,
    checking_in: CheckingIn,
    reload: Callback<()>,
) -> impl IntoView {
    let is_editing = RwSignal::new(false);
    let okr = Arc::new(detail.okr.clone());
    let panel = okr.may.contains(&Action::ChangeOkr).then(|| {
        view! { <EditOkrPanel is_open=is_editing okr=okr.clone() saved=reload /> }
    });
    if !to_check_in(&okr.key_results).is_empty() {
        use_shortcut("c", move || checking_in.begin(None));
    }
    view! {
        <Title text=okr.title.clone() />
        <article class="okr-page">
            <Head detail=detail.clone() is_editing reload />
            <div class="okr-main">
                <KeyResults detail=detail.clone() is_editing checking_in />
                <Comments okr=okr.clone() />
                <History detail=detail.clone() reload />
                <ActivityFeed okr=okr.clone() />
            </div>
            <Related detail />
        </article>
        {panel}
    }
}

#[component]
fn KeyResults(
    detail: Arc<OkrDetail>,
    is_editing: RwSignal<bool>,
    checking_in: CheckingIn,
) -> impl IntoView {
    let words = words::okr();
    let may_change = detail.okr.may.contains(&Action::ChangeOkr);
    let content = if detail.okr.key_results.is_empty() {
        view! {
            <div class="empty">
                <h3>{words.no_key_results}</h3>
                <p>{words.no_key_results_more}</p>
                <Show when=move || may_change>
                    <button type="button" class="button" on:click=move |_| is_editing.set(true)>
                        {words.add_key_results}
                    </button>
                </Show>
            </div>
        }
        .into_any()
    } else {
        let parts = (0..detail.okr.key_results.len())
            .map(|nth| view! { <KeyResultPart detail=detail.clone() nth checking_in /> })
            .collect_view();
        view! { {parts} <ComputedHere /> }.into_any()
    };
    view! {
        <section aria-labelledby="key-results-title">
            <h2 id="key-results-title">{words.key_results}</h2>
            {content}
        </section>
    }
}

#[component]
fn OkrSkeleton() -> impl IntoView {
    view! {
        <div class="okr-page">
            <div class="okr-head">
                <span class="bone short"></span>
                <span class="bone"></span>
            </div>
            <div class="okr-main">
                {(0..3)
                    .map(|_| {
                        view! {
                            <div class="key-result-part">
                                <span class="bone"></span>
                                <span class="bone chart-bone"></span>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
}
