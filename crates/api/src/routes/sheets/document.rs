//! A sheet as data.

use atlas::{Edition, Layer};
use domain::question::Sliver;
use domain::{Cents, FieldType, Role};
use overlay::sheet::{
    AnswerHere, Change, Figures, Found, Funding, Group, Inside, Missing, OfStrategy, Place, Proposal,
    Proposals, Sheet, Whose,
};
use overlay::{Finding, Standing};
use serde_json::{Value, json};

use super::since::{Before, Earlier};
use crate::answering;
use crate::as_of::Moment;
use crate::ask::Ask;
use crate::comparison::PLACES;
use crate::content::{GEOJSON, JSON};
use crate::downloads;
use crate::links::{self, link};

/// The document of a sheet.
pub fn of(edition: &Edition, sheet: &Sheet<'_>, changes: (&Earlier, &[Change<'_>]), ask: &Ask) -> Value {
    let place = &sheet.place;
    let mut links = links::of_itself(ask, JSON);
    let own = format!("/collections/{}/items/{}", place.layer.collection.id, place.layer.id(place.position));
    links.push(link(ask, "related", GEOJSON, &own, "Its borders"));
    if let Some(zone) = &sheet.zone {
        links.push(link(ask, "up", JSON, &links::to_sheet(zone), "Its zone"));
    }
    links.extend(downloads::of_sheet(sheet).into_iter().map(|it| {
        let title = format!("{} of it as {}", it.layer.collection.title.en, it.format.title());
        link(ask, "enclosure", it.format.media_type(), &it.url, &title)
    }));
    json!({
        "code": place.code(),
        "name": place.name(),
        "zone": sheet.zone.as_ref().map(|zone| named(zone, ask)),
        "municipalities": place.members.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "population": place.population(),
        "area_m2": sheet.area_m2,
        "releases": releases(edition),
        "proposals": sheet.proposals.iter().map(|it| proposals(it, ask)).collect::<Vec<_>>(),
        "comparison": sheet.figures.iter().map(figures).collect::<Vec<_>>(),
        "inside": sheet.inside.iter().map(|it| inside(it, ask)).collect::<Vec<_>>(),
        "sliver": { "area_m2": Sliver::default().area_m2, "share": Sliver::default().share },
        "strategies": sheet.strategies.iter().map(|it| strategy(edition, it, ask)).collect::<Vec<_>>(),
        "changes": told(changes, ask),
        "missing": sheet.missing.iter().map(missing).collect::<Vec<_>>(),
        "links": links,
    })
}

fn named(place: &Place<'_>, ask: &Ask) -> Value {
    json!({ "code": place.code(), "name": place.name(), "href": format!("{}{}", ask.origin, links::to_sheet(place)) })
}

/// The releases that the sheet rests on, each once.
fn releases(edition: &Edition) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for origin in edition.layers.iter().flat_map(|layer| &layer.origins) {
        let release = json!({
            "source": origin.source.as_str(),
            "release": origin.release.0,
            "extraction_date": origin.extracted_on.map(|day| day.to_string()),
            "licence": origin.licence,
            "demo": origin.demo,
        });
        if !all.contains(&release) {
            all.push(release);
        }
    }
    all
}

fn proposals(of: &Proposals<'_>, ask: &Ask) -> Value {
    json!({
        "collection": of.layer.collection.id.as_str(),
        "count": of.all.len(),
        "precision": of.by_precision().into_iter().map(|(it, count)| (it.as_str().to_owned(), count.into())).collect::<serde_json::Map<_, Value>>(),
        "amount_field": of.layer.collection.with_role(Role::Amount).map(|field| of.layer.collection.fields[field].id.as_str()),
        "funding": funding(of.funding),
        "groups": of.groups.iter().map(|it| group(of.layer, it)).collect::<Vec<_>>(),
        "items": of.all.iter().map(|it| proposal(of.layer, it, ask)).collect::<Vec<_>>(),
    })
}

fn funding(of: Funding) -> Value {
    json!({
        "whole_cents": of.whole.0,
        "stated": of.stated,
        "unstated": of.unstated,
        "shared": { "count": of.shared_count, "whole_cents": of.shared.0 },
        "here_cents": of.here.0,
        "undivided": { "count": of.undivided_count, "whole_cents": of.undivided.0 },
    })
}

