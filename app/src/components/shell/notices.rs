//! That one is offline, what the outbox holds, what the server did not take from it, and that there is a newer version.

use leptos::prelude::*;

use super::newer_version::NewerVersion;
use crate::hosted::waiting;
use crate::outbox::outbox;
use crate::words;

/// Below the top bar, as long as there is something to say.
#[component]
pub fn Notices() -> impl IntoView {
    let (outbox, home) = (outbox(), words::home());
    let is_offline = RwSignal::new(!window().navigator().on_line());
    let online = window_event_listener(leptos::ev::online, move |_| is_offline.set(false));
    let offline = window_event_listener(leptos::ev::offline, move |_| is_offline.set(true));
    on_cleanup(move || {
        online.remove();
        offline.remove();
    });
    let waiting = waiting();
    let troubles = move || {
        let (undecided, failed) = waiting.troubles.get();
        let words = words::waiting();
        let says = match (undecided, failed) {
            (0, 0) => return None,
            (0, failed) => (words.failed_notice)(failed),
            (undecided, _) => (words.undecided_notice)(undecided),
        };
        Some(view! {
            <p class="notice at-risk">
                {says}
                <button type="button" class="button plain" on:click=move |_| waiting.is_open.set(true)>
                    {words.decide}
                </button>
            </p>
        })
    };
    view! {
        <div class="waiting" role="status">
            <Show when=move || is_offline.get()>
                <p class="notice">{words::shell().offline_banner}</p>
            </Show>
            <Show when=move || { outbox.kept().count > 0 }>
                <p class="notice">
                    {move || {
                        let kept = outbox.kept();
                        (home.waiting)(kept.count, kept.is_check_ins)
                    }}
                    <button type="button" class="button plain" on:click=move |_| outbox.send()>
                        {words::common().retry}
                    </button>
                </p>
            </Show>
            {troubles}
            <Show when=move || !outbox.refused().is_empty()>
                <div class="notice off-track">
                    {move || {
                        outbox
                            .refused()
                            .into_iter()
                            .map(|(parcel, problem)| {
                                let says = match parcel.is_check_in() {
                                    true => home.refused,
                                    false => home.not_taken,
                                };
                                view! { <p>{says(&parcel.title, &problem.in_words())}</p> }
                            })
                            .collect_view()
                    }}
                    <button type="button" class="button plain" on:click=move |_| outbox.dismiss()>
                        {home.dismiss}
                    </button>
                </div>
            </Show>
            <NewerVersion />
        </div>
    }
}
