//! Every format gives the same records, whatever its name, its reference system and its axes; all files are made here.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail")]

mod sample;

use domain::IssueKind;
use gdal::DriverManager;
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use gdal::vector::{Feature, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType};
use ingest::{Standing, open};
use sample::Reader;
use sample::files::{THINGS, features, folder, geojson, reader, refused, same, write, zipped};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A file of the things written by GDAL.
fn written(folder: &TempDir, driver: &str, name: &str, crs: u32) -> PathBuf {
    let path = folder.path().join(name);
    let layers = [("things", crs)];
    gdal_file(&path, driver, &layers);
    path
}

fn gdal_file(path: &Path, driver: &str, layers: &[(&str, u32)]) {
    let mut dataset = DriverManager::get_driver_by_name(driver).unwrap().create_vector_only(path).unwrap();
    for (name, crs) in layers {
        let traditional = |code| {
            let mut crs = SpatialRef::from_epsg(code).unwrap();
            crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
            crs
        };
        let (degrees, crs) = (traditional(4326), traditional(*crs));
        let transform = CoordTransform::new(&degrees, &crs).unwrap();
        let options = LayerOptions { name, srs: Some(&crs), ty: OGRwkbGeometryType::wkbPoint, options: None };
        let layer = dataset.create_layer(options).unwrap();
        layer
            .create_defn_fields(&[("code", OGRFieldType::OFTString), ("name", OGRFieldType::OFTString)])
            .unwrap();
        for (key, name, [lon, lat]) in THINGS {
            let mut feature = Feature::new(layer.defn()).unwrap();
            let point = Geometry::from_wkt(&format!("POINT ({lon} {lat})")).unwrap();
            feature.set_geometry(point.transform(&transform).unwrap()).unwrap();
            feature.set_field_string(0, key).unwrap();
            feature.set_field_string(1, name).unwrap();
            feature.create(&layer).unwrap();
        }
    }
}

#[test]
fn vector_formats_give_the_same_records() {
    let folder = folder();
    for (driver, name) in [
        ("GeoJSON", "a.geojson"),
        ("GeoJSONSeq", "a.geojsonl"),
        ("ESRI Shapefile", "a.shp"),
        ("GPKG", "a.gpkg"),
        ("FlatGeobuf", "a.fgb"),
        ("GML", "a.gml"),
        ("LIBKML", "a.kml"),
    ] {
        let path = written(&folder, driver, name, 4326);
        same(&reader(), &path);
        // The extension says nothing: the content does.
        if name != "a.shp" {
            let renamed = folder.path().join(format!("{name}.csv"));
            fs::copy(&path, &renamed).unwrap();
            same(&reader(), &renamed);
        }
    }
    let sequence = features()
        .iter()
        .flat_map(|feature| ["\u{1e}", feature, "\n"].map(str::to_owned))
        .collect::<String>();
    same(&reader(), &write(&folder, "rfc8142.json", sequence));
}

#[test]
fn the_italian_reference_systems_come_out_in_the_traditional_order() {
    let folder = folder();
    for crs in [32632, 3003, 6707, 7791, 3857, 4258] {
        for (driver, name) in
            [("GPKG", "gpkg"), ("FlatGeobuf", "fgb"), ("GML", "gml"), ("ESRI Shapefile", "shp")]
        {
            let path = written(&folder, driver, &format!("{crs}.{name}"), crs);
            assert!(same(&reader(), &path).crs().is_some_and(|(_, declared)| !declared));
        }
    }
}

