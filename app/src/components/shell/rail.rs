//! The places of the app. The rail folds to icons where there is little room, and lies at the bottom
//! of a phone.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::ui::icon::{Icon, Shape};
use crate::cycles::cycles;
use crate::paths;
use crate::session::session;
use crate::words;

/// The list of OKRs opens in the chosen cycle.
#[component]
pub fn Rail() -> impl IntoView {
    let shell = words::shell();
    let pathname = use_location().pathname;
    let cycles = cycles();
    let places = [
        (paths::HOME, shell.home, Shape::Home),
        (paths::OKRS, shell.okrs, Shape::Target),
        (paths::KPIS, shell.kpis, Shape::Gauge),
        (paths::SETTINGS, shell.settings, Shape::Settings),
    ];
    let places = places.map(|(path, label, shape)| {
        let href = move || match path {
            paths::OKRS => paths::okrs_in(cycles.chosen().map(|cycle| cycle.id).as_ref()),
            path => path.to_owned(),
        };
        let current = move || pathname.with(|at| is_at(at, path)).then_some("page");
        view! {
            <li>
                <a href=href aria-current=current title=label>
                    <Icon shape />
                    <span>{label}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="rail" aria-label=shell.navigation>
            <p class="rail-name">{move || session().me().workspace.name}</p>
            <ul>{places.collect_view()}</ul>
        </nav>
    }
}

/// Whether an address is this place or lies below it.
fn is_at(address: &str, place: &str) -> bool {
    match place {
        paths::HOME => address == place,
        _ => address
            .strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::is_at;

    #[test]
    fn a_place_is_current_with_all_below_it_but_home_stands_alone() {
        assert!(is_at("/", "/"));
        assert!(!is_at("/okrs", "/"));
        assert!(is_at("/okrs", "/okrs"));
        assert!(is_at("/okrs/1", "/okrs"));
        assert!(!is_at("/okrs-of-old", "/okrs"));
    }
}
