//! Whether a write whose answer was lost took effect: what the list shows of it is compared with what
//! the list showed before.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::hosted::public_write::{Kind, PublicWrite};
use crate::upstream::items;

/// What a list shows of what a write is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trace {
    /// It is not in the list.
    Absent,
    /// The value reported last, with the status or the time of the report.
    Value(f64, Option<String>),
    /// The ids of all that have the name of what is to be made.
    Ids(Vec<String>),
}

impl Trace {
    /// Whether both show the same, as far as both say something.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(a, mark_a), Self::Value(b, mark_b)) => {
                a == b && (mark_a.is_none() || mark_b.is_none() || mark_a == mark_b)
            }
            _ => self == other,
        }
    }
}

/// What is known about the write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It took effect, and made the thing with this id, if it is known.
    TookEffect(Option<String>),
    /// It did not, and may be sent again.
    DidNot,
    /// Nobody can tell from here.
    Unknown,
}

/// What the list shows of what the write is about; `None` if the list can't be read.
pub fn trace(public_write: &PublicWrite<'_>, body: &str, list: &str) -> Option<Trace> {
    let list = items::of(list)?;
    let values = || list.iter().filter_map(|item| parsed(item.json));
    Some(match public_write.kind {
        Kind::CheckIn => values()
            .flat_map(|okr| members(&okr, "key_results"))
            .find(|key_result| key_result["id"] == public_write.subject)
            .map_or(Trace::Absent, |found| {
                reported(&found, "current_value", "status")
            }),
        Kind::Measure => values()
            .find(|kpi| kpi["id"] == public_write.subject)
            .map_or(Trace::Absent, |found| {
                reported(&found, "current", "last_updated")
            }),
        Kind::Create => {
            let body = parsed(body)?;
            let name = |of: &Value| {
                let name = of.get("title").or_else(|| of.get("name"));
                name.and_then(Value::as_str)
                    .map(|name| name.trim().to_owned())
            };
            let wanted = name(&body)?;
            let candidates: Vec<Value> = if public_write.subject.is_empty() {
                values().collect()
            } else {
                values()
                    .filter(|okr| okr["id"] == public_write.subject)
                    .flat_map(|okr| members(&okr, "key_results"))
                    .collect()
            };
            let ids = candidates
                .iter()
                .filter(|thing| name(thing).as_ref() == Some(&wanted))
                .filter_map(|thing| thing["id"].as_str().map(str::to_owned));
            Trace::Ids(ids.collect())
        }
        Kind::Repeatable => Trace::Absent,
    })
}

/// What must have happened if the list went from `before` to `after`.
pub fn judge(
    public_write: &PublicWrite<'_>,
    body: &str,
    before: Option<&Trace>,
    after: &Trace,
) -> Verdict {
    if public_write.kind == Kind::Repeatable {
        return Verdict::DidNot;
    }
    match (before, after) {
        (Some(Trace::Ids(before)), Trace::Ids(after)) => {
            let new: Vec<&String> = after.iter().filter(|id| !before.contains(id)).collect();
            match new[..] {
                [] => Verdict::DidNot,
                [id] => Verdict::TookEffect(Some(id.clone())),
                _ => Verdict::Unknown,
            }
        }
        (_, Trace::Absent) => Verdict::DidNot,
        (Some(before @ Trace::Value(..)), Trace::Value(value, mark)) => {
            let (wanted, status) = wanted(body);
            let is_wanted = wanted == Some(*value)
                && (public_write.kind == Kind::Measure || status.is_none() || status == *mark);
            match (is_wanted, before.is_like(after)) {
                (true, false) => Verdict::TookEffect(None),
                (false, true) => Verdict::DidNot,
                // It asked for what was there already, or somebody else reported meanwhile.
                _ => Verdict::Unknown,
            }
        }
        _ => Verdict::Unknown,
    }
}

/// What the list will show of what this write reports, once it has taken effect.
pub fn expected(public_write: &PublicWrite<'_>, body: &str) -> Option<Trace> {
    let (value, status) = wanted(body);
    // When a measurement was taken is up to the service.
    let mark = status.filter(|_| public_write.kind == Kind::CheckIn);
    Some(Trace::Value(value?, mark))
}

/// The value that is reported, and the status that the list will show; `None` where that depends on
/// the pace.
fn wanted(body: &str) -> (Option<f64>, Option<String>) {
    let body = parsed(body).unwrap_or_default();
    let value = match &body["value"] {
        Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
        Value::String(word) => Some(f64::from(u8::from(word.eq_ignore_ascii_case("yes")))),
        value => value.as_f64(),
    };
    let status = match body["status"].as_str() {
        Some("blocked") => None,
        Some(status) => Some(status.to_owned()),
        None => Some("on_track".to_owned()),
    };
    (value, status)
}

