//! The server has had enough for a moment: when it goes on, and going on.

use std::time::Duration;

use js_sys::Date;
use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

use crate::words;

const TICK: Duration = Duration::from_millis(500);

/// Counts down and then tries again, once.
#[component]
pub fn Pause(
    /// How long the server wants to be left alone.
    seconds: u32,
    retry: impl Fn() + 'static,
) -> impl IntoView {
    let common = words::common();
    let until = Date::now() + f64::from(seconds) * 1000.0;
    let left = RwSignal::new(seconds);
    let tick = move || {
        // A tab in the background is called rarely, but the clock goes on.
        let now = ((until - Date::now()) / 1000.0).ceil().max(0.0) as u32;
        if left.get_untracked() != now {
            left.set(now);
            if now == 0 {
                retry();
            }
        }
    };
    if let Ok(handle) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || handle.clear());
    }
    view! {
        <div class="failure">
            <div role="alert">
                <h2>{common.too_many}</h2>
                <p>{common.too_many_more}</p>
            </div>
            // Read when somebody asks for it, not at every second.
            <p class="pause" role="timer">
                {move || (common.goes_on)(left.get())}
            </p>
        </div>
    }
}
