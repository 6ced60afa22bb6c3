//! What all lists have in common: newest first, 500 at most.

use okrs_tests::special;
use serde_json::Value;

#[test]
fn a_list_has_the_newest_500() {
    for (path, field, prefix) in [
        ("/okrs", "title", "OKR"),
        ("/kpis", "name", "KPI"),
        ("/initiatives", "title", "Initiative"),
        ("/initiatives?status=todo", "title", "Initiative"),
        ("/review-cycles", "name", "Review cycle"),
    ] {
        let answer = special().crowded.read(path);
        let list = match &answer {
            Value::Object(envelope) => &envelope["data"],
            list => list,
        };
        let names: Vec<&str> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item[field].as_str().unwrap())
            .collect();
        let expected: Vec<String> = (2..=501)
            .rev()
            .map(|nth| format!("{prefix} {nth}"))
            .collect();
        assert_eq!(names, expected, "{path}");
    }
}

#[test]
fn parameters_that_the_contract_does_not_know_change_nothing() {
    for path in ["/okrs", "/kpis", "/cycles", "/review-cycles"] {
        let plain = special().figures.read(path);
        let odd = special()
            .figures
            .read(&format!("{path}?page=2&limit=1&cycle_id=x&status=nonsense"));
        assert_eq!(plain, odd, "{path}");
    }
}
