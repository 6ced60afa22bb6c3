//! The table of the app's pages. Nothing is routed anywhere else.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, path};

use crate::components::loaded::NotFound;
use crate::components::shell::SignedInOnly;
use crate::pages;
use crate::words;

/// Everything.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(pages::ForLeaders::new());
    let product = words::common().product;
    view! {
        <Title formatter=move |title: String| match &*title {
            "" => product.to_owned(),
            title => format!("{title} · {product}"),
        } />
        <Router>
            // Every address is below the frame's.
            <Routes fallback=|| ()>
                <Route path=path!("/sign-in") view={Lazy::<pages::SignIn>::new()} />
                <Route path=path!("/set-up") view={Lazy::<pages::SetUp>::new()} />
                <Route path=path!("/set-up/cycle") view={Lazy::<pages::FirstCycle>::new()} />
                <Route path=path!("/recover") view={Lazy::<pages::Recover>::new()} />
                <Route path=path!("/invitation") view={Lazy::<pages::PasswordLink>::new()} />
                <Route path=path!("/reset") view={Lazy::<pages::PasswordLink>::new()} />
                // Where links lead that an earlier version made.
                <Route path=path!("/invitation/:token") view={Lazy::<pages::PasswordLink>::new()} />
                <Route path=path!("/reset/:token") view={Lazy::<pages::PasswordLink>::new()} />
                <ParentRoute path=path!("/") view=SignedInOnly>
                    <Route path=path!("") view={Lazy::<pages::Home>::new()} />
                    <Route path=path!("okrs") view={Lazy::<pages::Okrs>::new()} />
                    <Route path=path!("okrs/:id") view={Lazy::<pages::Okr>::new()} />
                    <ParentRoute path=path!("settings") view={Lazy::<pages::Settings>::new()}>
                        <Route path=path!("") view={Lazy::<pages::Profile>::new()} />
                        <Route path=path!("sessions") view={Lazy::<pages::Sessions>::new()} />
                        <Route path=path!("api-keys") view={Lazy::<pages::ApiKeys>::new()} />
                        <Route path=path!("assistants") view={Lazy::<pages::Assistants>::new()} />
                        <Route path=path!("members") view={Lazy::<pages::Members>::new()} />
                        <Route path=path!("members/import") view={Lazy::<pages::ImportPeople>::new()} />
                        <Route path=path!("teams") view={Lazy::<pages::Teams>::new()} />
                        <Route path=path!("cycles") view={Lazy::<pages::Cycles>::new()} />
                        <Route path=path!("workspace") view={Lazy::<pages::Workspace>::new()} />
                        <Route path=path!("hosted-service") view={Lazy::<pages::HostedService>::new()} />
                    </ParentRoute>
                    <Route path=path!("kpis") view={Lazy::<pages::Kpis>::new()} />
                    <Route path=path!("kpis/:id") view={Lazy::<pages::Kpi>::new()} />
                    <Route path=path!("*nothing") view=NotFound />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
