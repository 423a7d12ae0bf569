//! Every format gives the same records, and hostile files are refused; all files are made here.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of tests may fail")]

mod sample;

use domain::IssueKind;
use flate2::{Compress, Compression, FlushCompress};
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{Feature, FieldValue, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType};
use gdal::DriverManager;
use sample::{Reader, Taken};
use std::fs::{self, File};
use std::fmt::Write as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Key, name and place of the two things that every file holds.
const THINGS: [(&str, &str, [f64; 2]); 2] =
    [("015146", "Città di Milano", [9.19, 45.464]), ("013041", "Cantù", [9.129, 45.739])];

fn reader() -> Reader {
    Reader::columns("code", "name").geometry("point")
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// A ZIP archive of these members.
fn zipped(folder: &TempDir, name: &str, members: &[(&str, &[u8])]) -> PathBuf {
    let path = folder.path().join(name);
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    for (member, bytes) in members {
        zip.start_file(*member, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    path
}

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
        let transform = gdal::spatial_ref::CoordTransform::new(&degrees, &crs).unwrap();
        let options =
            LayerOptions { name, srs: Some(&crs), ty: OGRwkbGeometryType::wkbPoint, options: None };
        let layer = dataset.create_layer(options).unwrap();
        layer.create_defn_fields(&[("code", OGRFieldType::OFTString), ("name", OGRFieldType::OFTString)]).unwrap();
        for (key, name, [lon, lat]) in THINGS {
            let mut feature = Feature::new(layer.defn()).unwrap();
            let point = Geometry::from_wkt(&format!("POINT ({lon} {lat})")).unwrap();
            feature.set_geometry(point.transform(&transform).unwrap()).unwrap();
            feature.set_field(0, &FieldValue::StringValue(key.to_owned())).unwrap();
            feature.set_field(1, &FieldValue::StringValue(name.to_owned())).unwrap();
            feature.create(&layer).unwrap();
        }
    }
}

/// Checks that a file gives the things, in their place.
#[track_caller]
fn same(reader: &Reader, path: &Path) -> Taken {
    let taken = reader.read(path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(taken.issues, [], "{}", path.display());
    assert_eq!(taken.records.len(), THINGS.len(), "{}", path.display());
    for (key, name, [lon, lat]) in THINGS {
        assert_eq!(taken.name_of(key), Some(name), "{}", path.display());
        let [[x, y]] = taken.coords_of(key)[..] else { panic!("{}: no point", path.display()) };
        assert!((x - lon).hypot(y - lat) < 1e-6, "{}: {key} at {x} {y}", path.display());
    }
    taken
}

#[track_caller]
fn refused(reader: &Reader, path: &Path, words: &str) {
    let error = reader.read(path).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains(words), "{}: {error:?}", path.display());
}

fn geojson() -> String {
    format!(r#"{{"type": "FeatureCollection", "features": [{}]}}"#, features().join(","))
}

fn features() -> Vec<String> {
    let feature = |(key, name, [lon, lat]): (&str, &str, [f64; 2])| {
        format!(
            r#"{{"type": "Feature", "properties": {{"code": "{key}", "name": "{name}"}},
                "geometry": {{"type": "Point", "coordinates": [{lon}, {lat}]}}}}"#
        )
        .replace('\n', " ")
    };
    THINGS.into_iter().map(feature).collect()
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
    let sequence = features().iter().map(|feature| format!("\u{1e}{feature}\n")).collect::<String>();
    same(&reader(), &write(&folder, "rfc8142.json", sequence));
}

