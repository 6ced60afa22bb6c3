//! API keys as admins see, make and roll them.

use serde::{Deserialize, Serialize};

use super::Scope;
use crate::id::{ApiKeyId, MemberId};
use crate::text::{Check, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

const MAX_LIFETIME_DAYS: u32 = 3_650;
const MAX_OVERLAP_HOURS: u32 = 720;

/// A key without its secret, which is nowhere any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKey {
    /// Identifies it.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Its first 8 characters.
    pub prefix: String,
    /// Its last 4.
    pub last_four: String,
    /// Its budget.
    pub requests_per_minute: u32,
    /// Who made it.
    pub created_by: Option<MemberId>,
    /// What they are called.
    pub created_by_name: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working, or did; `None`: never.
    pub expires_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// The key that was rolled to make this one.
    pub replaces_id: Option<ApiKeyId>,
    /// When a request came with it last.
    #[serde(default)]
    pub last_used_at: Option<Timestamp>,
    /// Requests accepted in the present UTC minute.
    #[serde(default)]
    pub used_this_minute: u32,
}

/// A new key: the only time that it is shown as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealedApiKey {
    /// `okrt_…`, 41 characters. Nobody can ever read it again.
    pub key: String,
    /// What is kept of it.
    pub api_key: ApiKey,
}

/// The body that makes a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewApiKey {
    /// What it is for.
    pub name: Title,
    /// At least one; `okrs:write` is read as `write:okrs`.
    #[cfg_attr(feature = "openapi", schema(min_items = 1))]
    pub scopes: Vec<Scope>,
    /// 365 when left out; null for a key that never expires.
    #[serde(default = "a_year")]
    #[cfg_attr(
        feature = "openapi",
        schema(minimum = 1, maximum = 3650, default = 365)
    )]
    pub expires_in_days: Option<u32>,
}

fn a_year() -> Option<u32> {
    Some(365)
}

impl Body for NewApiKey {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        if self.scopes.is_empty() {
            return Err(Invalid::field("scopes", "must name at least one scope"));
        }
        if let Some(days) = self.expires_in_days
            && !(1..=MAX_LIFETIME_DAYS).contains(&days)
        {
            return Err(Invalid::field(
                "expires_in_days",
                format_args!("must be 1 to {MAX_LIFETIME_DAYS}, or null for never"),
            ));
        }
        Ok(())
    }
}

/// The body that replaces a key by a new one with the same name, scopes and lifetime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RollApiKey {
    /// So long the old key still works, unless it expires earlier; 24 when left out, 0 to end it at
    /// once.
    #[serde(default = "a_day")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 720, default = 24))]
    pub overlap_hours: u32,
}

fn a_day() -> u32 {
    24
}

impl Body for RollApiKey {
    fn validate(&self) -> Result<(), Invalid> {
        if self.overlap_hours > MAX_OVERLAP_HOURS {
            return Err(Invalid::field(
                "overlap_hours",
                format_args!("must be 0 to {MAX_OVERLAP_HOURS}"),
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation;

    fn new(json: &str) -> Result<NewApiKey, Invalid> {
        validation::parse(json.as_bytes())
    }

    #[test]
    fn a_key_lasts_a_year_unless_it_says_otherwise() {
        let days = |rest: &str| {
            new(&format!(
                r#"{{"name": "Bot", "scopes": ["okrs:read"]{rest}}}"#
            ))
            .map(|new| new.expires_in_days)
        };
        assert_eq!(days(""), Ok(Some(365)));
        assert_eq!(days(r#", "expires_in_days": null"#), Ok(None));
        assert_eq!(days(r#", "expires_in_days": 3650"#), Ok(Some(3_650)));
        for wrong in ["0", "3651", "-1", "1.5", "\"9\""] {
            let refusal = days(&format!(r#", "expires_in_days": {wrong}"#)).unwrap_err();
            assert_eq!(refusal.field.as_deref(), Some("expires_in_days"), "{wrong}");
        }
    }

    #[test]
    fn a_key_that_may_do_nothing_is_not_made() {
        let refusal = new(r#"{"name": "Bot", "scopes": []}"#).unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some("scopes"));
    }
}
