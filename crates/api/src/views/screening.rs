//! The screening of a place: the form, and what it has to do with.

mod says;

use atlas::{Edition, Reference, write_shapes};
use axum::http::Uri;
use overlay::Meeting;
use overlay::screening::OfLayer;
use overlay::sheet::Place;

use super::sheet::{amounts, inside};
use super::{layout, places, render, words};
use crate::ask::Ask;
use crate::pages::layout::{Link, Section};
use crate::pages::screening::ScreeningAnswer;
use crate::pages::{Language, ScreeningPage};
use crate::problem::Problem;
use crate::screening::{Given, SCREENING, Screened};

/// The longest shape that a page carries on, so that the same can be asked for in other forms.
const CARRIED: usize = 300_000;

/// The form.
pub fn form(edition: &Edition, ask: &Ask) -> Result<String, Problem> {
    let layout = layout::of(edition, ask, Section::Strategies);
    render(&ScreeningPage { action: action(ask, None), layout, answer: None })
}

/// What was found.
pub fn page(screened: Screened<'_>, ask: &Ask) -> Result<String, Problem> {
    let mut layout = layout::of(screened.edition, ask, Section::Strategies);
    // Whoever changes the language is led to the form: what was sent is not in the address.
    layout.path = layout::without_language(&Uri::from_static("/processes/screening"));
    render(&ScreeningPage { action: action(ask, None), layout, answer: Some(answer(screened, ask)) })
}

/// Where the form is sent, for an answer of this form.
fn action(ask: &Ask, form: Option<&str>) -> String {
    let (language, is_chosen) = ask.language;
    let language = if is_chosen { format!("&lang={}", language.tag()) } else { String::new() };
    format!("/processes/{SCREENING}/execution?f={}{language}", form.unwrap_or("html"))
}

fn answer(screened: Screened<'_>, ask: &Ask) -> ScreeningAnswer {
    let (language, screening) = (ask.language.0, screened.screening);
    let title = |of: &&OfLayer<'_>| words(language, &of.layer.collection.title).to_owned();
    let loaded = || screening.layers.iter().filter(|it| !it.layer.is_empty());
    // The municipalities stand at the top, with their shares.
    let is_told = |of: &&OfLayer<'_>| !of.found.is_empty() || !of.nearest.is_empty();
    let is_place = |of: &&OfLayer<'_>| of.layer.collection.family == "territory";
    let part = |of: &OfLayer<'_>| {
        let records = inside::Records {
            layer: of.layer,
            found: &of.found,
            slivers: of.slivers,
            nearest: &of.nearest,
            nowhere: &[],
            whole_length_m: screening.extent.length_m,
        };
        inside::part(&records, language)
    };
    let (name, url) = name(screened, language);
    ScreeningAnswer {
        name,
        url,
        facts: facts(screened, language),
        municipalities: screened
            .municipalities()
            .iter()
            .map(|it| municipality(it, screened, language))
            .collect(),
        strategies: screening
            .strategies
            .iter()
            .map(|it| says::of(screened.edition, it, screened, language))
            .collect(),
        inside: loaded().filter(is_told).filter(|it| !is_place(it)).map(part).collect(),
        sliver: inside::sliver(language),
        none: loaded().filter(|it| !is_told(it)).map(|it| title(&it)).collect(),
        not_loaded: screening.layers.iter().filter(|it| it.layer.is_empty()).map(|it| title(&it)).collect(),
        apart: loaded().flat_map(|it| apart(it, language)).collect(),
        perhaps: screening.perhaps.iter().flatten().map(part).map(inside::unmeasured).collect(),
        releases: releases(screened, language),
        again: again(screened),
        forms: ["json", "geojson", "csv"]
            .map(|form| Link { label: form.to_uppercase(), url: action(ask, Some(form)) })
            .into(),
    }
}

