//! The table of the app's pages. Nothing is routed anywhere else.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::components::loaded::NotFound;
use crate::components::shell::SignedInOnly;
use crate::pages;
use crate::words::words;

/// Everything.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let product = words().common.product;
    view! {
        <Title formatter=move |title: String| match &*title {
            "" => product.to_owned(),
            title => format!("{title} · {product}"),
        } />
        <Router>
            <Routes fallback=|| {
                view! { <main class="content"><NotFound /></main> }
            }>
                <Route path=path!("/sign-in") view=pages::sign_in::SignInPage />
                <Route path=path!("/set-up") view=pages::set_up::SetUpPage />
                <Route path=path!("/invitation/:token") view=pages::password_link::PasswordLinkPage />
                <Route path=path!("/reset/:token") view=pages::password_link::PasswordLinkPage />
                <ParentRoute path=path!("/") view=SignedInOnly>
                    <Route path=path!("") view=pages::home::HomePage />
                    <Route path=path!("okrs") view=pages::okrs::OkrsPage />
                    <Route path=path!("okrs/:id") view=pages::okr::OkrPage />
                    <ParentRoute path=path!("settings") view=pages::settings::SettingsPage>
                        <Route path=path!("") view=pages::settings::ProfilePage />
                        <Route path=path!("sessions") view=pages::settings::SessionsPage />
                        <Route path=path!("api-keys") view=pages::settings::ApiKeysPage />
                        <Route path=path!("members") view=pages::settings::MembersPage />
                    </ParentRoute>
                    <Route path=path!("kpis") view=pages::kpis::KpisPage />
                    <Route path=path!("kpis/:id") view=pages::kpi::KpiPage />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
