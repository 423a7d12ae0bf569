//! Single shapes, each with the very paths that it should become.

use super::decoder::{self, decode};
use super::{Commands, Layer, Tile, Value, address, bytes, drawn};
use geometry::{Kind, Shape, Xy};

type Path = Vec<[i64; 2]>;

/// Positions in units of the only tile of zoom level 0, or of another one's grid.
fn at([x, y]: Xy) -> Xy {
    [x / 4096.0, y / 4096.0]
}

fn polygon(rings: &[&[Xy]]) -> Shape {
    Shape::polygons([rings
        .iter()
        .map(|ring| ring.iter().copied().chain([ring[0]]).map(at).collect::<Vec<_>>())])
    .unwrap()
}

fn line(coords: &[Xy]) -> Shape {
    Shape::lines([coords.iter().copied().map(at).collect::<Vec<_>>()]).unwrap()
}

/// What a shape becomes in the tile of zoom level 0.
fn paths(shape: Shape) -> Vec<Path> {
    drawn(address(0, 0, 0), 64, &[shape]).map_or(vec![], |layer| layer.features[0].paths().unwrap())
}

fn doubled_area(ring: &[[i64; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

#[test]
fn coordinates_are_rounded_to_the_nearest_unit() {
    // The tile has others round it: what is west of it is in the world too.
    let check = |xy: Xy, expected: [i64; 2]| {
        let world = xy.map(|units| (units + 4096.0) / (4.0 * 4096.0));
        let tile = drawn(address(2, 1, 1), 64, &[Shape::points([world]).unwrap()]).unwrap();
        assert_eq!(tile.features[0].paths().unwrap(), [vec![expected]], "{xy:?}");
    };
    check([10.0, 20.0], [10, 20]);
    check([10.4999, 20.5], [10, 21]);
    check([-0.5, -1.5], [0, -1]);
    check([-0.6, 4096.4], [-1, 4096]);
}

#[test]
fn shells_run_clockwise_on_the_screen_and_holes_the_other_way() {
    let shell = [[10.0, 10.0], [90.0, 10.0], [90.0, 90.0], [10.0, 90.0]];
    let hole = [[20.0, 20.0], [40.0, 20.0], [40.0, 40.0], [20.0, 40.0]];
    let turned = |ring: [Xy; 4]| [ring[3], ring[2], ring[1], ring[0]];
    for shell in [shell, turned(shell)] {
        for hole in [hole, turned(hole)] {
            let areas: Vec<_> =
                paths(polygon(&[&shell, &hole])).iter().map(|ring| doubled_area(ring)).collect();
            assert_eq!(areas, [2 * 6400, -2 * 400]);
        }
    }
}

#[test]
fn repeated_points_are_left_out() {
    let ring = [[10.0, 10.0], [10.2, 9.9], [90.0, 10.0], [90.1, 10.1], [90.0, 90.0], [10.1, 10.1]];
    assert_eq!(paths(polygon(&[&ring])), [vec![[10, 10], [90, 10], [90, 90]]]);
    assert_eq!(paths(line(&[[1.0, 1.0], [1.2, 1.2], [5.0, 1.0]])), [vec![[1, 1], [5, 1]]]);
    let points = Shape::points([[3.0, 3.0], [1.0, 1.0], [3.1, 2.9]].map(at)).unwrap();
    assert_eq!(paths(points), [vec![[1, 1]], vec![[3, 3]]]);
}

#[test]
fn what_has_no_extent_on_the_grid_is_a_pixel_where_it_is() {
    let pixel = |x: i64, y: i64| vec![[x, y], [x + 8, y], [x + 8, y + 8], [x, y + 8]];
    let shell = [[10.0, 10.0], [90.0, 10.0], [90.0, 90.0]];
    let small = [[10.0, 10.0], [10.3, 10.0], [10.3, 10.3]];
    assert_eq!(paths(polygon(&[&small])), [pixel(6, 6)]);
    assert_eq!(paths(polygon(&[&[[10.0, 10.0], [90.0, 10.2], [90.0, 10.4]]])), [pixel(46, 6)]);
    assert_eq!(paths(line(&[[5.0, 5.0], [5.3, 5.4]])), [vec![[5, 5], [6, 5]]]);
    // A hole goes without a trace; so does a shell, with its hole, beside a polygon that stays.
    assert_eq!(paths(polygon(&[&shell, &[[40.0, 20.0], [40.1, 20.0], [40.1, 20.4]]])).len(), 1);
    let ring = |ring: [Xy; 3]| [ring[0], ring[1], ring[2], ring[0]].map(at);
    let two = Shape::polygons([vec![ring(small), ring(small)], vec![ring(shell)]]);
    assert_eq!(paths(two.unwrap()), paths(polygon(&[&shell])));
}

#[test]
fn shapes_are_cut_at_the_buffer() {
    let wide = [[-500.0, -500.0], [9000.0, -500.0], [9000.0, 9000.0], [-500.0, 9000.0]];
    let ring = paths(polygon(&[&wide])).pop().unwrap();
    assert_eq!(doubled_area(&ring), 2 * 4224 * 4224);
    assert_eq!(paths(line(&[[-500.0, 7.0], [9000.0, 7.0]])), [vec![[-64, 7], [4160, 7]]]);
    let zigzag = [[10.0, 10.0], [5000.0, 10.0], [5000.0, 20.0], [10.0, 20.0]];
    assert_eq!(paths(line(&zigzag)), [vec![[10, 10], [4160, 10]], vec![[4160, 20], [10, 20]]]);
    let points = [[-64.0, 0.0], [-65.0, 0.0], [4160.0, 4160.0]];
    let points = points.map(|xy| xy.map(|units| (units + 4096.0) / (4.0 * 4096.0)));
    let inside = drawn(address(2, 1, 1), 64, &[Shape::points(points).unwrap()]).unwrap();
    assert_eq!(inside.features[0].paths().unwrap(), [vec![[-64, 0]], vec![[4160, 4160]]]);
    assert!(drawn(address(1, 1, 0), 0, &[Shape::points([[0.4999, 0.1]]).unwrap()]).is_none());
}

#[test]
fn neighbouring_tiles_round_alike() {
    // Along both sides of the seam between two tiles of level 3, at every eighth of a unit.
    let (west, east) = (address(3, 3, 5), address(3, 4, 5));
    for eighths in -400..400 {
        let x = 0.5 + f64::from(eighths) / (8.0 * 8.0 * 4096.0);
        let shape = [Shape::points([[x, 0.7]]).unwrap()];
        let [west, east] =
            [west, east].map(|tile| drawn(tile, 64, &shape).unwrap().features[0].paths().unwrap()[0][0]);
        assert_eq!([west[0] - 4096, west[1]], east, "{eighths}");
    }
}

#[test]
fn nothing_makes_no_bytes() {
    assert_eq!(bytes(address(1, 0, 0), 64, &[Shape::points([[0.9, 0.9]]).unwrap()]), [0_u8; 0]);
    let mut layer = Layer::new("layer");
    layer.attribute("a", Value::Integer(1));
    layer.feature(None, Kind::Points, &Commands::default());
    let mut tile = Tile::new();
    tile.push(&layer);
    assert_eq!(tile.into_bytes(), [0_u8; 0]);
}

#[test]
fn attributes_come_back_as_they_went() {
    let mut here = Commands::default();
    here.points(&[[7, 7]]);
    let mut layer = Layer::new("città");
    let numbers = [0, 1, -1, 127, -128, 1_395_000_000_000, i64::MAX, i64::MIN];
    for (id, number) in (1..).zip(numbers) {
        layer.attribute("number", Value::Integer(number));
        layer.attribute("name", Value::Text("Cormano"));
        layer.feature(Some(id), Kind::Points, &here);
    }
    let mixed = [
        ("", Value::Text("")),
        ("share", Value::Double(-0.25)),
        ("a", Value::Boolean(true)),
        ("b", Value::Boolean(false)),
    ];
    for (key, value) in mixed {
        layer.attribute(key, value);
    }
    layer.feature(None, Kind::Points, &here);
    let mut tile = Tile::new();
    tile.push(&layer);
    let layer = decode(&tile.into_bytes()).unwrap().pop().unwrap();

    assert_eq!((layer.name.as_str(), layer.version, layer.extent), ("città", 2, 4096));
    assert_eq!(layer.keys, ["number", "name", "", "share", "a", "b"]);
    for (feature, (id, number)) in layer.features.iter().zip((1..).zip(numbers)) {
        assert_eq!(feature.id, Some(id));
        let expected = if number < 0 { decoder::Value::Sint(number) } else { decoder::Value::Int(number) };
        assert_eq!(layer.attributes(feature)["number"], &expected);
        assert_eq!(layer.attributes(feature)["name"], &decoder::Value::Text("Cormano".to_owned()));
    }
    let last = layer.features.last().unwrap();
    assert_eq!(last.id, None);
    let expected = [
        ("", &decoder::Value::Text(String::new())),
        ("a", &decoder::Value::Bool(true)),
        ("b", &decoder::Value::Bool(false)),
        ("share", &decoder::Value::Double(-0.25)),
    ];
    assert_eq!(layer.attributes(last).into_iter().collect::<Vec<_>>(), expected);
    // Eight numbers, a name, and the four of the last feature: the name was written once.
    assert_eq!(layer.values.len(), 13);
}
