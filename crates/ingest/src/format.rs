//! The formats that are read, behind one face: a sheet of named columns whose rows are visited in order.

pub mod archive;
pub mod content;
pub mod delimited;
pub mod geojson;
pub mod input;
pub mod kind;
pub mod shapefile;
pub mod text;
pub mod vector;
pub mod workbook;

/// One row, as the format gives it.
pub struct Row<'a> {
    /// Line of the file or row of the sheet, the header included; or the number of the feature. From 1.
    pub line: u64,
    /// Which of the rows it is, from 1, the header not counted.
    pub entry: u64,
    /// A cell for each column, or why they cannot be told apart.
    pub cells: Result<&'a [&'a str], String>,
    /// The row's shape, if the format has shapes.
    pub shape: Option<Shape>,
}

/// The shape of a row.
#[derive(Debug)]
pub enum Shape {
    /// None was given.
    Missing,
    /// As ISO WKB in EPSG:4326 (longitude, latitude), two-dimensional; and whether it had to be repaired.
    Wkb {
        /// The bytes.
        bytes: Vec<u8>,
        /// Whether it was invalid and has been repaired.
        repaired: bool,
    },
    /// It cannot be used, for the reason in this sentence.
    Invalid(String),
}
