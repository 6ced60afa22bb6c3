//! The keys of the hosted service, which only the deployments in front of it know. They are looked for
//! in every answer that a client gets, in everything that a deployment keeps, and in every request that
//! reaches the service: over the whole run, whatever a test is about.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use serde_json::Value;

/// How every key begins.
const BEGINNING: &str = "okrt_";

static KEYS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// From now on these are looked for: one, or several as `by_tag` gives them.
pub(crate) fn guard(keys: &str) {
    let several: Option<Value> = serde_json::from_str(keys).ok();
    let several = several.as_ref().and_then(Value::as_object);
    let mut guarded = KEYS.lock().unwrap();
    match several {
        Some(by_tag) => {
            let keys = by_tag.values().filter_map(Value::as_str);
            guarded.extend(keys.map(str::to_owned));
        }
        None => drop(guarded.insert(keys.to_owned())),
    }
}

/// Whether this is one of them.
pub(crate) fn is_guarded(key: &str) -> bool {
    KEYS.lock().unwrap().contains(key)
}

/// Panics if one of them is in there.
#[track_caller]
pub(crate) fn assert_none_in(bytes: &[u8], what: impl Display) {
    let text = String::from_utf8_lossy(bytes);
    let found = text.match_indices(BEGINNING).any(|(at, _)| {
        let guarded = KEYS.lock().unwrap();
        guarded.iter().any(|key| text[at..].starts_with(key))
    });
    assert!(!found, "a key of the hosted service is in {what}");
}

/// Panics if one of them is in a file below this directory. What is part of a page of a database or of
/// a log is found as well.
#[track_caller]
pub(crate) fn assert_none_below(dir: &Path) {
    let keys: Vec<String> = KEYS.lock().unwrap().iter().cloned().collect();
    if keys.is_empty() {
        return;
    }
    let mut grep = Command::new("grep")
        .args(["--recursive", "--files-with-matches", "--text"])
        .args(["--fixed-strings", "--file", "-"])
        .arg(dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut patterns = grep.stdin.take().unwrap();
    patterns.write_all(keys.join("\n").as_bytes()).unwrap();
    drop(patterns);
    let output = grep.wait_with_output();
    let files = String::from_utf8_lossy(&output.unwrap().stdout).into_owned();
    assert!(
        files.is_empty(),
        "a key of the hosted service is in\n{files}"
    );
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;
    use std::{env, fs, process};

    use super::*;

    #[test]
    fn a_key_is_found_wherever_it_is() {
        guard(r#"{"tag":"okrt_planted_one"}"#);
        guard("okrt_planted_two");
        let finds = |text: &'static str| {
            let dir = env::temp_dir().join(format!("okrs-planted-{}", process::id()));
            fs::create_dir_all(dir.join("deep")).unwrap();
            fs::write(dir.join("deep/page.sqlite"), text).unwrap();
            let in_files = catch_unwind(|| assert_none_below(&dir)).is_err();
            let in_answer = catch_unwind(|| assert_none_in(text.as_bytes(), "it")).is_err();
            fs::remove_dir_all(&dir).unwrap();
            (in_files, in_answer)
        };
        assert_eq!(finds("\0\x01okrt_planted_one\0"), (true, true));
        assert_eq!(finds("okrt_plan okrt_planted_two"), (true, true));
        assert_eq!(finds("okrt_planted_three"), (false, false));
    }
}
