//! `/strategies/{id}/questions/{q}`: the answer to a question, as a page, JSON, a table or features; with `compare=`, what became of
//! it since a release.

use atlas::Edition;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Question, Strategy};
use overlay::{Answer, Difference, Finding, Standing, differences};
use serde_json::Value;
use std::sync::Arc;

use crate::answering::{self, Geometry, Words, features};
use crate::as_of::{self, AsOf, Parameters};
use crate::ask::{Ask, Content, Face};
use crate::links::{self, GEOJSON, JSON, link};
use crate::listing::{self, Listing, value};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::reply;
use crate::routes::strategies;
use crate::views;
use crate::work::Wanted;

/// The parameters beside those of time and paging.
const OWN: [&str; 3] = [STANDING, GEOMETRY, COMPARE];
/// Which subjects are told: those that answer, all, or those that stand so.
pub const STANDING: &str = "standing";
/// The geometry of features.
const GEOMETRY: &str = "geometry";
/// The release since which the answer is compared.
pub const COMPARE: &str = "compare";
/// Subjects on a page for people, and for programs.
const USUAL: [usize; 2] = [100, 1000];

/// The answer.
pub async fn show(
    State(portal): State<Portal>,
    Path((strategy, question)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    let (strategy, question) = asked(&portal, &strategy, &question)?;
    let known: Vec<&str> = OWN.into_iter().chain(listing::PARAMETERS).chain(as_of::PARAMETERS).collect();
    let (time, parameters) = as_of::split(ask.parameters_of_table(&known)?);
    let wants_features = ask.features;
    let told = Told::read(&parameters, &ask)?;
    let found = at(&portal, &time, strategy, question).await?;
    let earlier = match value(&parameters, COMPARE) {
        Some(release) if wants_features => {
            let detail = format!(
                "What changed since release {release} is no set of features: ask for f=json or f=csv."
            );
            return Err(Problem::bad_request(detail));
        }
        Some(release) => {
            let time = vec![("release".to_owned(), release.to_owned())];
            Some(at(&portal, &time, strategy, question).await?)
        }
        None => None,
    };
    let tag = reply::joined(
        [found.tag.as_str(), if wants_features { "features" } else { "" }]
            .into_iter()
            .chain(earlier.as_ref().map(|it| it.tag.as_str())),
    );
    let asked = Asked { strategy: strategy.clone(), found, earlier, told, parameters, time };
    let (reply, own) = (ask.reply(&tag), ask.clone());
    if wants_features {
        return reply.make_apart(move |wanted| asked.features(&own, wanted)).await;
    }
    match ask.face {
        Face::Html => {
            let page = views::question::page(&asked, &ask);
            reply.make(|| Ok(Content::html(page?))).await
        }
        Face::Json => reply.make_apart(move |_| Ok(Content::json(&asked.document(&own)))).await,
        Face::Csv => asked.table()?.answer(&ask, &asked.file_name()).await,
    }
}

/// The question that an address names.
///
/// # Errors
/// 404 with the names there are.
fn asked<'p>(
    portal: &'p Portal,
    strategy: &str,
    question: &str,
) -> Result<(&'p Strategy, &'p Question), Problem> {
    let strategy = strategies::strategy(portal, strategy)?;
    let found = strategy.questions.iter().find(|it| it.id.as_str() == question);
    let question = found.ok_or_else(|| {
        let known: Vec<_> = strategy.questions.iter().map(|it| it.id.as_str()).collect();
        let detail =
            format!("Strategy {} has no question “{question}”: it has {}.", strategy.id, known.join(", "));
        Problem::new(StatusCode::NOT_FOUND, detail)
    })?;
    Ok((strategy, question))
}

/// An answer with the edition it is of.
#[derive(Clone)]
pub struct At {
    /// The edition.
    pub edition: Arc<Edition>,
    /// The answer.
    pub answer: Arc<Answer>,
    /// Whether it is that of the current edition; of a past one, whether it is that of the time asked for.
    pub is_current: bool,
    /// The time that is asked for, where it is past.
    pub as_of: Option<Arc<AsOf>>,
    tag: String,
}

