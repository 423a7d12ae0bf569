//! How a collection is drawn into tiles: what `tiles/<collection-id>.toml` says.
//!
//! ```toml
//! min_zoom = 5
//! max_zoom = 14
//! buffer = 64                      # units round the tile, 4096 to its side; this is what is taken if left out
//! attributes = ["name", "funding_pnrr_cents"]
//! labels = false                   # whether polygons get a layer of points that carry their names
//! ids = true                       # whether features carry their public numbers; only needless where the attributes have the key
//!
//! [cluster]                        # from afar, one symbol for each municipality or, of other points, for each square
//! below_zoom = 11
//! square_px = 64
//! count = true
//! sums = ["funding_pnrr_cents"]
//!
//! [swarm]
//! spacing_px = 7
//! ```

use crate::Error;
use crate::mvt::EXTENT;
use crate::pyramid::grid::DEEPEST;
use domain::Collection;
use serde::Deserialize;
use std::ops::RangeInclusive;
use toml::Spanned;

/// How a collection is drawn into tiles.
#[derive(Debug, Clone, PartialEq)]
pub struct Tileset {
    zooms: RangeInclusive<u8>,
    buffer: u32,
    attributes: Vec<String>,
    labels: bool,
    ids: bool,
    cluster: Option<Cluster>,
    swarm: Option<Swarm>,
}

/// How features that share a position are drawn from afar: as one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// The first zoom level on which they are drawn one by one.
    pub below_zoom: u8,
    /// The side of the squares of the world's grid in which points are gathered, in pixels: a power of two.
    #[serde(default = "default_square")]
    pub square_px: u32,
    /// Whether the cluster says how many they are, as `count`.
    #[serde(default)]
    pub count: bool,
    /// The fields whose sums it gives, each under its own name.
    #[serde(default)]
    pub sums: Vec<String>,
}

impl Cluster {
    /// Gathers by number alone.
    #[must_use]
    pub(crate) const fn counting() -> Self {
        Self { below_zoom: 0, square_px: DEFAULT_SQUARE_PX, count: true, sums: Vec::new() }
    }

    /// The side of the squares as a power of two of units, eight to a pixel.
    #[must_use]
    pub const fn side(&self) -> u32 {
        self.square_px.trailing_zeros() + 3
    }
}

/// How features that share a position are drawn from near: one beside the other.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Swarm {
    /// How far apart, in pixels; see [`placement::swarm`](crate::placement::swarm).
    pub spacing_px: f64,
}

impl Tileset {
    /// Reads a definition; `file` is its name, for the errors.
    ///
    /// # Errors
    /// [`Error::TilesetSyntax`] if the text is no TOML or has keys or types that are not known here,
    /// [`Error::TilesetRule`] if levels, buffer, names or spacing make no sense together.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let draft: Draft = toml::from_str(text)
            .map_err(|source| Error::TilesetSyntax { file: file.to_owned(), source: Box::new(source) })?;
        draft.check().map_err(|(at, rule)| {
            let line = text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
            Error::TilesetRule { file: file.to_owned(), line, rule }
        })?;
        Ok(Self {
            zooms: draft.min_zoom..=draft.max_zoom.into_inner(),
            buffer: draft.buffer.map_or(DEFAULT_BUFFER, Spanned::into_inner),
            attributes: draft.attributes.into_inner(),
            labels: draft.labels,
            ids: draft.ids,
            cluster: draft.cluster.map(Spanned::into_inner),
            swarm: draft.swarm.map(Spanned::into_inner),
        })
    }

    /// How a collection is drawn that has no definition of its own: on every level of the usual pyramid, with all its fields.
    #[must_use]
    pub fn default_for(collection: &Collection) -> Self {
        Self {
            zooms: 4..=14,
            buffer: DEFAULT_BUFFER,
            attributes: collection.fields.iter().map(|field| field.id.clone()).collect(),
            labels: false,
            ids: true,
            cluster: None,
            swarm: Some(Swarm { spacing_px: 7.0 }),
        }
    }

    /// The same with no level deeper than `zoom`, if one is left: the deepest shows what the deepest has to.
    #[must_use]
    pub fn down_to(self, zoom: u8) -> Self {
        let [first, last] = [*self.zooms.start(), *self.zooms.end()];
        Self { zooms: first..=last.min(zoom).max(first), ..self }
    }

    /// The zoom levels that have tiles; clients stretch the deepest beyond.
    #[must_use]
    pub const fn zooms(&self) -> &RangeInclusive<u8> {
        &self.zooms
    }

    /// How far round a tile shapes are kept, in units of its grid.
    #[must_use]
    pub const fn buffer(&self) -> u32 {
        self.buffer
    }

    /// The fields that features carry, in this order.
    #[must_use]
    pub fn attributes(&self) -> &[String] {
        &self.attributes
    }

    /// Whether a second layer has one point for each feature, well inside it, to write its name at: a polygon
    /// that is cut by tiles would be labelled in each of them.
    #[must_use]
    pub const fn has_labels(&self) -> bool {
        self.labels
    }

    /// Whether features of a collection carry their public numbers: seven bytes each, which nothing makes smaller. They may be left out
    /// only where the attributes have the whole key, by which a record is found as well.
    #[must_use]
    pub fn has_ids(&self, collection: &Collection) -> bool {
        let is_told = |place: &usize| self.attributes.contains(&collection.fields[*place].id);
        self.ids || !collection.key.iter().all(is_told)
    }

    /// How features are drawn on this level, if several as one.
    #[must_use]
    pub fn cluster_at(&self, zoom: u8) -> Option<&Cluster> {
        self.cluster.as_ref().filter(|cluster| zoom < cluster.below_zoom)
    }

    /// Whether features are drawn as one on some level.
    #[must_use]
    pub const fn is_clustered(&self) -> bool {
        self.cluster.is_some()
    }

    /// The fields that are summed where features are drawn as one.
    #[must_use]
    pub fn sums(&self) -> &[String] {
        self.cluster.as_ref().map_or(&[], |cluster| &cluster.sums)
    }

    /// How features that share a position are drawn where they are not drawn as one; `None`: one on the
    /// other.
    #[must_use]
    pub const fn swarm(&self) -> Option<Swarm> {
        self.swarm
    }
}

