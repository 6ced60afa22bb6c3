//! The constants of the rules that people ask about. The others are the API's.

use leptos::prelude::*;
use okrs_shared::rules::Params;
use okrs_shared::validation::Invalid;
use okrs_shared::workspace::WorkspacePatch;
use serde_json::{Map, Value};

use crate::api;
use crate::components::typed;
use crate::components::ui::field::Field;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::components::ui::toast::toasts;
use crate::locale;
use crate::session::session;
use crate::words;

/// What a constant is, and how it is typed.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    /// From 0 to 1, typed in percent.
    Share,
    /// From 1 to 366.
    Days,
    /// From 0 to 100.
    Score,
}

/// One constant.
#[derive(Clone, Copy)]
struct Rule {
    /// As the API calls it.
    name: &'static str,
    label: &'static str,
    unit: Unit,
    of: fn(&Params) -> f64,
}

/// Constants of one kind, or their fields, and what the kind is called.
type Group<T> = (&'static str, Vec<T>);

/// A constant and what is typed for it.
type Entry = (Rule, RwSignal<String>);

fn groups() -> [Group<Rule>; 3] {
    let words = words::workspace();
    use Unit::{Days, Score, Share};
    let rule = |name, label, unit, of: fn(&Params) -> f64| Rule {
        name,
        label,
        unit,
        of,
    };
    [
        (
            words.pace,
            vec![
                rule("on_track_gap", words.on_track_gap, Share, |p| {
                    p.on_track_gap
                }),
                rule("at_risk_gap", words.at_risk_gap, Share, |p| p.at_risk_gap),
                rule("not_started_below", words.not_started_below, Share, |p| {
                    p.not_started_below
                }),
                rule("stalled_after_days", words.stalled_after_days, Days, |p| {
                    p.stalled_after_days
                }),
            ],
        ),
        (
            words.health,
            vec![
                rule("on_track_health", words.on_track_health, Score, |p| {
                    p.on_track_health.into()
                }),
                rule("at_risk_health", words.at_risk_health, Score, |p| {
                    p.at_risk_health.into()
                }),
                rule("off_track_share", words.off_track_share, Share, |p| {
                    p.off_track_share
                }),
            ],
        ),
        (
            words.kpis,
            vec![
                rule("kpi_on_track", words.kpi_on_track, Share, |p| {
                    p.kpi_on_track
                }),
                rule("kpi_at_risk", words.kpi_at_risk, Share, |p| p.kpi_at_risk),
                rule("kpi_weekly_days", words.kpi_weekly_days, Days, |p| {
                    p.kpi_weekly_days as f64
                }),
                rule("kpi_monthly_days", words.kpi_monthly_days, Days, |p| {
                    p.kpi_monthly_days as f64
                }),
                rule("kpi_quarterly_days", words.kpi_quarterly_days, Days, |p| {
                    p.kpi_quarterly_days as f64
                }),
            ],
        ),
    ]
}

impl Rule {
    /// As its field shows it.
    fn typed(self, params: &Params) -> String {
        let value = (self.of)(params);
        locale::in_field(match self.unit {
            // Without what binary fractions add to decimal ones.
            Unit::Share => (value * 1e8).round() / 1e6,
            Unit::Days | Unit::Score => value,
        })
    }

    /// With its unit.
    fn by_default(self) -> String {
        let words = words::workspace();
        let typed = self.typed(&Params::default());
        match self.unit {
            Unit::Share => format!("{typed} {}", words.percent),
            Unit::Days => format!("{typed} {}", words.days),
            Unit::Score => typed,
        }
    }

    /// What is typed, as the API takes it.
    fn read(self, text: &str) -> Result<f64, Invalid> {
        let words = words::workspace();
        let beside = match self.unit {
            Unit::Share => &[words.percent][..],
            Unit::Days => &[words.days],
            Unit::Score => &[],
        };
        let value = typed::number(self.name, text, None, beside)?.get();
        let (least, most) = match self.unit {
            Unit::Share | Unit::Score => (0.0, 100.0),
            Unit::Days => (1.0, 366.0),
        };
        if !(least..=most).contains(&value) {
            let range = (words.out_of_range)(&locale::in_field(least), &locale::in_field(most));
            return Err(Invalid::field(self.name, range));
        }
        Ok(match self.unit {
            Unit::Share => value / 100.0,
            Unit::Days | Unit::Score => value,
        })
    }
}

/// Sends the constants that differ from what was there.
#[component]
pub fn Rules() -> impl IntoView {
    let words = words::workspace();
    let (session, toasts) = (session(), toasts());
    let params = untrack(|| session.me().workspace.rule_params);
    let groups = groups();
    let groups = groups.map(|(title, rules)| {
        let fields = rules.into_iter();
        let fields = fields.map(|rule| (rule, RwSignal::new(rule.typed(&params))));
        (title, fields.collect::<Vec<_>>())
    });
    let all: Vec<Entry> = groups
        .iter()
        .flat_map(|(_, fields)| fields.clone())
        .collect();
    let all = StoredValue::new(all);
    let wrong = move || {
        all.with_value(|all| {
            all.iter()
                .find_map(|(rule, text)| rule.read(&text.read()).err())
        })
    };
    let submission = Submission::of(wrong);
    let submit = move || {
        submission.leave_all();
        let before = untrack(|| session.me().workspace.rule_params);
        let changes = all.with_value(|all| changes(all, &before));
        let Ok(changes) = changes else { return };
        if changes.is_empty() {
            return toasts.say(words.rules_saved);
        }
        let patch = WorkspacePatch {
            rule_params: Some(changes),
            ..WorkspacePatch::default()
        };
        let request = async move |body| api::workspace::update(&body).await;
        submission.submit(patch, request, move |workspace| {
            session.set_workspace(workspace);
            toasts.say(words.rules_saved);
        });
    };
    let reset = move |_| {
        let defaults = Params::default();
        all.with_value(|all| {
            for (rule, text) in all {
                text.set(rule.typed(&defaults));
            }
        });
    };
    let are_default = move || {
        let defaults = Params::default();
        all.with_value(|all| {
            all.iter()
                .all(|(rule, text)| *text.read() == rule.typed(&defaults))
        })
    };
    view! {
        <SubmitForm submission submit>
            <RuleFields groups />
            <div class="form-foot">
                <Submit submission label=words.save_rules />
                <Show when=move || !are_default()>
                    <button type="button" class="button plain" on:click=reset>
                        {words.reset}
                    </button>
                </Show>
            </div>
        </SubmitForm>
    }
}

/// In the form, which says what is wrong with each.
#[component]
fn RuleFields(groups: [Group<Entry>; 3]) -> impl IntoView {
    let words = words::workspace();
    let groups = groups.map(|(title, fields)| {
        let fields = fields.into_iter();
        let fields = fields.map(|(rule, text)| {
            let hint = (words.by_default)(&rule.by_default());
            view! { <RuleField rule text hint /> }
        });
        view! {
            <fieldset class="rules">
                <legend>{title}</legend>
                {fields.collect_view()}
            </fieldset>
        }
    });
    groups.collect_view()
}

#[component]
fn RuleField(rule: Rule, text: RwSignal<String>, hint: String) -> impl IntoView {
    let unit = match rule.unit {
        Unit::Share => words::workspace().percent,
        Unit::Days => words::workspace().days,
        Unit::Score => "",
    };
    view! {
        <div class="rule">
            <Field name=rule.name label=rule.label inputmode="decimal" value=text />
            <span class="unit" aria-hidden="true">{unit}</span>
            <p class="field-hint">{hint}</p>
        </div>
    }
}

/// By their names, as far as they differ from what the server has.
fn changes(all: &[Entry], before: &Params) -> Result<Map<String, Value>, Invalid> {
    let changed = all
        .iter()
        .map(|(rule, text)| (rule, text.get_untracked()))
        .filter(|(rule, text)| *text != rule.typed(before));
    let changed = changed.map(|(rule, text)| {
        let value = rule.read(&text)?;
        // Some constants are whole numbers only, which `75.0` is not in JSON.
        let value = match value.fract() == 0.0 {
            true => Value::from(value as i64),
            false => Value::from(value),
        };
        Ok((rule.name.to_owned(), value))
    });
    changed.collect()
}
