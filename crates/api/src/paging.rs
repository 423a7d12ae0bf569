//! Pages of features.

use atlas::Layer;
use domain::FeatureId;

use crate::as_of::AsOf;
use crate::ask::{Ask, Face};
use crate::filters;
use crate::problem::Problem;

/// Features on a page of data where the client does not say how many.
pub const DEFAULT_LIMIT: usize = 1000;
/// Features on a page at most; who asks for more gets as many.
pub const MAX_LIMIT: usize = 10_000;
/// Rows on a page for people, which a person reads through.
const HTML_LIMIT: usize = 50;

/// A page of features.
pub struct Page {
    /// All that match, as places in the layer.
    pub matched: Vec<u32>,
    /// Where among them the page begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many were asked for.
    pub limit: usize,
    /// The parameters that chose them, without those of paging and of time.
    pub filters: Vec<(String, String)>,
    /// The parameter of time.
    time: Option<(String, String)>,
}

impl Page {
    /// Pages follow the features' numbers: `after` is the last number of the page before, so that a page stays what it is while
    /// releases come and go.
    pub fn of(
        layer: &Layer,
        parameters: &[(String, String)],
        as_of: &AsOf,
        face: Face,
    ) -> Result<Self, Problem> {
        let value = |wanted: &str| {
            parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        let usual = if face == Face::Html { HTML_LIMIT } else { DEFAULT_LIMIT };
        let limit = value("limit").map_or(Ok(usual), |limit| {
            limit.parse().ok().filter(|limit| *limit > 0).ok_or_else(|| {
                Problem::bad_request(format!(
                    "The value “{limit}” of “limit” is no number of features, 1 or more."
                ))
            })
        })?;
        let limit = limit.min(MAX_LIMIT);
        let after = value("after").map(|after| {
            FeatureId::parse(after).ok_or_else(|| {
                Problem::bad_request(format!(
                    "The value “{after}” of “after” is no feature's number: follow the links."
                ))
            })
        });
        let after = after.transpose()?;
        let mut filters = parameters.to_vec();
        filters.retain(|(name, _)| name != "limit" && name != "after");
        let matched = layer.select(&filters::query(&layer.collection, &filters)?);
        let start =
            after.map_or(0, |after| matched.partition_point(|place| layer.id(*place as usize) <= after));
        let end = matched.len().min(start + limit);
        Ok(Self { matched, start, end, limit, filters, time: as_of.parameter.clone() })
    }

    /// The places of the page's features in the layer.
    pub fn places(&self) -> &[u32] {
        &self.matched[self.start..self.end]
    }

    /// The address of the page after this one.
    pub fn next(&self, layer: &Layer, ask: &Ask) -> Option<String> {
        let last = self.places().last().filter(|_| self.end < self.matched.len())?;
        Some(self.address(ask, Some(layer.id(*last as usize))))
    }

    /// The address of the page before this one.
    pub fn previous(&self, layer: &Layer, ask: &Ask) -> Option<String> {
        let start = self.start.checked_sub(1)?;
        let before = start.checked_sub(self.limit).map(|place| layer.id(self.matched[place] as usize));
        Some(self.address(ask, before))
    }

    fn address(&self, ask: &Ask, after: Option<FeatureId>) -> String {
        let (limit, after) = (self.limit.to_string(), after.map(|after| after.to_string()));
        let filters = self.filters.iter().chain(&self.time);
        let filters = filters.map(|(name, value)| (name.as_str(), value.as_str()));
        let paging =
            [("limit", limit.as_str())].into_iter().chain(after.as_deref().map(|after| ("after", after)));
        ask.with_query(&filters.chain(paging).collect::<Vec<_>>())
    }
}
