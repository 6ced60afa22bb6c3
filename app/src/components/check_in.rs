//! Checking in a key result, in one line: the last value is filled in, Enter saves and moves on.

mod draft;
mod fields;
mod keys;
mod outcome;
pub mod panel;
mod slip;

use std::collections::HashSet;
use std::mem;

use leptos::prelude::*;
use okrs_shared::id::{CheckInId, KeyResultId};
use okrs_shared::key_result::MetricType;
use okrs_shared::okr_detail::ListedKeyResult;
use web_sys::HtmlElement;

use crate::api::Problem;
use crate::api::kept::KeptWrite;
use crate::components::okr_parts::value_of;
use crate::components::sparkline::Sparkline;
use crate::components::status::Mark;
use crate::components::ui::paint::after_paint;
use crate::drafts;
use crate::locale;
use crate::outbox::{Parcel, Standing, outbox};
use crate::session::session;
use crate::tried::new_key;
use crate::words;
use draft::Draft;
use fields::Fields;
use keys::enter_reason;
pub use keys::{begin_in, form_of, move_on, send_once};
use outcome::{Outcome, typed_value};
pub use slip::Slip;

/// What has become of a row.
#[derive(Clone, Debug, PartialEq)]
enum State {
    /// Being filled in; perhaps refused a moment ago.
    Open(Option<Problem>),
    /// Shown as pressed until that is painted: to show what was checked in takes longer than a frame.
    Pressed,
    /// In the outbox under this idempotency key, and shown as done from then on.
    Posted(String),
    /// Checked in before this page was there.
    Done,
}

/// A check-in of today that is the reader's own: a slip in it is corrected.
#[derive(Clone)]
pub struct Reported {
    pub id: CheckInId,
    pub comment: Option<String>,
    pub blocker_note: Option<String>,
}

/// What a row tells of changes that are not sent yet, kept among those of all rows.
pub fn among(
    changed: RwSignal<HashSet<KeyResultId>>,
    id: KeyResultId,
) -> impl Fn(bool) + Send + Sync + 'static {
    move |is_changed| {
        changed.update(|changed| {
            if is_changed {
                changed.insert(id.clone());
            } else {
                changed.remove(&id);
            }
        });
    }
}

/// One key result to check in.
#[component]
pub fn CheckInRow(
    /// The key result as the list has it.
    key_result: ListedKeyResult,
    /// The key result's title, as a link or as text.
    #[prop(into)]
    title: ViewFn,
    /// What was written last time.
    #[prop(optional_no_strip)]
    last_comment: Option<String>,
    /// Whether nothing is to be done, as long as nobody wants to.
    #[prop(optional)]
    is_done: bool,
    /// What was checked in, if it can be corrected.
    #[prop(optional_no_strip)]
    reported: Option<Reported>,
    /// Whether typing begins here.
    #[prop(optional)]
    autofocus: bool,
    /// Tells the page that it was recorded or kept; `false`, that this was taken back.
    #[prop(into)]
    on_done: Callback<bool>,
    /// Tells the page whether something was changed that is not sent yet.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Rises when everything that was changed is to be sent.
    #[prop(into)]
    send_all: Signal<u32>,
) -> impl IntoView {
    let (outbox, session) = (outbox(), session());
    let draft = Draft::of(&key_result);
    let state = RwSignal::new(match is_done && !untrack(|| draft.is_changed()) {
        true => State::Done,
        false => State::Open(None),
    });
    let id = key_result.id.clone();
    let typed = typed_value(draft, &key_result);
    let name = key_result.title.clone();
    let send = Callback::new(move |form: Option<HtmlElement>| {
        if !matches!(state.get_untracked(), State::Open(_)) {
            return;
        }
        let check_in = match draft.check_in() {
            Ok(check_in) => check_in,
            Err(problem) => {
                if let Some(form) = form.filter(|_| problem.is_about("blocker_note")) {
                    enter_reason(&form);
                }
                return state.set(State::Open(Some(problem)));
            }
        };
        let idempotency_key = new_key();
        state.set(State::Pressed);
        let posted = State::Posted(idempotency_key.clone());
        after_paint(move || {
            // Moving the focus takes about as long as showing the press, so it waits for that.
            if let Some(form) = form {
                move_on(&form);
            }
            state.try_set(posted);
        });
        let corrects = draft.corrects();
        let write = KeptWrite::check_in(&id, corrects.as_ref(), &check_in);
        let mut parcel = Parcel::new(
            (idempotency_key, untrack(|| session.me().id)),
            (id.to_string(), name.clone(), untrack(&typed)),
            write,
            drafts::of_check_in(&id, &check_in),
        );
        parcel.corrects = corrects;
        outbox.post(parcel);
    });
    let standing = Memo::new(move |_| match &*state.read() {
        State::Posted(key) => Some(outbox.standing(key)),
        _ => None,
    });
    Effect::new(move |before: Option<Option<Standing>>| {
        let before = before.flatten();
        let now = standing.get();
        match &now {
            None | Some(Standing::Sending) => {}
            Some(Standing::Refused(problem)) => {
                let open = State::Open(Some(problem.clone()));
                let posted = state.try_update(|state| mem::replace(state, open));
                // One that was kept a while is perhaps not in view: what is said above the page stays.
                if !matches!(before, Some(Standing::Kept(_)))
                    && let Some(State::Posted(key)) = posted
                {
                    outbox.give_back(&key);
                }
            }
            Some(_) if matches!(before, None | Some(Standing::Sending)) => on_done.run(true),
            Some(_) => {}
        }
        now
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
    let (key_result, reported) = (StoredValue::new(key_result), StoredValue::new(reported));
    // Once: one that comes back refused must not take the focus from where it is by then.
    let takes_focus = StoredValue::new(autofocus);
    let undone = Callback::new(move |was_here: bool| {
        // What an earlier page has sent shows in this one: what was before, only the server knows.
        let is_known = reported.with_value(Option::is_none);
        if !was_here && is_known {
            key_result.with_value(|key_result| draft.begin_anew(key_result));
        }
        if was_here || is_known {
            takes_focus.set_value(true);
            state.set(State::Open(None));
        }
        if !was_here || is_known {
            on_done.run(false);
        }
    });
    view! {
        <li class="check-in" class:folded=move || !is_open.get() tabindex="-1">
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
                fallback=move || view! { <Outcome state standing key_result reported draft takes_focus undone /> }
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
