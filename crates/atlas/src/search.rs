//! Search: records of all collections by name, place or code, as people type them.

mod distance;
pub mod lexicon;
mod words;

use crate::edition::Edition;
use crate::layer::Layer;
use domain::GeometryKind;
use lexicon::Hit;
use std::cmp::Reverse;
use std::ops::Range;
use words::words;

/// Words of a question that are looked at.
const MOST_WORDS: usize = 8;

/// What was found.
#[derive(Debug, Default)]
pub struct Found<'e> {
    /// The collections in which something was found, with how many records, in the order of the edition.
    pub counts: Vec<(&'e Layer, usize)>,
    /// How many records that is, in the collection that is named.
    pub matched: usize,
    /// Those that are wanted, the best first, with their places in their layers.
    pub records: Vec<(&'e Layer, usize)>,
    /// Whether nothing is spelt as asked, so that these are what is spelt alike.
    pub is_alike: bool,
}

impl Edition {
    /// The records in which all words of a text stand, or begin, in their titles, codes, categories or places; if there is none,
    /// those in which they stand but for a fault or two. Of the collections that are places; only of one, if it is named. Of all in
    /// their order, the `rows` are given.
    #[must_use]
    pub fn search(&self, text: &str, collection: Option<&str>, rows: Range<usize>) -> Found<'_> {
        let mut wanted = words(text);
        wanted.truncate(MOST_WORDS);
        let mut by_layer = self.hits(&wanted, false);
        let is_alike = by_layer.iter().all(|(_, hits)| hits.is_empty());
        if is_alike {
            by_layer = self.hits(&wanted, true);
        }
        by_layer.retain(|(_, hits)| !hits.is_empty());
        let counts = by_layer.iter().map(|(layer, hits)| (*layer, hits.len())).collect();
        by_layer.retain(|(layer, _)| collection.is_none_or(|id| layer.collection.id.as_str() == id));
        let matched = by_layer.iter().map(|(_, hits)| hits.len()).sum();
        let best = |(layer, hits)| best(hits, rows.end).into_iter().map(move |hit| (layer, hit));
        let mut all: Vec<(&Layer, Hit)> = by_layer.into_iter().flat_map(best).collect();
        all.sort_by_key(|(layer, hit)| (Reverse(hit.score), rank(layer), hit.length, hit.at));
        let wanted = all.into_iter().take(rows.end).skip(rows.start);
        let records = wanted.map(|(layer, hit)| (layer, hit.at as usize)).collect();
        Found { counts, matched, records, is_alike }
    }

    /// Makes ready what search and questions about places read, so that the first who asks does not wait for it.
    pub fn prepare(&self) {
        for layer in self.searched() {
            layer.shown_index();
            layer.lexicon();
        }
    }

    fn hits(&self, wanted: &[String], with_faults: bool) -> Vec<(&Layer, Vec<Hit>)> {
        self.searched().map(|layer| (layer, layer.lexicon().find(wanted, with_faults))).collect()
    }

    /// The collections whose records are places.
    fn searched(&self) -> impl Iterator<Item = &Layer> {
        let all = self.layers.iter().map(AsRef::as_ref);
        all.filter(|layer: &&Layer| layer.collection.geometry != GeometryKind::None)
    }
}

/// The best of the hits of a layer, so many at most, in no order: a word that half the records have is asked for too.
fn best(mut hits: Vec<Hit>, most: usize) -> Vec<Hit> {
    if most < hits.len() {
        hits.select_nth_unstable_by_key(most, |hit| (Reverse(hit.score), hit.length, hit.at));
        hits.truncate(most);
    }
    hits
}

/// Of records that fit as well, places come first, then what there is little of.
fn rank(layer: &Layer) -> usize {
    match layer.collection.family.as_str() {
        "territory" => 0,
        "proposals" => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LayerDraft;
    use crate::samples::{
        collection, draft, edition, field, location, municipalities, origin, text, with_role,
    };
    use domain::{FieldType, Role};

    fn projects() -> LayerDraft {
        let fields = vec![
            with_role(field("title", FieldType::Text), Role::Title),
            field("cup", FieldType::Cup),
            with_role(field("submeasure", FieldType::Text), Role::Measure),
        ];
        let row = |title: &str, cup: &str, measure: &str, code: &str| {
            (0, vec![text(title), text(cup), text(measure)], vec![location(code, None)])
        };
        let rows = vec![
            row("Nuova scuola dell’infanzia", "F11B21000010001", "Asili nido", "015001"),
            row("SCUOLA PRIMARIA", "F11B21000020001", "Edilizia scolastica", "015002"),
            row("Ciclovia di Cantù", "F11B21000030001", "Mobilità ciclistica", "015001"),
            row("Scuola", "F11B21000040001", "Edilizia scolastica", "015003"),
        ];
        draft(collection("projects", GeometryKind::Locations, &[1], fields), vec![origin("p", None)], rows)
    }

    #[test]
    fn records_are_found_as_people_type_them() {
        let edition = edition(vec![municipalities(), projects()]);
        let check = |question: &str, expect: &[&str], is_alike: bool| {
            let found = edition.search(question, None, 0..20);
            let titles: Vec<_> =
                found.records.iter().map(|(layer, at)| layer.title(*at).into_owned()).collect();
            assert_eq!(titles, expect, "{question}");
            assert_eq!(found.is_alike, is_alike, "{question}");
            assert_eq!(found.counts.iter().map(|(_, count)| count).sum::<usize>(), expect.len());
            assert_eq!(found.matched, expect.len(), "{question}");
        };
        // The title that is the question comes first, then titles with the word; the measure has it begun.
        check("scuola primaria", &["SCUOLA PRIMARIA"], false);
        check("primaria scuol", &["SCUOLA PRIMARIA"], false);
        check("dell'infanzia", &["Nuova scuola dell’infanzia"], false);
        check("DELL INFANZIA", &["Nuova scuola dell’infanzia"], false);
        check("dellinfanzia", &["Nuova scuola dell’infanzia"], false);
        check("cantu'", &["Ciclovia di Cantù"], false);
        check("ciclovai", &["Ciclovia di Cantù"], true);
        check("f11b2100003", &["Ciclovia di Cantù"], false);
        check("F11B21000030001", &["Ciclovia di Cantù"], false);
        check("ciclovia 015001", &["Ciclovia di Cantù"], false);
        check("015003", &["Comune 015003", "Scuola"], false);
        check("asili", &["Nuova scuola dell’infanzia"], false);
        check("edilizia 015002", &["SCUOLA PRIMARIA"], false);
        check("xyz", &[], true);
        check("", &[], true);
        check("’ -", &[], true);
        let first = edition.search("scuola", None, 0..1).records[0];
        assert_eq!(first.0.title(first.1), "Scuola");
        let elsewhere = edition.search("scuola", Some("municipalities"), 0..20);
        assert_eq!((elsewhere.records.len(), elsewhere.matched, elsewhere.counts[0].1), (0, 0, 3));
    }

    #[test]
    fn rows_are_a_part_of_all_in_their_order() {
        let edition = edition(vec![municipalities(), projects()]);
        let found = |rows: Range<usize>| edition.search("0150", None, rows);
        let places =
            |rows: Range<usize>| -> Vec<usize> { found(rows).records.iter().map(|it| it.1).collect() };
        let all = places(0..100);
        assert!(all.len() > 4);
        for start in 0..9 {
            for end in start..9 {
                let expect = &all[start.min(all.len())..end.min(all.len())];
                assert_eq!(places(start..end), expect, "{start}..{end}");
                assert_eq!(found(start..end).matched, all.len());
            }
        }
    }
}
