//! Correcting a check-in that was wrong. The history says that it was corrected.

use leptos::prelude::*;
use okrs_shared::checkin::{CheckInPatch, CheckInStatus, CheckInValue, NewCheckIn};
use okrs_shared::key_result::MetricType;
use okrs_shared::okr_detail::{CheckInEntry, ListedKeyResult};
use okrs_shared::validation::Invalid;
use strum::VariantArray as _;

use crate::api::{self, Problem};
use crate::components::check_in::Slip;
use crate::components::status::Mark;
use crate::components::typed::{filled, number, shown};
use crate::components::ui::choice::{Choice, Options, option, parsed, value};
use crate::components::ui::field::Field;
use crate::components::ui::form::{Form, Typed};
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
    let (entry, of) = (StoredValue::new(entry), StoredValue::new(of));
    let toasts = toasts();
    let saved = Callback::new(move |()| {
        toasts.say(words.check_in_corrected);
        corrected.run(());
    });
    view! {
        <button type="button" class="link" id=id on:click=move |_| is_open.set(true)>
            {words.correct}
        </button>
        <Panel title=words.correct_title is_open>
            {
                let form = form(&entry.read_value(), &of.read_value());
                let slip = of.with_value(Slip::of);
                let save = move |body| async move {
                    let Some(patch) = form.patch(&body, CheckInPatch::between) else {
                        return Ok(());
                    };
                    if let Some(value) = patch.value {
                        let asked = form.draft.measure.with_value(|measure| slip.ask(value.number(), measure));
                        asked.map_err(Problem::from)?;
                    }
                    let id = entry.with_value(|entry| entry.id.clone());
                    api::check_ins::correct(&id, &patch).await
                };
                view! {
                    <PanelForm form label=words::common().save save saved>
                        <Fields draft=form.draft />
                    </PanelForm>
                }
            }
        </Panel>
    }
}

#[component]
fn Fields(draft: CheckInDraft) -> impl IntoView {
    let home = words::home();
    let statuses: Options = CheckInStatus::VARIANTS
        .iter()
        .map(|status| option(status, Mark::from(*status).word()))
        .collect();
    let value = match draft.metric {
        MetricType::Boolean => {
            let options = vec![
                ("1".to_owned(), home.yes.to_owned()),
                ("0".to_owned(), home.no.to_owned()),
            ];
            view! { <Choice name="value" label=home.value value=draft.value options /> }.into_any()
        }
        _ => view! { <Field name="value" label=home.value value=draft.value inputmode="decimal" autofocus=true /> }
            .into_any(),
    };
    view! {
        {value}
        <Choice name="status" label=home.status value=draft.status options=statuses />
        <Show when=move || draft.is_blocked()>
            <TextArea name="blocker_note" label=home.blocker value=draft.blocker_note />
        </Show>
        <TextArea name="comment" label=home.comment value=draft.comment />
    }
}

/// A check-in as it should have been.
#[derive(Clone, Copy)]
struct CheckInDraft {
    value: RwSignal<String>,
    status: RwSignal<String>,
    comment: RwSignal<String>,
    blocker_note: RwSignal<String>,
    metric: MetricType,
    measure: StoredValue<Measure>,
}

/// With what was said filled in.
fn form(entry: &CheckInEntry, of: &ListedKeyResult) -> Form<CheckInDraft> {
    let text = match of.metric_type {
        MetricType::Boolean if entry.value.get() >= 1.0 => "1".to_owned(),
        MetricType::Boolean => "0".to_owned(),
        _ => locale::in_field(entry.value.get()),
    };
    let draft = CheckInDraft {
        value: RwSignal::new(text),
        status: RwSignal::new(value(Some(entry.status.unwrap_or_default()))),
        comment: shown(entry.comment.as_ref()),
        blocker_note: shown(entry.blocker_note.as_ref()),
        metric: of.metric_type,
        measure: StoredValue::new(Measure::from(of)),
    };
    let said = NewCheckIn {
        value: CheckInValue::Number(entry.value),
        comment: entry.comment.clone().map(Into::into),
        status: entry.status.unwrap_or_default(),
        blocker_note: entry.blocker_note.clone().map(Into::into),
    };
    Form::new(draft, Some(said))
}

impl CheckInDraft {
    fn is_blocked(self) -> bool {
        parsed(&self.status.read()) == Some(CheckInStatus::Blocked)
    }
}

impl Typed for CheckInDraft {
    type Body = NewCheckIn;

    fn read(self, saved: Option<&NewCheckIn>) -> Result<NewCheckIn, Invalid> {
        let value = self.measure.with_value(|measure| {
            let before = saved.map(|saved| saved.value.number());
            number("value", &self.value.read(), before, &measure.beside())
        })?;
        let value = CheckInValue::Number(value);
        value.for_metric(self.metric)?;
        // What blocked it stays in the history when it is said that nothing does.
        let blocker_note = match self.is_blocked() {
            true => filled(self.blocker_note),
            false => saved.and_then(|saved| saved.blocker_note.clone()),
        };
        Ok(NewCheckIn {
            value,
            comment: filled(self.comment),
            status: parsed(&self.status.read()).unwrap_or_default(),
            blocker_note,
        })
    }
}
