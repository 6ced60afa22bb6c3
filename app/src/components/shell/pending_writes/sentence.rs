//! What a write does, in people's words.

use okrs_json as json;
use okrs_shared::number::Number;
use okrs_shared::upstream::PendingWrite;
use serde_json::Value;

use crate::words;

/// "Check-in on “Signups”: £42". `shown` writes a value with its unit.
pub fn of(write: &PendingWrite, shown: impl Fn(Number) -> String) -> String {
    let hosted = words::hosted();
    let title = write.title.as_deref().unwrap_or(hosted.untitled);
    let path: Vec<&str> = write.path.split('/').skip(1).collect();
    match (&*write.method, &path[..]) {
        ("POST", [_, _, "checkins"]) => (hosted.check_in_on)(title, &value(write, shown)),
        ("POST", [_, _, "updates"]) => (hosted.value_for)(title, &value(write, shown)),
        ("POST", [_, _, "key-results"]) => (hosted.new_key_result)(title),
        ("POST", ["kpis"]) => (hosted.new_kpi)(title),
        ("POST", ["initiatives"]) => (hosted.new_initiative)(title),
        ("POST", _) => (hosted.new_okr)(title),
        ("DELETE", _) => (hosted.deletion_of)(title),
        _ => (hosted.change_of)(title),
    }
}

/// Whether it reports a value, rather than making something.
pub fn is_value(write: &PendingWrite) -> bool {
    write.path.ends_with("/checkins") || write.path.ends_with("/updates")
}

/// What somebody wrote with it.
pub fn comment(write: &PendingWrite) -> Option<String> {
    let body = parsed(&write.body);
    let said = [&body["comment"], &body["blocker_note"]];
    let said: Vec<&str> = said.iter().filter_map(|text| text.as_str()).collect();
    let said = said.join(" · ");
    let said = said.trim_matches([' ', '·']);
    (!said.is_empty()).then(|| said.to_owned())
}

/// Why the service did not take it.
pub fn refusal(write: &PendingWrite) -> Option<String> {
    let answer = parsed(write.answer.as_deref().unwrap_or_default());
    answer["message"].as_str().map(str::to_owned)
}

fn value(write: &PendingWrite, shown: impl Fn(Number) -> String) -> String {
    let home = words::home();
    match &parsed(&write.body)["value"] {
        Value::Number(value) => {
            let value = value.as_f64().and_then(Number::new);
            value.map(shown).unwrap_or_default()
        }
        Value::Bool(true) => home.yes.to_owned(),
        Value::Bool(false) => home.no.to_owned(),
        other => other.to_string(),
    }
}

fn parsed(text: &str) -> Value {
    json::read(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use okrs_shared::id::PendingWriteId;
    use okrs_shared::upstream::WriteState;

    use super::*;

    fn write(method: &str, path: &str, body: &str) -> PendingWrite {
        PendingWrite {
            id: PendingWriteId("1".to_owned()),
            state: WriteState::Waiting,
            method: method.to_owned(),
            path: path.to_owned(),
            body: body.to_owned(),
            title: Some("Signups".to_owned()),
            metric_type: None,
            unit: None,
            member_id: None,
            member: None,
            created_at: serde_json::from_str("\"2026-11-28T12:04:00Z\"").unwrap(),
            status: Some(400),
            answer: Some(r#"{"message":"too late"}"#.to_owned()),
        }
    }

    #[test]
    fn writes_are_said_in_peoples_words() {
        let number = |value: Number| format!("{:.1}", value.get());
        for (method, path, body, said) in [
            (
                "POST",
                "/key-results/x/checkins",
                r#"{"value":42}"#,
                "Check-in on “Signups”: 42.0",
            ),
            (
                "POST",
                "/okrs/x/checkins",
                r#"{"value":true}"#,
                "Check-in on “Signups”: Yes",
            ),
            (
                "POST",
                "/kpis/x/updates",
                r#"{"value":7}"#,
                "Value of “Signups”: 7.0",
            ),
            ("POST", "/okrs", "{}", "New OKR “Signups”"),
            (
                "POST",
                "/okrs/x/key-results",
                "{}",
                "New key result “Signups”",
            ),
            ("POST", "/kpis", "{}", "New KPI “Signups”"),
            ("POST", "/initiatives", "{}", "New initiative “Signups”"),
            ("PUT", "/okrs/x", "{}", "Change of “Signups”"),
            ("DELETE", "/key-results/x", "", "Deletion of “Signups”"),
        ] {
            assert_eq!(of(&write(method, path, body), number), said);
        }
    }

    #[test]
    fn what_was_written_and_what_the_service_said_is_told() {
        let body = r#"{"value":1,"comment":"Went well","blocker_note":""}"#;
        let write = write("POST", "/key-results/x/checkins", body);
        assert_eq!(comment(&write).as_deref(), Some("Went well"));
        assert_eq!(refusal(&write).as_deref(), Some("too late"));
        assert!(is_value(&write));
    }
}
