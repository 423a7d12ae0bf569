//! The formats of downloads.

use domain::{Collection, GeometryKind};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table of text.
    Csv,
    /// A workbook.
    Xlsx,
    /// One `FeatureCollection` (RFC 7946).
    GeoJson,
    /// Features one by one, each behind a record separator (RFC 8142).
    GeoJsonSequence,
    /// Features one by one, each on a line of its own.
    GeoJsonLines,
    /// An `SQLite` database of the OGC.
    GeoPackage,
    /// A binary file with a spatial index in front.
    FlatGeobuf,
    /// A columnar file.
    GeoParquet,
    /// Placemarks for globes.
    Kml,
    /// Shapefiles in a ZIP.
    Shapefile,
}

impl Format {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Csv,
        Self::Xlsx,
        Self::GeoJson,
        Self::GeoJsonSequence,
        Self::GeoJsonLines,
        Self::GeoPackage,
        Self::FlatGeobuf,
        Self::GeoParquet,
        Self::Kml,
        Self::Shapefile,
    ];

    /// The formats in which a collection can be.
    pub fn of(collection: &Collection) -> impl Iterator<Item = Self> {
        let has_geometry = collection.geometry != GeometryKind::None;
        Self::ALL.into_iter().filter(move |format| has_geometry || !format.needs_geometry())
    }

    /// Whether it is made for records with a geometry only.
    #[must_use]
    pub const fn needs_geometry(self) -> bool {
        matches!(self, Self::FlatGeobuf | Self::Kml | Self::Shapefile)
    }

    /// Whether it has to be written as a file before its first byte can be sent.
    #[must_use]
    pub const fn needs_file(self) -> bool {
        matches!(self, Self::Xlsx | Self::GeoPackage | Self::FlatGeobuf | Self::Shapefile)
    }

    /// Whether its bytes are packed already, so that there is nothing to gain by packing them again on the way.
    #[must_use]
    pub const fn is_packed(self) -> bool {
        matches!(self, Self::Xlsx | Self::GeoParquet | Self::Shapefile)
    }

    /// Its name in addresses (`f=csv`) and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::GeoJson => "geojson",
            Self::GeoJsonSequence => "geojsonseq",
            Self::GeoJsonLines => "geojsonl",
            Self::GeoPackage => "gpkg",
            Self::FlatGeobuf => "fgb",
            Self::GeoParquet => "parquet",
            Self::Kml => "kml",
            Self::Shapefile => "shp",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "Excel (XLSX)",
            Self::GeoJson => "GeoJSON",
            Self::GeoJsonSequence => "GeoJSONSeq",
            Self::GeoJsonLines => "GeoJSONL",
            Self::GeoPackage => "GeoPackage",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::GeoParquet => "GeoParquet",
            Self::Kml => "KML",
            Self::Shapefile => "Shapefile (ZIP)",
        }
    }

    /// What its files end in.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::GeoJsonSequence => "geojsons",
            Self::Shapefile => "zip",
            other => other.as_str(),
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::GeoJson => "application/geo+json",
            Self::GeoJsonSequence => "application/geo+json-seq",
            Self::GeoJsonLines => "application/x-ndjson",
            Self::GeoPackage => "application/geopackage+sqlite3",
            Self::FlatGeobuf => "application/flatgeobuf",
            Self::GeoParquet => "application/vnd.apache.parquet",
            Self::Kml => "application/vnd.google-earth.kml+xml",
            Self::Shapefile => "application/zip",
        }
    }
}
