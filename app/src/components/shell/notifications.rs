//! What one should hear of: how much is new, and the way to each.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use okrs_shared::id::NotificationId;
use okrs_shared::notification::{Notification, Notifications, ReadNotifications};

use crate::api;
use crate::components::later::later;
use crate::components::loaded::Failure;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::popover::close_popover;
use crate::fetched::Fetched;
use crate::locale;
use crate::paths;
use crate::session::session;
use crate::words;

const PANEL: &str = "notifications";

/// A bell with the number of those that are not read. It looks again whenever it is opened, and when
/// somebody comes back to this tab.
#[component]
pub fn NotificationsMenu() -> impl IntoView {
    let inbox = Fetched::new(api::notifications::get);
    let seen = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() {
            inbox.refetch();
        }
    });
    on_cleanup(move || seen.remove());
    let unread = Memo::new(move |_| match &*inbox.read() {
        Some(Ok(inbox)) => inbox.unread,
        _ => 0,
    });
    let read = Callback::new(move |ids: Option<Vec<NotificationId>>| {
        spawn_local(async move {
            // What could not be marked stays unread, and is seen again.
            let _ = api::notifications::read(&ReadNotifications { ids }).await;
            inbox.refetch();
        });
    });
    let was_opened = RwSignal::new(false);
    let list = move || match inbox.get() {
        None => view! { <p class="quiet inbox-empty">{words::common().loading}</p> }.into_any(),
        // The list is hidden until the bell is pressed.
        Some(Ok(_)) if !was_opened.get() => ().into_any(),
        Some(Ok(inbox)) => later(list(inbox, read)),
        Some(Err(problem)) => {
            view! { <Failure problem retry=move || inbox.refetch() /> }.into_any()
        }
    };
    view! {
        <button
            type="button"
            class="bell"
            popovertarget=PANEL
            aria-label=move || (words::shell().notifications_new)(unread.get())
            on:click=move |_| {
                was_opened.set(true);
                inbox.refetch();
            }
        >
            <Icon shape=Shape::Bell />
            {move || (unread.get() > 0).then(|| view! { <b aria-hidden="true">{unread.get().min(99)}</b> })}
        </button>
        <section id=PANEL popover="auto" class="menu inbox" aria-labelledby="inbox-title">
            <header>
                <h2 id="inbox-title">{words::shell().notifications}</h2>
                <Show when=move || { unread.get() > 0 }>
                    <button type="button" class="button plain" on:click=move |_| read.run(None)>
                        {words::shell().mark_read}
                    </button>
                </Show>
            </header>
            {list}
        </section>
    }
}

#[wasm_split(frame, wasm_split_path = leptos::wasm_split, fallible)]
fn list(
    inbox: Notifications,
    read: Callback<Option<Vec<NotificationId>>>,
) -> Result<AnyView, SplitLoaderError> {
    Ok(rows(inbox, read))
}

fn rows(inbox: Notifications, read: Callback<Option<Vec<NotificationId>>>) -> AnyView {
    if inbox.notifications.is_empty() && inbox.check_ins_due == 0 {
        return view! { <p class="quiet inbox-empty">{words::inbox().none}</p> }.into_any();
    }
    let due = (inbox.check_ins_due > 0).then(|| {
        let due = (words::home().due)(inbox.check_ins_due as usize);
        view! {
            <li>
                <a href=paths::HOME on:click=move |_| close_popover(PANEL)>
                    <strong>{due}</strong>
                </a>
            </li>
        }
    });
    let rows = inbox
        .notifications
        .into_iter()
        .map(|notification| row(notification, read));
    view! {
        <ul>
            {due}
            {rows.collect_view()}
        </ul>
    }
    .into_any()
}

fn row(notification: Notification, read: Callback<Option<Vec<NotificationId>>>) -> AnyView {
    let is_new = notification.read_at.is_none();
    let at = notification.created_at.to_string();
    let (said, path) = (sentence(&notification), path(&notification));
    let id = notification.id;
    let open = move |_| {
        if is_new {
            read.run(Some(vec![id.clone()]));
        }
        close_popover(PANEL);
    };
    let mark =
        is_new.then(|| view! { <span class="visually-hidden">{words::inbox().unread}</span> });
    view! {
        <li class:is-new=is_new>
            <a href=path on:click=open>
                {mark}
                <span>{said}</span>
                <time class="quiet" datetime=at.clone() title=locale::instant(&at)>{locale::ago(&at)}</time>
            </a>
        </li>
    }
    .into_any()
}

fn sentence(notification: &Notification) -> String {
    let inbox = words::inbox();
    let by = notification.by.as_deref();
    let by = by.unwrap_or(words::shell().somebody);
    let text = &notification.text;
    match &*notification.kind {
        "mention" => (inbox.mentioned)(by, text),
        "comment" => (inbox.commented)(by, text),
        "review_to_write" => (inbox.review_to_write)(text),
        "review_shared" => (inbox.review_shared)(by, text),
        "handed_over" => (inbox.handed_over)(by, text),
        "workspace_recovered" => (inbox.workspace_recovered)(text),
        "role_kept" => inbox.role_kept.to_owned(),
        _ => text.clone(),
    }
}

fn path(notification: &Notification) -> String {
    match &*notification.kind {
        "mention" | "comment" => paths::okr(&notification.subject_id),
        "role_kept" | "workspace_recovered" => paths::MEMBERS.to_owned(),
        "handed_over" => paths::okrs_of(session().me().id.as_str()),
        _ => paths::HOME.to_owned(),
    }
}
