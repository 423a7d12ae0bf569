//! An answer as features: one for each subject and object that have to do with each other, and one for each subject without.

use atlas::{Edition, Reference, Shape, write_shapes};
use overlay::{Answer, Finding, Pair};
use serde_json::{Value, json};

use super::Sided;
use crate::problem::Problem;
use crate::work::Wanted;

/// The geometry of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Geometry {
    /// All of the subject, as it is drawn.
    Subject,
    /// What the subject shares with the object.
    Clipped,
    /// None.
    Without,
}

impl Geometry {
    /// The geometry that a word asks for.
    pub fn parse(word: &str) -> Option<Self> {
        [("subject", Self::Subject), ("clipped", Self::Clipped), ("none", Self::Without)]
            .into_iter()
            .find(|(name, _)| *name == word)
            .map(|(_, geometry)| geometry)
    }
}

/// The features of the findings that are told, joined by commas. What is known by its municipality alone has no geometry.
///
/// # Errors
/// When nobody waits for them any more.
pub fn features(
    edition: &Edition,
    answer: &Answer,
    findings: &[&Finding],
    geometry: Geometry,
    wanted: &Wanted,
) -> Result<Vec<u8>, Problem> {
    let mut out = Vec::new();
    let (subjects, objects) = (Sided::subjects(edition, answer), Sided::objects(edition, answer));
    for finding in findings {
        wanted.check()?;
        let pairs = finding.pairs.iter().map(Some).chain(finding.pairs.is_empty().then_some(None));
        for pair in pairs {
            let shapes = match geometry {
                Geometry::Without => Vec::new(),
                Geometry::Subject => own(subjects, finding),
                Geometry::Clipped => {
                    pair.map(|pair| clipped(subjects, objects, finding, pair)).unwrap_or_default()
                }
            };
            if !out.is_empty() {
                out.push(b',');
            }
            out.extend_from_slice(br#"{"type":"Feature","geometry":"#);
            write_shapes(&mut out, &shapes, Reference::default());
            let properties = properties(subjects, objects, finding, pair);
            out.extend_from_slice(format!(",\"properties\":{properties}}}").as_bytes());
        }
    }
    Ok(out)
}

fn own(subjects: Sided<'_>, finding: &Finding) -> Vec<Shape> {
    let found =
        subjects.layer.and_then(|layer| Some(layer.shapes(layer.position(finding.subject)?).to_vec()));
    found.unwrap_or_default()
}

/// What a subject shares with an object, in degrees.
fn clipped(subjects: Sided<'_>, objects: Sided<'_>, finding: &Finding, pair: &Pair) -> Vec<Shape> {
    let found = subjects.layer.zip(objects.layer).and_then(|(own, other)| {
        let (at, to) = (own.position(finding.subject)?, other.position(pair.object)?);
        Some(overlay::clipped((own, at), (other, to)))
    });
    found.unwrap_or_default()
}

/// Everything that is known of a pair, with the source and the release of both.
fn properties(subjects: Sided<'_>, objects: Sided<'_>, finding: &Finding, pair: Option<&Pair>) -> Value {
    let origin = |side: Sided<'_>, id| {
        let origin = side.layer.and_then(|layer| Some(layer.origin(layer.position(id)?)));
        origin.map(|it| (it.source.to_string(), it.release.0, it.extracted_on.map(|day| day.to_string())))
    };
    let (source, release, extracted) = origin(subjects, finding.subject).unwrap_or_default();
    let mut properties = json!({
        "subject": finding.subject.number(),
        "subject_title": subjects.title(finding.subject),
        "standing": finding.standing.as_str(),
        "source": source,
        "release": release,
        "extraction_date": extracted,
    });
    let of_object = pair.and_then(|pair| origin(objects, pair.object));
    let more = json!({
        "object": pair.map(|pair| pair.object.number()),
        "object_title": pair.map(|pair| objects.title(pair.object)),
        "relation": pair.map(|pair| pair.relation.as_str()),
        "area_m2": pair.and_then(|pair| pair.area_m2),
        "share_of_subject": pair.and_then(|pair| pair.share_of_subject),
        "share_of_object": pair.and_then(|pair| pair.share_of_object),
        "length_m": pair.and_then(|pair| pair.length_m),
        "distance_m": pair.and_then(|pair| pair.distance_m),
        "object_source": of_object.as_ref().map(|(source, ..)| source),
        "object_release": of_object.as_ref().map(|(_, release, _)| release),
        "object_extraction_date": of_object.as_ref().and_then(|(.., extracted)| extracted.as_ref()),
    });
    if let (Value::Object(properties), Value::Object(more)) = (&mut properties, more) {
        properties.extend(more);
    }
    properties
}
