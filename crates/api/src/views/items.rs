//! The table of a collection's records.

use atlas::Layer;
use domain::{Field, FieldType, LocationPrecision, Role};
use export::Format;

use super::{field, layout, render, words};
use crate::as_of::AsOf;
use crate::ask::Ask;
use crate::filters;
use crate::pages::items::{ActiveFilter, Column, Row};
use crate::pages::layout::{Link, Section};
use crate::pages::{ItemsPage, Language};
use crate::paging::Page;
use crate::problem::Problem;

/// What a table shows beside the title, where the collection has it.
const COLUMNS: [Role; 4] = [Role::Category, Role::Municipality, Role::Status, Role::Amount];

/// A page of the table.
pub fn page(as_of: &AsOf, layer: &Layer, page: &Page, ask: &Ask) -> Result<String, Problem> {
    let (collection, language) = (&layer.collection, ask.language.0);
    let title = collection.with_role(Role::Title);
    let columns: Vec<usize> = COLUMNS.iter().filter_map(|role| collection.with_role(*role)).collect();
    let filters = page.filters.iter().filter(|(name, _)| !filters::is_explanation(name));
    let filters = filters.map(|filter| active_filter(layer, page, filter, ask));
    let same: Vec<(&str, &str)> = page.chosen().collect();
    let download = |format: Format| Link {
        label: format.title().to_owned(),
        url: ask.with_query(&[&same[..], &[("f", format.as_str())]].concat()),
    };
    render(&ItemsPage {
        layout: layout::of(&as_of.edition, ask, Section::Data),
        past: layout::past(as_of, ask),
        collection: collection.id.to_string(),
        title: words(language, &collection.title).to_owned(),
        title_label: title.map(|place| label(&collection.fields[place], language)).unwrap_or_default(),
        columns: columns
            .iter()
            .map(|place| column(&collection.fields[*place], language))
            .chain(
                has_precision(layer)
                    .then(|| Column { label: language.word("item.precision").to_owned(), numeric: false }),
            )
            .collect(),
        rows: page
            .places()
            .iter()
            .map(|place| row(layer, *place as usize, &columns, as_of, language))
            .collect(),
        first: page.start as u64 + 1,
        matched: Some(page.matched.len() as u64),
        filters: filters.collect(),
        previous: page.previous(layer, ask),
        next: page.next(layer, ask),
        downloads: Format::of(collection).map(download).collect(),
    })
}

/// Whether records are known with more or less precision, so that the table has to say it.
fn has_precision(layer: &Layer) -> bool {
    layer.collection.may_lack_shapes()
}

fn precision(precision: LocationPrecision, language: Language) -> String {
    language.word(&format!("item.precision_{}", precision.as_str())).to_owned()
}

fn column(field: &Field, language: Language) -> Column {
    let numeric = matches!(field.field_type, FieldType::Integer | FieldType::Decimal | FieldType::Cents);
    Column { label: label(field, language), numeric }
}

fn row(layer: &Layer, place: usize, columns: &[usize], as_of: &AsOf, language: Language) -> Row {
    let collection = &layer.collection;
    let precision = has_precision(layer).then(|| precision(layer.precision(place), language));
    Row {
        url: as_of.carried(&format!("/collections/{}/items/{}", collection.id, layer.id(place))),
        title: layer.title(place).into_owned(),
        cells: columns
            .iter()
            .map(|field| {
                field::of(&collection.fields[*field], layer.value(place, *field), language).written(language)
            })
            .chain(precision.map(Some))
            .collect(),
    }
}

fn active_filter(layer: &Layer, page: &Page, (name, value): &(String, String), ask: &Ask) -> ActiveFilter {
    let language = ask.language.0;
    let field = layer.collection.position(name).map(|place| &layer.collection.fields[place]);
    let others: Vec<(&str, &str)> = page.kept().filter(|(other, _)| other != name).collect();
    let label = match name.as_str() {
        filters::PRECISION => language.word("items.filter_precision").to_owned(),
        filters::MUNICIPALITY => language.word("items.filter_municipality").to_owned(),
        filters::BBOX => language.word("items.filter_bbox").to_owned(),
        filters::FILTER => language.word("items.filter_filter").to_owned(),
        _ => field.map_or_else(|| name.clone(), |field| label(field, language)),
    };
    let code = field.and_then(|field| field.codes.iter().find(|code| &code.code == value));
    let value =
        code.map_or_else(|| value.clone(), |code| format!("{value} – {}", words(language, &code.label)));
    ActiveFilter { label, value, remove_url: ask.with_query(&others) }
}

fn label(field: &Field, language: Language) -> String {
    words(language, &field.label).to_owned()
}
