//! A position in a plane.

/// A position in a plane: x (eastwards), then y. What the numbers mean is the owner's business.
pub type Xy = [f64; 2];
