//! An answer as a request asks for it: of which time, compared with which, and which subjects of it are told.

use atlas::Edition;
use axum::http::StatusCode;
use domain::Strategy;
use overlay::{Answer, Difference, Finding, Standing, differences};
use serde_json::Value;
use std::sync::Arc;

use super::{Geometry, Words, absent, changed_table, document, features, subjects, summary, table};
use crate::as_of::{AsOf, Parameters};
use crate::ask::{Ask, Face};
use crate::content::{Content, GEOJSON, JSON};
use crate::csv::Table;
use crate::detail::said;
use crate::links::{self, link};
use crate::listing::{self, Listing, value};
use crate::problem::Problem;
use crate::work::Wanted;

/// Which subjects are told: those that answer, all, or those that stand so.
pub const STANDING: &str = "standing";
/// The geometry of features.
pub const GEOMETRY: &str = "geometry";
/// The release since which the answer is compared.
pub const COMPARE: &str = "compare";
/// Subjects on a page for people, and for programs.
const USUAL: [usize; 2] = [100, 1000];

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
    /// What tells documents of it from others.
    pub tag: String,
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
    /// What parameters ask for.
    ///
    /// # Errors
    /// 400 for a value that is none.
    pub fn read(parameters: &[(String, String)], ask: &Ask) -> Result<Self, Problem> {
        let which = match value(parameters, STANDING) {
            None => Which::Answers,
            Some(word) => Which::parse(word).ok_or_else(|| {
                let known = Standing::ALL.map(Standing::as_str).join(", ");
                let known = format!("answers, all, {known}");
                Problem::bad_request(said(
                    "none_of",
                    &[("value", &word), ("name", &STANDING), ("known", &known)],
                ))
            })?,
        };
        let geometry = match value(parameters, GEOMETRY) {
            None => Geometry::Subject,
            Some(word) => Geometry::parse(word).ok_or_else(|| {
                let known = "subject, clipped, none";
                Problem::bad_request(said(
                    "none_of",
                    &[("value", &word), ("name", &GEOMETRY), ("known", &known)],
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

    /// What is told, as features.
    ///
    /// # Errors
    /// 499 when the client has left.
    pub fn features(&self, ask: &Ask, wanted: &Wanted) -> Result<Content, Problem> {
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

    /// What is told, as JSON.
    pub fn document(&self, ask: &Ask) -> Value {
        let At { edition, answer, is_current, .. } = &self.found;
        let words = Words::of(ask);
        let mut document = document(edition, answer, words);
        let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
        put("is_current", (*is_current).into());
        let (name, told, matched) = if let Some(earlier) = &self.earlier {
            put("compared_with", summary(&earlier.edition, &earlier.answer).into());
            let changed = self.changed().unwrap_or_default();
            let told = self.told.listing.of_all(&changed);
            ("changes", super::changed((edition, answer), &earlier.edition, told, words), changed.len())
        } else {
            let matched = self.matched();
            let told = self.told.listing.of_all(&matched);
            ("subjects", subjects(edition, answer, told, words), matched.len())
        };
        put("numberReturned", told.len().into());
        put(name, told.into());
        put("numberMatched", matched.into());
        put("links", self.links(ask, JSON, matched).into());
        document.into()
    }

    /// What is told, as a table.
    ///
    /// # Errors
    /// 404 where there is no answer.
    pub fn table(&self) -> Result<Table, Problem> {
        let At { edition, answer, .. } = &self.found;
        if answer.found.is_none() {
            let absent: Vec<_> = answer.absent.iter().map(|it| absent(edition, it).en).collect();
            let detail = format!("There is no answer to write: not loaded is {}.", absent.join("; "));
            return Err(Problem::new(StatusCode::NOT_FOUND, detail));
        }
        Ok(match (&self.earlier, self.changed()) {
            (Some(earlier), changed) => {
                let changed = changed.unwrap_or_default();
                changed_table((edition, answer), &earlier.edition, self.told.listing.of_all(&changed))
            }
            _ => table(edition, answer, self.told.listing.of_all(&self.matched())),
        })
    }

    /// The name of a file with it, without its ending.
    pub fn file_name(&self) -> String {
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
