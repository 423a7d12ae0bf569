//! The command line; its help is the manual. Each flag has a twin in the environment, which only this crate reads.

mod releases;

pub use releases::Releases;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The portal of a metropolitan city for what is proposed and planned on its territory.
#[derive(Debug, Parser)]
#[command(name = "remix", version, about, propagate_version = true)]
pub struct Arguments {
    /// What every command needs.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command needs.
#[derive(Args, Debug)]
pub struct Common {
    /// Folder of the program's state: the private PostGIS, the archive of imported files.
    #[arg(long, env = "REMIX_VAR", default_value = "./var", global = true, value_name = "FOLDER")]
    pub var: PathBuf,
    /// Folder of configuration (territories, collections, sources, tiles) instead of the built-in one.
    #[arg(long, env = "REMIX_DATA", global = true, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// The territory served: a file of data/territories.
    #[arg(long, env = "REMIX_TERRITORY", default_value = "milano", global = true, value_name = "NAME")]
    pub territory: String,
    /// A PostgreSQL with PostGIS to use instead of the private one, as `postgresql://user:password@host/database`.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Folder of the programs `postgres` and `initdb` for the private PostGIS, where they are not found by themselves.
    #[arg(long, env = "REMIX_PG_BIN", global = true, value_name = "FOLDER")]
    pub pg_bin: Option<PathBuf>,
    /// What to log: error, warn, info, debug, or a filter such as info,store=debug.
    #[arg(long, env = "REMIX_LOG", default_value = "info,sqlx=warn", global = true, value_name = "FILTER")]
    pub log: String,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal; an empty database is filled with the demo territory first.
    Serve(Serve),
    /// Import files of a source and publish them as a release. Exit code 3: the release waits for a person's word.
    Import(Import),
    /// Fetch the files of sources from their publishers, and publish a release of those that changed. Exit code 3: a release waits.
    Sync(Sync),
    /// Releases: what came when, what it changed, what waits for a person's word.
    #[command(subcommand)]
    Releases(Releases),
    /// Answer the questions of the strategies on what stands, and write the answers to the database.
    Overlay(Overlay),
    /// Look for what must not be in the database and in the archive; writes nothing.
    Check,
    /// Write what stands to a file: a collection in any format of downloads, or vector tiles.
    Export(Export),
    /// Write the workbook in which the records of a source are filled in by hand.
    Template(Template),
}

/// Options of `remix serve`.
#[derive(Args, Debug)]
pub struct Serve {
    /// Address and port to serve on.
    #[arg(long, env = "REMIX_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    /// The address by which clients reach the portal, where a proxy hides it, such as `https://remix.example.it`.
    #[arg(long, env = "REMIX_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Where readers write about the portal and its accessibility: an e-mail address, or the address of a page.
    #[arg(long, env = "REMIX_CONTACT", value_name = "ADDRESS")]
    pub contact: Option<String>,
    /// MiB of memory in which answers are kept as they went out, so that asked for again they cost no work; 0 keeps none.
    #[arg(long, env = "REMIX_CACHE_MIB", default_value_t = 256, value_name = "MIB")]
    pub cache_mib: u32,
    /// Import official data first, and no demo: FOLDER holds a folder for each source, by its name, or the sources' files.
    #[arg(long, value_name = "FOLDER")]
    pub import: Option<PathBuf>,
    /// Sync each source whenever it is due, as `remix sync` does.
    #[arg(long, env = "REMIX_SYNC", value_parser = BoolishValueParser::new())]
    pub sync: bool,
    /// How publishers are asked.
    #[command(flatten)]
    pub asking: Asking,
}

/// Options of `remix import`.
#[derive(Args, Debug)]
pub struct Import {
    /// The source that the files are of: a folder of data/sources.
    pub source: String,
    /// The files, or the folder that they are in.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Say what would come of it, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Publish even if it ends much of what stands or has other columns; REASON is written down.
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Also write the report of issues, in Italian, to print (FILE.html) or for a spreadsheet (FILE.csv).
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// Options of `remix sync`.
#[derive(Args, Debug)]
pub struct Sync {
    /// The source, a folder of data/sources; all that say where their files are if none is named.
    pub source: Option<String>,
    /// The address of the portal, of which publishers are told.
    #[arg(long, env = "REMIX_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// How publishers are asked.
    #[command(flatten)]
    pub asking: Asking,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How publishers are asked for their files.
#[derive(Args, Debug)]
pub struct Asking {
    /// Let source.toml name servers of private networks, such as one of the office.
    #[arg(long, env = "REMIX_ALLOW_PRIVATE_ADDRESSES", value_parser = BoolishValueParser::new())]
    pub allow_private_addresses: bool,
    /// A proxy to fetch through, as `http://host:port`. It resolves names itself, so names that lead to private addresses are
    /// for it to refuse.
    #[arg(long, env = "HTTPS_PROXY", hide_env_values = true, value_name = "URL")]
    pub proxy: Option<String>,
}

/// Options of `remix export`.
#[derive(Args, Debug)]
pub struct Export {
    /// The collection: a file of data/collections.
    #[arg(required_unless_present = "pmtiles")]
    pub collection: Option<String>,
    /// The format: csv, xlsx, geojson, geojsonseq, geojsonl, gpkg, fgb, parquet, kml or shp.
    #[arg(long, default_value = "gpkg")]
    pub format: String,
    /// The file to write, which must not be there yet; one in this folder whose name tells what is in it unless another is named.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the pyramid of vector tiles to this file (PMTiles), which must not be there yet.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["collection", "format", "output"])]
    pub pmtiles: Option<PathBuf>,
    /// The collections in it, joined by commas; all that are places if none is named.
    #[arg(long, value_name = "COLLECTIONS", value_delimiter = ',', requires = "pmtiles")]
    pub collections: Vec<String>,
    /// The deepest zoom level in it, where not all are wanted.
    #[arg(long, value_name = "LEVEL", requires = "pmtiles")]
    pub max_zoom: Option<u8>,
}

/// Options of `remix overlay`.
#[derive(Args, Debug)]
pub struct Overlay {
    /// Print the answers of this strategy alone: a file of data/strategies.
    #[arg(long, value_name = "NAME")]
    pub strategy: Option<String>,
    /// Print the answer to this question alone, with its sums by group.
    #[arg(long, value_name = "NAME")]
    pub question: Option<String>,
    /// How to print; csv: the pairs of one question, as the portal gives them.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub format: AnswerFormat,
}

/// How to print answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Options of `remix template`.
#[derive(Args, Debug)]
pub struct Template {
    /// The source that is to be filled in: a folder of data/sources.
    pub source: String,
    /// The file to write, which must not be there yet; SOURCE.xlsx in this folder unless another is named.
    #[arg(long, value_name = "FILE.xlsx")]
    pub output: Option<PathBuf>,
}

/// How to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}
