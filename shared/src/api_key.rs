//! API keys: what they may do, how they are spelled, how they are kept.
//!
//! A key is `okrt_`, 22 random base62 characters, the 8-character tag of its organisation and a
//! 6-character checksum. The checksum tells a mistyped key from a wrong one without asking any
//! storage; the tag finds the organisation's Durable Object without a database read.

mod managing;

use std::fmt;

pub use managing::{ApiKey, NewApiKey, RevealedApiKey, RollApiKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use strum::VariantArray;

/// One thing that a key may be allowed to do. None implies another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Read OKRs, key results, cycles and initiatives.
    #[serde(rename = "okrs:read")]
    OkrsRead,
    /// Create, update and delete OKRs, key results and initiatives. `okrs:write` is an alias on input.
    #[serde(rename = "write:okrs", alias = "okrs:write")]
    WriteOkrs,
    /// Read KPIs.
    #[serde(rename = "kpis:read")]
    KpisRead,
    /// Create KPIs and record their values.
    #[serde(rename = "kpis:write")]
    KpisWrite,
    /// Check in key results.
    #[serde(rename = "okr-checkins:write")]
    CheckInsWrite,
    /// Read review cycles and shared reviews.
    #[serde(rename = "reviews:read")]
    ReviewsRead,
}

impl Scope {
    /// The spelling in messages, in the interface and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OkrsRead => "okrs:read",
            Self::WriteOkrs => "write:okrs",
            Self::KpisRead => "kpis:read",
            Self::KpisWrite => "kpis:write",
            Self::CheckInsWrite => "okr-checkins:write",
            Self::ReviewsRead => "reviews:read",
        }
    }

    /// Reads a spelling, the alias `okrs:write` included.
    pub fn from_spelling(text: &str) -> Option<Self> {
        if text == "okrs:write" {
            return Some(Self::WriteOkrs);
        }
        Self::VARIANTS
            .iter()
            .copied()
            .find(|scope| scope.as_str() == text)
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of scopes. As text: the canonical spellings, separated by spaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scopes {
    /// Every scope there is.
    pub fn all() -> Self {
        Scope::VARIANTS.iter().copied().collect()
    }

    /// All of these but one.
    pub fn without(self, scope: Scope) -> Self {
        Self(self.0 & !scope.bit())
    }

    /// Whether `scope` is granted.
    pub fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// The granted scopes, in the contract's order.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::VARIANTS
            .iter()
            .copied()
            .filter(move |scope| self.contains(*scope))
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.iter().map(Scope::as_str).collect();
        f.write_str(&words.join(" "))
    }
}

impl Serialize for Scopes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scopes {
    /// Unknown words grant nothing.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(text
            .split_whitespace()
            .filter_map(Scope::from_spelling)
            .collect())
    }
}

const PREFIX: &str = "okrt_";
const RANDOM_CHARS: usize = 22;
/// Length of an organisation's tag.
pub const TAG_CHARS: usize = 8;
const CHECKSUM_CHARS: usize = 6;
const KEY_CHARS: usize = PREFIX.len() + RANDOM_CHARS + TAG_CHARS + CHECKSUM_CHARS;
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A new key for the organisation with this tag. `random` supplies 22 bytes of which each is
/// reduced to a base62 character: 131 bits that cannot be guessed.
pub fn assemble(tag: &str, random: &[u8; RANDOM_CHARS]) -> String {
    let mut key = String::with_capacity(KEY_CHARS);
    key.push_str(PREFIX);
    key.extend(
        random
            .iter()
            .map(|byte| char::from(BASE62[usize::from(*byte) % 62])),
    );
    key.push_str(tag);
    let checksum = checksum(&key);
    key.push_str(&checksum);
    key
}

/// The organisation's tag inside a well-formed key; `None` if this can't be a key.
pub fn tag(key: &str) -> Option<&str> {
    if key.len() != KEY_CHARS || !key.starts_with(PREFIX) {
        return None;
    }
    if !key[PREFIX.len()..]
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric())
    {
        return None;
    }
    let (signed, given) = key.split_at(KEY_CHARS - CHECKSUM_CHARS);
    (checksum(signed) == given).then(|| &signed[PREFIX.len() + RANDOM_CHARS..])
}

/// What is stored of a key: SHA-256 in lower-case hexadecimal. A key is too random for guessing,
/// so a slow hash would protect nothing more.
pub fn hash(key: &str) -> String {
    hash_bytes(key.as_bytes())
}

/// SHA-256 of `bytes` in lower-case hexadecimal.
pub fn hash_bytes(bytes: &[u8]) -> String {
    use fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a String can't fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// What may be shown of a key after its creation: its first 8 characters and its last 4.
pub fn shown(key: &str) -> (&str, &str) {
    (&key[..8], &key[key.len() - 4..])
}

/// CRC-32 of `text` in base62, most significant digit first, padded to 6 characters.
fn checksum(text: &str) -> String {
    let mut rest = crc32fast::hash(text.as_bytes()) as usize;
    let mut digits = [b'0'; CHECKSUM_CHARS];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[rest % 62];
        rest /= 62;
    }
    digits.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_is_well_formed_and_names_its_organisation() {
        let key = assemble("AcmeTag1", &[7; RANDOM_CHARS]);
        assert_eq!(key.len(), 41);
        assert_eq!(tag(&key), Some("AcmeTag1"));
        assert_eq!(hash(&key).len(), 64);
    }

    #[test]
    fn one_changed_character_makes_a_key_malformed() {
        let key = assemble("AcmeTag1", &[7; RANDOM_CHARS]);
        for at in 0..key.len() {
            let mut typo = key.clone().into_bytes();
            typo[at] = if typo[at] == b'x' { b'y' } else { b'x' };
            assert_eq!(
                tag(&String::from_utf8(typo).unwrap()),
                None,
                "changed at {at}"
            );
        }
        assert_eq!(tag(""), None);
        assert_eq!(tag(&key[..40]), None);
        assert_eq!(tag(&"é".repeat(21)[..41 - 1]), None);
    }

    #[test]
    fn the_alias_is_read_and_the_canonical_spelling_printed() {
        let scopes: Scopes = serde_json::from_str("\"reviews:read okrs:write nonsense\"").unwrap();
        assert_eq!(scopes.to_string(), "write:okrs reviews:read");
        assert!(scopes.contains(Scope::WriteOkrs));
        assert!(!scopes.contains(Scope::OkrsRead));
        assert_eq!(Scopes::all().iter().count(), 6);
    }
}
