//! Answers to the questions of strategies, as programs read them: JSON, a table, features. `remix overlay` prints the same.

mod asked;
mod changed;
mod document;
mod features;
mod record;
mod table;

pub use asked::{Asked, At, COMPARE, GEOMETRY, STANDING, Told, Which};
pub use changed::{area, changed, changed_table};
pub use document::{Words, absent, both, counts, document, is_divided, rate, subjects, summary};
pub use features::{Geometry, features};
pub use record::{OfRecord, Part, of_record, record};
pub use table::{number, table};

use atlas::{Edition, Layer};
use domain::{Bilingual, FeatureId, Selection};
use overlay::{Answer, GroupKey, label};
use std::borrow::Cow;

use crate::pages::Language;
use crate::views;

/// What a group is called in a language.
pub fn group_name(edition: &Edition, answer: &Answer, key: &GroupKey, language: Language) -> String {
    match key {
        GroupKey::Of(key) => views::words(language, &label(edition, &answer.question, key)).to_owned(),
        GroupKey::Several => language.word("answer.several").to_owned(),
        GroupKey::Missing => language.word("answer.missing").to_owned(),
    }
}

/// A side of an answer, with its layer.
#[derive(Clone, Copy)]
pub struct Sided<'e> {
    layer: Option<&'e Layer>,
    selection: &'e Selection,
}

impl<'e> Sided<'e> {
    /// The subjects.
    pub fn subjects(edition: &'e Edition, answer: &'e Answer) -> Self {
        let selection = &answer.question.subject;
        Self { layer: edition.layer(&selection.collection), selection }
    }

    /// The objects.
    pub fn objects(edition: &'e Edition, answer: &'e Answer) -> Self {
        let selection = &answer.question.object;
        Self { layer: edition.layer(&selection.collection), selection }
    }

    /// What a feature is called; its number, if it is not there.
    pub fn title(&self, id: FeatureId) -> Cow<'e, str> {
        let found = self.layer.and_then(|layer| Some(layer.title(layer.position(id)?)));
        found.unwrap_or_else(|| id.to_string().into())
    }

    /// The address of a feature.
    pub fn address(&self, id: FeatureId) -> String {
        format!("/collections/{}/items/{id}", self.selection.collection)
    }

    /// What the records are: the collection, and what of it.
    pub fn name(&self) -> Bilingual {
        selection_name(self.layer, self.selection)
    }
}

/// What a selection chooses: `Aree e ambiti: parco regionale, PLIS`.
pub fn selection_name(layer: Option<&Layer>, selection: &Selection) -> Bilingual {
    let collection = layer.map(|layer| &layer.collection);
    let id = selection.collection.as_str();
    let mut name =
        collection.map_or_else(|| Bilingual { it: id.to_owned(), en: id.to_owned() }, |it| it.title.clone());
    let mut values = Vec::new();
    for (field, codes) in &selection.filter {
        let field = collection.and_then(|it| it.fields.iter().find(|known| &known.id == field));
        values.extend(codes.iter().map(|code| {
            let known = field.and_then(|field| field.codes.iter().find(|it| &it.code == code));
            known.map_or_else(|| Bilingual { it: code.clone(), en: code.clone() }, |it| it.label.clone())
        }));
    }
    if !values.is_empty() {
        let joined = |text: fn(&Bilingual) -> &str| values.iter().map(text).collect::<Vec<_>>().join(", ");
        name.it = format!("{}: {}", name.it, joined(|it| &it.it));
        name.en = format!("{}: {}", name.en, joined(|it| &it.en));
    }
    name
}
