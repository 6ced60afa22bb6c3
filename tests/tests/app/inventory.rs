//! Lists that must be complete: what is kept, what a deployment can set, what the app asks for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use okrs_tests::{Table, repository, tables};

use crate::operations::operations;

/// Operations of the app's API at whose addresses the app asks for nothing, and who does, or what they wait for.
const NOT_ASKED_FOR: [(&str, &str); 25] = [
    ("about", "`cargo xtask dev` and tests wait for it"),
    ("getHealth", "admins and their monitors look there"),
    ("returnFromProvider", "the provider sends browsers there"),
    ("getPendingWrite", "a program follows Location to it"),
    (
        "handOver",
        "`disableMember` does it in one step; without that it waits for a screen",
    ),
    ("listDeleted", "waits for a screen of what can be restored"),
    (
        "restoreKeyResult",
        "waits for a screen of what can be restored",
    ),
    ("listAuditLog", "waits for its screen"),
    ("exportAuditLog", "waits for its screen"),
    ("listReviewTemplates", REVIEWS),
    ("createReviewTemplate", REVIEWS),
    ("updateReviewTemplate", REVIEWS),
    ("listReviewCycles", REVIEWS),
    ("createReviewCycle", REVIEWS),
    ("getReviewCycle", REVIEWS),
    ("updateReviewCycle", REVIEWS),
    ("deleteReviewCycle", REVIEWS),
    ("listReviews", REVIEWS),
    ("getReview", REVIEWS),
    ("saveReview", REVIEWS),
    ("noteReview", REVIEWS),
    ("submitReview", REVIEWS),
    ("reopenReview", REVIEWS),
    ("shareReview", REVIEWS),
    ("unshareReview", REVIEWS),
];

const REVIEWS: &str = "waits for the screens of reviews";

/// All source files below a directory of the repository, one after the other.
fn source(dir: &str) -> String {
    fn collect(dir: &Path, text: &mut String) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, text);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let file = fs::read_to_string(&path).unwrap();
                // Unit tests make names up.
                *text += file.split("#[cfg(test)]\nmod tests {").next().unwrap();
            }
        }
    }
    let mut text = String::new();
    collect(&repository().join(dir), &mut text);
    text
}

fn document(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

/// What stands between quotes in one line. What is settled when it is compiled can't be set later.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| !line.contains("env!("))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// The cells of each line of `docs/data.md` that is about a table.
fn kept() -> Vec<Vec<String>> {
    let text = document("docs/data.md");
    let lines = text.lines().filter(|line| line.starts_with("| `"));
    let cells = lines.map(|line| {
        let cells = line.trim_matches('|').split('|');
        cells
            .map(|cell| cell.trim().trim_matches('`').to_owned())
            .collect()
    });
    cells.collect()
}

#[test]
fn every_table_says_of_whom_it_is_and_when_it_is_cleaned_up() {
    let worker = source("worker/src");
    let of_objects = worker.split("CREATE TABLE IF NOT EXISTS ").skip(1);
    let of_objects = of_objects.map(|text| text.split(' ').next().unwrap().to_owned());
    let of_objects: BTreeSet<String> = of_objects.collect();
    let ours = tables();
    let there = ours.iter().map(|table| table.name.clone());
    let there: BTreeSet<String> = there.chain(of_objects).collect();
    let kept = kept();
    let listed: BTreeSet<String> = kept.iter().map(|cells| cells[0].clone()).collect();
    assert_eq!(listed, there);
    for cells in &kept {
        assert_eq!(cells.len(), 5, "{cells:?}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{cells:?}");
    }
    let swept = [
        "worker/src/store/broom.rs",
        "worker/migrations/0010_broom.sql",
        "worker/migrations/0015_snapshots.sql",
    ];
    let swept: String = swept.into_iter().map(document).collect();
    for Table { name, names_people } in &ours {
        let cells = kept.iter().find(|cells| cells[0] == *name).unwrap();
        assert!(!(*names_people && cells[1] == "no"), "{name} names people");
        let goes = swept.contains(&format!("DELETE FROM {name} "));
        assert_eq!(goes, !cells[3].starts_with("stays"), "{name}: {}", cells[3]);
    }
}

#[test]
fn every_variable_and_every_prefix_of_a_secret_is_in_the_documents() {
    let documents = ["README.md", "docs/configuration.md", "docs/api.md"];
    let documents: String = documents.iter().map(|path| document(path)).collect();
    let bindings = document("wrangler.toml");
    let source = source("worker/src") + &source("shared/src");
    let is_upper = |text: &&str| {
        let is_upper = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
        text.len() > 5 && text.bytes().all(is_upper)
    };
    let read = source.split("var(\"").skip(1);
    let read = read.filter_map(|text| text.split('"').next());
    // Some are handed on before they are read: those have several words.
    let handed_on = literals(&source).filter(|text| text.contains('_'));
    let variables: BTreeSet<&str> = read.chain(handed_on).filter(is_upper).collect();
    assert!(variables.contains("PASSWORDS") && variables.contains("OIDC_ISSUER"));
    for variable in variables {
        let is_binding = bindings.contains(&format!("= \"{variable}\""));
        assert!(
            is_binding || documents.contains(&format!("`{variable}`")),
            "{variable} is not documented"
        );
    }
    let is_prefix = |text: &str| text.starts_with("okr") && text.ends_with('_') && text.len() < 8;
    let prefixes: BTreeSet<&str> = literals(&source).filter(|text| is_prefix(text)).collect();
    assert!(prefixes.contains("okrt_"));
    for prefix in prefixes {
        assert!(
            documents.contains(&format!("`Authorization: Bearer {prefix}")),
            "{prefix}"
        );
    }
}

/// The addresses that the app has, below `/api/app`, with `{id}` for whatever is named.
fn asked_for() -> BTreeSet<String> {
    let mut source = source("app/src/api");
    let consts: Vec<(String, String)> = source
        .lines()
        .filter_map(|line| {
            let (name, value) = line.split_once(": &str = \"")?;
            let name = name.rsplit(' ').next()?;
            Some((name.to_owned(), value.trim_end_matches("\";").to_owned()))
        })
        .collect();
    for (name, value) in consts {
        source = source.replace(&format!("{{{name}}}"), &value);
    }
    let addresses = literals(&source).filter_map(|text| text.strip_prefix("/api/app"));
    let general = addresses.map(|address| {
        let path = address.split('?').next().unwrap();
        let parts = path.split('/').map(|part| match part {
            named if named.starts_with('{') => "{id}",
            part => part,
        });
        parts.collect::<Vec<_>>().join("/")
    });
    // What is done to a member has one function for all.
    let of_members = source.split("act(id, \"").skip(1);
    let of_members = of_members.map(|rest| rest.split('"').next().unwrap());
    let of_members = of_members.map(|what| format!("/members/{{id}}/{what}"));
    general.chain(of_members).collect()
}

#[test]
fn every_operation_is_asked_for_by_the_app_or_says_by_whom() {
    let asked_for = asked_for();
    let mut not_asked_for = BTreeSet::new();
    for operation in operations() {
        if !asked_for.contains(&operation.path) {
            not_asked_for.insert(operation.id);
        }
    }
    let listed = NOT_ASKED_FOR.iter().map(|(id, _)| (*id).to_owned());
    assert_eq!(not_asked_for, listed.collect());
}
