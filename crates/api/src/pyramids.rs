//! The pyramids that a request is about, and what tells their tiles from others.

use axum::http::StatusCode;
use std::sync::Arc;
use tiles::{Drawn, Pyramid};

use crate::etag;
use crate::portal;
use crate::problem::Problem;

/// The pyramids of the collections that `ids` names, each once.
pub fn named(drawn: &Drawn, ids: &str) -> Result<Vec<Arc<Pyramid>>, Problem> {
    let mut pyramids: Vec<Arc<Pyramid>> = Vec::new();
    for id in ids.split(',') {
        let layer = portal::layer(&drawn.edition, id)?;
        let pyramid = drawn.pyramid(&layer.collection.id).ok_or_else(|| {
            let detail = format!(
                "The records of “{id}” are not places, so there are no tiles of them: see /collections/{id}/items."
            );
            Problem::new(StatusCode::NOT_FOUND, detail)
        })?;
        if pyramids.iter().any(|earlier| earlier.name == pyramid.name) {
            return Err(Problem::bad_request(format!("The collection “{id}” stands twice.")));
        }
        pyramids.push(pyramid.clone());
    }
    Ok(pyramids)
}

/// The pyramids of all collections that are places.
pub fn all(drawn: &Drawn) -> Vec<Arc<Pyramid>> {
    drawn.edition.layers.iter().filter_map(|layer| drawn.pyramid(&layer.collection.id).cloned()).collect()
}

/// What tells the tiles of these pyramids from those of any other content.
pub fn tag(pyramids: &[Arc<Pyramid>]) -> String {
    etag::joined(pyramids.iter().map(|pyramid| pyramid.tag.as_str()))
}
