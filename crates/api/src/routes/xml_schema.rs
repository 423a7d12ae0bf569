//! `/collections/{id}/schema.xsd`: the features of a collection as an XML schema (GML 3.2, simple features).
//!
//! No answer is XML. GDAL takes the types of fields from an XML schema or else from the first ten features, and then cuts
//! every amount that needs more bits than those ten.

use atlas::{Layer, Property};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::FieldType;
use std::fmt::Write;

use crate::ask::Ask;
use crate::content::{Content, XSD};
use crate::portal::{self, Portal};
use crate::problem::Problem;

/// The schema.
pub async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    let layer = portal::layer(&edition, &id)?;
    ask.answer(&layer.tag, || Ok(Content::new(XSD, schema(layer, &ask.origin).into_bytes()))).await
}

fn schema(layer: &Layer, origin: &str) -> String {
    let collection = &layer.collection;
    let id = collection.id.as_str();
    let mut properties =
        String::from(r#"<xs:element name="geometry" type="gml:GeometryPropertyType" minOccurs="0"/>"#);
    for property in Property::all(collection, &layer.origins) {
        let (kind, most) = kind(layer, property);
        let name = property.name(collection);
        // Writing to a text cannot fail.
        let _ = write!(
            properties,
            r#"<xs:element name="{name}" type="xs:{kind}" minOccurs="0" maxOccurs="{most}"/>"#
        );
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:remix="{origin}/collections/{id}" targetNamespace="{origin}/collections/{id}" elementFormDefault="qualified" version="1.0">
<xs:import namespace="http://www.opengis.net/gml/3.2" schemaLocation="http://schemas.opengis.net/gml/3.2.1/gml.xsd"/>
<xs:element name="{id}" type="remix:{id}Type" substitutionGroup="gml:AbstractFeature"/>
<xs:complexType name="{id}Type"><xs:complexContent><xs:extension base="gml:AbstractFeatureType"><xs:sequence>{properties}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>
</xs:schema>
"#
    )
}

/// The XML type of a property, and how often it stands in a feature at most.
fn kind(layer: &Layer, property: Property) -> (&'static str, &'static str) {
    match property {
        Property::Field(place) => match layer.collection.fields[place].field_type {
            FieldType::Integer | FieldType::Cents => ("long", "1"),
            FieldType::Decimal => ("double", "1"),
            FieldType::Boolean => ("boolean", "1"),
            FieldType::Date => ("date", "1"),
            FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => ("string", "1"),
            FieldType::List => ("string", "unbounded"),
        },
        Property::Release => ("long", "1"),
        Property::ExtractionDate => ("date", "1"),
        Property::Precision | Property::Source => ("string", "1"),
        Property::Municipalities | Property::AlsoSources => ("string", "unbounded"),
    }
}
