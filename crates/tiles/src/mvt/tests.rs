//! What is written is read back by two other readers: a small one made from the specification alone, itself
//! tried on the public fixtures, and GDAL's.

mod coverage;
mod decoder;
mod fixtures;
mod gdal;
mod limit;
mod shapes;

use super::{Commands, Layer, Tile, Value};
use crate::pyramid::samples;
use crate::{TileAddress, draw};
use geometry::{Crs, Shape, Xy};
use std::fs;
use std::path::PathBuf;

/// A file of the public test data, which is beside the workspace or not there at all.
fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn address(z: u8, x: u32, y: u32) -> TileAddress {
    TileAddress::new(z, x, y).unwrap()
}

/// A tile of these shapes alone, from a pyramid whose deepest level is the tile's.
fn bytes(address: TileAddress, buffer: u32, shapes: &[Shape]) -> Vec<u8> {
    let pyramid = samples::of_shapes(shapes, samples::tileset(address.z(), address.z(), buffer));
    draw::tile(&[(&pyramid, None)], address)
}

/// The same, decoded.
fn drawn(address: TileAddress, buffer: u32, shapes: &[Shape]) -> Option<decoder::Layer> {
    decoder::decode(&bytes(address, buffer, shapes)).unwrap().pop()
}

/// The municipalities of the metropolitan city of Milano in the unit square of the world, each with its name.
fn municipalities() -> Option<Vec<(String, Shape)>> {
    let text = fs::read(shared("boundaries/all_provinces/P_15.geojson")?).unwrap();
    let collection: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let features = collection["features"].as_array().unwrap();
    Some(features.iter().map(municipality).collect())
}

fn municipality(feature: &serde_json::Value) -> (String, Shape) {
    let coordinates = feature["geometry"]["coordinates"].clone();
    let polygons: Vec<Vec<Vec<Xy>>> = match feature["geometry"]["type"].as_str().unwrap() {
        "Polygon" => vec![serde_json::from_value(coordinates).unwrap()],
        _ => serde_json::from_value(coordinates).unwrap(),
    };
    let shape = Shape::polygons(polygons).unwrap().transform(Crs::Geographic, Crs::World);
    (feature["properties"]["name"].as_str().unwrap().to_owned(), shape)
}
