//! Name, time zone and week.

use leptos::prelude::*;
use okrs_shared::workspace::{WeekStart, Workspace, WorkspacePatch};

use crate::api;
use crate::components::ui::choice::{Choice, Options, option, parsed, value};
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::locale;
use crate::session::session;
use crate::words;

/// Sends what differs.
#[component]
pub fn General() -> impl IntoView {
    let words = words::workspace();
    let (session, toasts) = (session(), toasts());
    let before = untrack(|| session.me().workspace);
    let name = RwSignal::new(before.name.clone());
    let timezone = RwSignal::new(before.timezone.clone());
    let week_start = RwSignal::new(value(Some(before.week_start)));
    let weekday = RwSignal::new(before.check_in_weekday.to_string());
    let submission = Submission::new();
    let submit = move || {
        if !submission.has_all(&[("name", name), ("timezone", timezone)]) {
            return;
        }
        let typed = WorkspacePatch {
            name: Some(name.get_untracked().trim().into()),
            timezone: Some(timezone.get_untracked().trim().to_owned()),
            week_start: parsed(&week_start.read_untracked()),
            check_in_weekday: weekday.read_untracked().parse().ok(),
            ..WorkspacePatch::default()
        };
        let patch = differing(typed, &untrack(|| session.me().workspace));
        if patch == WorkspacePatch::default() {
            return toasts.say(words.saved);
        }
        let request = async move |body| api::workspace::update(&body).await;
        submission.submit(patch, request, move |workspace| {
            session.set_workspace(workspace);
            toasts.say(words.saved);
        });
    };
    view! {
        <SubmitForm submission submit>
            <Field name="name" label=words.name value=name />
            <Field
                name="timezone"
                label=words.timezone
                hint=words.timezone_hint
                value=timezone
                suggestions=Signal::stored(locale::timezones())
            />
            <Choice name="week_start" label=words.week_start value=week_start options=week_starts() />
            <Choice name="check_in_weekday" label=words.check_in_day value=weekday options=weekdays() />
            <p class="field-hint">{words.check_in_day_hint}</p>
            <div>
                <Submit submission label=words::common().save />
            </div>
        </SubmitForm>
    }
}

/// What of it the server does not have.
fn differing(typed: WorkspacePatch, saved: &Workspace) -> WorkspacePatch {
    WorkspacePatch {
        name: typed.name.filter(|name| **name != *saved.name),
        timezone: typed.timezone.filter(|zone| *zone != saved.timezone),
        week_start: typed.week_start.filter(|day| *day != saved.week_start),
        check_in_weekday: typed
            .check_in_weekday
            .filter(|day| *day != saved.check_in_weekday),
        ..typed
    }
}

fn week_starts() -> Options {
    let words = words::workspace();
    vec![
        option(WeekStart::Monday, words.monday),
        option(WeekStart::Sunday, words.sunday),
        option(WeekStart::Saturday, words.saturday),
    ]
}

/// Monday first, as the numbers go.
fn weekdays() -> Options {
    (1..=7)
        .map(|day: u8| (day.to_string(), locale::weekday(day)))
        .collect()
}
