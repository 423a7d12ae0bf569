//! Where a record is: by its shape, by its municipality, or by nothing that is known.

use super::context::Context;
use super::ledger::Fault;
use super::shape::accepted_shape;
use crate::format::Shape;
use domain::source::{PlacePart, Scope};
use domain::{GeometryKind, IssueKind, Location, MunicipalityCode, Role, Severity, Value};

/// The places of a record by its shape, its municipality field and what its columns state of a place; `None` if it is of
/// another territory. The municipality and the zone that it leaves out are filled in.
pub fn read(
    context: &Context<'_>,
    values: &mut [Value],
    mut place: Location,
    shape: Option<Shape>,
    faults: &mut Vec<Fault>,
) -> Option<Vec<Location>> {
    let collection = context.collection;
    let of_country = context.source().scope == Scope::Country;
    let field = collection.with_role(Role::Municipality);
    let code = field.and_then(|field| values.get(field)?.as_text());
    let code = code.and_then(|code| MunicipalityCode::parse(code).ok());
    place.municipality = code.or(place.municipality);
    place.province = place.municipality.map(MunicipalityCode::province).or(place.province);
    if of_country && place.province.is_some_and(|province| !context.territory().has_province(province)) {
        return None;
    }
    let lacks = matches!(shape, Some(Shape::Missing));
    let has_shape = !lacks && shape.is_some();
    let may_lack = collection.may_lack_shapes() || collection.geometry == GeometryKind::None;
    if let Some(shape) = shape.filter(|_| has_shape || !may_lack) {
        let before = faults.len();
        place.geometry = accepted_shape(shape, collection.geometry, context.territory(), faults);
        let outside = faults[before..].iter().any(|fault| fault.kind == IssueKind::OutsideTerritory);
        if of_country && outside && place.province.is_none() {
            return None;
        }
        mend_names(faults);
    } else if !may_lack && !faults.iter().any(is_of_shape) {
        let message = "there is no geometry: give the table columns of coordinates, or a file of shapes";
        faults.push(Fault::error(IssueKind::MissingGeometry, "geometry", "", message));
    }
    follow(context, field, values, &place, faults);
    if collection.geometry == GeometryKind::None {
        return Some(Vec::new());
    }
    let nowhere = place.geometry.is_none() && place.province.is_none();
    // A municipality that there is not, or that is not certain, is one of the territory's all the same.
    let of_here =
        |fault: &Fault| matches!(fault.kind, IssueKind::UnknownMunicipality | IssueKind::AmbiguousName);
    let says_nothing = nowhere && !faults.iter().any(of_here);
    if of_country && says_nothing && may_lack && collection.geometry != GeometryKind::Locations {
        return None;
    }
    if lacks && may_lack {
        let known = if nowhere { "nothing of its place" } else { "only its municipality or province" };
        let message = format!("there is no geometry: {known} is known; give it coordinates at the source");
        faults.push(Fault::warning(IssueKind::MissingGeometry, "geometry", "", message));
    }
    Some(if nowhere { Vec::new() } else { vec![place] })
}

/// Whether it has been said already what is wrong with the shape.
fn is_of_shape(fault: &Fault) -> bool {
    let parts = [PlacePart::X, PlacePart::Y, PlacePart::Wkt].map(PlacePart::as_str);
    fault.field == "geometry" || parts.contains(&fault.field.as_str())
}

/// A record with a shape of its own has its place, whatever becomes of the name beside it.
fn mend_names(faults: &mut [Fault]) {
    let named = |fault: &&mut Fault| fault.field == PlacePart::MunicipalityName.as_str();
    faults.iter_mut().filter(named).for_each(|fault| fault.severity = Severity::Warning);
}

/// Fills in the municipality that the place says and the zone that the register says, where the source does not. A
/// municipality of the register itself is not moved to its successor: it would stand there twice.
fn follow(
    context: &Context<'_>,
    field: Option<usize>,
    values: &mut [Value],
    place: &Location,
    faults: &mut [Fault],
) {
    let collection = context.collection;
    if let (Some(field), Some(code)) = (field, place.municipality)
        && let Some(value) = values.get_mut(field).filter(|value| value.is_missing())
    {
        *value = Value::Text(code.to_string());
    }
    if let (Some(zone), Some(code)) = (collection.with_role(Role::Zone), place.municipality)
        && let Some(value) = values.get_mut(zone).filter(|value| value.is_missing())
        && let Some(zone) = context.dialect.gazetteer.zone(code)
    {
        *value = Value::Text(zone.to_owned());
    }
    if field.is_some_and(|field| collection.key == [field]) {
        let superseded = |fault: &&mut Fault| fault.kind == IssueKind::SupersededCode;
        for fault in faults.iter_mut().filter(superseded) {
            fault.severity = Severity::Error;
            "the municipality is no more: use a file of today's municipalities"
                .clone_into(&mut fault.message);
        }
    }
}
