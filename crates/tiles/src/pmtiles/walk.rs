//! The walk down the pyramids: from each tile that has something in or near it to its four quarters.

use super::spool::{Spool, Spooled};
use super::{compressed, hilbert};
use crate::pyramid::Pyramid;
use crate::{TileAddress, draw};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Subtrees that are handed out: enough for cores to end at about the same time.
const SUBTREES: usize = 256;

/// Draws all tiles of some zoom levels, on all cores.
///
/// # Errors
/// If the disk is full.
pub fn spool(pyramids: &[Arc<Pyramid>], zooms: [u8; 2]) -> io::Result<Spooled> {
    let (above, subtrees) = split(pyramids, zooms[1]);
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<Spool> {
        let mut walk = Walk { pyramids, zooms, spool: Spool::new()? };
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            match (above.get(place), place.checked_sub(above.len()).and_then(|place| subtrees.get(place))) {
                (Some(tile), _) => walk.draw(*tile)?,
                (None, Some(tile)) => walk.descend(*tile)?,
                (None, None) => return Ok(walk.spool),
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let spools: io::Result<Vec<Spool>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let fault = || io::Error::other("drawing stopped by a fault of the program: please report it");
        workers.into_iter().map(|worker| worker.join().map_err(|_| fault())?).collect()
    });
    Spooled::of(spools?)
}

/// The tiles with something near of the upper levels, and those of the first level that has many: the roots of subtrees.
fn split(pyramids: &[Arc<Pyramid>], last: u8) -> (Vec<TileAddress>, Vec<TileAddress>) {
    let mut above = Vec::new();
    let mut level: Vec<TileAddress> = TileAddress::new(0, 0, 0).into_iter().collect();
    level.retain(|tile| has_something(pyramids, *tile));
    for _ in 0..last {
        if level.len() >= SUBTREES {
            break;
        }
        let next =
            level.iter().flat_map(|tile| tile.quarters()).filter(|tile| has_something(pyramids, *tile));
        let next = next.collect();
        above.append(&mut level);
        level = next;
    }
    (above, level)
}

fn has_something(pyramids: &[Arc<Pyramid>], tile: TileAddress) -> bool {
    pyramids.iter().any(|pyramid| pyramid.has_something(tile))
}

struct Walk<'p> {
    pyramids: &'p [Arc<Pyramid>],
    zooms: [u8; 2],
    spool: Spool,
}

impl Walk<'_> {
    fn descend(&mut self, tile: TileAddress) -> io::Result<()> {
        self.draw(tile)?;
        if tile.z() < self.zooms[1] {
            for quarter in tile.quarters() {
                if has_something(self.pyramids, quarter) {
                    self.descend(quarter)?;
                }
            }
        }
        Ok(())
    }

    fn draw(&mut self, tile: TileAddress) -> io::Result<()> {
        if tile.z() < self.zooms[0] {
            return Ok(());
        }
        let drawings: Vec<_> = self.pyramids.iter().map(|pyramid| (&**pyramid, None)).collect();
        let bytes = draw::tile(&drawings, tile);
        if bytes.is_empty() { Ok(()) } else { self.spool.push(hilbert::number(tile), &compressed(&bytes)?) }
    }
}