fn group(layer: &Layer, of: &Group) -> Value {
    json!({
        "category": of.category,
        "label": of.category.as_deref().and_then(|code| label(layer, code)),
        "count": of.count,
        "funding": funding(of.funding),
        "status": of.statuses.iter().map(|(status, count)| json!({ "status": status, "count": count })).collect::<Vec<_>>(),
    })
}

fn proposal(layer: &Layer, of: &Proposal, ask: &Ask) -> Value {
    let (at, cents) = (of.position, |amount: Cents| amount.0);
    json!({
        "id": layer.id(at).number(),
        "title": layer.title(at),
        "category": layer.text(at, Role::Category),
        "status": layer.text(at, Role::Status),
        "precision": of.precision.as_str(),
        "elsewhere_too": of.is_shared,
        "whole_cents": of.part.map(|part| cents(part.whole)),
        "here_cents": of.part.and_then(|part| part.here).map(cents),
        "href": item(layer, at, ask),
    })
}

fn figures(of: &Figures) -> Value {
    let (whose, name) = match &of.whose {
        Whose::Place(name) => ("place", Some(name)),
        Whose::Zone(name) => ("zone", Some(name)),
        Whose::Territory => ("territory", None),
    };
    json!({
        "of": whose,
        "name": name,
        "population": of.population,
        "proposals": of.proposals,
        "located": of.located,
        "whole_cents": of.funding.map(|amount| amount.0),
        "per_inhabitant_cents": of.per_inhabitant().map(|amount| amount.0),
    })
}

fn inside(of: &Inside<'_>, ask: &Ask) -> Value {
    let collection = &of.layer.collection;
    let nearest = of.nearest.iter().map(|it| {
        json!({
            "category": it.category,
            "label": label(of.layer, &it.category),
            "id": of.layer.id(it.position).number(),
            "title": of.layer.title(it.position),
            "distance_m": it.distance_m,
            "href": item(of.layer, it.position, ask),
        })
    });
    json!({
        "collection": collection.id.as_str(),
        "family": collection.family,
        "title": collection.title.it,
        "count": of.found.len(),
        "slivers": of.slivers,
        "items": of.found.iter().map(|it| found(of.layer, it, ask)).collect::<Vec<_>>(),
        "nearest": nearest.collect::<Vec<_>>(),
        "nowhere": of.nowhere,
    })
}

fn found(layer: &Layer, of: &Found, ask: &Ask) -> Value {
    let at = of.position;
    let meeting = of.meeting.map(|it| {
        json!({
            "area_m2": it.area_m2,
            "share_of_place": it.share_of_subject,
            "share_of_record": it.share_of_object,
            "length_m": it.length_of_object_m,
            "points": it.points_of_object,
        })
    });
    let category = layer.text(at, Role::Category);
    json!({
        "id": layer.id(at).number(),
        "title": layer.title(at),
        "category": category,
        "label": category.and_then(|code| label(layer, code)),
        "status": layer.text(at, Role::Status),
        "precision": layer.precision(at).as_str(),
        "inside": meeting,
        "href": item(layer, at, ask),
    })
}

fn strategy(edition: &Edition, of: &OfStrategy<'_>, ask: &Ask) -> Value {
    let selections = of.selections.iter().map(|it| {
        json!({
            "collection": it.layer.collection.id.as_str(),
            "loaded": !it.layer.is_empty(),
            "count": if it.layer.is_empty() { None } else { Some(it.here.len()) },
            "whole_cents": it.funding.map(|amount| amount.0),
            "not_loaded": it.not_loaded,
        })
    });
    let strategy = of.strategy;
    json!({
        "id": strategy.id.as_str(),
        "code": strategy.code,
        "title": strategy.title.it,
        "selections": selections.collect::<Vec<_>>(),
        "questions": of.answers.as_ref().map(|all| all.iter().map(|it| answer(edition, it, ask)).collect::<Vec<_>>()),
    })
}

