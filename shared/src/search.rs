//! Finding things by their words.

use serde::{Deserialize, Serialize};

use crate::id::OkrId;
use crate::validation::{self, Invalid};

/// The longest text to look for, in characters.
const MAX_QUERY_CHARS: usize = 200;

/// What to look for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SearchQuery {
    /// Any part of a title, a name or the first 2,000 characters of a description; case and diacritics do not matter.
    pub q: String,
}

impl SearchQuery {
    /// Reads a query string.
    pub fn parse(query: &str) -> Result<Self, Invalid> {
        let parsed: Self = validation::query(query)?;
        Self::checked(&parsed.q)
    }

    /// The text as it is looked for, without blanks around it; it must have 1 to 200 characters.
    pub fn checked(text: &str) -> Result<Self, Invalid> {
        let q = text.trim().to_owned();
        if q.is_empty() || q.chars().count() > MAX_QUERY_CHARS {
            return Err(Invalid::field("q", "must have 1 to 200 characters"));
        }
        Ok(Self { q })
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// An OKR.
    Okr,
    /// A key result.
    KeyResult,
    /// A KPI.
    Kpi,
    /// An initiative.
    Initiative,
    /// A member.
    Member,
}

/// Something whose words have what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its id.
    pub id: String,
    /// Its title or name.
    pub title: String,
    /// The OKR it is, or belongs to.
    pub okr_id: Option<OkrId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_has_one_to_two_hundred_characters() {
        assert_eq!(SearchQuery::parse("q=+a%20b+").unwrap().q, "a b");
        for bad in ["", "q=", "q=%20", &format!("q={}", "x".repeat(201))] {
            let message = SearchQuery::parse(bad).unwrap_err().message;
            assert!(message.contains('q'), "{message}");
        }
    }
}
