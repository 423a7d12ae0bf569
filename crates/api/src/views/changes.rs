//! What the latest releases changed, as a page and as a feed.

use atlas::Edition;
use domain::{CollectionId, GeometryKind};
use store::events::Event;

use super::releases::{collection_title, source_title};
use super::{diff, layout, map, render, words};
use crate::address::escape;
use crate::ask::Ask;
use crate::atom::{self, Feed};
use crate::chronicle::{Brief, Wanted};
use crate::comparison::ChangeKind;
use crate::pages::layout::{Link, Section};
use crate::pages::{ChangesPage, Language, changes, format};
use crate::portal::Portal;
use crate::problem::Problem;

/// Records of an event that are named; the others are on the page of the release.
const NAMED: usize = 20;
/// Fields of a record that are named.
const FIELDS: usize = 6;

/// What is told.
pub struct Told<'a> {
    /// What was asked for.
    pub wanted: &'a Wanted,
    /// The events, the latest first, each with the changes that were asked for.
    pub events: Vec<(&'a Event, Vec<&'a Brief>)>,
}

/// The address of what is asked for, as this format.
pub fn address(wanted: &Wanted, format: Option<&str>) -> String {
    let municipality = wanted.municipality.map(|code| code.to_string());
    let strategy = wanted.strategy.as_ref().map(ToString::to_string);
    let pairs = [
        ("municipality", municipality.as_deref()),
        ("strategy", strategy.as_deref()),
        ("collection", wanted.collection.as_deref()),
        ("f", format),
    ];
    let pairs = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", escape(value?))));
    let query = pairs.collect::<Vec<_>>().join("&");
    if query.is_empty() { "/changes".to_owned() } else { format!("/changes?{query}") }
}

/// The page of a record, if it stands now.
pub fn record_address(edition: &Edition, brief: &Brief) -> Option<String> {
    edition.layer(&CollectionId::parse(&brief.collection)?)?.position(brief.id)?;
    Some(format!("/collections/{}/items/{}", brief.collection, brief.id))
}

/// The page.
pub fn page(portal: &Portal, edition: &Edition, told: &Told<'_>, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let event = |(event, briefs): &(&Event, Vec<&Brief>)| changes::Event {
        title: title_of(portal, event, briefs, language),
        when: format::instant(event.at, language),
        url: format!("/releases/{}/diff", event.release),
        records: briefs.iter().take(NAMED).map(|it| record(edition, it, language)).collect(),
        more: more(briefs, language),
    };
    render(&ChangesPage {
        layout: layout::of(edition, ask, Section::Releases),
        title: title(portal, edition, told.wanted, language),
        events: told.events.iter().map(event).collect(),
        feed_url: with_language(address(told.wanted, Some("atom")), language),
        json_url: address(told.wanted, Some("json")),
        all_url: (!told.wanted.is_all()).then(|| address(&Wanted::default(), None)),
        sheet_url: told.wanted.municipality.map(|code| format!("/municipalities/{code}")),
        municipalities: map::municipalities(edition),
        others: others(portal, edition, language),
    })
}

/// The feed.
pub fn feed(portal: &Portal, edition: &Edition, told: &Told<'_>, ask: &Ask) -> Feed {
    let language = ask.language.0;
    let page = format!("{}{}", ask.origin, address(told.wanted, None));
    let own = with_language(address(told.wanted, Some("atom")), language);
    let entry = |(event, briefs): &(&Event, Vec<&Brief>)| atom::Entry {
        number: event.id,
        title: title_of(portal, event, briefs, language),
        at: event.at,
        page_url: format!("{}/releases/{}/diff", ask.origin, event.release),
        content: content(edition, briefs, ask),
    };
    Feed {
        language: language.tag(),
        id: page.clone(),
        own_url: format!("{}{own}", ask.origin),
        page_url: page,
        title: title(portal, edition, told.wanted, language),
        author: words(language, &edition.territory.title).to_owned(),
        entries: told.events.iter().map(entry).collect(),
    }
}

/// A feed is of one language, whatever the reader's program says it would rather have.
fn with_language(url: String, language: Language) -> String {
    if language == Language::default() { url } else { format!("{url}&lang={}", language.tag()) }
}

