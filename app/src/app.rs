//! The page that says what is running.

use leptos::prelude::*;

use crate::about::{self, About};

const NAME: &str = "OKRs Edge";

/// Name and version of the server, whether its API answers, and the first steps of someone who
/// wants to call it.
#[component]
pub fn App() -> impl IntoView {
    let about = LocalResource::new(about::load);
    view! {
           <header class="masthead">
               <h1>{NAME}</h1>
               <p>"Objectives, key results and check-ins, on your own Cloudflare account."</p>
           </header>
           <main>
               <section aria-labelledby="server" aria-live="polite">
                   <h2 id="server">"This server"</h2>
                   {move || match about.get() {
                       None => view! { <FactsSkeleton /> }.into_any(),
                       Some(Ok(about)) => view! { <Facts about /> }.into_any(),
                       Some(Err(problem)) => {
                           view! { <Problem problem retry=move || {
    about.set(None); about.refetch(); } /> }.into_any()
                       }
                   }}
               </section>
               <FirstCall />
           </main>
       }
}

#[component]
fn Facts(about: About) -> impl IntoView {
    let backend = about.backend_in_words();
    // The heading already says the usual one.
    let other_name = about.name.filter(|name| name != "okrs-edge");
    let organisations = about.organisations.map(|count| count.to_string());
    view! {
        <dl class="facts">
            <Fact term="API">
                <span class="status on-track">
                    <StatusMark path="M3 8.5 6.5 12 13 4.5" />
                    "Answers"
                </span>
            </Fact>
            {other_name.map(|name| view! { <Fact term="Name">{name}</Fact> })}
            {about.version.map(|version| view! { <Fact term="Version">{version}</Fact> })}
            {backend.map(|backend| view! { <Fact term="Data">{backend}</Fact> })}
            {organisations.map(|count| view! { <Fact term="Workspaces">{count}</Fact> })}
        </dl>
    }
}

#[component]
fn Fact(term: &'static str, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{term}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// The same lines as in `index.html`, so that nothing moves when this program takes over.
#[component]
fn FactsSkeleton() -> impl IntoView {
    let line = || view! { <div><span class="bone short"></span><span class="bone"></span></div> };
    view! {
        <div class="facts skeleton">
            <span class="visually-hidden">"Asking the server…"</span>
            {(0..3).map(|_| line()).collect_view()}
        </div>
    }
}

#[component]
fn Problem(problem: String, retry: impl Fn() + 'static) -> impl IntoView {
    view! {
        <div class="problem">
            <p>
                <span class="status off-track">
                    <StatusMark path="M4 4l8 8M12 4l-8 8" />
                    "API unavailable"
                </span>
            </p>
            <p>{problem}</p>
            <button type="button" on:click=move |_| retry()>"Try again"</button>
        </div>
    }
}

/// An icon beside a word, never instead of it.
#[component]
fn StatusMark(path: &'static str) -> impl IntoView {
    view! {
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=path />
        </svg>
    }
}

#[component]
fn FirstCall() -> impl IntoView {
    let origin = window().location().origin().unwrap_or_default();
    let call = format!("curl {origin}/api/v1/okrs \\\n  -H \"Authorization: Bearer okrt_…\"");
    view! {
        <section aria-labelledby="first-call">
            <h2 id="first-call">"Call the API"</h2>
            <p>"Every request carries a key, and a key belongs to one workspace."</p>
            <pre tabindex="0" role="region" aria-label="A first call with curl"><code>{call}</code></pre>
            <p>
                "The "
                <a href="/api/v1/openapi.json" rel="external">"OpenAPI document"</a>
                " describes every endpoint."
            </p>
        </section>
    }
}