#[test]
fn gml_is_read_with_the_axes_of_its_crs() {
    let folder = folder();
    let check = |name: &str, crs: &str, at: &dyn Fn([f64; 2]) -> String| {
        let member = |(key, title, place): (&str, &str, [f64; 2])| {
            format!(
                "<gml:featureMember><t:thing><t:code>{key}</t:code><t:name>{title}</t:name><t:geom>\
                 <gml:Point srsName='{crs}'><gml:pos>{}</gml:pos></gml:Point></t:geom></t:thing></gml:featureMember>",
                at(place)
            )
        };
        let members: String = THINGS.into_iter().map(member).collect();
        let text = format!(
            "<?xml version='1.0' encoding='UTF-8'?><t:things xmlns:t='http://things.example' \
             xmlns:gml='http://www.opengis.net/gml/3.2'>{members}</t:things>"
        );
        same(&reader(), &write(&folder, name, text));
    };
    check("4326.gml", "urn:ogc:def:crs:EPSG::4326", &|[lon, lat]| format!("{lat} {lon}"));
    check("crs84.gml", "urn:ogc:def:crs:OGC:1.3:CRS84", &|[lon, lat]| format!("{lon} {lat}"));
    let metres = |crs: u32, [lon, lat]: [f64; 2]| {
        let traditional = |code| {
            let mut crs = SpatialRef::from_epsg(code).unwrap();
            crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
            crs
        };
        let point = Geometry::from_wkt(&format!("POINT ({lon} {lat})")).unwrap();
        let transform = CoordTransform::new(&traditional(4326), &traditional(crs)).unwrap();
        let (x, y, _) = point.transform(&transform).unwrap().get_point(0);
        [x, y]
    };
    check("6707.gml", "urn:ogc:def:crs:EPSG::6707", &|place| {
        let [east, north] = metres(6707, place);
        format!("{north} {east}")
    });
    check("7791.gml", "urn:ogc:def:crs:EPSG::7791", &|place| {
        let [east, north] = metres(7791, place);
        format!("{east} {north}")
    });
}

#[test]
fn archives_give_the_same_records_as_what_is_in_them() {
    let folder = folder();
    written(&folder, "ESRI Shapefile", "a.shp", 3003);
    let part = |extension: &str| fs::read(folder.path().join("a").with_extension(extension)).unwrap();
    let (shp, dbf, shx, prj) = (part("shp"), part("dbf"), part("shx"), part("prj"));
    let shapefile: [(&str, &[u8]); 6] = [
        ("Dati/COSE.SHP", &shp),
        ("Dati/cose.DBF", &dbf),
        ("Dati/COSE.shx", &shx),
        ("Dati/COSE.prj", &prj),
        ("__MACOSX/Dati/._COSE.SHP", b"x"),
        ("leggimi.txt", b"x"),
    ];
    same(&reader(), &zipped(&folder, "shapefile.zip", &shapefile));
    same(&reader(), &zipped(&folder, "geojson.zip", &[("a/b/cose.geojson", geojson().as_bytes())]));
    let kml = fs::read(written(&folder, "LIBKML", "doc.kml", 4326)).unwrap();
    same(&reader(), &zipped(&folder, "a.kmz", &[("doc.kml", &kml), ("files/icon.png", b"\x89PNG")]));
    let geojson = geojson();
    let two: [(&str, &[u8]); 2] = [("uno.geojson", geojson.as_bytes()), ("due/cose.kml", &kml)];
    let two = zipped(&folder, "two.zip", &two);
    refused(&reader(), &two, "has several layers (due/cose.kml, uno.geojson)");
    same(&reader().table("layer = \"uno\""), &two);
    same(&reader().table("layer = \"due/*\""), &two);
}

#[test]
fn gpx_gives_its_waypoints() {
    let folder = folder();
    let point = |(key, name, [lon, lat]): (&str, &str, [f64; 2])| {
        format!("<wpt lat='{lat}' lon='{lon}'><name>{name}</name><cmt>{key}</cmt></wpt>")
    };
    let points = THINGS.map(point).concat();
    let gpx = |more: &str| {
        let space = "http://www.topografix.com/GPX/1/1";
        format!("<?xml version='1.0'?><gpx version='1.1' creator='t' xmlns='{space}'>{points}{more}</gpx>")
    };
    let reader = || Reader::columns("cmt", "name").geometry("point");
    same(&reader(), &write(&folder, "a.gpx", gpx("")));
    let track = "<trk><trkseg><trkpt lat='45' lon='9'/><trkpt lat='45.1' lon='9'/></trkseg></trk>";
    let both = write(&folder, "b.gpx", gpx(track));
    refused(&reader(), &both, "several layers (waypoints, tracks, track_points)");
    same(&reader().table("layer = \"waypoints\""), &both);
}

