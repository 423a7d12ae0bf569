//! `remix export --pmtiles`: from the database to a pyramid in one file.

use crate::configuration::Configuration;
use crate::edition::{self, EditionError};
use domain::{Collection, CollectionId};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;
use tiles::pmtiles::Summary;
use tiles::{Drawn, Pyramid, Tileset, pmtiles};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PmtilesError {
    /// There is no edition.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// A collection is none, or its records are not places.
    #[error("there are no tiles of “{id}”: there are of {known}")]
    Unknown {
        /// What was named.
        id: String,
        /// The collections that are places.
        known: String,
    },
    /// The file cannot be begun: somebody may need what is there.
    #[error("cannot write {}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It cannot be drawn, or written to its end.
    #[error(transparent)]
    Tiles(#[from] tiles::Error),
}

/// Writes the pyramids of some collections, all that are places if none is named, to a file, which must not be there yet.
///
/// # Errors
/// [`PmtilesError`]; then there is no file.
pub async fn write(
    store: &Store,
    configuration: &Arc<Configuration>,
    file: &Path,
    ids: &[String],
    max_zoom: Option<u8>,
) -> Result<Summary, PmtilesError> {
    let mut wanted = only(configuration, ids);
    if let Some(zoom) = max_zoom {
        wanted.tilesets = Arc::new(down_to(&wanted, zoom));
    }
    let drawn = edition::draw(store, &Arc::new(wanted), None).await?;
    let pyramids = named(&drawn, ids)?;
    let path = file.to_owned();
    let work = move || {
        let fault = |source| PmtilesError::File { file: path.clone(), source };
        let mut out = BufWriter::new(File::create_new(&path).map_err(fault)?);
        let written = pmtiles::write(&drawn, &pyramids, max_zoom, &mut out);
        let written = written.and_then(|summary| Ok(out.flush().map(|()| summary)?));
        if written.is_err() {
            // Half of a file is worse than none.
            fs::remove_file(&path).map_err(fault)?;
        }
        Ok(written?)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| EditionError::Panicked)?
}

/// The configuration without collections of which nothing is drawn here, so that they are not loaded. A name that is none leaves all
/// of them, to be told.
fn only(configuration: &Configuration, ids: &[String]) -> Configuration {
    let all = &configuration.collections;
    let named = |it: &Collection| ids.iter().any(|id| it.id.as_str() == id);
    if ids.is_empty() || !ids.iter().all(|id| all.iter().any(|it| it.id.as_str() == id)) {
        return configuration.clone();
    }
    let mut wanted: Vec<Arc<Collection>> = all.iter().filter(|it| named(it)).cloned().collect();
    let mut place = 0;
    // What a collection is made of may be made of others.
    while let Some(collection) = wanted.get(place).cloned() {
        let others = atlas::dependencies(&collection, all).filter(|it| !wanted.contains(it));
        let others: Vec<_> = others.cloned().collect();
        wanted.extend(others);
        place += 1;
    }
    let collections = all.iter().filter(|it| wanted.contains(it)).cloned().collect();
    Configuration { collections, ..configuration.clone() }
}

/// How collections are drawn without what is deeper than `zoom`, which takes most of the time.
fn down_to(configuration: &Configuration, zoom: u8) -> BTreeMap<CollectionId, Tileset> {
    let tilesets = configuration.tilesets.iter();
    tilesets.map(|(id, tileset)| (id.clone(), tileset.clone().down_to(zoom))).collect()
}

fn named(drawn: &Drawn, ids: &[String]) -> Result<Vec<Arc<Pyramid>>, PmtilesError> {
    let all: Vec<&Arc<Pyramid>> =
        drawn.edition.layers.iter().filter_map(|layer| drawn.pyramid(&layer.collection.id)).collect();
    if ids.is_empty() {
        return Ok(all.into_iter().filter(|pyramid| !pyramid.is_empty()).cloned().collect());
    }
    let find = |id: &String| {
        let found = all.iter().find(|pyramid| &pyramid.name == id).map(|pyramid| Arc::clone(pyramid));
        found.ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|pyramid| pyramid.name.as_str()).collect();
            PmtilesError::Unknown { id: id.clone(), known: known.join(", ") }
        })
    };
    ids.iter().map(find).collect()
}
