//! The process as the standard describes it.

use serde_json::{Value, json};

use super::asked::{CRS, FEATURE, FORMS, Form, PLACE, SCREENING};
use crate::ask::Ask;
use crate::content::JSON;
use crate::links::{self, EXECUTE, link};

/// The list of processes.
pub fn list(ask: &Ask) -> Value {
    let mut summary = summary();
    summary["links"] =
        vec![link(ask, "process", JSON, &address(""), "The description of the process")].into();
    json!({ "processes": [summary], "links": links::of_itself(ask, JSON) })
}

/// The description of the screening.
pub fn screening(ask: &Ask) -> Value {
    let mut description = summary();
    let mut links = links::of_itself(ask, JSON);
    links.push(link(
        ask,
        EXECUTE,
        JSON,
        &address("/execution"),
        "Execute it: POST, the answer comes at once",
    ));
    description["inputs"] = inputs();
    description["outputs"] = outputs();
    description["links"] = links.into();
    description
}

fn address(end: &str) -> String {
    format!("/processes/{SCREENING}{end}")
}

fn summary() -> Value {
    json!({
        "id": SCREENING,
        "version": env!("CARGO_PKG_VERSION"),
        "title": "Screening of a place",
        "description": "What a place has to do with: everything published that it meets, with areas, lengths and shares, and what the \
                        questions of the strategies say of it. Nothing is stored. A file in any format of the importer is sent as \
                        multipart/form-data, in the field “file”.",
        "keywords": ["screening", "overlay", "strategies"],
        "jobControlOptions": ["sync-execute"],
        "outputTransmission": ["value"],
    })
}

/// What is given: one of a place and a record.
fn inputs() -> Value {
    let geojson = "http://schemas.opengis.net/ogcapi/features/part1/1.0/openapi/schemas/featureGeoJSON.yaml";
    json!({
        PLACE: {
            "title": "The place",
            "description": "A GeoJSON geometry, feature or collection of features, screened together as one place; or WKT. Either this or \
                            “feature”.",
            "minOccurs": 0,
            "maxOccurs": 1,
            "schema": { "oneOf": [
                {
                    "type": "object",
                    "required": ["type"],
                    "properties": { "type": { "type": "string" } },
                    "externalDocs": { "url": geojson },
                    "contentMediaType": "application/geo+json",
                },
                { "type": "string", "description": "WKT" },
            ] },
        },
        FEATURE: {
            "title": "A record of the portal",
            "description": "Its collection and number, pnrr-projects/123, or its address; a proposal also by its CUP, if only one has it.",
            "minOccurs": 0,
            "maxOccurs": 1,
            "schema": { "type": "string" },
        },
        CRS: {
            "title": "The reference system of the coordinates, where what is given does not say it",
            "minOccurs": 0,
            "maxOccurs": 1,
            "schema": { "type": "string", "example": "EPSG:32632" },
        },
    })
}

fn outputs() -> Value {
    let schema = |(form, media_type): (Form, &str)| match form {
        Form::Json | Form::Features => json!({ "type": "object", "contentMediaType": media_type }),
        Form::Table | Form::Page => json!({ "type": "string", "contentMediaType": media_type }),
    };
    json!({ SCREENING: {
        "title": "What the place has to do with",
        "description": "JSON; as GeoJSON what is met, clipped to the place; as CSV a table of it; or a page.",
        "schema": { "oneOf": FORMS.map(schema) },
    } })
}
