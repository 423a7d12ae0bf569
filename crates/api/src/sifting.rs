//! Tiles of some features only: the parameters that filter the features of a collection filter its tiles.

use atlas::{Layer, Query};
use std::sync::Arc;
use tiles::{Drawn, Pyramid, Selection};

use crate::filters::{self, BBOX, BBOX_CRS};
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::work::Wanted;

/// Which features of some pyramids are drawn.
pub struct Sifting {
    /// One for each pyramid, in their order.
    queries: Arc<[Query]>,
    canonical: String,
}

/// The parameters by which all of these pyramids can be sifted. A tile is a box already.
///
/// # Errors
/// 404 if one is of no collection.
pub fn names<'d>(drawn: &'d Drawn, pyramids: &[Arc<Pyramid>]) -> Result<Vec<&'d str>, Problem> {
    let mut all = layers(drawn, pyramids)?.into_iter().map(filters::names);
    let first = all.next().unwrap_or_default();
    let common =
        all.fold(first, |common, names| common.into_iter().filter(|it| names.contains(it)).collect());
    Ok(common.into_iter().filter(|name| ![BBOX, BBOX_CRS].contains(name)).collect())
}

impl Sifting {
    /// What parameters ask for; `None` if they ask for all features. Parameters of other kinds are passed over.
    ///
    /// # Errors
    /// 400 for a filter that makes no sense for one of the collections.
    pub fn of(
        drawn: &Drawn,
        pyramids: &[Arc<Pyramid>],
        parameters: &[(String, String)],
    ) -> Result<Option<Self>, Problem> {
        let layers = layers(drawn, pyramids)?.into_iter();
        let queries: Arc<[Query]> =
            layers.map(|layer| filters::query(layer, parameters)).collect::<Result<_, _>>()?;
        if queries.iter().all(Query::is_empty) {
            return Ok(None);
        }
        let canonical: Vec<String> = queries.iter().map(Query::canonical).collect();
        Ok(Some(Self { queries, canonical: canonical.join(";") }))
    }

    /// The same text for what asks for the same features of the same collections.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The features that it lets through, for each pyramid; found once for all tiles, apart from the threads that answer. `tag` is
    /// that of the pyramids.
    ///
    /// # Errors
    /// When nobody waits for it any more.
    pub async fn sift(
        &self,
        portal: &Portal,
        drawn: Arc<Drawn>,
        pyramids: &[Arc<Pyramid>],
        tag: &str,
    ) -> Result<Arc<Vec<Selection>>, Problem> {
        let key = format!("{tag}?{}", self.canonical);
        let (pyramids, queries) = (pyramids.to_vec(), self.queries.clone());
        let work = move |wanted: &Wanted| {
            let mut found = Vec::new();
            for (layer, query) in layers(&drawn, &pyramids)?.into_iter().zip(&*queries) {
                wanted.check()?;
                found.push(layer.select(query).into_iter().collect());
            }
            Ok(found)
        };
        portal.sifted.get(&key, portal.answers.room.work(work)).await
    }
}

/// The layers that pyramids are drawn of.
fn layers<'d>(drawn: &'d Drawn, pyramids: &[Arc<Pyramid>]) -> Result<Vec<&'d Layer>, Problem> {
    pyramids.iter().map(|pyramid| Ok(&**portal::layer(&drawn.edition, &pyramid.name)?)).collect()
}
