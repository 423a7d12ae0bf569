//! What handlers share: the edition that is current, how it is drawn, and whether the database answers.

use atlas::{Edition, Layer};
use axum::http::StatusCode;
use domain::source::Source;
use domain::{QuestionId, ReleaseId, Strategy, StrategyId};
use overlay::{Answer, Answered};
use std::error::Error;
use std::ops::Deref;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use store::standing::At;
use store::{Store, StoreError};
use tiles::{Drawn, Selection};
use tokio::sync::{Semaphore, watch};

use crate::answers::Answers;
use crate::archive::Archive;
use crate::chronicle::Chronicle;
use crate::comparison::Comparison;
use crate::detail::said;
use crate::etag;
use crate::kept::Kept;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::recent::Recent;
use crate::work::Wanted;

/// Past editions that are kept, each as large as the present one.
const PAST_EDITIONS: usize = 3;
/// Comparisons of releases that are kept.
const COMPARISONS: usize = 4;
/// Answers to questions of the past that are kept.
const PAST_ANSWERS: usize = 64;
/// Filters of tiles whose features are kept: a map asks for tiles by one filter, and goes back to the one before.
const SIFTED: usize = 64;
/// Releases of which it is kept when they were published.
const PUBLICATIONS: usize = 8;

/// Requests that are answered at a time: more would only wait for one another.
const REQUESTS: usize = 1024;

/// What builds the edition of what stood after an event, beside one of which it takes the layers that were the same then. A fault of
/// the database has to come as [`StoreError`].
pub type PastEditions = Arc<dyn Fn(At, Arc<Edition>) -> PastEdition + Send + Sync>;
/// A past edition under way.
pub type PastEdition = Pin<Box<dyn Future<Output = Result<Edition, Box<dyn Error + Send + Sync>>> + Send>>;

/// Settings of the portal.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address by which clients reach the portal, without a slash at its end, where a proxy hides it: `https://remix.example.it`.
    /// Without it, links follow the `Host` (and `X-Forwarded-Proto`) of each request.
    pub public_url: Option<String>,
    /// The folder in which pyramids are kept that were asked for as files; without one, none is offered.
    pub pyramids: Option<PathBuf>,
    /// Where readers can write about the portal: an e-mail address, or the address of a page.
    pub contact: Option<String>,
    /// MiB of memory for answers that are kept as they went out; 0 keeps none.
    pub cache_mib: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { public_url: None, pyramids: None, contact: None, cache_mib: 256 }
    }
}

/// The shared state of all handlers. It is cloned several times for each request: that has to be one count, not one for each part.
#[derive(Clone)]
pub struct Portal(Arc<Shared>);

/// What handlers share.
#[derive(Clone)]
pub struct Shared {
    drawn: watch::Receiver<Arc<Drawn>>,
    answered: watch::Receiver<Option<Arc<Answered>>>,
    chronicle: watch::Receiver<Option<Arc<Chronicle>>>,
    sources: Arc<Vec<Source>>,
    strategies: Arc<Vec<Strategy>>,
    past_editions: Option<PastEditions>,
    past: Arc<Kept<i64, Edition>>,
    past_drawn: Arc<Kept<String, Drawn>>,
    /// The events by which releases were published: they do not change.
    pub(crate) publications: Arc<Kept<ReleaseId, i64>>,
    pub(crate) past_answers: Arc<Kept<(String, StrategyId, QuestionId), Arc<Answer>>>,
    pub(crate) comparisons: Arc<Kept<(Option<ReleaseId>, ReleaseId), Comparison>>,
    /// The features that tiles show, by filter.
    pub(crate) sifted: Arc<Kept<String, Vec<Selection>>>,
    pub(crate) answers: Arc<Answers>,
    pub(crate) archive: Arc<Archive>,
    pub(crate) recent: Arc<Recent>,
    pub(crate) live: Arc<Live>,
    pub(crate) metrics: Arc<Metrics>,
    /// Requests that are answered at a time.
    pub(crate) room: Arc<Semaphore>,
    /// Held by whoever writes a pyramid to its file.
    pub(crate) writing: Arc<tokio::sync::Mutex<()>>,
    pub(crate) store: Store,
    pub(crate) settings: Arc<Settings>,
}

impl Deref for Portal {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Portal {
    /// A portal that serves the latest of what is drawn.
    #[must_use]
    pub fn new(drawn: watch::Receiver<Arc<Drawn>>, store: Store, settings: Settings) -> Self {
        Self(Arc::new(Shared {
            drawn,
            answered: watch::channel(None).1,
            chronicle: watch::channel(None).1,
            sources: Arc::default(),
            strategies: Arc::default(),
            past_editions: None,
            writing: Arc::default(),
            past: Arc::new(Kept::new(PAST_EDITIONS)),
            past_drawn: Arc::new(Kept::new(PAST_EDITIONS)),
            publications: Arc::new(Kept::new(PUBLICATIONS)),
            past_answers: Arc::new(Kept::new(PAST_ANSWERS)),
            comparisons: Arc::new(Kept::new(COMPARISONS)),
            sifted: Arc::new(Kept::new(SIFTED)),
            answers: Arc::new(Answers::new(settings.cache_mib)),
            archive: Arc::default(),
            recent: Arc::default(),
            live: Arc::default(),
            metrics: Arc::default(),
            room: Arc::new(Semaphore::new(REQUESTS)),
            store,
            settings: Arc::new(settings),
        }))
    }

