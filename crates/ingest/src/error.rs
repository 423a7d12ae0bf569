//! Why a source could not be read at all. Faults of single rows are issues, not errors.

use std::path::PathBuf;

/// A reason to refuse the whole input. Nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The file is not there or cannot be opened.
    #[error("cannot read {}: {reason}; check the path and its permissions", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        reason: String,
    },
    /// The file has no bytes.
    #[error("{} is empty: download it again from the source", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file is a web page, usually an error page saved under the name of the data.
    #[error("{} is a web page, not data: open it in a browser to see what the publisher answered", path.display())]
    WebPage {
        /// The file.
        path: PathBuf,
    },
    /// A text file that is an archive or spreadsheet under a wrong name.
    #[error("{} is not text but {found}: give it its right name or export it as CSV", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        found: &'static str,
    },
    /// None of the declared encodings reads the file.
    #[error("{} is in none of the encodings that the source declares ({tried}): declare it in source.toml", path.display())]
    Encoding {
        /// The file.
        path: PathBuf,
        /// The encodings tried.
        tried: String,
    },
    /// A format that is not read.
    #[error("{} is {found}, which is not read: save it as CSV, XLSX, ODS, GeoJSON or GeoPackage", path.display())]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        found: &'static str,
    },
    /// XML with a document type declaration.
    #[error(
        "{} carries a document type declaration (DOCTYPE), by which a file can open others or grow without end: ask \
         for it without, or remove the declaration",
        path.display()
    )]
    DocumentType {
        /// The file.
        path: PathBuf,
    },
    /// An archive that would write beside the folder it is unpacked into.
    #[error(
        "{} has a member whose path leads outside the archive ({member}): it was made to do harm, ask for another",
        path.display()
    )]
    ZipSlip {
        /// The archive.
        path: PathBuf,
        /// The member.
        member: String,
    },
    /// An archive within an archive.
    #[error("{} holds another archive ({member}): unpack it and give the one that is meant", path.display())]
    NestedArchive {
        /// The archive.
        path: PathBuf,
        /// The archive in it.
        member: String,
    },
    /// An archive without data.
    #[error(
        "{} holds no file that can be read (a shapefile, GeoJSON, GeoPackage, GML, KML, GPX, CSV, XLSX or ODS); found: \
         {}", path.display(), if found.is_empty() { "nothing" } else { found }
    )]
    NoDataFile {
        /// The archive.
        path: PathBuf,
        /// What it holds.
        found: String,
    },
    /// An archive or a workbook that holds more than may be unpacked.
    #[error("{} unpacks to more than {megabytes} MB: give a smaller part of it", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most that may be.
        megabytes: u64,
    },
    /// The header fits no table of the source.
    #[error(
        "{} has a header that source {source_id} does not know: table {table} needs {missing}; found {found}",
        path.display()
    )]
    UnknownHeader {
        /// The file.
        path: PathBuf,
        /// The source.
        source_id: String,
        /// The table that comes nearest.
        table: String,
        /// Columns that it lacks, by all the names they have had.
        missing: String,
        /// The header found.
        found: String,
    },
    /// A table without which nothing can be read has no file.
    #[error("no file for table {table} of source {source_id}: expected {expected} among {given}")]
    MissingTable {
        /// The source.
        source_id: String,
        /// The table.
        table: String,
        /// The names it usually has.
        expected: String,
        /// What was given.
        given: String,
    },
    /// No generation of the schema is recognised.
    #[error(
        "{} belongs to no known generation of source {source_id}: none of the columns {expected} is there",
        path.display()
    )]
    UnknownGeneration {
        /// The file.
        path: PathBuf,
        /// The source.
        source_id: String,
        /// The columns that tell generations apart.
        expected: String,
    },
    /// A shapefile lacks one of its parts.
    #[error("{} lacks its {part} file: a shapefile needs .shp, .shx and .dbf together", path.display())]
    IncompleteShapefile {
        /// The .shp file or the archive.
        path: PathBuf,
        /// The part that is missing.
        part: &'static str,
    },
    /// GDAL cannot open the file.
    #[error("{} is in no vector format that can be read: {reason}", path.display())]
    NotVector {
        /// The file.
        path: PathBuf,
        /// What GDAL says.
        reason: String,
    },
    /// The file has several layers, sheets or members, and nothing says which one is meant.
    #[error(
        "{} has several layers ({layers}): name the one that is meant as layer in source.toml, or keep it in a file of \
         its own",
        path.display()
    )]
    SeveralLayers {
        /// The file.
        path: PathBuf,
        /// Their names.
        layers: String,
    },
    /// A feature that would take too much memory.
    #[error(
        "{} has a feature that is too large to be read as GeoJSON (more than 400,000 vertices): simplify or divide it, or \
         give the file as GeoPackage",
        path.display()
    )]
    LargeFeature {
        /// The file.
        path: PathBuf,
    },
    /// A CRS that is an address.
    #[error(
        "{} names its coordinate reference system by a link, and links are not followed: name it by its code, or remove \
         the crs member and declare crs in source.toml or beside an upload",
        path.display()
    )]
    LinkedCrs {
        /// The file.
        path: PathBuf,
    },
    /// There is not one feature in the file.
    #[error("{} holds no feature: nothing is imported, and what stands is kept", path.display())]
    NoFeatures {
        /// The file.
        path: PathBuf,
    },
    /// The file says nothing of its coordinate reference system, or nothing that has a known datum.
    #[error(
        "{} does not say its coordinate reference system{}: declare crs in source.toml or beside an upload (for data of Milan it is usually \
         EPSG:32632, EPSG:3003, EPSG:6707 or EPSG:4326)",
        path.display(), said.as_ref().map_or_else(String::new, |said| format!(" ({said})"))
    )]
    NoCrs {
        /// The file.
        path: PathBuf,
        /// What it says instead.
        said: Option<String>,
    },
    /// A file that means degrees by its format, with numbers that cannot be degrees.
    #[error(
        "{} should hold longitude and latitude, as GeoJSON does, but its coordinates look projected ({x}, {y}): declare \
         crs in source.toml (for data of Milan it is usually EPSG:32632, EPSG:3003 or EPSG:6707)",
        path.display()
    )]
    LooksProjected {
        /// The file.
        path: PathBuf,
        /// The first coordinate.
        x: f64,
        /// The second coordinate.
        y: f64,
    },
    /// The coordinate reference system cannot be turned into longitude and latitude.
    #[error("{}: coordinates cannot be turned into longitude and latitude: {reason}", path.display())]
    Crs {
        /// The file.
        path: PathBuf,
        /// What GDAL says.
        reason: String,
    },
    /// GDAL stopped in the middle of the file.
    #[error("{} breaks off or is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What GDAL says.
        reason: String,
    },
    /// There are features, and none of them has a shape.
    #[error("{} holds no shape: draw one, or give a file of points, lines or polygons", path.display())]
    NoShapes {
        /// The file.
        path: PathBuf,
    },
    /// A table without columns of coordinates.
    #[error(
        "{} has no columns of coordinates: name them x and y (or lon and lat), or give shapes as WKT in a column wkt; found {found}",
        path.display()
    )]
    NoPlaceColumns {
        /// The file.
        path: PathBuf,
        /// The columns found.
        found: String,
    },
    /// A shape that cannot be used, where every one is needed.
    #[error("{}, line or feature {line}: {reason}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Which of its rows or features.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// More vertices than are taken at a time.
    #[error("{} has more than {most} vertices: simplify its shapes, or give fewer of them", path.display())]
    TooDetailed {
        /// The file.
        path: PathBuf,
        /// The most that are taken.
        most: usize,
    },
    /// There was not one row.
    #[error("{given} holds no row of {collection}: nothing to import")]
    NoRows {
        /// The files.
        given: String,
        /// The collection.
        collection: String,
    },
    /// Rows that belong to records of which none is known.
    #[error(
        "{given} belongs to {parent}, of which nothing has been imported yet: import the files of {parent} first, or together \
         with it"
    )]
    NoParents {
        /// The collection of the rows.
        given: String,
        /// The collection to which they belong.
        parent: String,
    },
}