#[test]
fn the_italian_reference_systems_come_out_in_the_traditional_order() {
    let folder = folder();
    for crs in [32632, 3003, 6707, 7791, 3857, 4258] {
        for (driver, name) in [("GPKG", "gpkg"), ("FlatGeobuf", "fgb"), ("GML", "gml"), ("ESRI Shapefile", "shp")] {
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
        let transform = gdal::spatial_ref::CoordTransform::new(&traditional(4326), &traditional(crs)).unwrap();
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
    let points: String = THINGS
        .iter()
        .map(|(key, name, [lon, lat])| format!("<wpt lat='{lat}' lon='{lon}'><name>{name}</name><cmt>{key}</cmt></wpt>"))
        .collect();
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
    same(&degrees, &table("a.csv", "code;name;lat;lon", &|k, n, [x, y]| format!("{k};{n};{};{}", comma(y), comma(x))));
    same(&degrees, &table("b.csv", "code,name,lat,lon", &|k, n, [x, y]| format!("{k},{n},{y},{x}")));
    same(&degrees, &table("c.tsv", "code\tname\tlat\tlon", &|k, n, [x, y]| format!("{k}\t{n}\t{y}\t{x}")));
    same(&degrees, &table("d.txt", "code|name|lat|lon", &|k, n, [x, y]| format!("{k}|{n}|{y}|{x}")));
    let wkt = place("wkt = [\"geom\"]");
    same(&wkt, &table("e.csv", "code;name;geom", &|k, n, [x, y]| format!("{k};{n};POINT ({x} {y})")));
    let metres = place("x = [\"E\"], y = [\"N\"]").source("crs = \"EPSG:32632\"");
    let rows = "code;name;E;N\n015146;Città di Milano;514856.54;5034549.79\n013041;Cantù;510053.43;5065098.97\n";
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
        assert_eq!((taken.tally.accepted, taken.tally.quarantined, taken.issues.len()), (0, 1, 1), "{lon} {lat}");
        let issue = &taken.issues[0];
        assert!(issue.kind == kind && issue.message.contains(words), "{lon} {lat}: {issue:?}");
    };
    let (outside, unreadable) = (IssueKind::OutsideTerritory, IssueKind::UnreadableValue);
    check("45,46", "9,19", outside, "swapped");
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

/// An XLSX workbook with a sheet of titles and one with these rows of XML.
fn xlsx(folder: &TempDir, name: &str, rows: &str) -> PathBuf {
    let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let sheet = |rows: &str| format!("<worksheet xmlns='{space}'><sheetData>{rows}</sheetData></worksheet>");
    let relation = |id: u8, kind: &str, target: &str| {
        format!("<Relationship Id='r{id}' Type='{relations}/{kind}' Target='{target}'/>")
    };
    let workbook = format!(
        "<workbook xmlns='{space}' xmlns:r='{relations}'><sheets><sheet name='Note' sheetId='1' r:id='r1'/>\
         <sheet name='Dati' sheetId='2' r:id='r2'/></sheets></workbook>"
    );
    let links = [
        relation(1, "worksheet", "worksheets/sheet1.xml"),
        relation(2, "worksheet", "worksheets/sheet2.xml"),
        relation(3, "styles", "styles.xml"),
    ];
    let links = format!("<Relationships xmlns='{package}'>{}</Relationships>", links.concat());
    let root = format!("<Relationships xmlns='{package}'>{}</Relationships>", relation(1, "officeDocument", "xl/workbook.xml"));
    // Style 1 is the format of dates.
    let styles = format!("<styleSheet xmlns='{space}'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>");
    let members: [(&str, String); 7] = [
        ("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>".into()),
        ("_rels/.rels", root),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet("<row r='1'><c r='A1' t='inlineStr'><is><t>Note</t></is></c></row>")),
        ("xl/worksheets/sheet2.xml", sheet(rows)),
    ];
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    zipped(folder, name, &members)
}

/// A row of cells, each as its column and its XML without the place: `t='n'><v>1</v>`.
fn row(number: u32, cells: &[(&str, &str)]) -> String {
    let cells: String = cells.iter().map(|(column, cell)| format!("<c r='{column}{number}' {cell}</c>")).collect();
    format!("<row r='{number}'>{cells}</row>")
}

fn text(text: &str) -> String {
    format!("t='inlineStr'><is><t>{text}</t></is>")
}

fn header() -> String {
    let (code, name, lon, lat, day) = (text("code"), text("name"), text("lon"), text("lat"), text("data"));
    row(3, &[("A", &code), ("B", &name), ("C", &lon), ("D", &lat), ("E", &day)])
}

fn workbook_reader() -> Reader {
    reader().table("columns.day = [\"data\"]\nplace = { x = [\"lon\"], y = [\"lat\"] }")
}

#[test]
fn workbooks_give_the_same_records() {
    let folder = folder();
    let thing = |number: u32, (key, name, [lon, lat]): (&str, &str, [f64; 2])| {
        let (key, name) = (format!("><v>{}</v>", key.trim_start_matches('0')), text(name));
        let (lon, lat) = (format!("><f>C1+1</f><v>{lon}</v>"), format!("><v>{lat}</v>"));
        row(number, &[("A", &key), ("B", &name), ("C", &lon), ("D", &lat), ("E", "s='1'><v>45443</v>")])
    };
    let title = row(1, &[("B", &text("Elenco dei comuni"))]);
    // A blank row in between is passed over; its number counts.
    let rows = format!("{title}{}{}{}", header(), thing(4, THINGS[0]), thing(6, THINGS[1]));
    let path = xlsx(&folder, "a.xlsx", &rows);
    let taken = same(&workbook_reader(), &path);
    assert_eq!(taken.day_of("015146").as_deref(), Some("2024-05-31"));
    let renamed = folder.path().join("a.csv");
    fs::copy(&path, &renamed).unwrap();
    same(&workbook_reader(), &renamed);
    let csv = reader().table("format = \"csv\"\ndelimiter = \";\"");
    refused(&csv, &renamed, "is not text but a spreadsheet (XLSX)");

    let cell = |kind: &str, value: &str| format!("<table:table-cell office:value-type='{kind}' {value}/>");
    let string = |text: &str| format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>");
    let things: String = THINGS
        .iter()
        .map(|(key, name, [lon, lat])| {
            let number = |number: &str| cell("float", &format!("office:value='{number}'"));
            let (key, lon, lat) = (number(key), number(&lon.to_string()), number(&lat.to_string()));
            let day = cell("date", "office:date-value='2024-05-31'");
            format!("<table:table-row>{key}{}{lon}{lat}{day}</table:table-row>", string(name))
        })
        .collect();
    let header: String = ["code", "name", "lon", "lat", "data"].into_iter().map(string).collect();
    let content = format!(
        "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
         xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
         xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:spreadsheet>\
         <table:table table:name='Dati'><table:table-row>{}</table:table-row><table:table-row>{header}\
         </table:table-row>{things}<table:table-row table:number-rows-repeated='1048000'><table:table-cell \
         table:number-columns-repeated='16384'/></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        string("Elenco")
    );
    let mimetype: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let ods = |name, content: &str| {
        let manifest = b"<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>";
        let members: [(&str, &[u8]); 3] =
            [("mimetype", mimetype), ("META-INF/manifest.xml", manifest), ("content.xml", content.as_bytes())];
        zipped(&folder, name, &members)
    };
    let taken = same(&workbook_reader(), &ods("a.ods", &content));
    assert_eq!(taken.day_of("015146").as_deref(), Some("2024-05-31"));
    let bomb = content.replace(
        "<table:table-row><table:table-cell",
        "<table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='16000'",
    );
    refused(&workbook_reader(), &ods("bomb.ods", &bomb), "more than 8000000 cells");
}

#[test]
fn cells_of_a_workbook_that_say_nothing_sure_set_their_row_aside() {
    let folder = folder();
    let thing = |number: u32, key: &str, name: &str| {
        row(number, &[("A", key), ("B", name), ("C", "><v>9.19</v>"), ("D", "><v>45.46</v>"), ("H", "t='e'><v>#REF!</v>")])
    };
    let rows = [
        header(),
        thing(4, "><v>15146</v>", "t='e'><v>#REF!</v>"),
        thing(5, "><v>15147</v>", "><f>A1&amp;B1</f>"),
        thing(6, "><v>15148</v>", &text("=HYPERLINK(1)")),
    ];
    let taken = workbook_reader().read(&xlsx(&folder, "a.xlsx", &rows.concat())).unwrap();
    assert_eq!(taken.kinds(), [(4, IssueKind::RowShape), (5, IssueKind::RowShape)]);
    assert!(taken.issues[0].message.contains("cell B4 holds the error #REF!"), "{:?}", taken.issues[0]);
    assert!(taken.issues[1].message.contains("cell B5 holds a formula without a result"), "{:?}", taken.issues[1]);
    assert_eq!(taken.name_of("015148"), Some("=HYPERLINK(1)"));
    // Two cells that far apart would be a table of seventeen thousand million.
    let far = format!("{}{}", header(), row(1_048_576, &[("XFD", &text("x"))]));
    let taken = workbook_reader().read(&xlsx(&folder, "far.xlsx", &far)).unwrap();
    assert_eq!((taken.tally.read, taken.tally.quarantined), (1, 1));
}

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
    let central = [b"PK\x01\x02\x2d\0".as_slice(), &common(extra.len()), &[0; 14], name.as_bytes(), &extra].concat();
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
        Ok(taken) => format!("{:?} {:?}", taken.tally, taken.issues.iter().map(|it| &it.message).collect::<Vec<_>>()),
        Err(error) => error.to_string(),
    };
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.split_whitespace().next().unwrap().parse().unwrap();
    println!("<said>{said}<said><peak>{}<peak>", peak / 1024);
}

