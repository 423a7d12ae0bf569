//! A projection worked out beforehand, for layers of millions of vertices: some fifteen times as fast as the series.
//!
//! The plane of longitude and latitude is cut into patches of a quarter of a degree, and in each the projection is replaced by the
//! polynomial of degree four on both axes that equals it at Chebyshev's nodes. With h = 14 km, half a patch, the error of either
//! axis is about R·(h/R)⁵ / (2⁴·5!) = 2·10⁻¹⁰ m (R the radius of the Earth). That is less than the last digit of a northing in a
//! double, 9·10⁻¹⁰ m, of which the values at the nodes have some wrong: together less than 5·10⁻⁹ m were seen. Patches lie where they lie, whatever is projected, so that one place has one position in all layers.

use super::transverse_mercator::TransverseMercator;
use crate::Xy;
use std::sync::OnceLock;

/// Patches a degree, and half of one in degrees.
const PER_DEGREE: f64 = 4.0;
const HALF: f64 = 0.5 / PER_DEGREE;
/// Patches from west to east, about the central meridian, and from south to north: ten degrees to each side, and Italy.
const COLUMNS: usize = 80;
const ROWS: usize = 64;
const SOUTH: f64 = 34.0;
/// Nodes, and coefficients, on each axis.
const NODES: usize = 5;
/// Chebyshev's nodes, the zeros of T₅: the cosines of π/10, 3π/10 and so on.
const PLACES: [f64; NODES] = [
    0.951_056_516_295_153_5,
    0.587_785_252_292_473_1,
    0.0,
    -0.587_785_252_292_473_1,
    -0.951_056_516_295_153_5,
];
/// The values of Chebyshev's polynomials at each node.
const AT_NODES: [[f64; NODES]; NODES] = [
    chebyshev(PLACES[0]),
    chebyshev(PLACES[1]),
    chebyshev(PLACES[2]),
    chebyshev(PLACES[3]),
    chebyshev(PLACES[4]),
];
/// Places that are projected together.
const TOGETHER: usize = 4;
/// Half a patch without its rim.
const INNER: f64 = HALF * (1.0 - 1e-9);

/// A zone of UTM as a net of patches; beyond it the projection itself.
#[derive(Debug)]
pub struct Net {
    zone: TransverseMercator,
    west: f64,
    /// Each is worked out when the first place in it is asked for.
    patches: [[OnceLock<Box<Patch>>; COLUMNS]; ROWS],
}

#[derive(Debug)]
struct Patch {
    center: Xy,
    /// Coefficients of the powers of northwards and, within those, eastwards shares of half a patch, for both axes.
    powers: [[Xy; NODES]; NODES],
}

impl Net {
    /// The net of a zone about a central meridian, in degrees.
    #[expect(clippy::large_stack_arrays, reason = "the compiler evaluates it, for statics")]
    pub const fn new(zone: TransverseMercator, central_meridian: f64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "there are 80")]
        let west = central_meridian - COLUMNS as f64 / PER_DEGREE / 2.0;
        let patches = [const { [const { OnceLock::new() }; COLUMNS] }; ROWS];
        Self { zone, west, patches }
    }

    /// Longitude and latitude in degrees to easting and northing in metres.
    pub fn project(&self, place: Xy) -> Xy {
        self.patch(place).map_or_else(|| self.zone.project(place), |patch| patch.at([place])[0])
    }

    /// The same of many places, to the last digit. Those that follow one another most often lie in one patch, where the sums of
    /// several do not wait for one another: three times as fast.
    pub fn project_all(&self, places: &mut [Xy]) {
        let (together, rest) = places.as_chunks_mut::<TOGETHER>();
        for several in together {
            match self.patch(several[0]) {
                Some(patch) if several.iter().all(|place| patch.holds(*place)) => {
                    *several = patch.at(*several);
                }
                _ => *several = several.map(|place| self.project(place)),
            }
        }
        for place in rest {
            *place = self.project(*place);
        }
    }

    /// The patch in which a place lies; `None` beyond the net.
    fn patch(&self, [lon, lat]: Xy) -> Option<&Patch> {
        let [x, y] = [(lon - self.west) * PER_DEGREE, (lat - SOUTH) * PER_DEGREE];
        let (column, row) = (place(x, COLUMNS)?, place(y, ROWS)?);
        let new = || {
            #[expect(clippy::cast_precision_loss, reason = "there are 80")]
            let center = [self.west + (2 * column + 1) as f64 * HALF, SOUTH + (2 * row + 1) as f64 * HALF];
            Box::new(Patch::new(&self.zone, center))
        };
        Some(self.patches[row][column].get_or_init(new))
    }
}

/// Which of so many patches a position is in; `None` outside.
fn place(at: f64, count: usize) -> Option<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "asked for first; NaN is nowhere"
    )]
    let place = (at >= 0.0).then_some(at as usize);
    place.filter(|place| *place < count)
}