/// What a question is answered of its subjects here.
fn answer(edition: &Edition, of: &AnswerHere<'_>, ask: &Ask) -> Value {
    let (answer, words) = (of.answer, answering::Words::of(ask));
    let mut told = json!({
        "id": answer.question.id.as_str(),
        "title": answering::both(&answer.question.title),
        "measure": answer.question.measure.as_str(),
        "state": if of.found.is_some() { "answered" } else { "not_loaded" },
        "href": format!("{}/strategies/{}/questions/{}", ask.origin, answer.strategy, answer.question.id),
    });
    if let Some(found) = &of.found {
        told["of_the_place_itself"] = found.is_of_itself.into();
        told["counts"] = answering::counts(&found.counts);
        told["count"] = found.total.count.into();
        told["inhabitants"] = found.total.inhabitants.into();
        told["rate"] = answering::rate(&found.total).into();
        let tells = |finding: &&Finding| !matches!(finding.standing, Standing::Outside | Standing::Unlocated);
        let is_told = |finding: &&Finding| {
            found.is_of_itself || tells(finding) || overlay::answers(answer.question.measure, finding)
        };
        let findings: Vec<&Finding> = found.findings.iter().copied().filter(is_told).collect();
        told["subjects"] = answering::subjects(edition, answer, &findings, words).into();
    }
    told
}

fn told((earlier, changes): (&Earlier, &[Change<'_>]), ask: &Ask) -> Value {
    let (state, since) = match earlier {
        Earlier::Stood { before: Before::Release(release), .. } => {
            ("compared", json!({ "release": release.0 }))
        }
        Earlier::Stood { before: Before::Moment(moment), .. } => {
            ("compared", json!({ "time": time(*moment) }))
        }
        Earlier::First => ("first_release", Value::Null),
        Earlier::Unavailable => ("unavailable", Value::Null),
    };
    json!({
        "state": state,
        "since": since,
        "changes": changes.iter().filter_map(|it| change(it, ask)).collect::<Vec<_>>(),
    })
}

fn time(moment: Moment) -> Option<String> {
    match moment {
        Moment::Day(day) => Some(day.to_string()),
        Moment::Instant(at) => at.format(&time::format_description::well_known::Rfc3339).ok(),
        Moment::Release(_) => None,
    }
}

fn change(of: &Change<'_>, ask: &Ask) -> Option<Value> {
    let (layer, at) = of.told_by()?;
    let field = |field: &usize| {
        let name = &layer.collection.fields[*field].id;
        let stated = |side: Option<(&Layer, usize)>| {
            side.and_then(|(layer, at)| Some(atlas::json(layer.value(at, layer.collection.position(name)?))))
        };
        json!({ "field": name, "before": stated(of.before), "after": stated(of.after) })
    };
    let places = of.is_moved.then(|| json!({ "field": PLACES }));
    Some(json!({
        "collection": layer.collection.id.as_str(),
        "id": of.id.number(),
        "title": layer.title(at),
        "change": match (of.before, of.after) { (None, _) => "added", (_, None) => "removed", _ => "changed" },
        "fields": of.fields.iter().map(field).chain(places).collect::<Vec<_>>(),
        "href": of.after.map(|(layer, at)| item(layer, at, ask)),
    }))
}

fn missing(of: &Missing<'_>) -> Value {
    let (what, collection, count) = match of {
        Missing::Layer(layer) => ("layer_not_loaded", Some(layer.collection.id.as_str()), None),
        Missing::Proposals(layer) => ("no_proposals", Some(layer.collection.id.as_str()), None),
        Missing::Shapes(count) => ("known_by_municipality_alone", None, Some(count)),
        Missing::Amounts(count) => ("amount_not_stated", None, Some(count)),
        Missing::Shares(count) => ("division_not_stated", None, Some(count)),
        Missing::Municipalities(count) => ("municipality_not_stated", None, Some(count)),
        Missing::Population => ("population_not_stated", None, None),
    };
    json!({ "what": what, "collection": collection, "count": count })
}

/// What a category means, in Italian.
fn label<'a>(layer: &'a Layer, code: &str) -> Option<&'a str> {
    let field = &layer.collection.fields[layer.collection.with_role(Role::Category)?];
    let known = field.codes.iter().find(|known| known.code == code);
    known.filter(|_| field.field_type == FieldType::Text).map(|known| known.label.it.as_str())
}

fn item(layer: &Layer, at: usize, ask: &Ask) -> String {
    format!("{}/collections/{}/items/{}", ask.origin, layer.collection.id, layer.id(at))
}