#[test]
fn tables_of_text_state_places_in_degrees_in_metres_and_as_wkt() {
    let folder = folder();
    let table = |name: &str, header: &str, row: &dyn Fn(&str, &str, [f64; 2]) -> String| {
        let rows: String = THINGS.iter().map(|(key, name, place)| row(key, name, *place) + "\r\n").collect();
        write(&folder, name, format!("{header}\r\n{rows}"))
    };
    let place = |place: &str| reader().table(&format!("place = {{ {place} }}"));
    let degrees = place("x = [\"lon\"], y = [\"lat\"]");
    let comma = |number: f64| number.to_string().replace('.', ",");
    same(
        &degrees,
        &table("a.csv", "code;name;lat;lon", &|k, n, [x, y]| format!("{k};{n};{};{}", comma(y), comma(x))),
    );
    same(&degrees, &table("b.csv", "code,name,lat,lon", &|k, n, [x, y]| format!("{k},{n},{y},{x}")));
    same(&degrees, &table("c.tsv", "code\tname\tlat\tlon", &|k, n, [x, y]| format!("{k}\t{n}\t{y}\t{x}")));
    same(&degrees, &table("d.txt", "code|name|lat|lon", &|k, n, [x, y]| format!("{k}|{n}|{y}|{x}")));
    let wkt = place("wkt = [\"geom\"]");
    same(&wkt, &table("e.csv", "code;name;geom", &|k, n, [x, y]| format!("{k};{n};POINT ({x} {y})")));
    let metres = place("x = [\"E\"], y = [\"N\"]").source("crs = \"EPSG:32632\"");
    let rows =
        "code;name;E;N\n015146;Città di Milano;514856.54;5034549.79\n013041;Cantù;510053.43;5065098.97\n";
    let taken = metres.read(&write(&folder, "f.csv", rows)).unwrap();
    for (key, _, [lon, lat]) in THINGS {
        let [[x, y]] = taken.coords_of(key)[..] else { panic!("no point") };
        assert!((x - lon).abs() < 1e-3 && (y - lat).abs() < 1e-3, "{key} at {x} {y}");
    }
}

#[test]
fn a_row_whose_coordinates_cannot_be_used_says_why() {
    let folder = folder();
    let reader = reader().table("place = { x = [\"lon\"], y = [\"lat\"] }");
    let check = |lon: &str, lat: &str, kind: IssueKind, words: &str| {
        let path = write(&folder, "a.csv", format!("code;name;lon;lat\n015146;Milano;{lon};{lat}\n"));
        let taken = reader.read(&path).unwrap();
        assert_eq!(
            (taken.tally.accepted, taken.tally.quarantined, taken.issues.len()),
            (0, 1, 1),
            "{lon} {lat}"
        );
        let issue = &taken.issues[0];
        assert!(issue.kind == kind && issue.message.contains(words), "{lon} {lat}: {issue:?}");
    };
    let (outside, unreadable) = (IssueKind::OutsideTerritory, IssueKind::UnreadableValue);
    check("45,46", "9,19", outside, "the coordinates are swapped");
    check("0", "0,0", outside, "there is none");
    check("514856", "5034549", outside, "declare crs");
    check("-70.5", "12", outside, "outside the territory");
    check("nan", "45", unreadable, "a coordinate is a number");
    check("9,19", "inf", unreadable, "a coordinate is a number");
    check("1.514.856,5", "45", unreadable, "a coordinate is a number");
    check("9°11'", "45", unreadable, "a coordinate is a number");
    check("9,19", "", IssueKind::MissingGeometry, "y is not stated");
    check("", "", IssueKind::MissingGeometry, "there is no geometry");
}

#[test]
fn no_more_is_read_than_is_wanted() {
    let folder = folder();
    let rows: Vec<_> = (0..1500).map(|key| format!("{key};n;9.19;45.46")).collect();
    let features: Vec<_> =
        (1500..3000).map(|key| features()[0].replace("015146", &key.to_string())).collect();
    let given = [
        write(&folder, "a.csv", format!("code;name;lon;lat\n{}", rows.join("\n"))),
        write(&folder, "b.geojsonl", features.join("\n")),
    ];
    let reader = reader().table("place = { x = [\"lon\"], y = [\"lat\"] }").source("# keys are text");
    let definitions = reader.definitions();
    // Records of either file come in three runs, of which the last is not full.
    for wanted in 1..8 {
        let mut runs = 0;
        let read = open(&definitions, &given).unwrap().read(&Standing::new(), &mut |_, _| {
            runs += 1;
            if runs == wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((read.unwrap().is_none(), runs), (wanted < 7, wanted.min(6)));
    }
}
