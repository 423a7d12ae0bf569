//! Cuts shapes to a rectangle.
//!
//! Rings are cut by Sutherland and Hodgman's method: a ring stays one ring, and where it leaves the rectangle
//! and comes back it runs along the border. That is what tiles and overlays want (areas and insides are
//! right, and nothing can fail); it is not a valid geometry in the OGC sense, where such bridges are
//! forbidden. An edge and its reverse are cut at the very same positions, so neighbours still share their
//! border after the cut.

mod line;
mod ring;

pub use line::line;
pub use ring::{Scratch, ring};

use std::borrow::Cow;

use crate::{Bbox, Builder, Error, Kind, Shape, area};

/// What of a shape lies in a rectangle, borrowed if that is all of it; `None` if nothing does.
///
/// Lines may come out in more pieces than they went in. What only touches the rectangle is kept for points
/// and lines along its border, not for polygons.
#[must_use]
pub fn shape(shape: &Shape, to: Bbox) -> Option<Cow<'_, Shape>> {
    if to.contains(shape.bbox()) {
        return Some(Cow::Borrowed(shape));
    }
    if !to.intersects(shape.bbox()) {
        return None;
    }
    cut(shape, to).ok().map(Cow::Owned)
}

fn cut(shape: &Shape, to: Bbox) -> Result<Shape, Error> {
    let mut builder = Builder::new(shape.kind());
    match shape.kind() {
        Kind::Points => {
            shape
                .coords()
                .iter()
                .filter(|&&xy| to.contains_point(xy))
                .try_for_each(|&xy| builder.push(xy))?;
        }
        Kind::Lines => {
            for whole in shape.rings() {
                let mut pieces = Vec::new();
                line(whole, to, |piece| pieces.push(piece.to_vec()));
                for piece in pieces {
                    piece.into_iter().try_for_each(|xy| builder.push(xy))?;
                    builder.end_ring()?;
                }
            }
        }
        Kind::Polygons => {
            let mut scratch = Scratch::default();
            for part in shape.parts() {
                for (i, whole) in part.rings().enumerate() {
                    let inside = ring(whole, to, &mut scratch);
                    if area::ring(inside) != 0.0 {
                        inside.iter().try_for_each(|&xy| builder.push(xy))?;
                        builder.end_ring()?;
                    } else if i == 0 {
                        // Without its shell, a polygon has no holes either.
                        break;
                    }
                }
                builder.end_part();
            }
        }
    }
    builder.finish()
}

#[cfg(test)]
mod tests;