/// What the place is called, and its page.
fn name(screened: Screened<'_>, language: Language) -> (String, Option<String>) {
    match screened.given {
        Given::Record(layer, at) => {
            let url = format!("/collections/{}/items/{}", layer.collection.id, layer.id(*at));
            (layer.title(*at).into_owned(), Some(url))
        }
        Given::Shapes { file: Some(file), .. } => {
            (language.phrase("screening.of_file", &[("file", file)]), None)
        }
        Given::Shapes { file: None, .. } => (language.word("screening.of_drawing").to_owned(), None),
    }
}

fn facts(screened: Screened<'_>, language: Language) -> Vec<String> {
    let extent = screened.screening.extent;
    let mut facts = Vec::new();
    if extent.area_m2 > 0.0 {
        facts.push(language.phrase("screening.area", &[("area", &amounts::area(extent.area_m2, language))]));
    }
    if extent.length_m > 0.0 {
        facts.push(
            language.phrase("screening.length", &[("length", &amounts::length(extent.length_m, language))]),
        );
    }
    if extent.points > 0 {
        facts.push(language.counted("screening.points", extent.points as u64));
    }
    match screened.given {
        Given::Shapes { upload, .. } => {
            if upload.features > 1 {
                facts.push(language.counted("screening.features", upload.features));
            }
            if upload.without_shape > 0 {
                facts.push(language.counted("screening.without_shape", upload.without_shape));
            }
        }
        Given::Record(layer, at) if layer.shapes(*at).is_empty() => {
            let precision = format!("screening.precision_{}", layer.precision(*at).as_str());
            facts.push(language.word(&precision).to_owned());
        }
        Given::Record(..) => {}
    }
    facts
}

fn municipality(
    (place, meeting): &(Place<'_>, Option<Meeting>),
    screened: Screened<'_>,
    language: Language,
) -> (Link, Option<String>) {
    let extent = screened.screening.extent;
    let share = meeting.and_then(|it| {
        let of_length = it.length_of_subject_m / extent.length_m;
        if extent.area_m2 > 0.0 {
            Some(it.share_of_subject)
        } else {
            (extent.length_m > 0.0).then_some(of_length)
        }
    });
    (places::link(place), share.map(|share| amounts::share(share, language)))
}

/// What is counted apart.
fn apart(of: &OfLayer<'_>, language: Language) -> Vec<String> {
    let title = words(language, &of.layer.collection.title);
    let sentence = |key: &str, count: usize| {
        (count > 0).then(|| {
            let sentence = language.counted(key, count as u64);
            format!("{title}: {sentence}")
        })
    };
    let sentences =
        [sentence("screening.somewhere", of.somewhere), sentence("screening.unlocated", of.unlocated)];
    sentences.into_iter().flatten().collect()
}

/// The releases, each once.
fn releases(screened: Screened<'_>, language: Language) -> Vec<Link> {
    let mut all: Vec<Link> = Vec::new();
    for layer in &screened.edition.layers {
        for origin in &layer.origins {
            let url = format!("/releases/{}", origin.release);
            if all.iter().all(|known| known.url != url) {
                let title = words(language, &origin.title);
                let day =
                    origin.extracted_on.map(|day| crate::pages::format::date(&day.to_string(), language));
                let day = day.map(|day| format!(", {day}")).unwrap_or_default();
                all.push(Link {
                    label: format!("{title}, {} {}{day}", language.word("screening.release"), origin.release),
                    url,
                });
            }
        }
    }
    all
}

/// The field and the value by which the same can be asked again.
fn again(screened: Screened<'_>) -> Option<(&'static str, String)> {
    if let Some((layer, at)) = screened.given.record() {
        return Some(("feature", format!("{}/{}", layer.collection.id, layer.id(at))));
    }
    let mut shapes = Vec::new();
    write_shapes(&mut shapes, screened.ground.shapes(), Reference::default());
    let text = String::from_utf8(shapes).ok()?;
    let features = screened.ground.shapes().len() == 1;
    (features && text.len() <= CARRIED).then_some(("place", text))
}
