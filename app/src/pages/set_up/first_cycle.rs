//! The first cycle of a workspace that was just set up. It can be skipped: whoever does finds the same in
//! the settings.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_navigate;
use okrs_shared::cycle::{CycleOverview, NewCycle};
use okrs_shared::cycle_period::Period;
use okrs_shared::permission::Action;
use okrs_shared::sign_in::Me;

use crate::api::{self, Answer, Problem};
use crate::components::cycle_fields::{CycleDraft, CycleFields, PeriodChoice};
use crate::components::gate::Gate;
use crate::components::loaded::Failure;
use crate::components::ui::form::Form;
use crate::components::ui::submit::{Submit, SubmitForm};
use crate::fetched::Fetched;
use crate::locale;
use crate::pages::sign_in::FormSkeleton;
use crate::paths;
use crate::tried::Tried;
use crate::words;

/// With fewer days left than this, a workspace begins with the period after the one that runs.
const TOO_LATE: i64 = 28;

/// For the admin of a workspace that has no cycle yet.
#[component]
pub fn FirstCyclePage() -> impl IntoView {
    let who = Fetched::new(who);
    let workspace = Signal::derive(move || match &*who.read() {
        Some(Ok(Some(me))) => Some(me.workspace.name.clone()),
        _ => None,
    });
    let content = move || match who.get() {
        None => view! { <FormSkeleton /> }.into_any(),
        Some(Ok(Some(me))) => view! { <FirstCycle me /> }.into_any(),
        Some(Ok(None)) => {
            view! { <Redirect path=paths::HOME options=paths::instead() /> }.into_any()
        }
        Some(Err(Problem::SignedOut)) => {
            view! { <Redirect path=paths::SIGN_IN options=paths::instead() /> }.into_any()
        }
        Some(Err(problem)) => view! { <Failure problem retry=move || who.refetch() /> }.into_any(),
    };
    view! {
        <Title text=words::cycles().first_title />
        <Gate workspace>{content}</Gate>
    }
}

/// Who is signed in, if there is a first cycle that they can make.
async fn who() -> Answer<Option<Me>> {
    let me = api::sign_in::me().await?;
    if !Action::ManageCycles.is_open_to(me.role) {
        return Ok(None);
    }
    let can_make = api::hosted::capabilities().await?.change_cycles;
    let is_first = api::okrs::cycles().await?.is_empty();
    Ok(Some(me).filter(|_| can_make && is_first))
}

#[component]
fn FirstCycle(me: Me) -> impl IntoView {
    let cycles = words::cycles();
    let today = me.workspace.today;
    let form = Form::new(CycleDraft::default(), None);
    let (draft, submission) = (form.draft, form.submission);
    let period = RwSignal::new(Period::Quarter);
    let choices = Memo::new(move |_| period.get().several(&[], today, 2));
    let chosen = RwSignal::new(0);
    Effect::new(move || {
        let left = choices.with(|choices| (choices[0].end_date - today).num_days());
        chosen.set(usize::from(left < TOO_LATE));
    });
    Effect::new(move || choices.with(|choices| draft.set(&choices[chosen.get()])));
    let (tried, navigate) = (Tried::default(), use_navigate());
    let submit = move || {
        if !submission.has_all(&draft.required()) {
            return;
        }
        let Some(body) = form.check() else {
            return;
        };
        let navigate = navigate.clone();
        let request = async move |body: NewCycle| {
            let key = tried.key(&body);
            api::cycles::create(&body, &key).await
        };
        submission.submit(body, request, move |_: CycleOverview| {
            navigate(paths::HOME, paths::instead());
        });
    };
    let which = move |nth: usize| {
        choices.with(|choices| {
            let cycle = &choices[nth];
            let left = (cycle.end_date - today).num_days();
            match nth {
                0 => (cycles.runs_now)(&cycle.name, left),
                _ => (cycles.begins)(&cycle.name, &locale::date(cycle.start_date, today)),
            }
        })
    };
    view! {
        <h1>{cycles.first_title}</h1>
        <p class="quiet">{cycles.first_more}</p>
        <SubmitForm submission submit>
            <PeriodChoice value=period />
            <fieldset class="segmented">
                <legend>{cycles.which}</legend>
                {[0, 1]
                    .map(|nth| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name="which"
                                    prop:checked=move || chosen.get() == nth
                                    on:change=move |_| chosen.set(nth)
                                />
                                <span>{move || which(nth)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <CycleFields draft />
            <Submit submission label=cycles.first_submit />
        </SubmitForm>
        <p class="gate-skip">
            <a href=paths::HOME>{cycles.skip}</a>
        </p>
    }
}
