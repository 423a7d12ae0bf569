//! Writes pyramids whole, as one file: PMTiles version 3, clustered, each distinct tile once.
//!
//! Tiles are drawn on all cores, subtree by subtree, into files without names, and then copied in the order of their numbers. Only
//! tiles with something near are drawn: the walk goes down where the pyramids have something, and nowhere else.

mod directory;
mod header;
mod hilbert;
mod spool;
mod walk;

use crate::{Drawn, Error, Pyramid, describe};
use geometry::Bbox;
use header::{HEADER_BYTES, Header};
use libdeflater::{CompressionLvl, Compressor};
use serde_json::{Value, json};
use spool::Spooled;
use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::Arc;

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Tiles that have something in them.
    pub tiles: u64,
    /// Of these, those that differ from each other.
    pub contents: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Writes the pyramids of some collections, down to `max_zoom` at most.
///
/// # Errors
/// [`Error::NoTiles`] if no zoom level has tiles, [`Error::Pmtiles`] if a file cannot be written.
pub fn write(
    drawn: &Drawn,
    pyramids: &[Arc<Pyramid>],
    max_zoom: Option<u8>,
    out: &mut impl Write,
) -> Result<Summary, Error> {
    let [first, last] = Pyramid::zooms_of(pyramids).ok_or(Error::NoTiles)?;
    let last = max_zoom.map_or(last, |max| max.min(last));
    if last < first {
        return Err(Error::NoTiles);
    }
    let spooled = walk::spool(pyramids, [first, last])?;
    let metadata = compressed(metadata(drawn, pyramids, last).to_string().as_bytes())?;
    let directories = directory::pack(&spooled.entries, HEADER_BYTES)?;
    let header = Header {
        root: directories.root.len() as u64,
        metadata: metadata.len() as u64,
        leaves: directories.leaves.len() as u64,
        data: spooled.bytes,
        tiles: spooled.tiles,
        entries: spooled.entries.len() as u64,
        contents: spooled.contents,
        zooms: [first, last],
        bounds: bounds(drawn, pyramids),
    };
    out.write_all(&header.to_bytes())?;
    for part in [&directories.root, &metadata, &directories.leaves] {
        out.write_all(part)?;
    }
    spooled.copy_to(out)?;
    let Spooled { tiles, contents, .. } = spooled;
    Ok(Summary { tiles, contents, bytes: header.end() })
}

/// How hard tiles are made smaller: beyond, time grows and bytes hardly shrink.
const LEVEL: i32 = 6;

/// Bytes in gzip, as directories, metadata and tiles are.
fn compressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    thread_local! {
        static COMPRESSOR: RefCell<Compressor> =
            RefCell::new(Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()));
    }
    COMPRESSOR.with_borrow_mut(|compressor| {
        let mut out = vec![0; compressor.gzip_compress_bound(bytes.len())];
        let length = compressor.gzip_compress(bytes, &mut out).map_err(io::Error::other)?;
        out.truncate(length);
        Ok(out)
    })
}

/// What the file says of itself: layers with their attributes, and who is to be named.
fn metadata(drawn: &Drawn, pyramids: &[Arc<Pyramid>], last: u8) -> Value {
    let layers: Vec<_> = pyramids.iter().filter_map(|it| Some((drawn.layer_of(it)?, it))).collect();
    let described = layers.iter().flat_map(|(layer, pyramid)| describe::layers(layer, &pyramid.tileset));
    let titles: Vec<&str> = layers.iter().map(|(layer, _)| layer.collection.title.it.as_str()).collect();
    json!({
        "name": titles.join(", "),
        "description": format!("REMIX – {}", drawn.edition.territory.title.it),
        "attribution": describe::attribution(layers.iter().map(|(layer, _)| *layer)),
        "type": "overlay",
        "version": drawn.edition.tag,
        "vector_layers": described.map(|layer| layer.to_json(last)).collect::<Vec<_>>(),
    })
}

/// The box round what is shown, in degrees.
fn bounds(drawn: &Drawn, pyramids: &[Arc<Pyramid>]) -> Bbox {
    let boxes = pyramids.iter().filter_map(|pyramid| drawn.layer_of(pyramid)?.bbox);
    let [west, south, east, north] = drawn.edition.territory.extent;
    boxes.reduce(Bbox::union).unwrap_or_else(|| Bbox::new([west, south], [east, north]))
}
