//! Something from the server: its skeleton while it comes, itself, or why it does not.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::{Answer, Problem};
use crate::components::pause::Pause;
use crate::components::ui::focus::keep_focus;
use crate::fetched::Fetched;
use crate::paths;
use crate::session::Session;
use crate::words;

/// Shows `children` with what was loaded. Before that the page's own skeleton, which appears only
/// after a moment; after a failure, what happened and a way on.
#[component]
pub fn Loaded<T, V>(
    /// What is loaded.
    from: Fetched<Answer<T>>,
    /// The page without its content.
    #[prop(into)]
    skeleton: ViewFn,
    /// The content.
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match from.get() {
        None => view! {
            <div class="skeleton">
                <span class="visually-hidden">{words::common().loading}</span>
                {skeleton.run()}
            </div>
        }
        .into_any(),
        Some(Ok(value)) => {
            // It may have been there before, in an older state.
            keep_focus();
            children(value).into_any()
        }
        Some(Err(problem)) => {
            if let Some(session) = use_context::<Session>() {
                session.notice(&problem);
            }
            let retry = move || from.refetch();
            view! { <Failure problem retry /> }.into_any()
        }
    }
}

/// Why something can't be shown, and what can be done.
#[component]
pub fn Failure(problem: Problem, retry: impl Fn() + 'static) -> impl IntoView {
    if problem.is_not_found() {
        return view! { <NotFound /> }.into_any();
    }
    if let Some(seconds) = problem.retry_after() {
        return view! { <Pause seconds retry /> }.into_any();
    }
    went_wrong(problem.in_words(), words::common().retry, retry)
}

fn went_wrong(what: String, way_on: &'static str, go_on: impl Fn() + 'static) -> AnyView {
    let common = words::common();
    view! {
        <div class="failure" role="alert">
            <h2>{common.went_wrong}</h2>
            <p>{what}</p>
            <button type="button" class="button" on:click=move |_| go_on()>
                {way_on}
            </button>
        </div>
    }
    .into_any()
}

/// Nothing has this address, or nothing that this person sees.
#[component]
pub fn NotFound() -> impl IntoView {
    let common = words::common();
    view! {
        <Title text=common.not_found />
        <div class="failure">
            <h1>{common.not_found}</h1>
            <p>{common.not_found_more}</p>
            <p>
                <a href=paths::HOME>{common.to_home}</a>
            </p>
        </div>
    }
}

/// A page whose code could not be fetched: without a connection, or after the app was replaced by a
/// newer one. Loading the page anew mends both.
#[component]
pub fn NotLoaded() -> impl IntoView {
    let reload = || {
        let _ = window().location().reload();
    };
    let common = words::common();
    went_wrong(common.not_loaded.to_owned(), common.reload, reload)
}
