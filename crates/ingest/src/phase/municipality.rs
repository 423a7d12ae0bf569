//! The place that a row states in words and codes: province, municipality, address.

use super::context::Context;
use super::ledger::Fault;
use super::parse;
use super::rename;
use crate::gazetteer::Name;
use domain::source::{PlacePart, Scope, Table};
use domain::{IssueKind, Location, MunicipalityCode, ProvinceCode};

/// The columns that state it.
pub struct Columns {
    province: Option<usize>,
    municipality: Option<usize>,
    municipality_name: Option<usize>,
    address: Option<usize>,
    postal_code: Option<usize>,
    share: Option<usize>,
}

impl Columns {
    /// Where they are.
    pub fn of(table: &Table, columns: &[String]) -> Self {
        let place = |part| rename::place_position(table, part, columns);
        Self {
            province: place(PlacePart::Province),
            municipality: place(PlacePart::Municipality),
            municipality_name: place(PlacePart::MunicipalityName),
            address: place(PlacePart::Address),
            postal_code: place(PlacePart::PostalCode),
            share: place(PlacePart::Share),
        }
    }

    /// The place that the cells state, without a shape.
    pub fn read(&self, context: &Context<'_>, cells: &[&str], faults: &mut Vec<Fault>) -> Location {
        let stated = |column: Option<usize>| {
            column.and_then(|column| cells.get(column)).and_then(|text| context.dialect.stated(text))
        };
        let province = stated(self.province).and_then(|text| province(context, text, faults));
        let (number, name) = (stated(self.municipality), stated(self.municipality_name));
        let municipality = match (number, name) {
            (Some(number), _) => by_number(context, province, number, faults),
            (None, Some(name)) => by_name(context, province, name, faults),
            (None, None) => None,
        };
        Location {
            province: province.or(municipality.map(MunicipalityCode::province)),
            municipality,
            municipality_name: name.map(str::to_owned),
            address: stated(self.address).map(str::to_owned),
            postal_code: stated(self.postal_code).map(str::to_owned),
            share_percent: stated(self.share).and_then(|text| share(context, text, faults)),
            geometry: None,
        }
    }
}

fn province(context: &Context<'_>, text: &str, faults: &mut Vec<Fault>) -> Option<ProvinceCode> {
    let code = ProvinceCode::parse(text).map_err(|error| {
        let field = PlacePart::Province.as_str();
        faults.push(Fault::error(IssueKind::UnreadableValue, field, text, error.to_string()));
    });
    code.ok().filter(|code| !code.is_nowhere()).map(|code| context.dialect.gazetteer.province(code))
}

/// By its number within the province, or by its whole code.
fn by_number(
    context: &Context<'_>,
    province: Option<ProvinceCode>,
    text: &str,
    faults: &mut Vec<Fault>,
) -> Option<MunicipalityCode> {
    let field = PlacePart::Municipality.as_str();
    let code = match province {
        _ if text.len() > 3 => MunicipalityCode::parse(text).map(Some),
        Some(province) => MunicipalityCode::of(province, text),
        // `000` of a wider area than a province; or a number that says nothing without one.
        None => Ok(None),
    };
    let code = code.map_err(|error| {
        faults.push(Fault::error(IssueKind::UnreadableValue, field, text, error.to_string()));
    });
    parse::current(context.dialect.gazetteer, code.ok().flatten()?, field, text, faults)
}

fn by_name(
    context: &Context<'_>,
    province: Option<ProvinceCode>,
    text: &str,
    faults: &mut Vec<Fault>,
) -> Option<MunicipalityCode> {
    let field = PlacePart::MunicipalityName.as_str();
    let gazetteer = context.dialect.gazetteer;
    if province.is_some_and(|code| !context.territory().has_province(code)) {
        return None;
    }
    // A name of the whole country that is none of the territory's is that of a place elsewhere.
    let is_here = province.is_some() || context.source().scope == Scope::Territory;
    match gazetteer.name(text) {
        Name::One(code) => parse::current(gazetteer, code, field, text, faults),
        Name::Several(names) if is_here => {
            let message =
                format!("the name may mean {}: write it in full, or its ISTAT code", names.join(" or "));
            faults.push(Fault::error(IssueKind::AmbiguousName, field, text, message));
            None
        }
        Name::Unknown if is_here => {
            let message = "no municipality of the territory has this name: check it, or write its ISTAT code";
            faults.push(Fault::error(IssueKind::UnknownMunicipality, field, text, message));
            None
        }
        Name::Several(_) | Name::Unknown => None,
    }
}

fn share(context: &Context<'_>, text: &str, faults: &mut Vec<Fault>) -> Option<f64> {
    let share = parse::decimal(text, context.dialect.amounts).filter(|share| (0.0..=100.0).contains(share));
    if share.is_none() {
        let message = "a share is a number from 0 to 100, in per cent";
        faults.push(Fault::error(IssueKind::UnreadableValue, PlacePart::Share.as_str(), text, message));
    }
    share
}
