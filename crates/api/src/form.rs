//! The form in which features are asked for: reference system, properties, geometry.

use atlas::{Form, Layer, Property, Reference};
use axum::http::header::{HeaderName, HeaderValue};
use axum::response::Response;

use crate::detail::said;
use crate::listing::value;
use crate::problem::Problem;

/// The reference system of the answer.
pub const CRS: &str = "crs";
/// The properties that are wanted.
pub const PROPERTIES: &str = "properties";
/// Whether geometries are left out.
pub const SKIP_GEOMETRY: &str = "skipGeometry";
/// All of them.
pub const PARAMETERS: [&str; 3] = [CRS, PROPERTIES, SKIP_GEOMETRY];

const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// The form that parameters ask for.
///
/// # Errors
/// 400 for a reference system or a property that there is not.
pub fn of(layer: &Layer, parameters: &[(String, String)]) -> Result<Form, Problem> {
    let mut form = layer.usual_form();
    form.reference = reference(parameters, CRS)?;
    if let Some(names) = value(parameters, PROPERTIES) {
        let chosen: Vec<Property> = names
            .split(',')
            .filter(|name| !name.trim().is_empty())
            .map(|name| property(layer, name.trim(), PROPERTIES))
            .collect::<Result<_, _>>()?;
        form = form.with_properties(&chosen);
    }
    form.geometry = match value(parameters, SKIP_GEOMETRY) {
        None | Some("false") => true,
        Some("true") => false,
        Some(other) => {
            return Err(Problem::bad_request(said(
                "none_of",
                &[("value", &other), ("name", &SKIP_GEOMETRY), ("known", &"true, false")],
            )));
        }
    };
    Ok(form)
}

/// The reference system that a parameter names; longitude and latitude where it does not stand.
///
/// # Errors
/// 400 with the names there are.
pub fn reference(parameters: &[(String, String)], name: &str) -> Result<Reference, Problem> {
    let Some(text) = value(parameters, name) else { return Ok(Reference::default()) };
    Reference::parse(text).ok_or_else(|| {
        let known = Reference::ALL.map(Reference::uri).join(", ");
        Problem::bad_request(said("unknown_value", &[("value", &text), ("name", &name), ("known", &known)]))
    })
}

/// The property that a parameter names.
///
/// # Errors
/// 400 with the names there are.
pub fn property(layer: &Layer, name: &str, parameter: &str) -> Result<Property, Problem> {
    Property::parse(&layer.collection, &layer.origins, name).ok_or_else(|| {
        let known: Vec<_> = Property::all(&layer.collection, &layer.origins)
            .into_iter()
            .map(|property| property.name(&layer.collection))
            .collect();
        let known = known.join(", ");
        Problem::bad_request(said(
            "no_property",
            &[("name", &name), ("parameter", &parameter), ("known", &known)],
        ))
    })
}

/// The same answer, which says the reference system of its coordinates (OGC 18-058r1, requirement 16).
pub fn stated(mut response: Response, reference: Reference) -> Response {
    if let Ok(uri) = HeaderValue::from_str(&format!("<{}>", reference.uri())) {
        response.headers_mut().insert(CONTENT_CRS, uri);
    }
    response
}
