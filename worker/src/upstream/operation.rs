//! The writes of version 1 of the public API, as far as standing in front of the service needs to
//! tell them apart.

use http::Method;

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

/// One write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation<'a> {
    /// What it does.
    pub kind: Kind,
    /// What its address names; empty if that is only a list.
    pub subject: &'a str,
    /// The list that shows whether it took effect.
    pub list: &'static str,
}

impl<'a> Operation<'a> {
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

    /// Whether another list may show something of it: what is deleted takes its links with it.
    pub fn also_changes(&self) -> Option<&'static str> {
        (self.list == "/okrs" && self.kind == Kind::Repeatable).then_some("/initiatives")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_write_of_the_public_api_is_known_and_nothing_else() {
        for (method, address, _) in crate::router::v1_routes() {
            let method: Method = method.parse().unwrap();
            let address = address.replace("{id}", "x");
            let operation = Operation::of(&method, &address);
            assert_eq!(operation.is_some(), method != Method::GET, "{address}");
            if let Some(operation) = operation {
                assert_eq!(operation.subject.is_empty(), !address.contains("/x"));
            }
        }
        assert_eq!(Operation::of(&Method::POST, "/okrs/x/restore"), None);
    }
}
