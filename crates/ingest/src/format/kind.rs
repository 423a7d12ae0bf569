//! The kinds of file that are read.

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, to be read as a table with a header line.
    Text,
    /// A workbook.
    Workbook(Workbook),
    /// A ZIP archive of other files; KMZ is one.
    Archive,
    /// A vector file.
    Vector(Vector),
}

/// The formats of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workbook {
    /// Office Open XML.
    Xlsx,
    /// `OpenDocument`.
    Ods,
}

/// The vector formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vector {
    /// `GeoJSON`, whole or one feature a line.
    GeoJson,
    /// ESRI shapefile.
    Shapefile,
    /// `GeoPackage`.
    GeoPackage,
    /// `FlatGeobuf`.
    FlatGeobuf,
    /// GML.
    Gml,
    /// KML.
    Kml,
    /// GPX.
    Gpx,
}

impl Kind {
    /// Its name in sentences.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "a table of text",
            Self::Workbook(Workbook::Xlsx) => "a spreadsheet (XLSX)",
            Self::Workbook(Workbook::Ods) => "a spreadsheet (ODS)",
            Self::Archive => "an archive (ZIP)",
            Self::Vector(Vector::GeoJson) => "a vector file (GeoJSON)",
            Self::Vector(Vector::Shapefile) => "a vector file (shapefile)",
            Self::Vector(Vector::GeoPackage) => "a database (GeoPackage)",
            Self::Vector(Vector::FlatGeobuf) => "a vector file (FlatGeobuf)",
            Self::Vector(Vector::Gml) => "a vector file (GML)",
            Self::Vector(Vector::Kml) => "a vector file (KML)",
            Self::Vector(Vector::Gpx) => "a vector file (GPX)",
        }
    }
}
