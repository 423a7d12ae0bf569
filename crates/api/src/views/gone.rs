//! What is left of a record that stands no more.

use atlas::{Edition, Layer};
use store::versions::Step;

use super::item::history;
use super::{diff, layout, render, words};
use crate::ask::Ask;
use crate::comparison::RecordChange;
use crate::pages::layout::Section;
use crate::pages::{GonePage, format};
use crate::portal::Portal;
use crate::problem::Problem;

/// The page of a record of `layer` whose last step is that it went.
pub fn page(
    portal: &Portal,
    edition: &Edition,
    layer: &Layer,
    (steps, last): (&[Step], &Step),
    ask: &Ask,
) -> Result<String, Problem> {
    let language = ask.language.0;
    let collection = &layer.collection;
    let title = RecordChange::of(last.change.clone(), Some(collection)).title;
    let stated = last.change.before.as_ref();
    let said = |field: &domain::Field| {
        let text =
            diff::written(edition, collection.id.as_str(), &field.id, stated?.get(&field.id), language);
        Some((words(language, &field.label).to_owned(), text?))
    };
    let values = [
        ("when", format::instant(last.at, language)),
        ("release", last.release.to_string()),
        ("source", super::releases::source_title(portal.source(&last.source), &last.source, language)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let key = if last.is_withdrawal { "gone.withdrawn" } else { "gone.removed" };
    render(&GonePage {
        layout: layout::of(edition, ask, Section::Data),
        collection: collection.id.to_string(),
        collection_title: words(language, &collection.title).to_owned(),
        title,
        left: language.phrase(key, &values),
        last: collection.fields.iter().filter_map(said).collect(),
        history: history::of(portal, edition, layer, Some(steps), language),
        json_url: ask.with_query(&[("f", "json")]),
    })
}
