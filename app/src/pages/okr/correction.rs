//! Correcting a check-in that was wrong. The history says that it was corrected.

use leptos::prelude::*;
use okrs_shared::checkin::{CheckInPatch, CheckInStatus, CheckInValue, NewCheckIn};
use okrs_shared::key_result::MetricType;
use okrs_shared::okr_detail::{CheckInEntry, ListedKeyResult};
use okrs_shared::validation::Invalid;
use strum::VariantArray as _;

use crate::api::{self, Problem};
use crate::components::status::Mark;
use crate::components::typed::{changed, filled, number};
use crate::components::ui::choice::{Choice, Options, option, parsed, value};
use crate::components::ui::field::Field;
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelForm;
use crate::components::ui::text_area::TextArea;
use crate::components::ui::toast::toasts;
use crate::locale;
use crate::measure::Measure;
use crate::words;

/// The way to correct it, and the panel that it opens.
#[component]
pub fn Correct(entry: CheckInEntry, of: ListedKeyResult, corrected: Callback<()>) -> impl IntoView {
    let words = words::okr();
    let is_open = RwSignal::new(false);
    let id = format!("correct-{}", entry.id);
    let draft = Draft::of(entry, &of);
    let is_dirty = Signal::derive(move || draft.patch() != Ok(CheckInPatch::default()));
    let toasts = toasts();
    let saved = Callback::new(move |()| {
        toasts.say(words.check_in_corrected);
        corrected.run(());
    });
    let open = move |_| {
        draft.begin();
        is_open.set(true);
    };
    view! {
        <button type="button" class="link" id=id on:click=open>
            {words.correct}
        </button>
        <Panel title=words.correct_title is_open is_dirty>
            <Form draft saved />
        </Panel>
    }
}

#[component]
fn Form(draft: Draft, saved: Callback<()>) -> impl IntoView {
    let home = words::home();
    let check = move || {
        let problem = draft.patch().err().map(Problem::from);
        let is_right = problem.is_none();
        draft.problem.set(problem);
        is_right
    };
    let save = move || async move {
        let patch = untrack(|| draft.patch())?;
        if patch == CheckInPatch::default() {
            return Ok(());
        }
        let id = draft.entry.with_value(|entry| entry.id.clone());
        let answer = api::check_ins::correct(&id, &patch).await;
        answer.inspect_err(|problem| draft.problem.set(Some(problem.clone())))
    };
    let statuses: Options = CheckInStatus::VARIANTS
        .iter()
        .map(|status| option(status, Mark::from(*status).word()))
        .collect();
    let is_blocked = move || parsed(&draft.status.read()) == Some(CheckInStatus::Blocked);
    view! {
        <PanelForm label=words::common().save check save saved>
            {match draft.metric {
                MetricType::Boolean => {
                    let options = vec![
                        ("1".to_owned(), home.yes.to_owned()),
                        ("0".to_owned(), home.no.to_owned()),
                    ];
                    view! { <Choice name="value" label=home.value value=draft.value options error=draft.error_of("value") /> }
                        .into_any()
                }
                _ => {
                    view! {
                        <Field
                            name="value"
                            label=home.value
                            value=draft.value
                            error=draft.error_of("value")
                            inputmode="decimal"
                            autofocus=true
                        />
                    }
                        .into_any()
                }
            }}
            <Choice name="status" label=home.status value=draft.status options=statuses error=draft.error_of("status") />
            <Show when=is_blocked>
                <TextArea name="blocker_note" label=home.blocker value=draft.blocker_note error=draft.error_of("blocker_note") />
            </Show>
            <TextArea name="comment" label=home.comment value=draft.comment error=draft.error_of("comment") />
        </PanelForm>
    }
}

/// What is in the draft.
#[derive(Clone, Copy)]
struct Draft {
    entry: StoredValue<CheckInEntry>,
    metric: MetricType,
    measure: StoredValue<Measure>,
    value: RwSignal<String>,
    status: RwSignal<String>,
    comment: RwSignal<String>,
    blocker_note: RwSignal<String>,
    problem: RwSignal<Option<Problem>>,
}

impl Draft {
    fn of(entry: CheckInEntry, of: &ListedKeyResult) -> Self {
        let empty = || RwSignal::new(String::new());
        let draft = Self {
            entry: StoredValue::new(entry),
            metric: of.metric_type,
            measure: StoredValue::new(Measure::from(of)),
            value: empty(),
            status: empty(),
            comment: empty(),
            blocker_note: empty(),
            problem: RwSignal::new(None),
        };
        draft.begin();
        draft
    }

    /// Fills in what was said.
    fn begin(self) {
        let entry = self.entry.read_value();
        self.value.set(match self.metric {
            MetricType::Boolean if entry.value.get() >= 1.0 => "1".to_owned(),
            MetricType::Boolean => "0".to_owned(),
            _ => locale::in_field(entry.value.get()),
        });
        self.status.set(value(entry.status));
        self.comment.set(entry.comment.clone().unwrap_or_default());
        self.blocker_note
            .set(entry.blocker_note.clone().unwrap_or_default());
        self.problem.set(None);
    }

    fn error_of(self, field: &'static str) -> Signal<Option<String>> {
        let problem = self.problem;
        Signal::derive(move || problem.with(|problem| problem.as_ref()?.of_field(field)))
    }

    /// What differs, or what is wrong with it: the same that the server would say.
    fn patch(self) -> Result<CheckInPatch, Invalid> {
        let entry = self.entry.read_value();
        let new_value = self.measure.with_value(|measure| {
            let text = self.value.read();
            number("value", &text, Some(entry.value), &measure.beside())
        })?;
        CheckInValue::Number(new_value).for_metric(self.metric)?;
        let old_status = entry.status.unwrap_or_default();
        let status = parsed(&self.status.read()).unwrap_or(old_status);
        let reported = NewCheckIn {
            value: CheckInValue::Number(entry.value),
            comment: entry.comment.clone().map(Into::into),
            status: old_status,
            blocker_note: entry.blocker_note.clone().map(Into::into),
        };
        let patch = CheckInPatch {
            value: changed(&entry.value, &new_value).map(CheckInValue::Number),
            comment: changed(&reported.comment, &filled(self.comment)),
            status: changed(&old_status, &status),
            blocker_note: (status == CheckInStatus::Blocked)
                .then(|| changed(&reported.blocker_note, &filled(self.blocker_note)))
                .flatten(),
        };
        patch.clone().applied_to(reported)?;
        Ok(patch)
    }
}
