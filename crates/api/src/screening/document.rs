//! A screening as JSON.

use atlas::Layer;
use domain::{Bilingual, Role};
use overlay::screening::{Counterpart, OfLayer, OfStrategy, Part, Said};
use overlay::sheet::{Found, Nearest};
use overlay::{Basis, Meeting, Standing};
use serde_json::{Map, Value, json};

use super::given::Given;
use super::screened::Screened;
use crate::answering::{absent, both};
use crate::ask::Ask;
use crate::links;
use crate::views::sheet::inside::AUTHORITY;

/// The document.
pub fn document(screened: Screened<'_>, ask: &Ask) -> Value {
    let Screened { screening, edition, .. } = screened;
    let sliver = OfLayer::sliver();
    let perhaps = screening.perhaps.as_ref().map(|all| {
        all.iter()
            .map(|it| json!({ "collection": id(it.layer), "items": items(it, false, ask) }))
            .collect::<Vec<_>>()
    });
    json!({
        "place": place(screened, ask),
        "collections": screening.layers.iter().map(|it| collection(it, ask)).collect::<Vec<_>>(),
        "perhaps": perhaps,
        "strategies": screening.strategies.iter().map(|it| strategy(edition, it, ask)).collect::<Vec<_>>(),
        "sliver": { "area_m2": sliver.area_m2, "share": sliver.share },
        "demo": edition.is_demo(),
        "releases": releases(&screening.releases, ask),
    })
}

fn place(screened: Screened<'_>, ask: &Ask) -> Value {
    let Screened { given, screening, .. } = screened;
    let upload = match given {
        Given::Shapes { upload, .. } => Some(upload),
        Given::Record(..) => None,
    };
    let municipality = |(place, meeting): (overlay::sheet::Place<'_>, Option<Meeting>)| {
        json!({
            "code": place.code(),
            "name": place.name(),
            "area_m2": meeting.map(|it| it.area_m2),
            "share_of_place": meeting.map(|it| it.share_of_subject),
            "length_m": meeting.map(|it| it.length_of_subject_m),
            "points": meeting.map(|it| it.points_of_subject),
            "is_measured": meeting.is_some(),
            "href": format!("{}{}", ask.origin, links::to_sheet(&place)),
        })
    };
    json!({
        "feature": given.record().map(|(layer, at)| json!({
            "collection": id(layer),
            "id": layer.id(at).number(),
            "title": layer.title(at),
            "precision": layer.precision(at).as_str(),
            "href": item(layer, at, ask),
        })),
        "features": upload.map(|it| it.features),
        "features_without_shape": upload.map(|it| it.without_shape),
        "area_m2": screening.extent.area_m2,
        "length_m": screening.extent.length_m,
        "points": screening.extent.points,
        "municipalities": screened.municipalities().into_iter().map(municipality).collect::<Vec<_>>(),
    })
}

fn collection(of: &OfLayer<'_>, ask: &Ask) -> Value {
    let layer = of.layer;
    json!({
        "collection": id(layer),
        "title": both(&layer.collection.title),
        "family": layer.collection.family,
        "loaded": !layer.is_empty(),
        "count": (!layer.is_empty()).then_some(of.found.len()),
        "slivers": of.slivers,
        "somewhere_in_municipality": of.somewhere,
        "unlocated": of.unlocated,
        "items": items(of, true, ask),
        "nearest": of.nearest.iter().map(|it| nearest(layer, it, ask)).collect::<Vec<_>>(),
    })
}

/// The records that are met; what a municipality meets is not measured against the place.
fn items(of: &OfLayer<'_>, measured: bool, ask: &Ask) -> Vec<Value> {
    of.found.iter().map(|it| found(of.layer, it, measured, ask)).collect()
}

fn found(layer: &Layer, of: &Found, measured: bool, ask: &Ask) -> Value {
    let at = of.position;
    let mut told = Map::new();
    let mut put = |name: &str, value: Value| told.insert(name.to_owned(), value);
    put("id", layer.id(at).number().into());
    put("title", layer.title(at).into());
    let category = layer.text(at, Role::Category);
    put("category", category.into());
    put("label", category.and_then(|code| label(layer, code)).map(|it| both(&it)).into());
    for name in AUTHORITY {
        if let Some(field) = layer.collection.position(name) {
            put(name, atlas::json(layer.value(at, field)));
        }
    }
    if let Some(meeting) = of.meeting.filter(|_| measured) {
        put("relation", meeting.relation.as_str().into());
        put("area_m2", meeting.area_m2.into());
        put("share_of_place", meeting.share_of_subject.into());
        put("share_of_record", meeting.share_of_object.into());
        put("length_of_place_m", meeting.length_of_subject_m.into());
        put("length_of_record_m", meeting.length_of_object_m.into());
        put("points_of_place", meeting.points_of_subject.into());
        put("points_of_record", meeting.points_of_object.into());
    }
    put("href", item(layer, at, ask).into());
    told.into()
}