/// The answer at the time that parameters name: the latest one, if they name none.
async fn at(
    portal: &Portal,
    time: &Parameters,
    strategy: &Strategy,
    question: &Question,
) -> Result<At, Problem> {
    let as_of = as_of::edition(portal, time).await?;
    if as_of.past.is_none() {
        let answered = portal.answered()?;
        let missing = || {
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "This question is being answered: try again in a few seconds.",
            )
        };
        let answer = answered.answer(&strategy.id, &question.id).ok_or_else(missing)?.clone();
        let is_current = strategies::is_current(portal, &answered);
        return Ok(At {
            edition: answered.edition.clone(),
            answer,
            is_current,
            as_of: None,
            tag: strategies::tag(portal, &answered),
        });
    }
    let (edition, key) =
        (as_of.edition.clone(), (as_of.edition.tag.clone(), strategy.id.clone(), question.id.clone()));
    let (past, id, question) = (edition.clone(), strategy.id.clone(), question.clone());
    let room = &portal.answers.room;
    let make = room.work(move |_| Ok(overlay::answer(&past, &id, &question, None)));
    let answer = portal.past_answers.get(&key, make).await?;
    let tag = as_of.tag();
    Ok(At { edition, answer: (*answer).clone(), is_current: true, as_of: Some(Arc::new(as_of)), tag })
}

/// Which subjects are told, and how.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Which of them.
    pub which: Which,
    /// Which of these, in their order.
    pub listing: Listing,
    geometry: Geometry,
}

/// Which subjects are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that answer the question.
    Answers,
    /// All.
    All,
    /// Those that stand so.
    Standing(Standing),
}

impl Which {
    /// The words for them, with what they mean.
    fn parse(word: &str) -> Option<Self> {
        match word {
            "answers" => Some(Self::Answers),
            "all" => Some(Self::All),
            word => Standing::parse(word).map(Self::Standing),
        }
    }
}

impl Told {
    fn read(parameters: &[(String, String)], ask: &Ask) -> Result<Self, Problem> {
        let which = match value(parameters, STANDING) {
            None => Which::Answers,
            Some(word) => Which::parse(word).ok_or_else(|| {
                let known = Standing::ALL.map(Standing::as_str).join(", ");
                Problem::bad_request(format!(
                    "The value “{word}” of “{STANDING}” is none of answers, all, {known}."
                ))
            })?,
        };
        let geometry = match value(parameters, GEOMETRY) {
            None => Geometry::Subject,
            Some(word) => Geometry::parse(word).ok_or_else(|| {
                Problem::bad_request(format!(
                    "The value “{word}” of “{GEOMETRY}” is none of subject, clipped, none."
                ))
            })?,
        };
        let usual = match ask.face {
            Face::Csv => listing::MAX_LIMIT,
            Face::Html => USUAL[0],
            Face::Json => USUAL[1],
        };
        Ok(Self { which, listing: Listing::of(parameters, usual)?, geometry })
    }
}

/// An answer as it is asked for.
pub struct Asked {
    /// The strategy.
    pub strategy: Strategy,
    /// The answer.
    pub found: At,
    /// The one with which it is compared.
    pub earlier: Option<At>,
    /// Which subjects are told.
    pub told: Told,
    /// The parameters beside those that name a time.
    pub parameters: Parameters,
    /// Those.
    pub time: Parameters,
}

impl Asked {
    /// The parameters of the request, those that name a time among them.
    pub fn all_parameters(&self) -> Parameters {
        self.parameters.iter().chain(&self.time).cloned().collect()
    }

    /// The findings that match.
    pub fn matched(&self) -> Vec<&Finding> {
        let Some(found) = &self.found.answer.found else { return Vec::new() };
        let measure = self.found.answer.question.measure;
        let fits = |finding: &&Finding| match self.told.which {
            Which::Answers => overlay::answers(measure, finding),
            Which::All => true,
            Which::Standing(standing) => finding.standing == standing,
        };
        found.findings.iter().filter(fits).collect()
    }

