//! What of the check is to be run, and why not the rest: a choice by name, or what changed files can affect.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context, Result};

use super::stages::STAGES;
use crate::paths::Paths;
use crate::run;

/// Which stages are run, and which parts of them.
#[derive(Default, Clone)]
pub struct Selection {
    /// Names of stages; none means all.
    pub stages: BTreeSet<String>,
    /// Packages whose unit tests are run; none means all.
    pub packages: BTreeSet<String>,
    /// Files of journeys; none means all.
    pub journeys: BTreeSet<String>,
    /// Whether the app and the Worker are built quickly, and not as they are deployed.
    pub is_quick: bool,
}

impl Selection {
    /// Whether nothing is left out.
    pub fn is_whole(&self) -> bool {
        self.stages.is_empty() && self.packages.is_empty() && self.journeys.is_empty()
    }

    /// Whether a stage of this name was chosen.
    pub fn has(&self, stage: &str) -> bool {
        self.stages.is_empty() || self.stages.contains(stage)
    }

    /// Whether the unit tests of this package were chosen.
    pub fn has_package(&self, package: &str) -> bool {
        self.packages.is_empty() || self.packages.contains(package)
    }

    /// The chosen stages and what they need.
    pub fn with_needs(mut self) -> Self {
        if self.stages.is_empty() {
            return self;
        }
        // What is needed stands before whoever needs it.
        for stage in STAGES.iter().rev() {
            if self.stages.contains(stage.name) {
                self.stages
                    .extend(stage.needs.iter().map(|need| (*need).to_owned()));
            }
        }
        self
    }

    /// What is selected, as arguments of the command line for one stage.
    pub fn arguments(&self) -> Vec<String> {
        let list = |name: &str, values: &BTreeSet<String>| {
            values
                .iter()
                .flat_map(|value| [name.to_owned(), value.clone()])
                .collect::<Vec<_>>()
        };
        let mut arguments = list("--package", &self.packages);
        arguments.extend(list("--journey", &self.journeys));
        arguments.extend(self.is_quick.then(|| "--quick".to_owned()));
        arguments
    }
}

/// What a change to files can affect. The first row whose beginning matches says it; a file that none
/// knows affects everything. Left out is what only looks at the same from farther away.
struct Affected {
    files: &'static str,
    stages: &'static [&'static str],
    /// Packages whose unit tests can tell.
    packages: &'static [&'static str],
    /// Files of journeys that can tell.
    journeys: &'static [&'static str],
}

const WORKER: &[&str] = &["worker"];
const APP: &[&str] = &["app"];
const RUST: [&str; 2] = ["format", "lints"];

/// The most special beginnings stand first.
const TABLE: &[Affected] = &[
    row(
        "worker/src/mcp",
        &["wasm-lints", "units", "mcp"],
        WORKER,
        &[],
    ),
    row("worker/src/hosted", HOSTED, WORKER, &[]),
    row("worker/src/upstream", HOSTED, WORKER, &[]),
    row("worker/src/store/mirror", HOSTED, WORKER, &[]),
    row("worker/src/jwt", SIGN_IN, WORKER, &[]),
    row("worker/src/oidc", SIGN_IN, WORKER, &[]),
    row("worker/src/access", SIGN_IN, WORKER, &[]),
    row("worker/src/external_identity", SIGN_IN, WORKER, &[]),
    row("worker/src/throttle_do", SIGN_IN, WORKER, &[]),
    row("worker/migrations", MIGRATIONS, WORKER, &[]),
    row("worker/src/store/", DATA, WORKER, &[]),
    row("worker/src/ops/", DATA, WORKER, &[]),
    row("worker/src/handlers", DATA, WORKER, &[]),
    row(
        "worker/",
        &[
            "wasm-lints",
            "units",
            "v1",
            "app-api",
            "mcp",
            "sign-in",
            "v1-hosted",
            "upstream",
        ],
        WORKER,
        &[],
    ),
    row("app/src/pages/attention", PAGE, APP, &["attention", "home"]),
    row("app/src/pages/home", PAGE, APP, &["home", "check_in"]),
    row("app/src/pages/kpi", PAGE, APP, &["kpis"]),
    row(
        "app/src/pages/okrs",
        PAGE,
        APP,
        &["getting_around", "planning"],
    ),
    row("app/src/pages/okr", PAGE, APP, &["okr_page"]),
    row(
        "app/src/pages/settings",
        PAGE,
        APP,
        &["settings", "api_keys", "sessions"],
    ),
    row("app/src/pages/set_up", PAGE, APP, &["set_up"]),
    row("app/src/pages/sign_in", PAGE, APP, &["sign_in", "sessions"]),
    row(
        "app/src/components/check_in",
        PAGE,
        APP,
        &["check_in", "offline", "home"],
    ),
    row(
        "app/",
        &[
            "wasm-lints",
            "units",
            "components",
            "journeys",
            "journeys-hosted",
        ],
        APP,
        &[],
    ),
    row(
        "json/",
        &["wasm-lints", "units", "components", "journeys"],
        &["json", "app"],
        &[],
    ),
    row("index.html", &["journeys"], &[], &[]),
    row("tests/tests/v1", &["v1", "v1-hosted"], &[], &[]),
    row("tests/tests/app", &["app-api"], &[], &[]),
    row("tests/tests/mcp", &["mcp"], &[], &[]),
    row("tests/tests/sign_in", &["sign-in"], &[], &[]),
    row("tests/tests/upstream", &["upstream"], &[], &[]),
    row("tests/deployment", &["deployment"], &[], &[]),
    row("scripts/", &["deployment"], &[], &[]),
    row("tests/browser", &["journeys", "journeys-hosted"], &[], &[]),
    row("xtask/src/reference", REFERENCE, &["xtask"], &["reference"]),
    row("docs/reference", REFERENCE, &["xtask"], &["reference"]),
    row("xtask/", &["units"], &["xtask"], &[]),
    row(
        "demo/",
        &["units", "v1", "app-api", "mcp", "journeys"],
        &["demo"],
        &[],
    ),
    row("docs/", &["units"], &[], &[]),
    row("README.md", &["units"], &[], &[]),
    row("CONTRIBUTING.md", &["units"], &[], &[]),
    row("CHANGELOG.md", &["deployment"], &[], &[]),
    row("SECURITY.md", &["deployment"], &[], &[]),
    row("deny.toml", &["units"], &[], &[]),
    row(".github/", &["units"], &[], &[]),
];