    /// The same portal, which tells of these sources.
    #[must_use]
    pub fn with_sources(mut self, sources: Vec<Source>) -> Self {
        Arc::make_mut(&mut self.0).sources = Arc::new(sources);
        self
    }

    /// The same portal, which has maps of these strategies.
    #[must_use]
    pub fn with_strategies(mut self, strategies: Vec<Strategy>) -> Self {
        Arc::make_mut(&mut self.0).strategies = Arc::new(strategies);
        self
    }

    /// The same portal, which tells the latest answers to the questions of the strategies.
    #[must_use]
    pub fn with_answers(mut self, answered: watch::Receiver<Option<Arc<Answered>>>) -> Self {
        Arc::make_mut(&mut self.0).answered = answered;
        self
    }

    /// The same portal, which tells what the latest releases changed.
    #[must_use]
    pub(crate) fn with_chronicle(mut self, chronicle: watch::Receiver<Option<Arc<Chronicle>>>) -> Self {
        Arc::make_mut(&mut self.0).chronicle = chronicle;
        self
    }

    /// The same portal, which can also show what stood in the past.
    #[must_use]
    pub fn with_past(mut self, past_editions: PastEditions) -> Self {
        Arc::make_mut(&mut self.0).past_editions = Some(past_editions);
        self
    }
}

impl Shared {
    /// The edition that is current now. A handler takes it once, so that its answer is of one edition.
    pub(crate) fn edition(&self) -> Arc<Edition> {
        self.drawn.borrow().edition.clone()
    }

    /// What the tag of the edition that is current now is good for.
    pub(crate) fn with_edition<T>(&self, use_tag: impl FnOnce(&str) -> T) -> T {
        use_tag(&self.drawn.borrow().edition.tag)
    }

    /// The same edition with what it is drawn as.
    pub(crate) fn drawn(&self) -> Arc<Drawn> {
        self.drawn.borrow().clone()
    }

    /// The edition of what stood after an event: built when it is first asked for, kept while there is room.
    ///
    /// # Errors
    /// 503 while the database is away.
    pub(crate) async fn past(&self, event: i64) -> Result<Arc<Edition>, Problem> {
        let build = self.past_editions.as_ref().ok_or_else(|| {
            Problem::new(StatusCode::NOT_IMPLEMENTED, "This portal shows the present only.")
        })?;
        let made = async { build(At::Event(event), self.edition()).await.map_err(past_fault) };
        self.past.get(&event, made).await
    }

    /// A past edition with what it is drawn as: made when it is first asked for, kept while there is room. What is as it is now is
    /// taken from there.
    ///
    /// # Errors
    /// When nobody waits for it any more.
    pub(crate) async fn drawn_of(&self, edition: Arc<Edition>) -> Result<Arc<Drawn>, Problem> {
        let (tag, present) = (edition.tag.clone(), self.drawn());
        let make = move |_: &Wanted| Ok(Drawn::then(edition, &present));
        self.past_drawn.get(&tag, self.answers.room.work(make)).await
    }

    /// What is current, and whatever becomes current later.
    pub(crate) fn following(&self) -> watch::Receiver<Arc<Drawn>> {
        self.drawn.clone()
    }

    /// The latest answers to the questions of the strategies, whole: those of the edition before, while new ones are worked out.
    ///
    /// # Errors
    /// 503 while there are none yet.
    pub(crate) fn answered(&self) -> Result<Arc<Answered>, Problem> {
        let none = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, said("answers_under_way", &[]));
        self.answered.borrow().clone().ok_or_else(none)
    }

    /// Whether answers are of the current edition, and not of the one before.
    pub(crate) fn is_current(&self, answered: &Answered) -> bool {
        self.edition().tag == answered.edition.tag
    }

    /// What tells pages and documents of these answers from others.
    pub(crate) fn tag_of(&self, answered: &Answered) -> String {
        let state = if self.is_current(answered) { "" } else { "before" };
        etag::joined([answered.edition.tag.as_str(), state])
    }

    /// The same, if they are of this edition.
    pub(crate) fn answered_on(&self, edition: &Edition) -> Option<Arc<Answered>> {
        self.answered().ok().filter(|answered| answered.edition.tag == edition.tag)
    }

    /// What the latest releases changed.
    ///
    /// # Errors
    /// 503 as long as the archive has not been read.
    pub(crate) fn chronicle(&self) -> Result<Arc<Chronicle>, Problem> {
        let none = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, said("changes_under_way", &[]));
        self.chronicle.borrow().clone().ok_or_else(none)
    }

    /// The strategies that are defined.
    pub(crate) fn strategies(&self) -> &[Strategy] {
        &self.strategies
    }

    /// The sources that are defined.
    pub(crate) fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The definition of a source; `None` if it has been taken away.
    pub(crate) fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id.as_str() == id)
    }
}

fn past_fault(error: Box<dyn Error + Send + Sync>) -> Problem {
    match error.downcast::<StoreError>() {
        Ok(error) => (*error).into(),
        Err(error) => Problem::internal(&*error),
    }
}

/// The layer of the collection that an address names.
///
/// # Errors
/// 404 with the names there are.
pub(crate) fn layer<'e>(edition: &'e Edition, id: &str) -> Result<&'e Arc<Layer>, Problem> {
    let found = edition.layers.iter().find(|layer| layer.collection.id.as_str() == id);
    found.ok_or_else(|| {
        let known: Vec<_> = edition.layers.iter().map(|layer| layer.collection.id.as_str()).collect();
        let detail = said("no_collection", &[("id", &id), ("known", &known.join(", "))]);
        Problem::new(StatusCode::NOT_FOUND, detail)
    })
}