const DEFAULT_BUFFER: u32 = 64;
const DEFAULT_SQUARE_PX: u32 = 64;

const fn default_ids() -> bool {
    true
}

const fn default_square() -> u32 {
    DEFAULT_SQUARE_PX
}

/// A definition as written, with the places of what is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    min_zoom: u8,
    max_zoom: Spanned<u8>,
    buffer: Option<Spanned<u32>>,
    attributes: Spanned<Vec<String>>,
    #[serde(default)]
    labels: bool,
    #[serde(default = "default_ids")]
    ids: bool,
    cluster: Option<Spanned<Cluster>>,
    swarm: Option<Spanned<Swarm>>,
}

impl Draft {
    /// The first rule that is broken, and where in the text.
    fn check(&self) -> Result<(), (usize, &'static str)> {
        let max_zoom = *self.max_zoom.get_ref();
        require(&self.max_zoom, max_zoom <= DEEPEST, "max_zoom is 18 at most")?;
        require(&self.max_zoom, max_zoom >= self.min_zoom, "max_zoom is not less than min_zoom")?;
        require(&self.attributes, distinct(self.attributes.get_ref()), "an attribute is named once only")?;
        if let Some(buffer) = &self.buffer {
            require(buffer, *buffer.get_ref() <= EXTENT, "buffer is one tile (4096) at most")?;
        }
        if let Some(cluster) = &self.cluster {
            let Cluster { below_zoom, square_px, count, sums } = cluster.get_ref();
            let levels = self.min_zoom + 1..=max_zoom + 1;
            require(
                cluster,
                levels.contains(below_zoom),
                "below_zoom is above min_zoom, and max_zoom + 1 at most",
            )?;
            let sides = 8..=512;
            require(
                cluster,
                square_px.is_power_of_two() && sides.contains(square_px),
                "square_px is a power of two from 8 to 512",
            )?;
            require(cluster, distinct(sums), "a sum is named once only")?;
            require(cluster, *count || !sums.is_empty(), "a cluster has a count or sums")?;
        }
        match &self.swarm {
            Some(swarm) => {
                let spacing_px = swarm.get_ref().spacing_px;
                require(
                    swarm,
                    spacing_px > 0.0 && spacing_px <= 512.0,
                    "spacing_px is above 0, and 512 at most",
                )
            }
            None => Ok(()),
        }
    }
}

fn require<T>(at: &Spanned<T>, kept: bool, rule: &'static str) -> Result<(), (usize, &'static str)> {
    if kept { Ok(()) } else { Err((at.span().start, rule)) }
}

fn distinct(names: &[String]) -> bool {
    names.iter().enumerate().all(|(i, name)| !names[..i].contains(name))
}

#[cfg(test)]
mod tests;
