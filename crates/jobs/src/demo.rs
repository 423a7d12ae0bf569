//! The demo territory: what an empty database is filled with, made by rule from plain facts.
//!
//! The program carries no outside data. From the names, codes, centres, extents, areas and populations in
//! `data/demo/facts.csv` this makes files in the formats of real sources, and they take the way of every import.
//! Boundaries are approximate, everything else is invented, and says so. The same facts give the same bytes on every
//! machine: there is no clock, no outside randomness, and no mathematics that platforms round differently.

mod areas;
mod facts;
mod geojson;
mod municipalities;
mod names;
mod noise;
mod plane;
mod programmes;
mod proposals;
mod random;
mod rivers;
mod services;
mod shape;
mod sites;
mod table;
mod territory;
mod tessellation;
#[cfg(test)]
mod tests;

use self::proposals::State;
use self::territory::Territory;

/// A file as a source would deliver it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoFile {
    /// The id of the source, such as `demo-municipalities`.
    pub source: &'static str,
    /// The file's name.
    pub name: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why the demo could not be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    /// The facts name no municipality.
    #[error("facts: no municipality")]
    NoFacts,
    /// A line has nothing in this column, or the table has no such column.
    #[error("{table}, line {line}: no {column}")]
    Missing {
        /// Which of the demo's tables.
        table: &'static str,
        /// The line, the header being line 1.
        line: usize,
        /// The column's name.
        column: &'static str,
    },
    /// A value is not what its column should hold.
    #[error("{table}, line {line}: {value:?} is no {column}")]
    Unreadable {
        /// Which of the demo's tables.
        table: &'static str,
        /// The line, the header being line 1.
        line: usize,
        /// The column's name.
        column: &'static str,
        /// What was found.
        value: String,
    },
    /// A municipality cannot be drawn in one piece: its neighbours leave it no room.
    #[error("municipality {istat_code} cannot be drawn as one area")]
    NotOneArea {
        /// The municipality.
        istat_code: String,
    },
}

/// Every file of the demo, in the order in which to import them: municipalities first.
///
/// # Errors
/// The facts are unreadable, or do not leave room for every municipality.
pub fn generate(facts_csv: &str) -> Result<Vec<DemoFile>, DemoError> {
    files(&Territory::draw(facts::parse(facts_csv)?)?)
}

/// The proposals as they were half a year earlier. Imported before those of [`generate`], they give the portal something to
/// say about what has changed.
///
/// # Errors
/// As [`generate`].
pub fn generate_earlier(facts_csv: &str) -> Result<Vec<DemoFile>, DemoError> {
    let territory = Territory::draw(facts::parse(facts_csv)?)?;
    proposals::write(&territory, &sites::invent(&territory), State::Earlier)
}

fn files(territory: &Territory) -> Result<Vec<DemoFile>, DemoError> {
    let sites = sites::invent(territory);
    let geojson = |source, name, bytes| DemoFile { source, name, bytes };
    let mut files =
        vec![geojson("demo-municipalities", "demo-municipalities.geojson", municipalities::write(territory))];
    files.extend(proposals::write(territory, &sites, State::Current)?);
    files.push(geojson("demo-services", "demo-services.geojson", services::write(territory)?));
    files.push(geojson("demo-programmes", "demo-programmes.geojson", programmes::write(territory)));
    files.push(geojson("demo-areas", "demo-areas.geojson", areas::write(territory, &sites)));
    Ok(files)
}
