//! Where data comes from and how it is written, as `data/sources/<id>/source.toml` declares it.

use crate::collection::CollectionId;
use crate::money::AmountFormat;
use crate::name::name;
use crate::text::Bilingual;

name! {
    /// The name of a source, the same on the command line, in files and in the database: `pnrr-italiadomani`.
    SourceId
}

/// The definition of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its name.
    pub id: SourceId,
    /// The collection it is chiefly of: that of its tables which name no other.
    pub collection: CollectionId,
    /// Its title.
    pub title: Bilingual,
    /// Who publishes it.
    pub publisher: String,
    /// Its licence, by its short name.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// The page that offers it.
    pub homepage: Option<String>,
    /// Pages of others on which its records can be read one by one.
    pub record_pages: Vec<RecordPage>,
    /// Whether it is invented data, which the first official release replaces.
    pub demo: bool,
    /// How far its rows reach.
    pub scope: Scope,
    /// Encodings to try where no byte order mark decides, in this order; WHATWG labels.
    pub encodings: Vec<String>,
    /// Spellings of "not stated".
    pub missing: Vec<String>,
    /// The CRS of files that name none, such as `EPSG:3003`.
    pub crs: Option<String>,
    /// Whether invalid shapes are to be repaired (and flagged) rather than set aside.
    pub repair: bool,
    /// The greatest share of the standing records, from 0 to 1, that a release may end without a person's word.
    pub max_removed_share: f64,
    /// The source whose records these are before they are official: a record of theirs that is the same proposal is shown as one
    /// feature with this one's.
    pub complements: Option<SourceId>,
    /// Where its files are fetched from, if they are.
    pub fetch: Option<Fetch>,
    /// The generations of its schema; empty if it never changed in a way that matters.
    pub generations: Vec<Generation>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// Pages about the records of a source, one for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPage {
    /// What they are.
    pub title: Bilingual,
    /// Their address, with `{field}` where the text of a field of the record comes.
    pub url: String,
}

impl RecordPage {
    /// The address of the page of the record that has these texts; `None` if it lacks one that the address needs, or a text has more
    /// than letters, digits, `-`, `.` and `_`.
    #[must_use]
    pub fn address<'t>(&self, text: impl Fn(&str) -> Option<&'t str>) -> Option<String> {
        let is_plain =
            |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        let (mut address, mut rest) = (String::new(), self.url.as_str());
        while let Some((before, after)) = rest.split_once('{') {
            let (field, after) = after.split_once('}')?;
            address.push_str(before);
            address.push_str(text(field).filter(is_plain)?);
            rest = after;
        }
        Some(address + rest)
    }
}

/// How far the rows of a source reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Beyond the territory: rows without a place in it are of other territories, and filtered.
    Country,
    /// The territory alone: every row concerns it, even one that says no place.
    Territory,
}

/// One generation of a source's schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its name.
    pub id: String,
    /// A column that the records' table has in this generation, and in none of those listed after it.
    pub recognised_by: String,
    /// How it writes amounts.
    pub amounts: AmountFormat,
}

/// Where the files of a source are fetched from, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// Addresses (http or https), each of one file.
    pub urls: Vec<String>,
    /// How long after one attempt the next is due, in seconds.
    pub every_seconds: u64,
    /// The greatest size of one file, in bytes, unpacked.
    pub max_bytes: u64,
    /// The longest time that one file may take, in seconds.
    pub timeout_seconds: u64,
    /// Whether to ask as a desktop browser does, where the publisher answers no one else.
    pub as_browser: bool,
}

/// One table of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub id: String,
    /// The collection it feeds.
    pub collection: CollectionId,
    /// What its rows are.
    pub role: TableRole,
    /// How its files are written.
    pub format: TableFormat,
    /// File names it usually has; `*` stands for any text.
    pub files: Vec<String>,
    /// The layer, or the sheet of a workbook, where a file has several; `*` stands for any text.
    pub layer: Option<String>,
    /// For each field of the collection: the names its column has had.
    pub columns: Vec<(String, Vec<String>)>,
    /// For each part of a place: the names its column has had.
    pub place: Vec<(PlacePart, Vec<String>)>,
    /// Fields of the collection that every row has to state, though the collection lets them be missing. What one table
    /// requires, all tables of the source's that feed the same collection do.
    pub required: Vec<String>,
    /// Fields whose text is made of other columns: `milano-station-{ID}`. Without braces, the same text for every row.
    pub templates: Vec<(String, String)>,
    /// For each field: words of the source, and those of the collection's code list that they stand for.
    pub recode: Vec<(String, Vec<(String, String)>)>,
    /// How it writes numbers, where that does not depend on the generation of the source's schema.
    pub amounts: Option<AmountFormat>,
    /// A column that no other table of the source has, where the fields alone do not tell it from them.
    pub recognised_by: Option<String>,
    /// The table whose rows it reads once more, where one row holds several records: a project and each of its bodies. Rows
    /// that state none of what it requires are none of its records.
    pub rows_of: Option<String>,
}

/// One part of a place, as columns of a table state it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlacePart {
    /// Province: its ISTAT code, or the code of the metropolitan city (`015`, `215`).
    Province,
    /// Municipality: its whole ISTAT code, or its number within the province; `000` for all of it.
    Municipality,
    /// The municipality's name.
    MunicipalityName,
    /// Street address.
    Address,
    /// Postal code.
    PostalCode,
    /// Share of the record in this place, in per cent.
    Share,
    /// Longitude or easting, in the source's CRS; degrees unless it declares another.
    X,
    /// Latitude or northing.
    Y,
    /// A whole shape as WKT, in the source's CRS; degrees unless it declares another.
    Wkt,
}

impl PlacePart {
    /// All parts.
    pub const ALL: [Self; 9] = [
        Self::Province,
        Self::Municipality,
        Self::MunicipalityName,
        Self::Address,
        Self::PostalCode,
        Self::Share,
        Self::X,
        Self::Y,
        Self::Wkt,
    ];

    /// The word for it in definitions and issues.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Municipality => "municipality",
            Self::MunicipalityName => "municipality_name",
            Self::Address => "address",
            Self::PostalCode => "postal_code",
            Self::Share => "share",
            Self::X => "x",
            Self::Y => "y",
            Self::Wkt => "wkt",
        }
    }
}

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableRole {
    /// The records of the collection.
    Records,
    /// Their places.
    Locations,
}

/// How the files of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Whatever the content shows: text with a header line, a workbook, or a vector format of GDAL.
    Any,
    /// Text with a header line and this delimiter.
    Csv {
        /// The character between cells.
        delimiter: u8,
    },
    /// Any vector format of GDAL.
    Vector,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_record_is_found_by_its_texts() {
        let check = |url: &str, cup: Option<&str>, expect: Option<&str>| {
            let page = RecordPage { title: Bilingual::default(), url: url.to_owned() };
            let found = page.address(|field| cup.filter(|_| field == "cup"));
            assert_eq!(found.as_deref(), expect, "{url}");
        };
        check("https://x/{cup}/a", Some("B21F"), Some("https://x/B21F/a"));
        check("https://x/", None, Some("https://x/"));
        check("https://x/{cup}", None, None);
        check("https://x/{other}", Some("B21F"), None);
        check("https://x/{cup}", Some("B?/&#"), None);
        check("https://x/{cup", Some("B21F"), None);
    }
}