impl Patch {
    fn new(zone: &TransverseMercator, center: Xy) -> Self {
        // What is left when the middle is taken off is small, and loses no digits.
        let middle = zone.project(center);
        let sample = |north: f64, east: f64| {
            let [x, y] = zone.project([center[0] + east * HALF, center[1] + north * HALF]);
            [x - middle[0], y - middle[1]]
        };
        let rows = PLACES.map(|north| powers(PLACES.map(|east| sample(north, east))));
        let mut powers_of_both = [[[0.0; 2]; NODES]; NODES];
        for east in 0..NODES {
            let column = powers(rows.map(|row| row[east]));
            (0..NODES).for_each(|north| powers_of_both[north][east] = column[north]);
        }
        let [x, y] = powers_of_both[0][0];
        powers_of_both[0][0] = [x + middle[0], y + middle[1]];
        Self { center, powers: powers_of_both }
    }

    /// Whether a place certainly lies in it. On its rim a place can be taken for one beyond.
    fn holds(&self, [lon, lat]: Xy) -> bool {
        (lon - self.center[0]).abs() < INNER && (lat - self.center[1]).abs() < INNER
    }

    /// Some places, by Horner's rule, on both axes at once.
    fn at<const N: usize>(&self, places: [Xy; N]) -> [Xy; N] {
        let [west, south] = self.center;
        let shares = places.map(|[lon, lat]| [(lon - west) / HALF, (lat - south) / HALF]);
        let mut sums = [[0.0; 2]; N];
        for row in self.powers.iter().rev() {
            let mut along = [[0.0; 2]; N];
            for power in row.iter().rev() {
                for (sum, [east, _]) in along.iter_mut().zip(shares) {
                    *sum = add(scale(*sum, east), *power);
                }
            }
            for ((sum, along), [_, north]) in sums.iter_mut().zip(along).zip(shares) {
                *sum = add(scale(*sum, north), along);
            }
        }
        sums
    }
}

/// The values of Chebyshev's polynomials T₀ = 1, T₁ = t, T₂ = 2t² − 1, T₃ = 4t³ − 3t and T₄ = 8t⁴ − 8t² + 1.
const fn chebyshev(t: f64) -> [f64; NODES] {
    let square = t * t;
    [1.0, t, 2.0 * square - 1.0, (4.0 * square - 3.0) * t, (8.0 * square - 8.0) * square + 1.0]
}

/// The coefficients of 1, t, t², t³ and t⁴ in the polynomial with these values at the nodes: by its coefficients of Chebyshev's.
fn powers(values: [Xy; NODES]) -> [Xy; NODES] {
    let coefficient = |order: usize| {
        let terms = values.iter().zip(AT_NODES).map(|(value, at_node)| scale(*value, at_node[order]));
        scale(terms.fold([0.0; 2], add), if order > 0 { 0.4 } else { 0.2 })
    };
    let [c0, c1, c2, c3, c4] = [0, 1, 2, 3, 4].map(coefficient);
    [
        add(add(c0, scale(c2, -1.0)), c4),
        add(c1, scale(c3, -3.0)),
        add(scale(c2, 2.0), scale(c4, -8.0)),
        scale(c3, 4.0),
        scale(c4, 8.0),
    ]
}

fn add(a: Xy, b: Xy) -> Xy {
    [a[0] + b[0], a[1] + b[1]]
}

fn scale(a: Xy, by: f64) -> Xy {
    [a[0] * by, a[1] * by]
}

#[cfg(test)]
mod tests {
    use super::super::utm::{NET_32, NET_33, ZONE_32, ZONE_33};

    #[test]
    fn the_net_is_the_projection_to_the_last_digits() {
        for (net, zone, west) in [(&NET_32, &ZONE_32, -1.4), (&NET_33, &ZONE_33, 4.6)] {
            let mut worst: f64 = 0.0;
            for (i, j) in (0..230).flat_map(|i| (0..190).map(move |j| (i, j))) {
                let place = [west + 0.0917 * f64::from(i), 33.71 + 0.0891 * f64::from(j)];
                let (got, expect) = (net.project(place), zone.project(place));
                worst = worst.max((got[0] - expect[0]).abs()).max((got[1] - expect[1]).abs());
            }
            assert!(worst < 5e-9, "{worst:e}");
        }
    }

    #[test]
    fn many_places_are_projected_as_each_alone() {
        let mut places: Vec<_> =
            (0..4001).map(|i| [8.99 + 0.0001 * f64::from(i), 45.2 + 0.3 * f64::from(i % 7)]).collect();
        places[2000] = [-30.0, 45.0];
        let expect: Vec<_> = places.iter().map(|place| NET_32.project(*place)).collect();
        NET_32.project_all(&mut places);
        assert_eq!(places, expect);
    }

    #[test]
    fn patches_join() {
        for step in 0..60 {
            let (lon, lat) = (9.25_f64, 44.0 + f64::from(step) * 0.03);
            let (west, east) = (NET_32.project([lon.next_down(), lat]), NET_32.project([lon, lat]));
            assert!((west[0] - east[0]).hypot(west[1] - east[1]) < 5e-9, "{lat}");
        }
    }

    #[test]
    fn what_is_beyond_the_net_is_projected_all_the_same() {
        for place in [[-2.0, 45.0], [19.01, 45.0], [9.0, 33.9], [9.0, 50.1], [9.0, -20.0]] {
            let [got, expect] =
                [NET_32.project(place), ZONE_32.project(place)].map(|xy| xy.map(f64::to_bits));
            assert_eq!(got, expect, "{place:?}");
        }
        assert!(NET_32.project([f64::NAN, 45.0])[0].is_nan());
    }
}
