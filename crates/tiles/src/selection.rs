//! Which features of a layer are drawn, where not all are.

/// A set of features, by their places in the layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(Vec<u64>);

impl Selection {
    /// Whether the feature at a place is among them.
    #[must_use]
    pub fn contains(&self, feature: u32) -> bool {
        self.0.get(feature as usize / 64).is_some_and(|word| word >> (feature % 64) & 1 == 1)
    }
}

impl FromIterator<u32> for Selection {
    fn from_iter<I: IntoIterator<Item = u32>>(features: I) -> Self {
        let mut words = Vec::new();
        for feature in features {
            let word = feature as usize / 64;
            if words.len() <= word {
                words.resize(word + 1, 0);
            }
            words[word] |= 1 << (feature % 64);
        }
        Self(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_it_was_given() {
        let selection: Selection = [0, 63, 64, 1000].into_iter().collect();
        let held: Vec<u32> = (0..5000).filter(|feature| selection.contains(*feature)).collect();
        assert_eq!(held, [0, 63, 64, 1000]);
        assert!(!Selection::default().contains(0));
    }
}
