//! What a download says of itself: of what it is, from whom, under which licence, and how its columns are to be read.

use crate::selection::Selection;
use atlas::Origin;
use domain::{Bilingual, FieldType};
use serde_json::{Value, json};

/// The title: the collection and the territory.
#[must_use]
pub fn title(selection: &Selection) -> Bilingual {
    let (collection, territory) = (&selection.layer().collection.title, selection.territory());
    Bilingual {
        it: format!("{} – {}", collection.it, territory.title.it),
        en: format!("{} – {}", collection.en, territory.title.en),
    }
}

/// The sentences that go with the data: its sources with their licences first.
#[must_use]
pub fn sentences(selection: &Selection) -> Vec<Bilingual> {
    let layer = selection.layer();
    let description = layer.collection.description.clone();
    let sources = layer.origins.iter().map(source);
    let notes = [count(selection), demo(&layer.origins), places(selection), amounts(selection)];
    [description].into_iter().chain(sources).chain(notes.into_iter().flatten()).collect()
}

/// All of it as text, first in Italian, then in English.
#[must_use]
pub fn text(selection: &Selection) -> String {
    let (title, sentences) = (title(selection), sentences(selection));
    let part = |title: &str, of: fn(&Bilingual) -> &str| {
        let sentences: Vec<&str> = sentences.iter().map(of).filter(|sentence| !sentence.is_empty()).collect();
        format!("{title}\n{}\n", sentences.join("\n"))
    };
    format!("{}\n{}", part(&title.it, |both| &both.it), part(&title.en, |both| &both.en))
}

/// The sources for programs.
#[must_use]
pub fn sources(selection: &Selection) -> Value {
    let source = |origin: &Origin| {
        json!({
            "id": origin.source.as_str(),
            "title": origin.title.it,
            "publisher": origin.publisher,
            "license": origin.licence,
            "license_url": origin.licence_url,
            "homepage": origin.homepage,
            "release": origin.release.0,
            "extraction_date": origin.extracted_on.map(|day| day.to_string()),
            "demo": origin.demo,
        })
    };
    selection.layer().origins.iter().map(source).collect()
}

fn source(origin: &Origin) -> Bilingual {
    let url = origin.licence_url.as_ref().map(|url| format!(" ({url})")).unwrap_or_default();
    let (publisher, licence, release) = (&origin.publisher, &origin.licence, origin.release);
    let day = |words: &str| origin.extracted_on.map(|day| format!(", {words} {day}")).unwrap_or_default();
    Bilingual {
        it: format!(
            "Fonte: {}, {publisher}; licenza {licence}{url}; rilascio {release}{}.",
            origin.title.it,
            day("dati al")
        ),
        en: format!(
            "Source: {}, {publisher}; licence {licence}{url}; release {release}{}.",
            origin.title.en,
            day("data as of")
        ),
    }
}

fn count(selection: &Selection) -> Option<Bilingual> {
    let (here, all) = (selection.len(), selection.layer().len());
    selection.is_partial().then(|| Bilingual {
        it: format!("È una selezione: {here} record su {all}."),
        en: format!("It is a selection: {here} records of {all}."),
    })
}

fn demo(origins: &[Origin]) -> Option<Bilingual> {
    origins.iter().any(|origin| origin.demo).then(|| Bilingual {
        it: "Dati dimostrativi: confini approssimati e proposte inventate.".to_owned(),
        en: "Demonstration data: approximate boundaries and invented proposals.".to_owned(),
    })
}

fn places(selection: &Selection) -> Option<Bilingual> {
    selection.layer().collection.may_lack_shapes().then(|| Bilingual {
        it: "Dove la colonna precision non dice “geometry”, il punto non è il luogo del record: è un punto interno a ciascun comune \
             in cui si trova; se non si conosce nemmeno il comune, la geometria manca."
            .to_owned(),
        en: "Where the column precision does not say “geometry”, the point is not the record’s place: it is a point inside each \
             municipality in which it lies; if not even the municipality is known, there is no geometry."
            .to_owned(),
    })
}

fn amounts(selection: &Selection) -> Option<Bilingual> {
    let mut kinds = selection.columns().map(|column| column.kind(selection.layer()));
    kinds.any(|kind| kind == FieldType::Cents).then(|| Bilingual {
        it: "Gli importi delle colonne che finiscono in _cents sono in centesimi di euro.".to_owned(),
        en: "Amounts in columns that end in _cents are euro cents.".to_owned(),
    })
}
