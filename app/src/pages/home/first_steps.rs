//! What begins a workspace: three steps that stand on the first page until they are done.

use leptos::prelude::*;
use okrs_shared::home::FirstSteps;

use crate::capabilities::capabilities;
use crate::components::later::later_with;
use crate::components::ui::icon::{Icon, Shape};
use crate::paths;
use crate::words;

/// The steps, for whoever has to take them.
pub fn first_steps(steps: FirstSteps) -> AnyView {
    // Few visits need their style.
    later_with(&["begin"], async move { Ok(content(steps)) })
}

fn content(steps: FirstSteps) -> AnyView {
    let words = words::first_steps();
    let write = move || {
        // Cycles of the hosted service are made there.
        let has_cycle = steps.has_cycle || !capabilities().change_cycles;
        match has_cycle {
            true => (words.write_more, words.write_do, paths::new_okr()),
            false => (words.plan_more, words.plan_do, paths::new_cycle()),
        }
    };
    let write_first = match steps.has_cycle {
        true => words.write,
        false => words.plan,
    };
    let all = [
        (steps.has_colleague, words.invite),
        (steps.has_okr, write_first),
        (steps.has_check_in, words.check_in),
    ];
    let next = all.iter().position(|(is_done, _)| !is_done);
    let more = move |nth: usize| match nth {
        0 => (words.invite_more, words.invite_do, paths::invite()),
        1 => write(),
        _ => (
            words.check_in_more,
            words.check_in_do,
            paths::OKRS.to_owned(),
        ),
    };
    let rows = all.into_iter().enumerate().map(|(nth, (is_done, title))| {
        let mark = match is_done {
            true => view! {
                <Icon shape=Shape::Check />
                <span class="visually-hidden">{words.done}</span>
            }
            .into_any(),
            false => (nth + 1).to_string().into_any(),
        };
        let is_next = next == Some(nth);
        let rest = (!is_done).then(|| {
            view! {
                <p class="quiet">{move || more(nth).0}</p>
                <a class="button" class:primary=is_next href=move || more(nth).2>
                    {move || more(nth).1}
                </a>
            }
        });
        view! {
            <li class:done=is_done>
                <span class="step-mark">{mark}</span>
                <h3>{title}</h3>
                {rest}
            </li>
        }
    });
    view! {
        <section class="first-steps" aria-labelledby="first-steps">
            <h2 id="first-steps" class="headline">{words.title}</h2>
            <p class="quiet">{words.more}</p>
            <ol>{rows.collect_view()}</ol>
        </section>
    }
    .into_any()
}
