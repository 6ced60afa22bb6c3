//! Name, time zone and week.

use leptos::prelude::*;
use okrs_shared::validation::Invalid;
use okrs_shared::workspace::{WeekStart, Workspace, WorkspacePatch};

use crate::api;
use crate::components::ui::choice::{Choice, Options, option, parsed, value};
use crate::components::ui::field::Field;
use crate::components::ui::form::{Form, Typed};
use crate::components::ui::submit::{Submit, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::locale;
use crate::session::session;
use crate::words;

#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    timezone: RwSignal<String>,
    week_start: RwSignal<String>,
    weekday: RwSignal<String>,
}

impl Draft {
    fn of(workspace: &Workspace) -> Self {
        Self {
            name: RwSignal::new(workspace.name.clone()),
            timezone: RwSignal::new(workspace.timezone.clone()),
            week_start: RwSignal::new(value(Some(workspace.week_start))),
            weekday: RwSignal::new(workspace.check_in_weekday.to_string()),
        }
    }
}

impl Typed for Draft {
    type Body = WorkspacePatch;

    fn read(self, _: Option<&WorkspacePatch>) -> Result<WorkspacePatch, Invalid> {
        Ok(WorkspacePatch {
            name: Some(self.name.read().trim().into()),
            timezone: Some(self.timezone.read().trim().to_owned()),
            week_start: parsed(&self.week_start.read()),
            check_in_weekday: self.weekday.read().parse().ok(),
            ..WorkspacePatch::default()
        })
    }
}

/// Sends what differs.
#[component]
pub fn General() -> impl IntoView {
    let words = words::workspace();
    let (session, toasts) = (session(), toasts());
    let form = Form::begun(Draft::of(&untrack(|| session.me().workspace)));
    let (draft, submission) = (form.draft, form.submission);
    let submit = move || {
        if !submission.has_all(&[("name", draft.name), ("timezone", draft.timezone)]) {
            return;
        }
        let Some(body) = form.check() else { return };
        let Some(patch) = form.patch(&body, between) else {
            return toasts.say(words.saved);
        };
        let request = async move |patch| api::workspace::update(&patch).await;
        submission.submit(patch, request, move |workspace| {
            form.saved.set(Some(body));
            session.set_workspace(workspace);
            toasts.say(words.saved);
        });
    };
    view! {
        <SubmitForm submission submit>
            <Field name="name" label=words.name value=draft.name />
            <Field
                name="timezone"
                label=words.timezone
                hint=words.timezone_hint
                value=draft.timezone
                suggestions=Signal::stored(locale::timezones())
            />
            <Choice name="week_start" label=words.week_start value=draft.week_start options=week_starts() />
            <Choice name="check_in_weekday" label=words.check_in_day hint=words.check_in_day_hint value=draft.weekday options=weekdays() />
            <div>
                <Submit submission label=words::common().save />
            </div>
        </SubmitForm>
    }
}

/// What of the new settings differs.
fn between(old: &WorkspacePatch, new: &WorkspacePatch) -> WorkspacePatch {
    fn changed<T: Clone + PartialEq>(old: &Option<T>, new: &Option<T>) -> Option<T> {
        new.clone().filter(|_| old != new)
    }
    WorkspacePatch {
        name: changed(&old.name, &new.name),
        timezone: changed(&old.timezone, &new.timezone),
        week_start: changed(&old.week_start, &new.week_start),
        check_in_weekday: changed(&old.check_in_weekday, &new.check_in_weekday),
        ..WorkspacePatch::default()
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
