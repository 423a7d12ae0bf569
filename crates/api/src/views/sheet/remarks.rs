//! The sentences of a sheet: its numbers, what it cannot tell, what strategies are about.

use atlas::{Edition, Origin};
use domain::{LocationPrecision, ReleaseId};
use overlay::sheet::{Change, Missing, Selected, Sheet};
use std::collections::{BTreeMap, BTreeSet};

use super::amounts;
use crate::pages::{Language, format};
use crate::routes::sheets::since::Earlier;
use crate::views::words;

/// What stands at the foot of every sheet of paper: whose sheet it is, and where it is from: the source of the proposals with its
/// release and day, then the other releases.
pub fn paper(edition: &Edition, sheet: &Sheet<'_>, language: Language) -> String {
    let own = sheet.proposals.iter().flat_map(|it| &it.layer.origins);
    let own: BTreeMap<ReleaseId, &Origin> = own.map(|origin| (origin.release, origin)).collect();
    let sources = own.values().map(|origin| {
        let named = [("source", words(language, &origin.title)), ("release", &origin.release.to_string())];
        let source = language.phrase("sheet.paper_source", &named);
        let day = origin.extracted_on.map(|day| format::date(&day.to_string(), language));
        let day = day.map(|date| language.phrase("sheet.paper_day", &[("date", &date)]));
        source + &day.unwrap_or_default()
    });
    let all = edition.layers.iter().flat_map(|layer| &layer.origins).map(|origin| origin.release);
    let others: BTreeSet<ReleaseId> = all.filter(|release| !own.contains_key(release)).collect();
    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
    let others = (!others.is_empty())
        .then(|| language.phrase("sheet.paper_others", &[("releases", &others.join(", "))]));
    let parts: Vec<String> = [sheet.place.name()].into_iter().chain(sources).chain(others).collect();
    parts.join(" · ")
}

/// The numbers that matter: the number, what it is, and a remark.
pub fn figures(
    sheet: &Sheet<'_>,
    (earlier, changes): (&Earlier, &[Change<'_>]),
    language: Language,
) -> Vec<(String, String, Option<String>)> {
    let Some(proposals) = sheet.proposals.first() else { return Vec::new() };
    let word = |key: &str| language.word(key).to_owned();
    let mut figures = vec![(amounts::count(proposals.all.len(), language), word("sheet.proposals"), None)];
    if proposals.funding.stated > 0 {
        let amount = format::money_short(proposals.funding.whole.0, language);
        figures.push((amount, word("sheet.funding_whole"), None));
    }
    if let Some((own, each)) =
        sheet.figures.split_first().and_then(|(own, all)| Some((own.per_inhabitant()?, all)))
    {
        let others = each.iter().filter_map(|it| it.per_inhabitant().map(|each| (&it.whose, each)));
        let beside = others.map(|(whose, each)| {
            let key = if *whose == overlay::sheet::Whose::Territory {
                "sheet.beside_territory"
            } else {
                "sheet.beside_zone"
            };
            language.phrase(key, &[("amount", &format::money(each.0, language))])
        });
        let beside: Vec<String> = beside.collect();
        figures.push((format::money(own.0, language), word("sheet.per_inhabitant"), Some(beside.join("; "))));
    }
    let located = proposals.all.iter().filter(|it| it.precision <= LocationPrecision::Address).count();
    figures.push((amounts::part(located, proposals.all.len(), language), word("sheet.located"), None));
    if earlier.edition().is_some() {
        figures.push((amounts::count(changes.len(), language), word("sheet.changed"), None));
    }
    figures
}

/// A sentence for something that the sheet cannot tell.
pub fn missing(of: &Missing<'_>, sheet: &Sheet<'_>, language: Language) -> String {
    let name = sheet.place.name();
    let titled = |key: &str, layer: &atlas::Layer| {
        let title = words(language, &layer.collection.title);
        language.phrase(key, &[("title", title), ("name", &name)])
    };
    match of {
        Missing::Layer(layer) => titled("sheet.missing_layer", layer),
        Missing::Proposals(layer) => titled("sheet.missing_proposals", layer),
        Missing::Shapes(count) => language.counted("sheet.missing_shapes", *count as u64),
        Missing::Amounts(count) => language.counted("sheet.missing_amounts", *count as u64),
        Missing::Shares(count) => language.counted("sheet.missing_shares", *count as u64),
        Missing::Municipalities(count) => language.counted("sheet.missing_municipalities", *count as u64),
        Missing::Population => language.word("sheet.missing_population").to_owned(),
    }
}

/// The title of a collection, and what of a strategy's selection is here; that it is not loaded is not nothing.
pub fn selected(of: &Selected<'_>, language: Language) -> (String, String) {
    let title = words(language, &of.layer.collection.title).to_owned();
    if of.layer.is_empty() {
        return (title, language.word("sheet.not_loaded").to_owned());
    }
    let count = language.counted("sheet.inside", of.here.len() as u64);
    let amount = of.funding.map(|amount| format!(", {}", format::money(amount.0, language)));
    (title, count + &amount.unwrap_or_default())
}

/// Which kinds nobody has loaded, of those that a strategy names.
pub fn not_loaded(selections: &[Selected<'_>], language: Language) -> Option<String> {
    let kind = |of: &Selected<'_>, value: &String| {
        let codes = of.layer.collection.fields.iter().flat_map(|field| &field.codes);
        let known = codes.into_iter().find(|known| &known.code == value);
        known.map_or_else(|| value.clone(), |known| words(language, &known.label).to_owned())
    };
    let loaded = selections.iter().filter(|it| !it.layer.is_empty());
    let kinds: Vec<String> =
        loaded.flat_map(|of| of.not_loaded.iter().map(move |value| kind(of, value))).collect();
    (!kinds.is_empty()).then(|| language.phrase("sheet.kinds_not_loaded", &[("kinds", &kinds.join(", "))]))
}
