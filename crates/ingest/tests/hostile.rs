//! Files made to do harm, and files too large to be read, are refused or set aside in bounded time and memory.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of tests may fail")]

mod sample;

use domain::IssueKind;
use flate2::{Compress, Compression, FlushCompress};
use gdal::DriverManager;
use gdal::spatial_ref::SpatialRef;
use gdal::vector::{Feature, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType};
use sample::files::{folder, geojson, reader, refused, write, zipped};
use std::fmt::Write;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

#[test]
fn hostile_archives_are_refused() {
    let folder = folder();
    let geojson = geojson();
    let check = |members: &[(&str, &[u8])], words: &str| {
        refused(&reader(), &zipped(&folder, "a.zip", members), words);
    };
    for slip in ["../a.geojson", "a/../../b.geojson", "/tmp/a.geojson", "..\\a.geojson", "C:\\a.geojson"] {
        check(&[("b.geojson", geojson.as_bytes()), (slip, b"x")], "path leads outside the archive");
    }
    let inner = fs::read(zipped(&folder, "inner.zip", &[("a.geojson", geojson.as_bytes())])).unwrap();
    check(&[("inner.zip", &inner)], "holds another archive (inner.zip)");
    check(&[("inner.geojson", &inner)], "holds another archive (inner.geojson)");
    check(&[("letter.docx", b"x")], "holds no file that can be read");
    check(&[], "holds no file that can be read");
    check(&[("a.geojson", b"")], "is empty");
    refused(&reader(), &write(&folder, "b.zip", &inner[..inner.len() / 2]), "breaks off or is damaged");
}

/// An archive with one member of ten thousand million zeros, in ten million bytes, which declares `declared` of them.
fn bomb(name: &str, declared: u64) -> Vec<u8> {
    let mut chunk = vec![0; 4096];
    let mut deflate = Compress::new(Compression::best(), false);
    deflate.compress(&vec![0; 1 << 20], &mut chunk, FlushCompress::Full).unwrap();
    chunk.truncate(usize::try_from(deflate.total_out()).unwrap());
    let mut data = chunk.repeat(10_000);
    data.extend([3, 0]);
    let packed = u64::try_from(data.len()).unwrap();
    let sizes = [declared, packed].map(u64::to_le_bytes).concat();
    let length = |bytes: usize| u16::try_from(bytes).unwrap().to_le_bytes();
    let common = |extra: usize| {
        let method = [45, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        [&method[..], &[0xff; 8], &length(name.len()), &length(extra)].concat()
    };
    let extra = [&[1, 0, 16, 0][..], &sizes].concat();
    let local = [b"PK\x03\x04".as_slice(), &common(extra.len()), name.as_bytes(), &extra].concat();
    let central =
        [b"PK\x01\x02\x2d\0".as_slice(), &common(extra.len()), &[0; 14], name.as_bytes(), &extra].concat();
    let start = u32::try_from(local.len() + data.len()).unwrap().to_le_bytes();
    let size = u32::try_from(central.len()).unwrap().to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &size, &start, &[0, 0]].concat();
    [local, data, central, end].concat()
}

#[test]
fn zip_bombs_are_refused_by_what_they_declare_and_by_what_they_hold() {
    let folder = folder();
    let check = |member: &str, declared: u64, words: &str| {
        let bytes = bomb(member, declared);
        assert!((9_000_000..12_000_000).contains(&bytes.len()), "{}", bytes.len());
        let (said, peak) = in_its_own_process(&write(&folder, "a.zip", bytes));
        assert!(said.contains(words) && peak < 200, "{member}: {said}, {peak} MB");
    };
    check("a.geojson", 10_000 << 20, "unpacks to more than 1024 MB");
    check("a.geojson", 1000, "larger than its declared");
    check("xl/workbook.xml", 10_000 << 20, "unpacks to more than 1024 MB");
    check("xl/workbook.xml", 900 << 20, "unpacks to more than 256 MB");
    check("xl/workbook.xml", 1000, "larger than its declared");
}

/// What reading a file says, and the megabytes that it took at most, in a process that does nothing else.
fn in_its_own_process(path: &Path) -> (String, u64) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_file_in_its_own_process", "--ignored", "--nocapture"])
        .env("REMIX_TEST_FILE", path)
        // Where an operator has excepted hosts from the proxy, the rule that GDAL is to use one protects nothing.
        .env("no_proxy", "*")
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = output.split("<said>").nth(1).unwrap_or_else(|| panic!("{output}")).to_owned();
    let peak = output.split("<peak>").nth(1).unwrap().parse().unwrap();
    (said, peak)
}

#[test]
#[ignore = "a part of other tests, which give it a file"]
fn one_file_in_its_own_process() {
    let Ok(path) = std::env::var("REMIX_TEST_FILE") else { return };
    let reader = reader().geometry("any").table("place = { wkt = [\"geom\"] }");
    let said = match reader.read(Path::new(&path)) {
        Ok(taken) => {
            format!("{:?} {:?}", taken.tally, taken.issues.iter().map(|it| &it.message).collect::<Vec<_>>())
        }
        Err(error) => error.to_string(),
    };
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.split_whitespace().next().unwrap().parse().unwrap();
    println!("<said>{said}<said><peak>{}<peak>", peak / 1024);
}

