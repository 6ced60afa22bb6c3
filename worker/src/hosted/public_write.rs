//! The writes of version 1 of the public API, as far as standing in front of the service needs to
//! tell them apart.

use std::iter;

use http::Method;
use serde_json::Value;

/// What a write does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It makes an OKR, a key result, a KPI or an initiative.
    Create,
    /// It reports a value of a key result.
    CheckIn,
    /// It reports a value of a KPI.
    Measure,
    /// It changes or deletes something: done twice, it is as if done once.
    Repeatable,
}

/// One write of the public API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicWrite<'a> {
    /// What it does.
    pub kind: Kind,
    /// What its address names; empty if that is only a list.
    pub subject: &'a str,
    /// The list that shows whether it took effect.
    pub list: &'static str,
}

impl<'a> PublicWrite<'a> {
    /// The write that this method does at this address, which is without the API's own.
    pub fn of(method: &Method, address: &'a str) -> Option<Self> {
        let parts: Vec<&str> = address.split('/').skip(1).collect();
        let (kind, subject, list) = match (method, &parts[..]) {
            (&Method::POST, ["okrs"]) => (Kind::Create, "", "/okrs"),
            (&Method::POST, ["kpis"]) => (Kind::Create, "", "/kpis"),
            (&Method::POST, ["initiatives"]) => (Kind::Create, "", "/initiatives"),
            (&Method::POST, ["okrs", id, "key-results"]) => (Kind::Create, *id, "/okrs"),
            // The older address names a key result as well.
            (&Method::POST, ["okrs" | "key-results", id, "checkins"]) => {
                (Kind::CheckIn, *id, "/okrs")
            }
            (&Method::POST, ["kpis", id, "updates"]) => (Kind::Measure, *id, "/kpis"),
            (&Method::PUT | &Method::DELETE, ["okrs" | "key-results", id]) => {
                (Kind::Repeatable, *id, "/okrs")
            }
            (&Method::PUT | &Method::DELETE, ["initiatives", id]) => {
                (Kind::Repeatable, *id, "/initiatives")
            }
            _ => return None,
        };
        Some(Self {
            kind,
            subject,
            list,
        })
    }

    /// Whether it may be sent again without harm.
    pub fn is_repeatable(&self) -> bool {
        self.kind == Kind::Repeatable
    }

    /// Whether it makes something new.
    pub fn makes_something(&self) -> bool {
        self.kind == Kind::Create
    }

    /// The lists that may show something of it: what is deleted takes its links with it.
    pub fn lists(&self) -> impl Iterator<Item = &'static str> + use<> {
        let takes_links = self.list == "/okrs" && self.kind == Kind::Repeatable;
        iter::once(self.list).chain(takes_links.then_some("/initiatives"))
    }
}

/// Whether the service can have said this to a write: what was made or changed, that something was
/// deleted, or why not. All else comes from something that stands before it, whatever its status.
pub fn is_answer(method: &Method, status: u16, body: &str) -> bool {
    let says = |field: &str| {
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        body[field].clone()
    };
    match status {
        204 => *method == Method::DELETE,
        200..300 if *method == Method::DELETE => says("success") == true,
        200..300 => id_of(body).is_some(),
        // Whatever it calls the reason.
        400..500 => serde_json::from_str(body).is_ok_and(|body: Value| body.is_object()),
        _ => says("error").is_string(),
    }
}

/// The id of what was made or changed, be it in an envelope or not.
pub fn id_of(answer: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let thing = answer.get("data").unwrap_or(&answer);
    thing["id"].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_a_write_is_what_the_contract_shows_for_it() {
        let made = r#"{"id":"a","title":"Made"}"#;
        for (method, status, body) in [
            (Method::POST, 201, made),
            (Method::PUT, 200, made),
            (Method::PUT, 200, r#"{"data":{"id":"a"}}"#),
            (Method::DELETE, 204, ""),
            (Method::DELETE, 200, r#"{"success":true}"#),
            (Method::POST, 404, r#"{"error":"not_found"}"#),
            (Method::POST, 422, r#"{"detail":"too long"}"#),
        ] {
            assert!(is_answer(&method, status, body), "{method} {status}");
        }
        let page = "<!doctype html><title>Sorry</title>";
        for (method, status, body) in [
            (Method::POST, 200, page),
            (Method::POST, 200, "[]"),
            (Method::POST, 200, r#"{"success":true}"#),
            (Method::PUT, 204, ""),
            (Method::DELETE, 200, page),
            (Method::DELETE, 200, made),
            (Method::POST, 302, ""),
            (Method::DELETE, 404, page),
        ] {
            assert!(
                !is_answer(&method, status, body),
                "{method} {status} {body}"
            );
        }
    }

    #[test]
    fn what_was_made_has_its_id_in_an_envelope_or_not() {
        assert_eq!(id_of(r#"{"id":"x"}"#).as_deref(), Some("x"));
        assert_eq!(id_of(r#"{"data":{"id":"y"}}"#).as_deref(), Some("y"));
        assert_eq!(id_of(""), None);
    }

    #[test]
    fn every_write_of_the_public_api_is_known_and_nothing_else() {
        for row in crate::router::v1() {
            let address = row.path.replace("{id}", "x");
            let public_write = PublicWrite::of(&row.method, &address);
            assert_eq!(
                public_write.is_some(),
                row.method != Method::GET,
                "{address}"
            );
            if let Some(public_write) = public_write {
                assert_eq!(public_write.subject.is_empty(), !address.contains("/x"));
            }
        }
        assert_eq!(PublicWrite::of(&Method::POST, "/okrs/x/restore"), None);
    }
}