/// A polygon of five million vertices, as the coordinates of its ring.
fn large_ring(mut vertex: impl FnMut(f64, f64)) {
    let count = 5_000_000;
    for step in 0..=count {
        let angle = f64::from(step % count) / f64::from(count) * std::f64::consts::TAU;
        vertex(9.19 + 0.1 * angle.cos(), 45.46 + 0.1 * angle.sin());
    }
}

#[test]
fn a_polygon_of_five_million_vertices_is_set_aside_or_refused() {
    let folder = folder();
    let ring = |between: [&str; 2]| {
        let mut text = String::with_capacity(150_000_000);
        large_ring(|x, y| write!(text, "{}{x:.7}{}{y:.7}", if text.is_empty() { "" } else { between[1] }, between[0]).unwrap());
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
    let json = ring([",", "],["]);
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
    check(file("a.csv", [row, &ring([" ", ","]), "))\n"]), aside);
    check(file("a.gml", [member, &ring([" ", " "]), after]), aside);
    check(binary(&folder, "GPKG", "a.gpkg"), aside);
    check(binary(&folder, "FlatGeobuf", "a.fgb"), aside);
    check(binary(&folder, "ESRI Shapefile", "a.shp"), aside);
}

/// The large polygon in a binary format.
fn binary(folder: &TempDir, driver: &str, name: &str) -> PathBuf {
    let path = folder.path().join(name);
    let mut bytes = [&[1, 3, 0, 0, 0, 1, 0, 0, 0][..], &5_000_001_u32.to_le_bytes()].concat();
    large_ring(|x, y| bytes.extend([x.to_le_bytes(), y.to_le_bytes()].concat()));
    let mut dataset = DriverManager::get_driver_by_name(driver).unwrap().create_vector_only(&path).unwrap();
    let crs = SpatialRef::from_epsg(4326).unwrap();
    let ty = OGRwkbGeometryType::wkbPolygon;
    let layer = dataset.create_layer(LayerOptions { name: "things", srs: Some(&crs), ty, options: None }).unwrap();
    layer.create_defn_fields(&[("code", OGRFieldType::OFTString), ("name", OGRFieldType::OFTString)]).unwrap();
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
    for (odd, driver, name) in [
        (f64::NAN, "GPKG", "a.gpkg"),
        (f64::INFINITY, "GPKG", "b.gpkg"),
        (f64::NAN, "FlatGeobuf", "c.fgb"),
        (f64::INFINITY, "ESRI Shapefile", "d.shp"),
    ] {
        let path = folder.path().join(name);
        let mut dataset = DriverManager::get_driver_by_name(driver).unwrap().create_vector_only(&path).unwrap();
        let crs = SpatialRef::from_epsg(32632).unwrap();
        let ty = OGRwkbGeometryType::wkbLineString;
        let layer = dataset.create_layer(LayerOptions { name: "a", srs: Some(&crs), ty, options: None }).unwrap();
        layer.create_defn_fields(&[("code", OGRFieldType::OFTString), ("name", OGRFieldType::OFTString)]).unwrap();
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
        refused(&reader(), Path::new(&name), "cannot read");
    }
    let crs = |crs: &str| geojson().replacen('{', &format!("{{\"crs\": {crs}, "), 1);
    for (name, text) in [
        ("a.geojson", crs(&format!(r#"{{"type": "link", "properties": {{"href": "{address}/a", "type": "proj4"}}}}"#))),
        ("b.geojson", crs(&format!(r#"{{"type": "url", "properties": {{"url": "{address}/b"}}}}"#))),
        ("c.geojson", crs(&format!(r#"{{"type": "name", "properties": {{"name": "{address}/c"}}}}"#))),
        ("d.gml", gml(&format!("{address}/d"), &format!("{address}/d.xsd"), "")),
        ("e.gml", gml("EPSG:4326", "e", &format!("<t:part xlink:href='{address}/e.gml#a'/>"))),
        ("f.kml", kml(&format!("<NetworkLink><Link><href>{address}/f.kml</href></Link></NetworkLink>"))),
        ("g.kml", kml(&format!("<NetworkLink><Url><href>{address}/g.kmz</href></Url></NetworkLink>"))),
        ("h.gpkg.vrt", format!("<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/vsicurl/{address}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>")),
    ] {
        let _ = reader().read(&write(&folder, name, text));
    }
    let asked = listener.accept();
    assert!(asked.is_err(), "{asked:?}");
    // Whoever had been asked would have been seen.
    let _ = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
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
