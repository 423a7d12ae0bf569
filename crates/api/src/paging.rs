//! Pages of features.

use atlas::{Edition, Layer, SortKey};

use crate::as_of::{self, AsOf};
use crate::ask::{Ask, Face};
use crate::cursor::{self, Cursor};
use crate::detail::said;
use crate::filters;
use crate::form;
use crate::json_schema;
use crate::listing::value;
use crate::problem::Problem;

/// Features on a page of data where the client does not say how many.
pub const DEFAULT_LIMIT: usize = 1000;
/// Features on a page at most; who asks for more gets as many.
pub const MAX_LIMIT: usize = 10_000;
/// Features that may be passed over by counting them.
pub const MAX_OFFSET: usize = 1_000_000;
/// The parameters of paging.
pub const PARAMETERS: [&str; 4] = [LIMIT, OFFSET, cursor::PARAMETER, SORT];

/// The properties by which features are sorted.
pub const SORT: &str = "sortby";

const LIMIT: &str = "limit";
const OFFSET: &str = "offset";
/// Rows on a page for people, which a person reads through.
const HTML_LIMIT: usize = 50;
/// Keys by which features are sorted, at most.
const MAX_KEYS: usize = 8;

/// A page of features.
pub struct Page {
    /// All that match, as places in the layer, in the order asked for.
    pub matched: Vec<u32>,
    /// Where among them the page begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many were asked for.
    pub limit: usize,
    /// The parameters that chose them.
    pub filters: Vec<(String, String)>,
    /// The other parameters that the next page has as well: those of time, form and order.
    others: Vec<(String, String)>,
}

impl Page {
    /// The page that parameters ask for. Pages follow the features' numbers, or the order asked for, and a cursor names the last
    /// feature of the page before.
    ///
    /// # Errors
    /// 400 for what cannot be read; 410 where the list that a cursor is of is gone, and what it names with it.
    pub fn of(
        layer: &Layer,
        parameters: &[(String, String)],
        as_of: &AsOf,
        face: Face,
    ) -> Result<Self, Problem> {
        let usual = if face == Face::Html { HTML_LIMIT } else { DEFAULT_LIMIT };
        let limit = count(parameters, LIMIT)?.unwrap_or(usual).min(MAX_LIMIT);
        if limit == 0 {
            return Err(Problem::bad_request(said(
                "no_number_from",
                &[("value", &0), ("name", &LIMIT), ("least", &1)],
            )));
        }
        let matched = matched(layer, parameters)?;
        let is_sorted = value(parameters, SORT).is_some_and(|keys| !keys.is_empty());
        let start = start(layer, parameters, &matched, is_sorted)?;
        let end = matched.len().min(start + limit);
        let names = filters::names(layer);
        let (filters, others): (Vec<_>, Vec<_>) = parameters
            .iter()
            .filter(|(name, _)| ![LIMIT, OFFSET, cursor::PARAMETER].contains(&name.as_str()))
            .cloned()
            .partition(|(name, _)| names.contains(&name.as_str()));
        let others = others.into_iter().chain(as_of.parameter.clone()).collect();
        Ok(Self { matched, start, end, limit, filters, others })
    }

    /// The places of the page's features in the layer.
    pub fn places(&self) -> &[u32] {
        &self.matched[self.start..self.end]
    }

    /// The address of the page after this one.
    pub fn next(&self, layer: &Layer, ask: &Ask) -> Option<String> {
        let last = self.places().last().filter(|_| self.end < self.matched.len())?;
        Some(self.address(layer, ask, Some(*last)))
    }

    /// The address of the page before this one.
    pub fn previous(&self, layer: &Layer, ask: &Ask) -> Option<String> {
        let start = self.start.checked_sub(1)?;
        Some(self.address(layer, ask, start.checked_sub(self.limit).map(|place| self.matched[place])))
    }

