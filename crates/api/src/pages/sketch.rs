//! A place as a small drawing: seen where no script draws the map, before it does, and on paper.

/// A drawing of a place in its surroundings, in units of the drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    /// How wide and how high it is.
    pub size: [u32; 2],
    /// The borders of municipalities, as paths; with whether the place is in them and no more is known, or it is the place.
    pub ground: Vec<(String, bool)>,
    /// The surfaces of the place, as paths.
    pub surfaces: Vec<String>,
    /// Its lines, as paths.
    pub lines: Vec<String>,
    /// Its points, and the middle of what is too small to be seen.
    pub points: Vec<[String; 2]>,
}
