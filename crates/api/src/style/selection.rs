//! What a strategy's map shows: the layers of its collections, narrowed to the records that it is about.

use atlas::Edition;

use domain::{Collection, Role, Selection, Strategy};
use serde_json::{Value, json};

use super::{LIST, has_places, shown};

/// The layers of a strategy's collections, in the order of the list, those that it does not know first.
pub fn layers(edition: &Edition, strategy: &Strategy) -> Vec<Value> {
    let mut layers = Vec::new();
    for selection in &strategy.shown {
        let layer = edition.layer(&selection.collection).filter(|layer| has_places(layer));
        for mut drawn in layer.map(shown).unwrap_or_default() {
            if let Some(layer) = layer {
                narrow(&mut drawn, &layer.collection, selection);
            }
            layers.push(drawn);
        }
    }
    layers.sort_by_key(|layer| LIST.iter().position(|listed| listed["id"] == layer["id"]));
    layers
}

/// Lets a layer draw the selected records only, and its clusters count only them.
fn narrow(layer: &mut Value, collection: &Collection, selection: &Selection) {
    let category = collection.with_role(Role::Category).map(|place| collection.fields[place].id.as_str());
    for (field, values) in &selection.filter {
        let chosen = json!(["in", ["get", field], ["literal", values]]);
        let narrowed = if category == Some(field) {
            // Clusters say how many of each category they stand for.
            let count = count_of(values);
            for part in ["layout", "paint"] {
                recount(&mut layer[part], values);
            }
            json!(["case", ["==", ["get", "cluster"], true], [">", count, 0], chosen])
        } else {
            chosen
        };
        layer["filter"] = match layer["filter"].take() {
            Value::Null => narrowed,
            own => json!(["all", own, narrowed]),
        };
    }
    for part in ["layout", "paint"] {
        if layer[part].is_null()
            && let Some(layer) = layer.as_object_mut()
        {
            layer.remove(part);
        }
    }
}

/// How many records of these categories a cluster stands for; a category that it lacks is absent, not 0.
fn count_of(categories: &[String]) -> Value {
    let counts = categories.iter().map(|it| json!(["coalesce", ["get", format!("count_{it}")], 0]));
    [json!("+"), json!(0)].into_iter().chain(counts).collect()
}

/// Puts that number wherever a value asks for a cluster's count.
fn recount(value: &mut Value, categories: &[String]) {
    if *value == json!(["get", "count"]) {
        *value = count_of(categories);
        return;
    }
    match value {
        Value::Array(parts) => parts.iter_mut().for_each(|part| recount(part, categories)),
        Value::Object(parts) => parts.values_mut().for_each(|part| recount(part, categories)),
        _ => {}
    }
}