    /// The parameters that chose the features, those of time among them: a download of the same has no others.
    pub fn chosen(&self) -> impl Iterator<Item = (&str, &str)> {
        let of_time = self.others.iter().filter(|(name, _)| as_of::PARAMETERS.contains(&name.as_str()));
        self.filters.iter().chain(of_time).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same with those of order, for the same page with one condition less.
    pub fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = self.others.iter().filter(|(name, _)| !form::PARAMETERS.contains(&name.as_str()));
        self.filters.iter().chain(others).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn address(&self, layer: &Layer, ask: &Ask, after: Option<u32>) -> String {
        let limit = self.limit.to_string();
        let after = after.map(|place| Cursor { tag: layer.tag.clone(), after: layer.id(place as usize) });
        let after = after.map(|cursor| cursor.to_string());
        let kept = self.filters.iter().chain(&self.others);
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let paging = [(LIMIT, limit.as_str())]
            .into_iter()
            .chain(after.as_deref().map(|after| (cursor::PARAMETER, after)));
        ask.with_query(&kept.chain(paging).collect::<Vec<_>>())
    }
}

/// The places of all features that parameters choose, in the order that they ask for.
///
/// # Errors
/// 400 for what cannot be read.
pub fn matched(layer: &Layer, parameters: &[(String, String)]) -> Result<Vec<u32>, Problem> {
    let keys = sort_keys(layer, value(parameters, SORT))?;
    let mut matched = layer.select(&filters::query(layer, parameters)?);
    if !keys.is_empty() {
        layer.sort(&mut matched, &keys);
    }
    Ok(matched)
}

/// Whether a page costs more than a moment to make.
pub fn is_heavy(parameters: &[(String, String)], edition: &Edition) -> bool {
    let choosing = |name: &str| name == filters::FILTER || name == filters::BBOX || name == SORT;
    let has_many = edition.layers.iter().any(|layer| layer.len() > MAX_LIMIT);
    has_many && parameters.iter().any(|(name, _)| choosing(name))
        || count(parameters, LIMIT).is_ok_and(|limit| limit.is_some_and(|limit| limit > DEFAULT_LIMIT))
}

/// Where among all that match a page begins.
fn start(
    layer: &Layer,
    parameters: &[(String, String)],
    matched: &[u32],
    is_sorted: bool,
) -> Result<usize, Problem> {
    let offset = count(parameters, OFFSET)?;
    if offset.is_some_and(|offset| offset > MAX_OFFSET) {
        let detail = said("offset_most", &[("name", &OFFSET), ("most", &MAX_OFFSET)]);
        return Err(Problem::bad_request(detail));
    }
    let Some(cursor) = value(parameters, cursor::PARAMETER) else {
        return Ok(offset.unwrap_or_default().min(matched.len()));
    };
    if offset.is_some() {
        return Err(Problem::bad_request(said("offset_and_cursor", &[])));
    }
    let after = Cursor::parse(cursor)?.after;
    if !is_sorted {
        return Ok(matched.partition_point(|place| layer.id(*place as usize) <= after));
    }
    let found = matched.iter().position(|place| layer.id(*place as usize) == after);
    found.map(|place| place + 1).ok_or_else(Cursor::gone)
}

/// A whole number; more than there can be is as many as there can be.
fn count(parameters: &[(String, String)], name: &str) -> Result<Option<usize>, Problem> {
    let Some(text) = value(parameters, name) else { return Ok(None) };
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::bad_request(said("no_whole_number", &[("value", &text), ("name", &name)])));
    }
    Ok(Some(text.parse().unwrap_or(usize::MAX)))
}

/// The properties to sort by: `-funding_cents,name`. A plus is a space in an address, and means nothing.
fn sort_keys(layer: &Layer, text: Option<&str>) -> Result<Vec<SortKey>, Problem> {
    let key = |name: &str| -> Result<SortKey, Problem> {
        let bare = name.trim().trim_start_matches('+');
        let (descending, name) = bare.strip_prefix('-').map_or((false, bare), |name| (true, name));
        let property = form::property(layer, name, SORT)?;
        if json_schema::value(layer, property)["type"] == "array" {
            return Err(Problem::bad_request(said("no_order", &[("name", &name), ("parameter", &SORT)])));
        }
        Ok(SortKey { property, descending })
    };
    let keys = text.map_or(Ok(Vec::new()), |text| text.split(',').map(key).collect::<Result<Vec<_>, _>>())?;
    if keys.len() > MAX_KEYS {
        return Err(Problem::bad_request(said("sort_most", &[("parameter", &SORT), ("most", &MAX_KEYS)])));
    }
    Ok(keys)
}