/// What is told: of everything, or of what it is narrowed to.
fn title(portal: &Portal, edition: &Edition, wanted: &Wanted, language: Language) -> String {
    let municipality = wanted.municipality.and_then(|code| Some(edition.places.get(code)?.name.clone()));
    let strategy = wanted.strategy.as_ref().and_then(|id| portal.strategies().iter().find(|it| it.id == *id));
    let strategy = strategy.map(|it| format!("{}, {}", it.code, words(language, &it.title)));
    let collection = wanted.collection.as_ref().and_then(|id| collection_title(edition, id, language));
    let named = [municipality, strategy, collection].into_iter().flatten().collect::<Vec<_>>();
    if named.is_empty() {
        return language.word("changes.title").to_owned();
    }
    language.phrase("changes.title_of", &[("what", &named.join(" · "))])
}

/// What an event did, in a line: `Rilascio 5 (PNRR): 3 elementi aggiunti, 1 cambiato`.
fn title_of(portal: &Portal, event: &Event, briefs: &[&Brief], language: Language) -> String {
    let key = if event.is_withdrawal { "changes.withdrawn" } else { "changes.published" };
    let source = source_title(portal.source(&event.source), &event.source, language);
    let release = event.release.to_string();
    let head = language.phrase(key, &[("release", &release), ("source", &source)]);
    let counts = ChangeKind::ALL.into_iter().filter_map(|kind| {
        let count = briefs.iter().filter(|brief| brief.kind == kind).count() as u64;
        (count > 0).then(|| language.counted(&format!("changes.{}", kind.as_str()), count))
    });
    let counts = counts.collect::<Vec<_>>().join(", ");
    let counts = if counts.is_empty() { language.word("diff.empty").to_owned() } else { counts };
    format!("{head}: {counts}")
}

fn record(edition: &Edition, brief: &Brief, language: Language) -> (&'static str, String, Link, String) {
    let link = Link { label: brief.title.clone(), url: record_address(edition, brief).unwrap_or_default() };
    let label = |field: &String| diff::label(edition, &brief.collection, field, language);
    let left = brief.fields.len().saturating_sub(FIELDS) as u64;
    let more = (left > 0).then(|| language.counted("answer.more", left));
    let fields: Vec<String> = brief.fields.iter().take(FIELDS).map(label).chain(more).collect();
    let fields = fields.join(", ");
    let collection = collection_title(edition, &brief.collection, language);
    let about = collection.into_iter().chain(Some(fields).filter(|it| !it.is_empty()));
    let word = language.word(&format!("diff.{}", brief.kind.as_str())).to_owned();
    (brief.kind.as_str(), word, link, about.collect::<Vec<_>>().join(": "))
}

fn more(briefs: &[&Brief], language: Language) -> Option<String> {
    let more = briefs.len().saturating_sub(NAMED) as u64;
    (more > 0).then(|| language.counted("answer.more", more))
}

/// The records of an event as the HTML of a feed's entry.
fn content(edition: &Edition, briefs: &[&Brief], ask: &Ask) -> String {
    let language = ask.language.0;
    let item = |brief: &&Brief| {
        let (_, word, link, about) = record(edition, brief, language);
        let title = atom::escaped(&link.label);
        let title = if link.url.is_empty() {
            title
        } else {
            format!("<a href=\"{}\">{title}</a>", atom::escaped(&format!("{}{}", ask.origin, link.url)))
        };
        format!("<li>{}: {title} ({})</li>", atom::escaped(&word), atom::escaped(&about))
    };
    let items: String = briefs.iter().take(NAMED).map(item).collect();
    let more = more(briefs, language).map(|text| format!("<li>{}</li>", atom::escaped(&text)));
    format!("<ul>{items}{}</ul>", more.unwrap_or_default())
}

/// The pages of each strategy and each collection.
fn others(portal: &Portal, edition: &Edition, language: Language) -> Vec<(String, Vec<Link>)> {
    let strategies = portal.strategies().iter().map(|it| Link {
        label: format!("{} {}", it.code, words(language, &it.title)),
        url: format!("/changes?strategy={}", it.id),
    });
    let placed = edition.layers.iter().filter(|layer| layer.collection.geometry != GeometryKind::None);
    let collections = placed.map(|layer| Link {
        label: words(language, &layer.collection.title).to_owned(),
        url: format!("/changes?collection={}", layer.collection.id),
    });
    let heading = |key: &str| language.word(key).to_owned();
    vec![
        (heading("changes.of_strategies"), strategies.collect()),
        (heading("changes.of_collections"), collections.collect()),
    ]
}
