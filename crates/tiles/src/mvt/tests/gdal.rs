//! GDAL reads what is written: attributes, rings as shells and holes, and places to half a unit of the grid.

use super::{address, bytes, municipalities};
use geometry::{Crs, Shape, area};
use std::fs;
use std::process::Command;

/// A tile as `ogr2ogr` converts it to `GeoJSON` in longitude and latitude; `None` if the program is not
/// installed.
fn converted(bytes: &[u8], z: u8, x: u32, y: u32) -> Option<serde_json::Value> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tile.mvt");
    fs::write(&path, bytes).unwrap();
    let options = [format!("X={x}"), format!("Y={y}"), format!("Z={z}"), "CLIP=NO".to_owned()];
    let output = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "/vsistdout/", "-t_srs", "OGC:CRS84", "-lco", "COORDINATE_PRECISION=12"])
        .args(options.iter().flat_map(|option| ["-oo", option]))
        .arg(format!("MVT:{}", path.display()))
        .output()
        .inspect_err(|error| eprintln!("skipped: ogr2ogr cannot be run: {error}"))
        .ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn gdal_reads_all_municipalities_in_their_place() {
    let Some(municipalities) = municipalities() else { return };
    let (z, x, y) = (8, 134, 91);
    let shapes: Vec<Shape> = municipalities.iter().map(|(_, shape)| shape.clone()).collect();
    let Some(read) = converted(&bytes(address(z, x, y), 64, &shapes), z, x, y) else { return };
    let features = read["features"].as_array().unwrap();
    assert_eq!(features.len(), 133);
    let unit = 1.0 / (4096.0 * f64::from(1 << z));
    for feature in features {
        let (name, shape) =
            &municipalities[usize::try_from(feature["properties"]["mvt_id"].as_u64().unwrap()).unwrap()];
        let got = shape_of(&feature["geometry"]);
        assert_eq!(got.part_count(), shape.part_count(), "{name}");
        let (got, expected) = (got.transform(Crs::Geographic, Crs::World), shape);
        for (got, expected) in got.bbox().corners().iter().zip(expected.bbox().corners()) {
            for axis in 0..2 {
                assert!(
                    (got[axis] - expected[axis]).abs() < 0.501 * unit,
                    "{name}: {got:?} is not {expected:?}"
                );
            }
        }
        let borders = geometry::length::shape(expected);
        let error = (area::shape(&got) - area::shape(expected)).abs();
        assert!(error < borders * unit / 2.0, "{name}: {error:e}");
    }
}

fn shape_of(geometry: &serde_json::Value) -> Shape {
    let coordinates = geometry["coordinates"].clone();
    if geometry["type"] == "MultiPolygon" {
        Shape::polygons(serde_json::from_value::<Vec<Vec<Vec<[f64; 2]>>>>(coordinates).unwrap()).unwrap()
    } else {
        Shape::polygons([serde_json::from_value::<Vec<Vec<[f64; 2]>>>(coordinates).unwrap()]).unwrap()
    }
}

#[test]
fn gdal_tells_holes_islands_lines_and_points_apart() {
    let square = |from: f64, to: f64| vec![[from, from], [to, from], [to, to], [from, to], [from, from]];
    let shapes = [
        Shape::polygons([vec![square(0.1, 0.9), square(0.2, 0.8)], vec![square(0.3, 0.7)]]).unwrap(),
        Shape::lines([vec![[0.1, 0.1], [0.5, 0.2]], vec![[0.7, 0.7], [0.8, 0.8]]]).unwrap(),
        Shape::points([[0.5, 0.5], [0.25, 0.25]]).unwrap(),
    ];
    let bytes = bytes(address(0, 0, 0), 64, &shapes);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tile.mvt");
    fs::write(&path, bytes).unwrap();
    let Ok(output) =
        Command::new("ogrinfo").args(["-al", "-q"]).arg(format!("MVT:{}", path.display())).output()
    else {
        eprintln!("skipped: ogrinfo cannot be run");
        return;
    };
    let said = String::from_utf8(output.stdout).unwrap();
    let geometry =
        |kind: &str| said.lines().find(|line| line.trim_start().starts_with(kind)).unwrap_or_default();
    assert_eq!(geometry("MULTIPOLYGON").matches("((").count(), 2, "{said}");
    assert_eq!(geometry("MULTIPOLYGON").matches("),(").count(), 2, "{said}");
    assert_eq!(geometry("MULTILINESTRING").matches("),(").count(), 1, "{said}");
    assert_eq!(geometry("MULTIPOINT").matches(',').count(), 1, "{said}");
}
