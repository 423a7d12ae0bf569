//! What a client asks for beside the resource: the face, the language, the encoding, and what it has already.

use axum::extract::FromRequestParts;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use export::Format;
use std::convert::Infallible;
use std::ops::Deref;
use std::sync::Arc;

use crate::address::{escape, query};
use crate::answers::Answers;
use crate::detail::said;
use crate::encoding::Encoding;
use crate::negotiation;
use crate::pages::Language;
use crate::portal::Portal;
use crate::problem::Problem;

pub use crate::negotiation::Face;

/// A request, as far as answering it depends on more than its address. Read once for each request; cheap to clone.
#[derive(Clone)]
pub struct Ask(Arc<Asked>);

/// What [`Ask`] says.
pub struct Asked {
    /// The face asked for.
    pub face: Face,
    /// Whether features are asked for, of a resource that is more than features.
    pub features: bool,
    /// The format of a download, where that is asked for.
    pub download: Option<Format>,
    /// The name of a format that only downloads have, where `f=` is one.
    file: Option<&'static str>,
    /// Whether a feed is asked for.
    feed: bool,
    /// The language of the page, and whether the address says it.
    pub language: (Language, bool),
    /// The language that the client says it reads, if it says so.
    pub read: Option<Language>,
    /// The encoding of the answer.
    pub encoding: Encoding,
    /// The address: path and query.
    pub uri: Uri,
    /// Scheme and host by which the client reached the portal, without a slash at the end.
    pub origin: String,
    /// The tags of what the client has.
    pub(crate) if_none_match: Vec<HeaderValue>,
    /// The answers that are kept.
    pub(crate) answers: Arc<Answers>,
    /// The parameters of the query, decoded, without `lang` and an `f` that exists.
    parameters: Vec<(String, String)>,
}

impl Deref for Ask {
    type Target = Asked;

    fn deref(&self) -> &Asked {
        &self.0
    }
}

impl FromRequestParts<Portal> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Self::Rejection> {
        let read = parts.extensions.get::<Self>().cloned();
        Ok(read.unwrap_or_else(|| Self::read(&parts.uri, &parts.headers, portal)))
    }
}

impl Ask {
    /// What a request to this address with these headers asks of the portal.
    pub fn read(uri: &Uri, headers: &HeaderMap, portal: &Portal) -> Self {
        Self::new(uri, headers, portal.settings.public_url.as_deref(), portal.answers.clone())
    }

    /// The same of a portal known by this address, with these answers.
    pub fn new(uri: &Uri, headers: &HeaderMap, public_url: Option<&str>, answers: Arc<Answers>) -> Self {
        let mut parameters = query(uri);
        let value =
            |name: &str| parameters.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
        let face = negotiation::face(value("f"), headers);
        let download = negotiation::download(value("f"), headers);
        let features = negotiation::features(value("f"), headers);
        let file = value("f").filter(|name| Face::named(name).is_none()).and_then(Format::parse);
        let feed = negotiation::feed(value("f"), headers);
        let read = negotiation::language(value("lang"), headers);
        let language =
            (read.unwrap_or_default(), value("lang").is_some_and(|tag| Language::with_tag(tag).is_some()));
        // A format that does not exist stays among the parameters, where it is refused.
        parameters.retain(|(name, value)| match name.as_str() {
            "f" => Face::named(value).is_none() && file.is_none() && value != negotiation::ATOM,
            name => name != "lang",
        });
        Self(Arc::new(Asked {
            face,
            features,
            download,
            file: file.map(Format::as_str),
            feed,
            language,
            read,
            encoding: Encoding::of(headers),
            uri: uri.clone(),
            origin: negotiation::origin(public_url, uri, headers),
            if_none_match: headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect(),
            answers,
            parameters,
        }))
    }

    /// The parameters of the query as they are stated, known or not.
    pub(crate) fn stated(&self) -> &[(String, String)] {
        &self.0.parameters
    }

    /// The parameters of the query, all of which have to be `known`.
    ///
    /// # Errors
    /// 400 for a parameter that is not known or stands twice: ignoring it would answer another question. 406 for a format
    /// of tables or downloads.
    pub fn parameters(&self, known: &[&str]) -> Result<&[(String, String)], Problem> {
        refuse((self.face == Face::Csv).then_some("csv").or(self.file))?;
        self.parameters_of_table(known)
    }

    /// The same for resources that are offered as feeds too.
    ///
    /// # Errors
    /// 400 as above, 406 for a format of tables or downloads.
    pub fn parameters_of_feed(&self, known: &[&str]) -> Result<&[(String, String)], Problem> {
        refuse((self.face == Face::Csv).then_some("csv").or(self.file))?;
        self.known_parameters(known)
    }

    /// Whether a feed is asked for.
    pub fn wants_feed(&self) -> bool {
        self.feed
    }

    /// The same for resources that are offered as CSV too.
    ///
    /// # Errors
    /// 400 as above.
    pub fn parameters_of_table(&self, known: &[&str]) -> Result<&[(String, String)], Problem> {
        refuse(self.stated_feed())?;
        self.known_parameters(known)
    }

    /// A feed that the address asks for: one that only the header would rather have may be answered otherwise.
    fn stated_feed(&self) -> Option<&'static str> {
        query(&self.uri)
            .iter()
            .any(|(name, value)| name == "f" && value == negotiation::ATOM)
            .then_some(negotiation::ATOM)
    }

    fn known_parameters(&self, known: &[&str]) -> Result<&[(String, String)], Problem> {
        for (place, (name, value)) in self.stated().iter().enumerate() {
            if name == "f" {
                return Err(Problem::bad_request(said("unknown_format", &[("value", value)])));
            }
            if !known.contains(&name.as_str()) {
                let key = if known.is_empty() { "no_parameter" } else { "unknown_parameter" };
                let known = known.join(", ");
                return Err(Problem::bad_request(said(key, &[("name", name), ("known", &known)])));
            }
            if self.stated()[..place].iter().any(|(earlier, _)| earlier == name) {
                return Err(Problem::bad_request(said("parameter_twice", &[("name", name)])));
            }
        }
        Ok(self.stated())
    }

    /// The same address with another query.
    pub fn with_query(&self, pairs: &[(&str, &str)]) -> String {
        let encoded: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        let mark = if encoded.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", self.uri.path(), encoded.join("&"))
    }
}

/// 406 for a format in which a resource is not offered.
fn refuse(format: Option<&str>) -> Result<(), Problem> {
    let Some(format) = format else { return Ok(()) };
    Err(Problem::new(StatusCode::NOT_ACCEPTABLE, said("not_offered", &[("format", &format)])))
}
