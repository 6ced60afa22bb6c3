//! Checking in a key result, in one line: the last value is filled in, Enter saves and moves on.

mod draft;
mod fields;
mod keys;
mod outcome;

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::key_result::MetricType;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::upstream::WriteState;
use web_sys::HtmlElement;

use crate::api::{self, Problem, Sent};
use crate::components::okr_parts::value_of;
use crate::components::sparkline::Sparkline;
use crate::components::status::Mark;
use crate::components::ui::paint::painted;
use crate::hosted::{say_kept, waiting};
use crate::locale;
use crate::outbox::{Parcel, outbox};
use crate::session::session;
use crate::words;
use draft::Draft;
use fields::Fields;
pub use keys::{form_of, move_on, send_once};
use outcome::{Outcome, typed_value};

/// What has become of a row.
#[derive(Clone, Debug, PartialEq)]
enum State {
    /// Being filled in; perhaps refused a moment ago.
    Open(Option<Problem>),
    /// Shown as pressed until that is painted: to show what was checked in takes longer than a frame.
    Pressed,
    /// Shown as done, while the server is asked.
    Sending,
    /// Recorded.
    Done,
    /// Kept under this idempotency key until the network is back.
    Kept(String),
    /// Kept by the server, which sends it to the hosted service, or finds out what became of it.
    Waits(WriteState),
}

/// One key result to check in.
#[component]
pub fn CheckInRow(
    /// The key result as the list has it.
    key_result: ListedKeyResult,
    /// Its title, as a link or as text.
    #[prop(into)]
    title: ViewFn,
    /// What was written last time.
    #[prop(optional_no_strip)]
    last_comment: Option<String>,
    /// Whether typing begins here.
    #[prop(optional)]
    autofocus: bool,
    /// Tells the page, once, that it was recorded or kept.
    #[prop(into)]
    on_done: Callback<()>,
    /// Tells the page whether something was changed that is not sent yet.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Rises when everything that was changed is to be sent.
    #[prop(into)]
    send_all: Signal<u32>,
) -> impl IntoView {
    let (outbox, session) = (outbox(), session());
    let (waiting, say_kept) = (waiting(), say_kept());
    let draft = Draft::of(&key_result);
    let state = RwSignal::new(State::Open(None));
    let id = key_result.id.clone();
    let typed = typed_value(draft, &key_result);
    let name = key_result.title.clone();
    let send = Callback::new(move |form: Option<HtmlElement>| {
        if !matches!(state.get_untracked(), State::Open(_)) {
            return;
        }
        let check_in = match draft.check_in() {
            Ok(check_in) => check_in,
            Err(problem) => return state.set(State::Open(Some(problem))),
        };
        let parcel = Parcel::new(id.clone(), name.clone(), check_in);
        state.set(State::Pressed);
        outbox.hold(parcel.clone());
        // Now, because its row may be gone after the paint.
        draft.put_away();
        let value = untrack(&typed);
        spawn_local(async move {
            painted().await;
            // Moving the focus takes about as long as showing the press, so it waits for that.
            if let Some(form) = form {
                move_on(&form);
            }
            // Optimistic: what was typed stays in the draft until the server has it.
            state.set(State::Sending);
            match api::check_ins::create(&parcel).await {
                Ok(sent) => {
                    outbox.release(&parcel.idempotency_key);
                    match sent {
                        Sent::Done(()) => state.set(State::Done),
                        Sent::Waits(kept) => {
                            state.set(State::Waits(kept));
                            let id = parcel.key_result_id.to_string();
                            waiting.values.update(|values| values.push((id, value)));
                            say_kept(kept);
                        }
                    }
                    draft.forget();
                    on_done.run(());
                }
                Err(Problem::Offline) => {
                    state.set(State::Kept(parcel.idempotency_key.clone()));
                    outbox.keep(parcel);
                    draft.forget();
                    on_done.run(());
                }
                Err(problem) => {
                    outbox.release(&parcel.idempotency_key);
                    draft.take_out();
                    session.notice(&problem);
                    state.set(State::Open(Some(problem)));
                }
            }
        });
    });
    Effect::new(move |_| {
        if let State::Kept(key) = state.get()
            && !outbox.is_waiting(&key)
        {
            match untrack(|| outbox.refusal_of(&key)) {
                Some((parcel, problem)) => {
                    draft.set_comment(parcel.check_in.comment.unwrap_or_default().into());
                    state.set(State::Open(Some(problem)));
                }
                None => state.set(match untrack(|| outbox.kept_by_server(&key)) {
                    Some(kept) => State::Waits(kept),
                    None => State::Done,
                }),
            }
        }
    });
    let is_open = Memo::new(move |_| matches!(*state.read(), State::Open(_) | State::Pressed));
    let is_changed = Memo::new(move |_| draft.is_changed());
    Effect::new(move |_| on_change.run(is_open.get() && is_changed.get()));
    Effect::new(move |before: Option<u32>| {
        let now = send_all.get();
        if before.is_some_and(|before| before != now) && is_changed.get_untracked() {
            send.run(None);
        }
        now
    });
    let values: Vec<f64> = key_result
        .recent_check_ins
        .iter()
        .map(|point| point.value.get())
        .collect();
    let ideal =
        (key_result.metric_type != MetricType::Boolean).then_some(key_result.ideal_value.get());
    let last = last_said(&key_result);
    let key_result = StoredValue::new(key_result);
    // Once: one that comes back refused must not take the focus from where it is by then.
    let takes_focus = StoredValue::new(autofocus);
    view! {
        <li class="check-in" tabindex="-1">
            <div class="check-in-what">
                {title.run()}
                <p class="quiet">
                    {last}
                    {last_comment.map(|comment| format!(" · {comment}"))}
                </p>
            </div>
            <Sparkline values ideal />
            <Show
                when=move || is_open.get()
                fallback=move || view! { <Outcome state key_result draft takes_focus /> }
            >
                <Fields key_result draft state send autofocus=takes_focus.try_update_value(std::mem::take).unwrap_or_default() />
            </Show>
        </li>
    }
}

/// The last value with what was said and when.
fn last_said(key_result: &ListedKeyResult) -> String {
    let home = words::home();
    match &key_result.last_check_in {
        Some(last) => (home.last_said)(
            &value_of(key_result, key_result.current_value),
            Mark::from(last.status).word(),
            &locale::ago(&last.at.to_string()),
        ),
        None => home.never.to_owned(),
    }
}
