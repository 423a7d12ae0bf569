//! What groups are called.

use atlas::{Edition, Layer};
use domain::question::Grouping;
use domain::{Bilingual, FeatureId, Question, Role, Selection};

/// What a group of a question is called, by its key; the key itself where nothing says more.
#[must_use]
pub fn label(edition: &Edition, question: &Question, key: &str) -> Bilingual {
    let layer = |selection: &Selection| edition.layer(&selection.collection);
    let feature = |layer: Option<&Layer>| {
        let (layer, id) = layer.zip(FeatureId::parse(key))?;
        Some(same(&layer.title(layer.position(id)?)))
    };
    let found = match &question.grouping {
        None => feature(layer(&question.subject)),
        Some(Grouping::Area) => feature(layer(&question.object)),
        Some(Grouping::Pole(poles)) => feature(layer(poles)),
        Some(Grouping::Municipality) => municipality(edition, key),
        Some(Grouping::Zone) => edition.municipalities().and_then(|layer| {
            code(layer, &layer.collection.fields.get(layer.collection.with_role(Role::Zone)?)?.id, key)
        }),
        Some(Grouping::Subject(field)) => layer(&question.subject).and_then(|layer| code(layer, field, key)),
        Some(Grouping::Object(field)) => layer(&question.object).and_then(|layer| code(layer, field, key)),
    };
    found.unwrap_or_else(|| same(key))
}

fn municipality(edition: &Edition, key: &str) -> Option<Bilingual> {
    let code = domain::MunicipalityCode::parse(key).ok()?;
    Some(same(&edition.places.get(code)?.name))
}

/// What a code of a field means.
fn code(layer: &Layer, field: &str, key: &str) -> Option<Bilingual> {
    let field = layer.collection.fields.iter().find(|it| it.id == field)?;
    field.codes.iter().find(|code| code.code == key).map(|code| code.label.clone())
}

fn same(text: &str) -> Bilingual {
    Bilingual { it: text.to_owned(), en: text.to_owned() }
}
