//! A screening as a table: a row for each record that is met.

use domain::Role;

use super::document::label;
use super::screened::Screened;
use crate::answering::number;
use crate::ask::Ask;
use crate::content::Content;
use crate::csv::Table;
use crate::views::sheet::inside::AUTHORITY;
use crate::views::words;

/// The headings, by which programs know the columns.
const HEADINGS: [&str; 15] = [
    "collection",
    "id",
    "title",
    "category",
    "label",
    "competent_body",
    "legal_basis",
    "relation",
    "area_m2",
    "share_of_place",
    "share_of_record",
    "length_of_place_m",
    "length_of_record_m",
    "source",
    "release",
];

/// The table.
pub fn table(screened: Screened<'_>, ask: &Ask) -> Content {
    let mut rows = Table::new(HEADINGS);
    for of_layer in &screened.screening.layers {
        let layer = of_layer.layer;
        for found in &of_layer.found {
            let (at, meeting) = (found.position, found.meeting);
            let category = layer.text(at, Role::Category).unwrap_or_default();
            let label = label(layer, category).map(|it| words(ask.language.0, &it).to_owned());
            let [body, basis] = AUTHORITY.map(|name| {
                let field = layer.collection.position(name);
                field.and_then(|field| layer.value(at, field).as_text()).unwrap_or_default().to_owned()
            });
            let origin = layer.origin(at);
            rows.row([
                layer.collection.id.to_string(),
                layer.id(at).to_string(),
                layer.title(at).into_owned(),
                category.to_owned(),
                label.unwrap_or_default(),
                body,
                basis,
                meeting.map(|it| it.relation.as_str()).unwrap_or_default().to_owned(),
                number(meeting.map(|it| it.area_m2)),
                number(meeting.map(|it| it.share_of_subject)),
                number(meeting.map(|it| it.share_of_object)),
                number(meeting.map(|it| it.length_of_subject_m)),
                number(meeting.map(|it| it.length_of_object_m)),
                origin.source.to_string(),
                origin.release.to_string(),
            ]);
        }
    }
    rows.content()
}
