//! The version of what the Worker and its Durable Objects say to each other.
//!
//! For some minutes of a deployment the code before asks new objects, and new code asks objects of the code before.
//! A message that the other side would take for something else is worse than none: the host of every call's address
//! names the version, an object of another version refuses, and whoever asked is told to come back in a moment.

use worker::{Headers, Response};

use crate::error::{Error, Result};

/// To be raised with each change after which the code before can't read a message, or its answer, or reads it
/// wrongly. A field that may be left out is no such change.
const VERSION: u32 = 1;
/// The answer's header, by which a refusal is told from what an object has to say.
const REFUSED: &str = "x-other-version";
/// How long somebody waits for the rest of a deployment, in seconds.
const SOON: u32 = 5;

/// The address of a call that an object understands.
pub fn address(call: &str) -> String {
    format!("https://v{VERSION}.object/{call}")
}

/// What an object answers to a call of another version than its own.
pub fn refusal(url: &str) -> Option<worker::Result<Response>> {
    let refused = || {
        let headers = Headers::new();
        headers.set(REFUSED, &VERSION.to_string())?;
        Ok(Response::empty()?.with_status(409).with_headers(headers))
    };
    (version(url) != Some(VERSION)).then(refused)
}

/// The answer, unless the object is of another version.
pub fn understood(answer: Response) -> Result<Response> {
    if answer.headers().has(REFUSED)? {
        return Err(Error::BeingDeployed(SOON));
    }
    Ok(answer)
}

/// That of a call. Before there were versions the host was the object's kind, and the messages were those of the
/// first.
fn version(url: &str) -> Option<u32> {
    let host = url.split('/').nth(2)?;
    match host.strip_suffix(".object") {
        Some(version) => version.strip_prefix('v')?.parse().ok(),
        None => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::Value;

    use super::*;
    use crate::hosted::{Fate, Outgoing, Question};
    use crate::throttle_do::{Renewal, Renewed, Try, Verdict};
    use crate::workspace_do::Admission;

    /// What was said in this version when it was new.
    fn said(what: &str) -> Value {
        let all: Value = serde_json::from_str(include_str!("messages/version_1.json")).unwrap();
        all[what].clone()
    }

    /// Whether all of `old` is in `new`, where it was.
    fn has_all(new: &Value, old: &Value) -> bool {
        match (new, old) {
            (Value::Object(new), Value::Object(old)) => old
                .iter()
                .all(|(name, old)| new.get(name).is_some_and(|new| has_all(new, old))),
            (Value::Array(new), Value::Array(old)) => {
                new.len() == old.len() && new.iter().zip(old).all(|(new, old)| has_all(new, old))
            }
            _ => new == old,
        }
    }

    /// Reads what was said, and says it as it is said now.
    #[track_caller]
    fn is_understood_both_ways<T: Serialize + DeserializeOwned>(what: &str) {
        let messages = said(what);
        let messages = messages.as_array().unwrap();
        assert!(!messages.is_empty());
        for old in messages {
            let read: T = serde_json::from_value(old.clone())
                .unwrap_or_else(|error| panic!("{what} is not understood: {error}: {old}"));
            let new = serde_json::to_value(read).unwrap();
            assert!(has_all(&new, old), "{what}: {old} became {new}");
        }
    }

    #[test]
    fn an_object_and_the_worker_of_the_first_build_of_this_version_understand_each_other() {
        is_understood_both_ways::<Admission>("admission");
        is_understood_both_ways::<Try>("try");
        is_understood_both_ways::<Verdict>("verdict");
        is_understood_both_ways::<Renewal>("renewal");
        is_understood_both_ways::<Renewed>("renewed");
        is_understood_both_ways::<Question>("question");
        is_understood_both_ways::<Outgoing>("outgoing");
        is_understood_both_ways::<Fate>("fate");
    }

    #[test]
    fn an_object_knows_which_version_it_is_asked_in() {
        assert_eq!(version(&address("announce/acme")), Some(VERSION));
        assert_eq!(version("https://v7.object/announce/acme"), Some(7));
        assert_eq!(version("https://vx.object/announce/acme"), None);
        // As it was before there were versions.
        assert_eq!(version("https://workspace/announce/acme"), Some(1));
        assert_eq!(version("https://throttle/take"), Some(1));
    }
}