    /// The subjects of which something else was found then; `None` if nothing is compared, or one of the two has no answer.
    pub fn changed(&self) -> Option<Vec<Difference<'_>>> {
        let (before, after) =
            (self.earlier.as_ref()?.answer.found.as_ref()?, self.found.answer.found.as_ref()?);
        Some(differences(before, after))
    }

    fn features(&self, ask: &Ask, wanted: &Wanted) -> Result<Content, Problem> {
        let At { edition, answer, .. } = &self.found;
        let matched = self.matched();
        let told = self.told.listing.of_all(&matched);
        let mut body = br#"{"type":"FeatureCollection","features":["#.to_vec();
        body.extend(features(edition, answer, told, self.told.geometry, wanted)?);
        let links = self.links(ask, GEOJSON, matched.len());
        let rest = format!(
            "],\"numberMatched\":{},\"numberReturned\":{},\"links\":{}}}",
            matched.len(),
            told.len(),
            Value::from(links.clone())
        );
        body.extend_from_slice(rest.as_bytes());
        Ok(Content::new(GEOJSON, body).linked(&links))
    }

    fn document(&self, ask: &Ask) -> Value {
        let At { edition, answer, is_current, .. } = &self.found;
        let words = Words::of(ask);
        let mut document = answering::document(edition, answer, words);
        let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
        put("is_current", (*is_current).into());
        let (name, told, matched) = if let Some(earlier) = &self.earlier {
            put("compared_with", answering::summary(&earlier.edition, &earlier.answer).into());
            let changed = self.changed().unwrap_or_default();
            let told = self.told.listing.of_all(&changed);
            ("changes", answering::changed((edition, answer), &earlier.edition, told, words), changed.len())
        } else {
            let matched = self.matched();
            let told = self.told.listing.of_all(&matched);
            ("subjects", answering::subjects(edition, answer, told, words), matched.len())
        };
        put("numberReturned", told.len().into());
        put(name, told.into());
        put("numberMatched", matched.into());
        put("links", self.links(ask, JSON, matched).into());
        document.into()
    }

    fn table(&self) -> Result<crate::csv::Table, Problem> {
        let At { edition, answer, .. } = &self.found;
        if answer.found.is_none() {
            let absent: Vec<_> = answer.absent.iter().map(|it| answering::absent(edition, it).en).collect();
            let detail = format!("There is no answer to write: not loaded is {}.", absent.join("; "));
            return Err(Problem::new(StatusCode::NOT_FOUND, detail));
        }
        Ok(match (&self.earlier, self.changed()) {
            (Some(earlier), changed) => {
                let changed = changed.unwrap_or_default();
                answering::changed_table(
                    (edition, answer),
                    &earlier.edition,
                    self.told.listing.of_all(&changed),
                )
            }
            _ => answering::table(edition, answer, self.told.listing.of_all(&self.matched())),
        })
    }

    fn file_name(&self) -> String {
        let compared = if self.earlier.is_some() { "-variazioni" } else { "" };
        format!("{}-{}{compared}", self.strategy.id, self.found.answer.question.id)
    }

    fn links(&self, ask: &Ask, media_type: &str, matched: usize) -> Vec<Value> {
        let all = self.all_parameters();
        let mut links = links::of_itself(ask, media_type);
        let path = ask.uri.path();
        for (name, media_type, title) in
            [("csv", "text/csv", "The pairs as a table"), ("geojson", GEOJSON, "The pairs as features")]
        {
            links.push(link(ask, "alternate", media_type, &format!("{path}?f={name}"), title));
        }
        let pages = [
            ("next", self.told.listing.next(ask, &all, matched)),
            ("prev", self.told.listing.previous(ask, &all)),
        ];
        let page =
            |(rel, path): (&str, Option<String>)| Some(link(ask, rel, media_type, &path?, "Another page"));
        links.extend(pages.into_iter().filter_map(page));
        links.push(link(ask, "up", JSON, &format!("/strategies/{}", self.strategy.id), "The strategy"));
        links
    }
}
