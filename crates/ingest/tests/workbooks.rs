//! Workbooks give the same records as tables of text, and what is not sure in them is set aside.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail")]

mod sample;

use domain::IssueKind;
use sample::Reader;
use sample::files::{THINGS, folder, reader, refused, same, zipped};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

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
    let root = format!(
        "<Relationships xmlns='{package}'>{}</Relationships>",
        relation(1, "officeDocument", "xl/workbook.xml")
    );
    // Style 1 is the format of dates.
    let styles = format!(
        "<styleSheet xmlns='{space}'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
    );
    let members: [(&str, String); 7] = [
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>".into(),
        ),
        ("_rels/.rels", root),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/styles.xml", styles),
        (
            "xl/worksheets/sheet1.xml",
            sheet("<row r='1'><c r='A1' t='inlineStr'><is><t>Note</t></is></c></row>"),
        ),
        ("xl/worksheets/sheet2.xml", sheet(rows)),
    ];
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    zipped(folder, name, &members)
}

/// A row of cells, each as its column and its XML without the place: `t='n'><v>1</v>`.
fn row(number: u32, cells: &[(&str, &str)]) -> String {
    let cell = |(column, cell): &(&str, &str)| format!("<c r='{column}{number}' {cell}</c>");
    let cells = cells.iter().map(cell).collect::<Vec<_>>().concat();
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
    let string = |text: &str| {
        format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>")
    };
    let thing = |(key, name, [lon, lat]): (&str, &str, [f64; 2])| {
        let number = |number: &str| cell("float", &format!("office:value='{number}'"));
        let (key, lon, lat) = (number(key), number(&lon.to_string()), number(&lat.to_string()));
        let day = cell("date", "office:date-value='2024-05-31'");
        format!("<table:table-row>{key}{}{lon}{lat}{day}</table:table-row>", string(name))
    };
    let things = THINGS.map(thing).concat();
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
        let manifest =
            b"<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>";
        let members: [(&str, &[u8]); 3] = [
            ("mimetype", mimetype),
            ("META-INF/manifest.xml", manifest),
            ("content.xml", content.as_bytes()),
        ];
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
        row(
            number,
            &[
                ("A", key),
                ("B", name),
                ("C", "><v>9.19</v>"),
                ("D", "><v>45.46</v>"),
                ("H", "t='e'><v>#REF!</v>"),
            ],
        )
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
    assert!(
        taken.issues[1].message.contains("cell B5 holds a formula without a result"),
        "{:?}",
        taken.issues[1]
    );
    assert_eq!(taken.name_of("015148"), Some("=HYPERLINK(1)"));
    // Two cells that far apart would be a table of seventeen thousand million.
    let far = format!("{}{}", header(), row(1_048_576, &[("XFD", &text("x"))]));
    let taken = workbook_reader().read(&xlsx(&folder, "far.xlsx", &far)).unwrap();
    assert_eq!((taken.tally.read, taken.tally.quarantined), (1, 1));
}
