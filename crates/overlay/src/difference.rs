//! How an answer differs from the same one on an earlier edition, subject by subject.

use domain::FeatureId;
use std::collections::BTreeMap;

use crate::answer::{Finding, Found};

/// A subject of which something else is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference<'a> {
    /// The subject.
    pub subject: FeatureId,
    /// What was found of it; `None` if it was not there.
    pub before: Option<&'a Finding>,
    /// What is found now; `None` if it is no longer there.
    pub after: Option<&'a Finding>,
}

/// The subjects that stand otherwise, have other objects, or share something else with them; by ascending number.
#[must_use]
pub fn differences<'a>(before: &'a Found, after: &'a Found) -> Vec<Difference<'a>> {
    let mut both: BTreeMap<FeatureId, (Option<&Finding>, Option<&Finding>)> = BTreeMap::new();
    for finding in &before.findings {
        both.entry(finding.subject).or_default().0 = Some(finding);
    }
    for finding in &after.findings {
        both.entry(finding.subject).or_default().1 = Some(finding);
    }
    let differ = |(before, after): &(Option<&Finding>, Option<&Finding>)| match before.zip(*after) {
        Some((before, after)) => before.standing != after.standing || before.pairs != after.pairs,
        None => true,
    };
    both.into_iter()
        .filter(|(_, both)| differ(both))
        .map(|(subject, (before, after))| Difference { subject, before, after })
        .collect()
}
