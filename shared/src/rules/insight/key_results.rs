//! Insights about single key results.

use super::{Insight, KeyResultScene, Rule, SubjectKind, percent};
use crate::key_result::MetricType;
use crate::rules::risk::Severity;

/// A blocker of so many days is worth a word …
const BLOCKED_FROM_DAYS: i64 = 1;
/// … and of so many a loud one.
const BLOCKED_LONG_FROM_DAYS: i64 = 7;

/// Words that begin the name of work instead of what it should change.
#[rustfmt::skip]
const OUTPUT_VERBS: [&str; 16] = [
    "add", "build", "complete", "create", "deliver", "deploy", "design", "develop",
    "finish", "implement", "launch", "migrate", "publish", "release", "ship", "write",
];

/// Adds what there is to say about the key result.
pub fn look_at(own: &KeyResultScene, insights: &mut Vec<Insight>) {
    let mut say = |rule, severity, numbers, sentence, action| {
        insights.push(Insight {
            rule,
            severity,
            subject: (SubjectKind::KeyResult, own.id.to_owned()),
            numbers,
            sentence,
            action,
        });
    };
    let health = &own.health;
    let silent_days = health.silent_days;
    let is_open = !own.window.is_upcoming() && health.progress < 1.0 && !own.window.ended;
    if health.stalled && !own.window.ended {
        say(
            Rule::Stalled,
            Severity::Medium,
            vec![("days_since_check_in", silent_days as f64)],
            format!("There has been no check-in for {silent_days} days."),
            "Ask its owner for a check-in.",
        );
    }
    if own.is_watermelon {
        let (progress, expected) = (percent(health.progress), percent(health.expected));
        say(
            Rule::Watermelon,
            Severity::High,
            vec![
                ("progress_percent", progress),
                ("expected_percent", expected),
            ],
            format!(
                "It is reported on track, but stands at {progress} % where {expected} % is expected by now."
            ),
            "Talk about what on track rests on, and report at risk or off track if it is.",
        );
    }
    let speed = health.speed.filter(|speed| speed.declining);
    if let Some(speed) = speed.filter(|_| is_open) {
        let per_week = percent(speed.per_day * 7.0);
        say(
            Rule::DecliningVelocity,
            Severity::Medium,
            vec![("percent_per_week", per_week)],
            format!(
                "Each of the last three steps was smaller than the one before; it moves {per_week} % a week."
            ),
            "Find out what slows it down while there is time.",
        );
    }
    if own.facts.blocked && silent_days >= BLOCKED_FROM_DAYS && is_open {
        let severity = if silent_days >= BLOCKED_LONG_FROM_DAYS {
            Severity::High
        } else {
            Severity::Medium
        };
        say(
            Rule::OldBlocker,
            severity,
            vec![("blocked_days", silent_days as f64)],
            format!("It has been blocked for at least {silent_days} days."),
            "Clear the blocker, or check in again if it is gone.",
        );
    }
    if own.owner_id.is_none() {
        say(
            Rule::Unowned,
            Severity::Low,
            vec![],
            "Nobody answers for it.".to_owned(),
            "Give it an owner.",
        );
    }
    let (start, target) = (own.facts.start_value, own.facts.target_value);
    #[expect(clippy::float_cmp, reason = "both as they were entered")]
    if start == target {
        say(
            Rule::KpiInDisguise,
            Severity::Low,
            vec![("start_value", start), ("target_value", target)],
            "Start and target are the same: it asks to keep something, not to change it."
                .to_owned(),
            "Make it a KPI, or set a target that differs from the start.",
        );
    } else if is_task(own) {
        say(
            Rule::TaskInDisguise,
            Severity::Low,
            vec![],
            "It is named after work to be done and says yes or no, or counts from nothing to one."
                .to_owned(),
            "Make the work an initiative, and measure here what it should change.",
        );
    }
}

/// Done or not, and called after the doing.
fn is_task(own: &KeyResultScene) -> bool {
    let first = own.title.split_whitespace().next().unwrap_or_default();
    let is_output = OUTPUT_VERBS
        .iter()
        .any(|verb| first.eq_ignore_ascii_case(verb));
    #[expect(clippy::float_cmp, reason = "both as they were entered")]
    let is_one = own.facts.start_value == 0.0 && own.facts.target_value == 1.0;
    is_output && (own.facts.metric_type == MetricType::Boolean || is_one)
}
