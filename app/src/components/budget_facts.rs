//! How much of the hosted service's budget is left, and as of when its lists are here.

use js_sys::Date;
use leptos::prelude::*;
use okrs_shared::upstream::Budget;

use crate::components::ui::tenths::tenths;
use crate::locale;
use crate::words;

/// A gauge, and the facts.
#[component]
pub fn BudgetFacts(budget: Budget) -> impl IntoView {
    let hosted = words::hosted();
    let share = f64::from(budget.left) / f64::from(budget.limit.max(1));
    let length = tenths(share.clamp(0.0, 1.0) * 100.0) + "%";
    let tone = match budget.left {
        0 => "at-risk",
        _ => "",
    };
    let read = match budget.as_of {
        Some(at) => {
            let at = at.to_string();
            view! { <time datetime=at.clone() title=locale::instant(&at)>{locale::time(&at)}</time> }
                .into_any()
        }
        None => hosted.not_copied.into_any(),
    };
    let paused = budget.paused_for_seconds.map(|seconds| {
        view! {
            <div>
                <dt>{hosted.paused}</dt>
                <dd>{(hosted.at)(&in_seconds(seconds))}</dd>
            </div>
        }
    });
    let waits = match budget.waiting_writes {
        0 => hosted.no_waiting.to_owned(),
        count => (hosted.changes)(count),
    };
    view! {
        <dl class=format!("budget-facts {tone}")>
            <div>
                <dt>{hosted.requests_left}</dt>
                <dd>
                    <span class="bar" aria-hidden="true">
                        <span class="bar-fill" style:inline-size=length></span>
                    </span>
                    <span>{(hosted.left_of)(budget.left, budget.limit)}</span>
                </dd>
            </div>
            <div>
                <dt>{hosted.more_come}</dt>
                <dd>{(hosted.at)(&in_seconds(budget.resets_in_seconds))}</dd>
            </div>
            {paused}
            <div>
                <dt>{hosted.copied}</dt>
                <dd>{read}</dd>
            </div>
            <div>
                <dt>{hosted.waiting_writes}</dt>
                <dd>{waits}</dd>
            </div>
        </dl>
    }
}

/// What the clock shows then: it is still true while one looks at it.
fn in_seconds(seconds: u32) -> String {
    locale::time_at(Date::now() + f64::from(seconds) * 1000.0)
}