/// A polygon of so many vertices, as the coordinates of its ring.
fn large_ring(count: u32, mut vertex: impl FnMut(f64, f64)) {
    for step in 0..=count {
        let angle = f64::from(step % count) / f64::from(count) * std::f64::consts::TAU;
        vertex(9.19 + 0.1 * angle.cos(), 45.46 + 0.1 * angle.sin());
    }
}

const FIVE_MILLION: u32 = 5_000_000;

#[test]
fn a_polygon_of_five_million_vertices_is_set_aside_or_refused() {
    let folder = folder();
    let ring = |count: u32, between: [&str; 2]| {
        let mut text = String::with_capacity(150_000_000);
        large_ring(count, |x, y| {
            let comma = if text.is_empty() { "" } else { between[1] };
            write!(text, "{comma}{x:.7}{}{y:.7}", between[0]).unwrap();
        });
        text
    };
    let file = |name: &str, parts: [&str; 3]| write(&folder, name, parts.concat());
    let feature = r#"{"type": "Feature", "properties": {"code": "015146", "name": "Milano"}, "geometry":
        {"type": "Polygon", "coordinates": [[["#;
    let collection = format!(r#"{{"type": "FeatureCollection", "features": [{feature}"#);
    let member = "<?xml version='1.0'?><t:things xmlns:t='http://t.example' xmlns:gml='http://www.opengis.net/gml/3.2'>\
        <gml:featureMember><t:thing><t:code>015146</t:code><t:name>Milano</t:name><t:geom><gml:Polygon \
        srsName='urn:ogc:def:crs:OGC:1.3:CRS84'><gml:exterior><gml:LinearRing><gml:posList>";
    let after = "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></t:geom></t:thing>\
        </gml:featureMember></t:things>";
    let row = "code;name;geom\n015146;Milano;POLYGON ((";
    let large = "has a feature that is too large";
    let aside = "quarantined: 1, filtered: 0 } [\"the geometry has 500000";
    let json = ring(FIVE_MILLION, [",", "],["]);
    let check = |path: PathBuf, words: &str| {
        let started = Instant::now();
        let (said, peak) = in_its_own_process(&path);
        println!("{}: {said}, {peak} MB, {:?}", path.display(), started.elapsed());
        assert!(said.contains(words) && peak < 512, "{}: {said}, {peak} MB", path.display());
        assert!(started.elapsed() < Duration::from_secs(20));
    };
    check(file("collection.geojson", [&collection, &json, "]]]}}]}"]), large);
    check(file("feature.geojson", [feature, &json, "]]]}}"]), large);
    check(file("geometry.geojson", [r#"{"type": "Polygon", "coordinates": [[["#, &json, "]]]}"]), large);
    drop(json);
    check(file("a.csv", [row, &ring(FIVE_MILLION, [" ", ","]), "))\n"]), aside);
    check(file("a.gml", [member, &ring(FIVE_MILLION, [" ", " "]), after]), aside);
    check(binary(&folder, "GPKG", "a.gpkg", FIVE_MILLION), aside);
    check(binary(&folder, "FlatGeobuf", "a.fgb", FIVE_MILLION), aside);
    check(binary(&folder, "ESRI Shapefile", "a.shp", FIVE_MILLION), aside);
    // What is just small enough is read, and takes no more.
    let accepted = "accepted: 1, quarantined: 0";
    check(binary(&folder, "FlatGeobuf", "b.fgb", 999_000), accepted);
    check(file("b.geojson", [feature, &ring(399_000, [",", "],["]), "]]]}}"]), accepted);
    check(file("c.geojson", [&collection, &ring(399_000, [",", "],["]), "]]]}}]}"]), accepted);
}

/// The large polygon in a binary format.
fn binary(folder: &TempDir, driver: &str, name: &str, count: u32) -> PathBuf {
    let path = folder.path().join(name);
    let mut bytes = [&[1, 3, 0, 0, 0, 1, 0, 0, 0][..], &(count + 1).to_le_bytes()].concat();
    large_ring(count, |x, y| bytes.extend([x.to_le_bytes(), y.to_le_bytes()].concat()));
    let mut dataset = DriverManager::get_driver_by_name(driver).unwrap().create_vector_only(&path).unwrap();
    let crs = SpatialRef::from_epsg(4326).unwrap();
    let ty = OGRwkbGeometryType::wkbPolygon;
    let layer =
        dataset.create_layer(LayerOptions { name: "things", srs: Some(&crs), ty, options: None }).unwrap();
    layer
        .create_defn_fields(&[("code", OGRFieldType::OFTString), ("name", OGRFieldType::OFTString)])
        .unwrap();
    let mut feature = Feature::new(layer.defn()).unwrap();
    feature.set_geometry(Geometry::from_wkb(&bytes).unwrap()).unwrap();
    feature.set_field_string(0, "015146").unwrap();
    feature.set_field_string(1, "Milano").unwrap();
    feature.create(&layer).unwrap();
    path
}

#[test]
fn coordinates_that_are_no_numbers_are_an_issue_of_their_row() {
    let folder = folder();
    for (odd, driver, name) in
        [(f64::NAN, "GPKG", "a.gpkg"), (f64::INFINITY, "GPKG", "b.gpkg"), (f64::NAN, "FlatGeobuf", "c.fgb")]
    {
        let path = folder.path().join(name);
        let mut dataset =
            DriverManager::get_driver_by_name(driver).unwrap().create_vector_only(&path).unwrap();
        let crs = SpatialRef::from_epsg(32632).unwrap();
        let ty = OGRwkbGeometryType::wkbLineString;
        let layer =
            dataset.create_layer(LayerOptions { name: "a", srs: Some(&crs), ty, options: None }).unwrap();
        layer
            .create_defn_fields(&[("code", OGRFieldType::OFTString), ("name", OGRFieldType::OFTString)])
            .unwrap();
        for (key, x) in [("015146", 515_000.0), ("015147", odd)] {
            let mut feature = Feature::new(layer.defn()).unwrap();
            let mut line = Geometry::empty(ty).unwrap();
            line.add_point_2d((514_000.0, 5_034_000.0));
            line.add_point_2d((x, 5_035_000.0));
            feature.set_geometry(line).unwrap();
            feature.set_field_string(0, key).unwrap();
            feature.set_field_string(1, "a").unwrap();
            feature.create(&layer).unwrap();
        }
        drop(dataset);
        let taken = reader().geometry("any").read(&path).unwrap();
        // FlatGeobuf puts its features in an order of its own.
        let kinds: Vec<_> = taken.issues.iter().map(|issue| issue.kind).collect();
        assert_eq!((taken.tally.accepted, kinds), (1, vec![IssueKind::InvalidGeometry]), "{name}");
    }
}

#[test]
fn no_address_in_a_file_or_in_its_name_is_ever_followed() {
    let folder = folder();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    for name in [
        format!("/vsicurl/{address}/a.geojson"),
        format!("/vsizip//vsicurl/{address}/a.zip"),
        format!("{address}/a.geojson"),
        format!("MVT:{address}/a"),
        "/vsistdin/".to_owned(),
    ] {
        let (said, _) = in_its_own_process(Path::new(&name));
        assert!(said.contains("cannot read"), "{name}: {said}");
    }
    let crs = |crs: &str| geojson().replacen('{', &format!("{{\"crs\": {crs}, "), 1);
    for (name, text) in [
        (
            "link.geojson",
            crs(&format!(r#"{{"type": "link", "properties": {{"href": "{address}/a", "type": "proj4"}}}}"#)),
        ),
        ("url-link.geojson", crs(&format!(r#"{{"type": "url", "properties": {{"url": "{address}/b"}}}}"#))),
        ("c.geojson", crs(&format!(r#"{{"type": "name", "properties": {{"name": "{address}/c"}}}}"#))),
        ("d.gml", gml(&format!("{address}/d"), &format!("{address}/d.xsd"), "")),
        ("e.gml", gml("EPSG:4326", "e", &format!("<t:part xlink:href='{address}/e.gml#a'/>"))),
        ("f.kml", kml(&format!("<NetworkLink><Link><href>{address}/f.kml</href></Link></NetworkLink>"))),
        ("g.kml", kml(&format!("<NetworkLink><Url><href>{address}/g.kmz</href></Url></NetworkLink>"))),
        (
            "h.gpkg.vrt",
            format!(
                "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/vsicurl/{address}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
            ),
        ),
    ] {
        let (said, _) = in_its_own_process(&write(&folder, name, text));
        assert!(!name.ends_with("link.geojson") || said.contains("links are not followed"), "{name}: {said}");
    }
    let asked = listener.accept();
    assert!(asked.is_err(), "{asked:?}");
    // Whoever had been asked would have been seen.
    let _ = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    assert!(listener.accept().is_ok());
}

fn gml(crs: &str, schema: &str, more: &str) -> String {
    format!(
        "<t:things xmlns:t='http://t.example' xmlns:gml='http://www.opengis.net/gml/3.2' \
         xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
         xsi:schemaLocation='http://t.example {schema}'><gml:featureMember><t:thing><t:code>015146</t:code>\
         <t:name>Milano</t:name>{more}<t:geom><gml:Point srsName='{crs}'><gml:pos>9.19 45.46</gml:pos></gml:Point>\
         </t:geom></t:thing></gml:featureMember></t:things>"
    )
}

fn kml(more: &str) -> String {
    format!(
        "<kml xmlns='http://www.opengis.net/kml/2.2'><Document>{more}<Placemark><name>Milano</name><Point>\
         <coordinates>9.19,45.46</coordinates></Point></Placemark></Document></kml>"
    )
}