const DATA: &[&str] = &["wasm-lints", "units", "v1", "app-api", "mcp"];
const MIGRATIONS: &[&str] = &["v1", "app-api", "mcp", "upstream", "deployment"];
const HOSTED: &[&str] = &["wasm-lints", "units", "v1-hosted", "upstream"];
const SIGN_IN: &[&str] = &["wasm-lints", "units", "sign-in", "app-api"];
const REFERENCE: &[&str] = &["units", "journeys"];
const PAGE: &[&str] = &["wasm-lints", "units", "journeys"];

const fn row(
    files: &'static str,
    stages: &'static [&'static str],
    packages: &'static [&'static str],
    journeys: &'static [&'static str],
) -> Affected {
    Affected {
        files,
        stages,
        packages,
        journeys,
    }
}

/// What these files can affect, built quickly; nothing, if there are none.
pub fn of_changed(files: &[String]) -> Option<Selection> {
    let mut selection = Selection {
        is_quick: true,
        ..Selection::default()
    };
    let (mut all_packages, mut all_journeys) = (false, false);
    for file in files {
        let Some(row) = TABLE.iter().find(|row| file.starts_with(row.files)) else {
            // Without a choice it is everything.
            return Some(Selection {
                is_quick: true,
                ..Selection::default()
            });
        };
        extend(&mut selection.stages, row.stages);
        extend(&mut selection.packages, row.packages);
        extend(&mut selection.journeys, row.journeys);
        if file.ends_with(".rs") {
            extend(&mut selection.stages, &RUST);
        }
        // A journey that changed is the one to make.
        let journey = file
            .strip_prefix("tests/browser/journeys/")
            .and_then(|name| name.strip_suffix(".spec.ts"));
        selection.journeys.extend(journey.map(str::to_owned));
        all_packages |= row.stages.contains(&"units") && row.packages.is_empty();
        all_journeys |=
            row.stages.contains(&"journeys") && row.journeys.is_empty() && journey.is_none();
    }
    if all_packages {
        selection.packages.clear();
    }
    if all_journeys {
        selection.journeys.clear();
    }
    (!selection.stages.is_empty()).then_some(selection)
}

fn extend(names: &mut BTreeSet<String>, more: &[&str]) {
    names.extend(more.iter().map(|name| (*name).to_owned()));
}

/// The files that differ from a commit, those that git does not know yet included.
pub fn changed_files(paths: &Paths, since: &str) -> Result<Vec<String>> {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        run::stdout(git.args(arguments).current_dir(&paths.root))
    };
    let known = git(&["diff", "--name-only", since])
        .with_context(|| format!("git can't compare with `{since}`"))?;
    let unknown = git(&["ls-files", "--others", "--exclude-standard"])?;
    Ok(known
        .lines()
        .chain(unknown.lines())
        .map(str::to_owned)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stages(files: &[&str]) -> Vec<String> {
        let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
        of_changed(&files).map_or_else(Vec::new, |selection| selection.stages.into_iter().collect())
    }

    #[test]
    fn a_file_of_the_store_is_asked_about_by_every_transport() {
        let expected = [
            "app-api",
            "format",
            "lints",
            "mcp",
            "units",
            "v1",
            "wasm-lints",
        ];
        assert_eq!(stages(&["worker/src/store/kpis.rs"]), expected);
    }

    #[test]
    fn a_page_is_looked_at_by_its_journeys() {
        let selection = of_changed(&["app/src/pages/kpis/row.rs".to_owned()]).unwrap_or_default();
        assert!(selection.stages.contains("journeys") && !selection.stages.contains("v1"));
        assert_eq!(selection.journeys.into_iter().collect::<Vec<_>>(), ["kpis"]);
    }

    #[test]
    fn what_the_table_does_not_know_affects_everything() {
        let selection = of_changed(&["shared/src/okr.rs".to_owned()]).unwrap_or_default();
        assert!(selection.is_whole() && selection.is_quick);
        assert!(of_changed(&[]).is_none());
    }

    #[test]
    fn what_the_table_names_is_there() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for row in TABLE {
            let (dir, beginning) = row.files.rsplit_once('/').unwrap_or(("", row.files));
            let mut names = std::fs::read_dir(root.join(dir)).unwrap();
            let is_there = names.any(|name| {
                name.unwrap()
                    .file_name()
                    .to_string_lossy()
                    .starts_with(beginning)
            });
            assert!(is_there, "{}", row.files);
            for stage in row.stages {
                assert!(STAGES.iter().any(|known| known.name == *stage), "{stage}");
            }
            for journey in row.journeys {
                let file = root.join(format!("tests/browser/journeys/{journey}.spec.ts"));
                assert!(file.is_file(), "{journey}");
            }
        }
    }

    #[test]
    fn what_is_needed_comes_along() {
        let selection = Selection {
            stages: ["mcp".to_owned()].into(),
            ..Selection::default()
        };
        let stages: Vec<String> = selection.with_needs().stages.into_iter().collect();
        assert_eq!(stages, ["mcp", "native", "tools", "worker"]);
    }
}
