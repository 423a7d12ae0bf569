//! Round trips, foreign dialects, and input that lies.

use super::{read, write};
use crate::{Error, Kind, Shape, Xy};

const SQUARE: [Xy; 5] = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]];
const HOLE: [Xy; 4] = [[1.0, 1.0], [1.0, 2.0], [2.0, 1.0], [1.0, 1.0]];

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn one_of_each() -> Vec<Shape> {
    let far = SQUARE.map(|[x, y]| [x + 10.0, y - 7.25]);
    vec![
        Shape::points([[9.19, 45.46]]).unwrap(),
        Shape::points([[9.19, 45.46], [0.0, -1.0]]).unwrap(),
        Shape::lines([SQUARE[..2].to_vec()]).unwrap(),
        Shape::lines([SQUARE.to_vec(), HOLE.to_vec()]).unwrap(),
        Shape::polygons([[SQUARE.to_vec(), HOLE.to_vec()]]).unwrap(),
        Shape::polygons([vec![SQUARE.to_vec(), HOLE.to_vec()], vec![far.to_vec()]]).unwrap(),
    ]
}

#[test]
fn what_is_written_is_read() {
    for shape in one_of_each() {
        assert_eq!(read(&write(&shape)), Ok(shape));
    }
}

#[test]
fn postgis_dialects_are_read() {
    // From `ST_AsEWKB(…)` and `ST_AsBinary(…, 'NDR' | 'XDR')` in PostGIS 3.3, but for the mixed orders.
    let point = Shape::points([[1.0, 2.0]]).unwrap();
    for text in [
        "01 01000000 000000000000F03F 0000000000000040", // plain
        "00 00000001 3FF0000000000000 4000000000000000", // big-endian
        "01 01000020 787F0000 000000000000F03F 0000000000000040", // SRID 32632
        "01 010000A0 787F0000 000000000000F03F 0000000000000040 0000000000000840", // and Z, EWKB
        "01 E9030000 000000000000F03F 0000000000000040 0000000000000840", // Z, ISO
        "01 D1070000 000000000000F03F 0000000000000040 0000000000000840", // M, ISO
        "00 00000BB9 3FF0000000000000 4000000000000000 4008000000000000 4010000000000000", // ZM, big-endian
        "01 04000000 01000000 01 01000000 000000000000F03F 0000000000000040", // multi of one
        "01 07000000 01000000 00 00000001 3FF0000000000000 4000000000000000", // orders mixed
        "01 07000000 02000000 01 02000000 00000000 01 01000000 000000000000F03F 0000000000000040", // empty member
    ] {
        assert_eq!(read(&hex(text)).as_ref(), Ok(&point), "{text}");
    }
}

#[test]
fn flags_count_within_parts_too() {
    // ST_AsEWKB('SRID=32632;MULTIPOLYGON Z(((0 0 1,4 0 1,4 4 1,0 0 1)))', 'XDR')
    let text = "00 A0000006 00007F78 00000001 00 80000003 00000001 00000004
        0000000000000000 0000000000000000 3FF0000000000000 4010000000000000 0000000000000000 3FF0000000000000
        4010000000000000 4010000000000000 3FF0000000000000 0000000000000000 0000000000000000 3FF0000000000000";
    let triangle = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]];
    assert_eq!(read(&hex(text)), Shape::polygons([[triangle]]));
}

#[test]
fn collections_of_one_kind_become_one_shape() {
    let [single, several] = [4, 5].map(|i| one_of_each().swap_remove(i));
    let mut bytes = hex("01 07000000 02000000");
    bytes.extend(write(&single));
    bytes.extend(write(&several));
    let shape = read(&bytes).unwrap();
    assert_eq!((shape.kind(), shape.part_count(), shape.ring_count()), (Kind::Polygons, 3, 5));
}

#[test]
fn empty_geometries_are_told_from_broken_ones() {
    for text in [
        "01 01000000 000000000000F87F 000000000000F87F",
        "01 02000000 00000000",
        "01 03000000 00000000",
        "01 06000000 00000000",
        "01 07000000 01000000 01 07000000 00000000",
    ] {
        assert_eq!(read(&hex(text)), Err(Error::Empty), "{text}");
    }
}

#[test]
fn faults_carry_their_position() {
    let check = |text: &str, at: usize, fault: Error| {
        assert_eq!(read(&hex(text)), Err(Error::Wkb { at, source: Box::new(fault) }), "{text}");
    };
    check("", 0, Error::Truncated { wanted: 1, left: 0 });
    check("02 01000000", 0, Error::ByteOrder { found: 2 });
    check("01 0100", 1, Error::Truncated { wanted: 4, left: 2 });
    check("01 08000000", 1, Error::UnknownType { code: 8 });
    check("01 A10F0000", 1, Error::UnknownType { code: 4001 });
    check("01 01000000 00000000", 5, Error::Truncated { wanted: 16, left: 4 });
    check("01 02000000 FFFFFFFF 00", 5, Error::Truncated { wanted: 16 * 0xFFFF_FFFF, left: 1 });
    check("01 06000000 FFFFFF7F 00", 5, Error::Truncated { wanted: 9 * 0x7FFF_FFFF, left: 1 });
    check("01 01000000 000000000000F03F 0000000000000040 99", 21, Error::Trailing { left: 1 });
    check("01 01000000 000000000000F07F 0000000000000040", 21, Error::NotFinite { index: 0 });
    check(
        "01 02000000 01000000 000000000000F03F 0000000000000040",
        25,
        Error::TooShort { kind: Kind::Lines, ring: 0, found: 1 },
    );
    check(
        "01 06000000 01000000 01 02000000 00000000",
        9,
        Error::Mixed { expected: Kind::Polygons, found: Kind::Lines },
    );
    check("01 03000000 01000000 00000000", 13, Error::TooShort { kind: Kind::Polygons, ring: 0, found: 0 });
    check("01 06000000 01000000 01 06000000 00000000", 9, Error::UnknownType { code: 6 });
    let mixed = "01 07000000 02000000 01 01000000 000000000000F03F 0000000000000040 01 02000000 01000000 \
                 000000000000F03F 0000000000000040";
    check(mixed, 39, Error::Mixed { expected: Kind::Points, found: Kind::Lines });
}

#[test]
fn nesting_has_an_end() {
    let deep = hex("01 07000000 01000000").repeat(100_000);
    assert!(
        matches!(read(&deep), Err(Error::Wkb { at: 153, source }) if *source == Error::TooDeep { limit: 16 })
    );
}

#[test]
fn no_damage_makes_it_panic() {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for shape in one_of_each() {
        let bytes = write(&shape);
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "cut at {end}");
        }
        for _ in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let [at, value] = [state >> 40, state >> 32].map(|bits| usize::try_from(bits).unwrap());
            let mut damaged = bytes.clone();
            let at = at % bytes.len();
            damaged[at] = u8::try_from(value & 0xFF).unwrap();
            if let Ok(shape) = read(&damaged) {
                assert!(shape.coords().len() <= bytes.len() / 16);
            }
        }
    }
}
