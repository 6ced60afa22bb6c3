//! The bar above every page: in which workspace and cycle one is, and what can be reached from
//! anywhere.

use leptos::prelude::*;

use super::cycle_picker::CyclePicker;
use super::my_menu::MyMenu;
use super::notifications::NotificationsMenu;
use super::search::Search;
use super::upstream_mark::UpstreamMark;
use crate::session::session;

/// The workspace's name shows here only where the rail has no room for it.
#[component]
pub fn TopBar(
    /// Opens the list of shortcuts.
    show_shortcuts: Callback<()>,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            <div class="whereabouts">
                <span class="top-bar-name" aria-hidden="true">
                    {move || session().me().workspace.name}
                </span>
                <CyclePicker />
            </div>
            <UpstreamMark />
            <Search />
            <NotificationsMenu />
            <MyMenu show_shortcuts />
        </header>
    }
}
