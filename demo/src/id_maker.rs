//! Ids that are the same in every run.

use chrono::{DateTime, Utc};
use okrs_shared::id::OrganisationId;
use sha2::{Digest, Sha256};

/// Makes UUIDs of version 7's shape: creation time, then a counter, then 42 bits that belong to one
/// workspace. They sort by creation and never collide, neither inside nor across workspaces.
pub(crate) struct IdMaker {
    namespace: u64,
    made: u64,
}

impl IdMaker {
    pub(crate) fn new(tag: &str) -> Self {
        let digest = Sha256::digest(tag);
        let namespace = digest[..8]
            .iter()
            .fold(0, |bits, byte| bits << 8 | u64::from(*byte))
            >> 22;
        Self { namespace, made: 0 }
    }

    /// The next id, of something created at `at`.
    pub(crate) fn next<Id: for<'a> From<&'a str>>(&mut self, at: DateTime<Utc>) -> Id {
        let millis = at.timestamp_millis().cast_unsigned();
        let count = self.made;
        self.made += 1;
        // 12 bits beside the version, 62 beside the variant: 32 of them count.
        let high = 0x7000 | (count >> 20 & 0xfff);
        let low = 1 << 63 | (count & 0xf_ffff) << 42 | self.namespace;
        let id = format!(
            "{:08x}-{:04x}-{high:04x}-{:04x}-{:012x}",
            millis >> 16 & 0xffff_ffff,
            millis & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff,
        );
        Id::from(&id)
    }

    /// The workspace's own id.
    pub(crate) fn organisation(tag: &str, at: DateTime<Utc>) -> OrganisationId {
        Self::new(tag).next(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_creation_and_have_the_shape_of_version_7() {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut ids = IdMaker::new("AcmeTag1");
        ids.made = (1 << 20) - 2;
        let made: Vec<String> = (0..4).map(|_| ids.next::<OrganisationId>(at).0).collect();
        assert!(made.is_sorted());
        assert!(made.iter().all(|id| id.len() == 36 && &id[14..15] == "7"));
        assert!(
            made.iter()
                .all(|id| matches!(&id[19..20], "8" | "9" | "a" | "b"))
        );
        let later: OrganisationId = ids.next(at + chrono::TimeDelta::seconds(1));
        assert!(later.0 > made[3]);
        assert_ne!(
            IdMaker::organisation("AcmeTag1", at),
            IdMaker::organisation("AcmeTag2", at)
        );
    }
}
