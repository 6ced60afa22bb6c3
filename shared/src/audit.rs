//! The audit log as admins read it: who did what, when, through which key.

use serde::{Deserialize, Serialize};

use crate::id::{ApiKeyId, MemberId};
use crate::timestamp::Timestamp;
use crate::validation::{self, Invalid};

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// Something that was done, or refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Identifies it; later entries have greater ids.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who: the person signed in, or the one who made the key. `None` where nobody was known yet.
    pub member_id: Option<MemberId>,
    /// What they are called.
    pub member_name: Option<String>,
    /// The key, if it was done with one.
    pub api_key_id: Option<ApiKeyId>,
    /// What the key is called.
    pub api_key_name: Option<String>,
    /// `okr.create`, `key_result.check_in`, `access.denied`, …
    pub action: String,
    /// What it was done to.
    pub subject_id: String,
    /// What that is called, if it has a title or a name.
    pub subject_title: Option<String>,
    /// As it was before: of what is changed, the fields that matter.
    #[cfg_attr(feature = "openapi", schema(value_type = Object, nullable))]
    pub before: Option<serde_json::Value>,
    /// What was asked for. Secrets, answers of reviews and private notes are never part of it.
    #[cfg_attr(feature = "openapi", schema(value_type = Object, nullable))]
    pub after: Option<serde_json::Value>,
}

/// A page of the log, the latest entry first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// At most as many as were asked for.
    pub entries: Vec<AuditEntry>,
    /// Ask for the next page with it as `before_id`; `None` on the last.
    pub next_before_id: Option<String>,
}

/// Which entries to give. What is left out does not limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Only this action.
    pub action: Option<String>,
    /// Only what this member did, be it through a key of theirs.
    pub member_id: Option<MemberId>,
    /// Only what was done with this key.
    pub api_key_id: Option<ApiKeyId>,
    /// Only what was done to this.
    pub subject_id: Option<String>,
    /// Only from this instant on.
    pub from: Option<Timestamp>,
    /// Only before this instant.
    pub to: Option<Timestamp>,
    /// Only entries before this one.
    pub before_id: Option<String>,
    /// The most entries, 1 to 200; 50 when left out.
    pub limit: Option<u32>,
}

impl AuditFilter {
    /// Reads a query string. Unknown parameters are ignored; empty ones count as left out, which is
    /// how forms send them.
    pub fn parse(query: &str) -> Result<Self, Invalid> {
        let given: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.ends_with('='))
            .collect();
        let filter: Self = validation::query(&given.join("&"))?;
        match filter.limit {
            Some(limit) if !(1..=MAX_LIMIT).contains(&limit) => Err(Invalid::field(
                "limit",
                format_args!("must be 1 to {MAX_LIMIT}"),
            )),
            _ => Ok(filter),
        }
    }

    /// How many entries a page has.
    pub fn page_size(&self) -> u32 {
        self.limit.unwrap_or(DEFAULT_LIMIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_from_a_query_string() {
        let query = "action=okr.create&from=2026-04-19T12%3A00%3A00Z&member_id=&limit=200";
        let filter = AuditFilter::parse(query).unwrap();
        assert_eq!(filter.action.as_deref(), Some("okr.create"));
        assert_eq!(filter.from.unwrap().to_string(), "2026-04-19T12:00:00Z");
        assert_eq!(filter.member_id, None);
        assert_eq!(filter.page_size(), 200);
        assert_eq!(AuditFilter::parse("").unwrap().page_size(), 50);
    }

    #[test]
    fn what_a_filter_cannot_mean_is_refused_by_name() {
        for (query, field) in [
            ("limit=0", "limit"),
            ("limit=201", "limit"),
            ("limit=many", "limit"),
            ("from=yesterday", "from"),
            ("to=2026-04-19", "to"),
        ] {
            let refusal = AuditFilter::parse(query).unwrap_err();
            assert_eq!(refusal.field.as_deref(), Some(field), "{query}");
        }
    }
}
