//! A pyramid in one file is read back, tile by tile, by a small reader made from the specification.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod sample;

use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::io::Read;
use tiles::{TileAddress, draw, pmtiles};

fn number(bytes: &[u8], at: usize) -> usize {
    usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap()
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

fn varint(bytes: &mut impl Iterator<Item = u8>) -> usize {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes.next().unwrap();
        number |= usize::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 {
            return number;
        }
    }
}

/// The contents of a file by the numbers of their tiles.
fn tiles(file: &[u8], directory: &[u8], found: &mut BTreeMap<usize, Vec<u8>>) {
    let mut bytes = unpacked(directory).into_iter();
    let count = varint(&mut bytes);
    let mut column = || (0..count).map(|_| varint(&mut bytes)).collect::<Vec<_>>();
    let [steps, runs, lengths, offsets] = [column(), column(), column(), column()];
    let (mut tile, mut end) = (0, 0);
    for entry in 0..count {
        tile += steps[entry];
        let offset = if offsets[entry] == 0 { end } else { offsets[entry] - 1 };
        end = offset + lengths[entry];
        if runs[entry] == 0 {
            let leaves = number(file, 40);
            tiles(file, &file[leaves + offset..leaves + end], found);
        }
        for step in 0..runs[entry] {
            let data = number(file, 56);
            let earlier = found.insert(tile + step, unpacked(&file[data + offset..data + end]));
            assert!(earlier.is_none(), "tile {} twice", tile + step);
        }
    }
}

/// The number of a tile, by walking down the curve from the whole world.
fn curve(z: u8) -> Vec<(u32, u32)> {
    let mut level = vec![(0, 0)];
    for step in 0..z {
        let side = 1 << step;
        let quarter = |turn: fn(u32, u32, u32) -> (u32, u32)| {
            level.iter().map(move |(x, y)| turn(*x, *y, side)).collect::<Vec<_>>()
        };
        level = [
            quarter(|x, y, _| (y, x)),
            quarter(|x, y, side| (x, y + side)),
            quarter(|x, y, side| (x + side, y + side)),
            quarter(|x, y, side| (2 * side - 1 - y, side - 1 - x)),
        ]
        .concat();
    }
    level
}

#[test]
fn every_tile_is_in_the_file_and_nothing_else() {
    let drawn = sample::drawn();
    let pyramids = sample::pyramids(&drawn);
    let mut file = Vec::new();
    let summary = pmtiles::write(&drawn, &pyramids, Some(7), &mut file).unwrap();
    assert_eq!((&file[..8], file.len() as u64), (&b"PMTiles\x03"[..], summary.bytes));
    let mut found = BTreeMap::new();
    tiles(&file, &file[number(&file, 8)..][..number(&file, 16)], &mut found);
    assert_eq!(found.len() as u64, summary.tiles);
    assert!(summary.contents < summary.tiles, "inside a large polygon tiles are alike");
    let drawings: Vec<_> = pyramids.iter().map(|pyramid| (&**pyramid, None)).collect();
    let mut first = 0;
    for z in 0..=7 {
        let level = curve(z);
        for (place, (x, y)) in level.iter().enumerate() {
            let expected = draw::tile(&drawings, TileAddress::new(z, *x, *y).unwrap());
            let read = found.remove(&(first + place)).unwrap_or_default();
            assert!(read == expected, "{z}/{x}/{y}: {} bytes, not {}", read.len(), expected.len());
        }
        first += level.len();
    }
    let metadata: serde_json::Value =
        serde_json::from_slice(&unpacked(&file[number(&file, 24)..][..number(&file, 32)])).unwrap();
    let layers = metadata["vector_layers"].as_array().unwrap();
    assert_eq!(
        layers.iter().map(|layer| &layer["id"]).collect::<Vec<_>>(),
        ["areas", "areas-labels", "points"]
    );
    assert_eq!(metadata["attribution"], "Comune (CC BY 4.0)");
}

#[test]
fn no_level_no_file() {
    let drawn = sample::drawn();
    let written = pmtiles::write(&drawn, &sample::pyramids(&drawn), Some(1), &mut Vec::new());
    assert!(matches!(written, Err(tiles::Error::NoTiles)), "{written:?}");
}