fn nearest(layer: &Layer, of: &Nearest, ask: &Ask) -> Value {
    json!({
        "category": of.category,
        "label": label(layer, &of.category).map(|it| both(&it)),
        "id": layer.id(of.position).number(),
        "title": layer.title(of.position),
        "distance_m": of.distance_m,
        "href": item(layer, of.position, ask),
    })
}

fn strategy(edition: &atlas::Edition, of: &OfStrategy<'_>, ask: &Ask) -> Value {
    json!({
        "id": of.strategy.id.as_str(),
        "code": of.strategy.code,
        "title": both(&of.strategy.title),
        "href": format!("{}/strategies/{}", ask.origin, of.strategy.id),
        "questions": of.questions.iter().map(|it| said(edition, of, it, ask)).collect::<Vec<_>>(),
    })
}

fn said(edition: &atlas::Edition, strategy: &OfStrategy<'_>, of: &Said<'_>, ask: &Ask) -> Value {
    let question = of.question;
    let (part, selection) = match of.part {
        Part::Subject => ("subject", &question.object),
        Part::Object => ("object", &question.subject),
    };
    let layer = edition.layer(&selection.collection);
    let says = of.says.as_ref();
    let counterparts = says.iter().flat_map(|it| &it.met).map(|it| counterpart(layer, of.part, it, ask));
    let missing = of.absent.iter().map(|it| both(&absent(edition, it)));
    json!({
        "id": question.id.as_str(),
        "title": both(&question.title),
        "measure": question.measure.as_str(),
        "distance_m": question.measure.distance_m(),
        "part": part,
        "against": selection.collection.as_str(),
        "state": if says.is_some() { "answered" } else { "not_loaded" },
        "standing": says.map(|it| it.standing.as_str()),
        "answers": says.map(|it| matches!(it.standing, Standing::Inside | Standing::PartlyInside)),
        "records": counterparts.collect::<Vec<_>>(),
        "slivers": says.map(|it| it.slivers),
        "absent": missing.collect::<Vec<_>>(),
        "href": format!("{}/strategies/{}/questions/{}", ask.origin, strategy.strategy.id, question.id),
    })
}

fn counterpart(layer: Option<&Layer>, part: Part, of: &Counterpart, ask: &Ask) -> Value {
    let found = layer.and_then(|layer| Some((layer, layer.position(of.id)?)));
    let pair = of.pair;
    let (share_of_place, share_of_record) = match part {
        Part::Subject => (pair.share_of_subject, pair.share_of_object),
        Part::Object => (pair.share_of_object, pair.share_of_subject),
    };
    json!({
        "id": of.id.number(),
        "title": found.map(|(layer, at)| layer.title(at)),
        "relation": pair.relation.as_str(),
        "area_m2": pair.area_m2,
        "share_of_place": share_of_place,
        "share_of_record": share_of_record,
        "length_m": pair.length_m,
        "distance_m": pair.distance_m,
        "is_gap": of.is_gap,
        "href": found.map(|(layer, at)| item(layer, at, ask)),
    })
}

fn releases(all: &[Basis], ask: &Ask) -> Vec<Value> {
    let told = all.iter().map(|basis| {
        json!({
            "collection": basis.collection.as_str(),
            "source": basis.source.as_str(),
            "release": basis.release.0,
            "extraction_date": basis.extracted_on.map(|day| day.to_string()),
            "demo": basis.demo,
            "href": format!("{}/releases/{}", ask.origin, basis.release),
        })
    });
    told.collect()
}

/// What a category means.
pub fn label(layer: &Layer, code: &str) -> Option<Bilingual> {
    let field = &layer.collection.fields[layer.collection.with_role(Role::Category)?];
    field.codes.iter().find(|known| known.code == code).map(|known| known.label.clone())
}

fn id(layer: &Layer) -> &str {
    layer.collection.id.as_str()
}

fn item(layer: &Layer, at: usize, ask: &Ask) -> String {
    format!("{}/collections/{}/items/{}", ask.origin, layer.collection.id, layer.id(at))
}
