//! The public number of a record.

use crate::collection::CollectionId;
use crate::record::Key;
use sha2::{Digest, Sha256};
use std::fmt;

/// The number by which a record is known in addresses, GeoJSON and tiles.
///
/// It is drawn from the collection and the natural key, so it stays the same from release to release and from one
/// installation to another, says nothing of what the key contains (local codes have `/`, `#` and blanks), and fits in
/// 53 bits, so that every JSON reader keeps it whole. The store refuses the one case in a hundred thousand editions in
/// which two keys of a large collection draw the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureId(u64);

impl FeatureId {
    /// The number of the record with `key` in `collection`.
    #[must_use]
    pub fn of(collection: &CollectionId, key: &Key) -> Self {
        let mut hash = Sha256::new();
        hash.update(collection.as_str());
        for part in key.parts() {
            hash.update([0]);
            hash.update(part);
        }
        let bytes: [u8; 32] = hash.finalize().into();
        let number = bytes[..8].iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        Self(number >> 11)
    }

    /// A number read from the database or from an address.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        if number >> 53 == 0 { Some(Self(number)) } else { None }
    }

    /// Reads the number from an address: decimal digits without sign or leading zero.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.parse().ok().and_then(Self::from_number)?;
        (number.to_string() == text).then_some(number)
    }

    /// The number itself, below 2⁵³.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for FeatureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(parts: &[&str]) -> FeatureId {
        let collection = CollectionId::parse("pnrr-projects").unwrap();
        FeatureId::of(&collection, &Key::new(parts.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn the_number_depends_on_the_key_alone_and_never_changes() {
        assert_eq!(id(&["A", "67338/TD/FP", "M1C1"]), id(&["A", "67338/TD/FP", "M1C1"]));
        assert_eq!(id(&["A", "B"]).to_string(), "3522043118771225");
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(id(&["AB", "C"]), id(&["A", "BC"]));
    }

    #[test]
    fn only_the_canonical_spelling_is_an_address() {
        assert_eq!(FeatureId::parse("42").map(FeatureId::number), Some(42));
        for wrong in ["", "042", "+42", "-1", "9007199254740992", "4.2", "abc"] {
            assert_eq!(FeatureId::parse(wrong), None, "{wrong}");
        }
    }
}
