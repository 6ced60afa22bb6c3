//! Databases of earlier versions, brought up to date.

use okrs_tests::{Api, Frozen, Server, frozen};
use serde_json::{Value, json};

const V1: [&str; 7] = [
    "/okrs",
    "/cycles",
    "/kpis",
    "/initiatives",
    "/initiatives/00-tour",
    "/review-cycles",
    "/reviews/00-review/summary",
];
const APP: [&str; 5] = [
    "/api/app/okrs/00-okr",
    "/api/app/okrs/00-okr/activity",
    "/api/app/okrs/00-okr/comments",
    "/api/app/kpis/00-kpi",
    "/api/app/directory",
];

/// What one is answered at these addresses, as if all had the same ids.
fn answers(api: &Api, of: &Frozen, paths: &[&str]) -> Vec<Value> {
    let read = |path: &&str| {
        let text = api.read(&path.replace("00-", &of.mark)).to_string();
        serde_json::from_str(&text.replace(&format!("\"{}", of.mark), "\"00-")).unwrap()
    };
    paths.iter().map(read).collect()
}

#[test]
fn a_database_of_any_earlier_version_answers_after_the_migrations_as_the_others_do() {
    let (workspaces, sql) = frozen();
    let server = Server::start(&sql);
    let mut first: Option<Vec<Value>> = None;
    for workspace in &workspaces {
        let (key, page) = (server.api(&workspace.key), server.anonymous());
        let page = page.signed_in(&workspace.session);
        let mut all = answers(&key, workspace, &V1);
        all.extend(answers(&page, workspace, &APP));
        match &first {
            None => {
                let visits = &all[0][0]["key_results"][0];
                assert_eq!(visits["title"], "Visits");
                assert_eq!(visits["current_value"], json!(25));
                assert_eq!(all[2][0]["name"], "Churn");
                assert_eq!(all[6]["answers"][0]["answer"], "The tour", "{}", all[6]);
                let check_ins = all[7]["check_ins"].as_array().unwrap();
                assert_eq!(check_ins.len(), 2);
                assert_eq!(all[9][0]["text"], "Well done");
                first = Some(all);
            }
            Some(first) => {
                for ((answer, expected), path) in all.iter().zip(first).zip(V1.iter().chain(&APP)) {
                    assert_eq!(answer, expected, "{path} of {}", workspace.migration);
                }
            }
        }
        let visits = format!("/key-results/{}visits/checkins", workspace.mark);
        let check_in = json!({ "value": 30, "status": "on_track" });
        key.post(&visits, &check_in).expect(201);
        let okrs = key.read("/okrs");
        assert_eq!(okrs[0]["key_results"][0]["current_value"], json!(30));
    }
}