fn reported(thing: &Value, value: &str, mark: &str) -> Trace {
    thing[value].as_f64().map_or(Trace::Absent, |value| {
        Trace::Value(value, thing[mark].as_str().map(str::to_owned))
    })
}

fn members(thing: &Value, field: &str) -> Vec<Value> {
    thing[field].as_array().cloned().unwrap_or_default()
}

fn parsed(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;

    fn check_in(before: (f64, &str), body: &str, after: (f64, &str)) -> Verdict {
        let public_write = PublicWrite::of(&Method::POST, "/key-results/k/checkins").unwrap();
        let list = |(value, status): (f64, &str)| {
            format!(
                r#"[{{"id":"o","key_results":[{{"id":"k","current_value":{value},"status":"{status}"}}]}}]"#
            )
        };
        let before = trace(&public_write, body, &list(before));
        let after = trace(&public_write, body, &list(after)).unwrap();
        judge(&public_write, body, before.as_ref(), &after)
    }

    #[test]
    fn a_changed_value_that_is_the_reported_one_took_effect() {
        let body = r#"{"value":50}"#;
        let verdict = check_in((40.0, "on_track"), body, (50.0, "on_track"));
        assert_eq!(verdict, Verdict::TookEffect(None));
    }

    #[test]
    fn an_unchanged_value_that_is_not_the_reported_one_did_not() {
        let body = r#"{"value":50,"status":"at_risk"}"#;
        let verdict = check_in((40.0, "on_track"), body, (40.0, "on_track"));
        assert_eq!(verdict, Verdict::DidNot);
    }

    #[test]
    fn the_same_value_with_another_status_can_be_told() {
        let body = r#"{"value":40,"status":"at_risk"}"#;
        assert_eq!(
            check_in((40.0, "on_track"), body, (40.0, "at_risk")),
            Verdict::TookEffect(None)
        );
        assert_eq!(
            check_in((40.0, "on_track"), body, (40.0, "on_track")),
            Verdict::DidNot
        );
    }

    #[test]
    fn a_report_of_what_was_there_already_can_not_be_told() {
        let body = r#"{"value":40,"status":"on_track"}"#;
        let verdict = check_in((40.0, "on_track"), body, (40.0, "on_track"));
        assert_eq!(verdict, Verdict::Unknown);
    }

    #[test]
    fn somebody_elses_report_in_between_leaves_it_open() {
        let verdict = check_in((40.0, "on_track"), r#"{"value":50}"#, (60.0, "on_track"));
        assert_eq!(verdict, Verdict::Unknown);
    }

    #[test]
    fn after_an_earlier_report_of_the_same_value_it_can_not_be_told() {
        let public_write = PublicWrite::of(&Method::POST, "/kpis/k/updates").unwrap();
        let body = r#"{"value":50}"#;
        let after = Trace::Value(50.0, Some("2026-04-19T12:00:00Z".to_owned()));
        let verdict = judge(
            &public_write,
            body,
            expected(&public_write, body).as_ref(),
            &after,
        );
        assert_eq!(verdict, Verdict::Unknown);
    }

    #[test]
    fn what_was_made_is_found_by_its_name() {
        let public_write = PublicWrite::of(&Method::POST, "/kpis").unwrap();
        let body = r#"{"name":" Sign-ups "}"#;
        let verdict = |before: &str, after: &str| {
            let before = trace(&public_write, body, before);
            let after = trace(&public_write, body, after).unwrap();
            judge(&public_write, body, before.as_ref(), &after)
        };
        let one = r#"[{"id":"a","name":"Sign-ups"}]"#;
        let two = r#"[{"id":"b","name":"Sign-ups"},{"id":"a","name":"Sign-ups"}]"#;
        assert_eq!(verdict("[]", one), Verdict::TookEffect(Some("a".into())));
        assert_eq!(verdict(one, two), Verdict::TookEffect(Some("b".into())));
        assert_eq!(verdict(one, one), Verdict::DidNot);
        assert_eq!(verdict("[]", two), Verdict::Unknown);
        assert_eq!(verdict("?", one), Verdict::Unknown);
    }

    #[test]
    fn changes_and_deletes_may_be_repeated() {
        let public_write = PublicWrite::of(&Method::DELETE, "/okrs/o").unwrap();
        assert_eq!(
            judge(&public_write, "", None, &Trace::Absent),
            Verdict::DidNot
        );
    }
}
