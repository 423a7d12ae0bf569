//! A screening as features: what is met, each cut to what it shares with the place.

use atlas::{Layer, Reference, write_shapes};
use overlay::sheet::Found;
use serde_json::{Value, json};

use super::screened::Screened;
use crate::content::{Content, GEOJSON};

/// The features; those that are known by their municipality alone are met by nobody, and are not among them.
pub fn features(screened: Screened<'_>) -> Content {
    let mut body = br#"{"type":"FeatureCollection","features":["#.to_vec();
    let mut is_first = true;
    for of_layer in &screened.screening.layers {
        for found in &of_layer.found {
            if !is_first {
                body.push(b',');
            }
            is_first = false;
            body.extend_from_slice(br#"{"type":"Feature","geometry":"#);
            let shapes = screened.ground.clipped(of_layer.layer, found.position);
            write_shapes(&mut body, &shapes, Reference::default());
            let properties = properties(of_layer.layer, found);
            body.extend_from_slice(format!(",\"properties\":{properties}}}").as_bytes());
        }
    }
    body.extend_from_slice(b"]}");
    Content::new(GEOJSON, body)
}

/// Everything that is known of what both share, with the source and the release of the record.
fn properties(layer: &Layer, found: &Found) -> Value {
    let (at, meeting) = (found.position, found.meeting);
    let origin = layer.origin(at);
    json!({
        "collection": layer.collection.id.as_str(),
        "id": layer.id(at).number(),
        "title": layer.title(at),
        "category": layer.text(at, domain::Role::Category),
        "relation": meeting.map(|it| it.relation.as_str()),
        "area_m2": meeting.map(|it| it.area_m2),
        "share_of_place": meeting.map(|it| it.share_of_subject),
        "share_of_record": meeting.map(|it| it.share_of_object),
        "length_of_place_m": meeting.map(|it| it.length_of_subject_m),
        "length_of_record_m": meeting.map(|it| it.length_of_object_m),
        "source": origin.source.as_str(),
        "release": origin.release.0,
        "extraction_date": origin.extracted_on.map(|day| day.to_string()),
    })
}
