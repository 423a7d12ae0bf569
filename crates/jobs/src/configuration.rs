//! The configuration: definitions of territories, collections, sources and tiles, built in or from a folder of the same layout.

mod questions;

use domain::source::Source;
use domain::{Collection, CollectionId, Role, SourceId, Strategy, Territory};
use ingest::definition::{self, DefinitionError};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tiles::Tileset;

#[derive(RustEmbed)]
#[folder = "../../data"]
struct BuiltInData;

#[derive(RustEmbed)]
#[folder = "../../tiles"]
struct BuiltInTiles;

/// Everything that is configured, for one territory.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The territory served.
    pub territory: Arc<Territory>,
    /// The collections, in the order in which they are shown: by family, those with places first, then by name.
    pub collections: Vec<Arc<Collection>>,
    /// The sources, by name.
    pub sources: Vec<Source>,
    /// The strategies, by name.
    pub strategies: Vec<Strategy>,
    /// How each collection is drawn.
    pub tilesets: Arc<BTreeMap<CollectionId, Tileset>>,
    /// The facts of which the demo territory is made.
    pub demo_facts: String,
}

/// The order in which families are shown: the territory first, then what is proposed and what it meets.
const FAMILIES: [&str; 5] = ["territory", "proposals", "services", "programmes", "areas"];

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// A file that cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// A file with a fault.
    #[error("{file}: {source}")]
    Definition {
        /// The file.
        file: String,
        /// The fault.
        source: DefinitionError,
    },
    /// A tile definition with a fault.
    #[error(transparent)]
    Tileset(#[from] tiles::Error),
    /// A territory that is not defined.
    #[error("there is no territory {id}: data/territories has {known}")]
    UnknownTerritory {
        /// The name asked for.
        id: String,
        /// The names there are.
        known: String,
    },
    /// A definition that mentions what is not defined.
    #[error("{file}: {what} is not defined")]
    Dangling {
        /// The file.
        file: String,
        /// What it mentions.
        what: String,
    },
    /// A question that cannot be asked.
    #[error("{file}: question {question}: {what}")]
    Question {
        /// The file.
        file: String,
        /// The question.
        question: String,
        /// What is wrong with it, and what to do.
        what: String,
    },
}

/// A source that is not defined.
#[derive(Debug, thiserror::Error)]
#[error("there is no source {id}: data/sources has {known}")]
pub struct UnknownSource {
    /// The name asked for.
    id: String,
    /// The names there are.
    known: String,
}

impl Configuration {
    /// Reads the configuration of `territory` from `folder`, or the built-in one.
    ///
    /// # Errors
    /// [`ConfigurationError`] names the file and what is wrong in it.
    pub fn load(folder: Option<&Path>, territory: &str) -> Result<Self, ConfigurationError> {
        let files = match folder {
            Some(folder) => on_disk(folder)?,
            None => built_in(),
        };
        let under = |prefix: &'static str, suffix: &'static str| {
            files.iter().filter(move |(name, _)| name.starts_with(prefix) && name.ends_with(suffix))
        };
        let fault = |file: &str| {
            let file = file.to_owned();
            move |source| ConfigurationError::Definition { file, source }
        };
        let mut collections = Vec::new();
        for (file, text) in under("collections/", ".toml") {
            collections.push(Arc::new(definition::parse_collection(text).map_err(fault(file))?));
        }
        collections.sort_by_key(|collection| {
            let family = FAMILIES.iter().position(|family| *family == collection.family);
            let is_table = collection.geometry == domain::GeometryKind::None;
            (family.unwrap_or(FAMILIES.len()), is_table, collection.id.clone())
        });
        for collection in &collections {
            check_collection(collection, &collections)?;
        }
        let mut sources = Vec::new();
        for (file, text) in under("sources/", "/source.toml") {
            let source = definition::parse_source(text).map_err(fault(file))?;
            check(&source, &collections, file)?;
            sources.push(source);
        }
        for source in &sources {
            if let Some(id) = source.complements.as_ref().filter(|id| !sources.iter().any(|it| &it.id == *id))
            {
                let file = format!("sources/{}/source.toml", source.id);
                return Err(ConfigurationError::Dangling { file, what: format!("source {id}") });
            }
        }
        let mut tilesets = BTreeMap::new();
        for collection in &collections {
            let file = format!("tiles/{}.toml", collection.id);
            let tileset = match files.get(&file) {
                Some(text) => Tileset::parse(&file, text)?,
                None => Tileset::default_for(collection),
            };
            if let Some(field) =
                tileset.attributes().iter().find(|field| collection.position(field).is_none())
            {
                let what = format!("field {field} of collection {}", collection.id);
                return Err(ConfigurationError::Dangling { file, what });
            }
            tilesets.insert(collection.id.clone(), tileset);
        }
        let mut strategies = Vec::new();
        for (file, text) in under("strategies/", ".toml") {
            let strategy = definition::parse_strategy(text).map_err(fault(file))?;
            check_strategy(&strategy, &collections, &tilesets, file)?;
            questions::check(&strategy, &collections, file)?;
            strategies.push(strategy);
        }
        let territory = chosen_territory(&files, territory)?;
        let demo_facts = files.get("demo/facts.csv").cloned().unwrap_or_default();
        Ok(Self {
            territory: Arc::new(territory),
            collections,
            sources,
            strategies,
            tilesets: Arc::new(tilesets),
            demo_facts,
        })
    }

    /// The source with this name.
    #[must_use]
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.iter().find(|source| &source.id == id)
    }

    /// The source that a person calls by this name.
    ///
    /// # Errors
    /// [`UnknownSource`] names those there are.
    pub fn source_called(&self, id: &str) -> Result<&Source, UnknownSource> {
        self.sources.iter().find(|source| source.id.as_str() == id).ok_or_else(|| {
            let known: Vec<_> = self.sources.iter().map(|source| source.id.as_str()).collect();
            UnknownSource { id: id.to_owned(), known: known.join(", ") }
        })
    }

    /// The collection with this name.
    #[must_use]
    pub fn collection(&self, id: &CollectionId) -> Option<&Arc<Collection>> {
        self.collections.iter().find(|collection| &collection.id == id)
    }
}

fn chosen_territory(files: &BTreeMap<String, String>, id: &str) -> Result<Territory, ConfigurationError> {
    let file = format!("territories/{id}.toml");
    let text = files.get(&file).ok_or_else(|| {
        let name = |file: &String| {
            file.strip_prefix("territories/").and_then(|file| file.strip_suffix(".toml")).map(str::to_owned)
        };
        let known: Vec<_> = files.keys().filter_map(name).collect();
        ConfigurationError::UnknownTerritory { id: id.to_owned(), known: known.join(", ") }
    })?;
    let register = files.get(&format!("territories/{id}.csv")).map_or("", String::as_str);
    definition::parse_territory(text, register)
        .map_err(|source| ConfigurationError::Definition { file, source })
}

/// Checks that a collection rests on collections and fields that are defined.
fn check_collection(
    collection: &Collection,
    collections: &[Arc<Collection>],
) -> Result<(), ConfigurationError> {
    let mentioned = |id: &CollectionId, field: &String| {
        let known = collections.iter().find(|it| &it.id == id).and_then(|it| it.position(field));
        known.map(drop).ok_or_else(|| ConfigurationError::Dangling {
            file: format!("collections/{}.toml", collection.id),
            what: format!("field {field} of collection {id}"),
        })
    };
    if let Some(parent) = &collection.parent {
        parent.fields.iter().try_for_each(|field| mentioned(&parent.collection, field))?;
    }
    if let Some(dissolve) = &collection.dissolved_from {
        mentioned(&dissolve.collection, &dissolve.by)?;
    }
    for inherited in collection.fields.iter().filter_map(|field| field.inherited.as_ref()) {
        mentioned(&collection.id, &inherited.by)?;
        mentioned(&inherited.collection, &inherited.by)?;
        mentioned(&inherited.collection, &inherited.field)?;
    }
    Ok(())
}

/// Checks that a source feeds collections that are defined, into fields that they have.
fn check(source: &Source, collections: &[Arc<Collection>], file: &str) -> Result<(), ConfigurationError> {
    let dangling = |what: String| ConfigurationError::Dangling { file: file.to_owned(), what };
    for table in &source.tables {
        let collection = collections.iter().find(|collection| collection.id == table.collection);
        let collection = collection.ok_or_else(|| dangling(format!("collection {}", table.collection)))?;
        let fields = table.columns.iter().map(|(field, _)| field);
        let fields = fields.chain(table.templates.iter().map(|(field, _)| field)).chain(&table.required);
        let mut fields = fields.chain(table.recode.iter().map(|(field, _)| field));
        if let Some(field) = fields.find(|field| collection.position(field).is_none()) {
            return Err(dangling(format!("field {field} of collection {}", collection.id)));
        }
    }
    Ok(())
}

/// Checks that a strategy shows collections that are defined, chosen by fields that tiles have: maps choose by them.
fn check_strategy(
    strategy: &Strategy,
    collections: &[Arc<Collection>],
    tilesets: &BTreeMap<CollectionId, Tileset>,
    file: &str,
) -> Result<(), ConfigurationError> {
    let dangling = |what: String| ConfigurationError::Dangling { file: file.to_owned(), what };
    for selection in &strategy.shown {
        let id = &selection.collection;
        let collection = collections.iter().find(|collection| &collection.id == id);
        let collection = collection.ok_or_else(|| dangling(format!("collection {id}")))?;
        for (name, values) in &selection.filter {
            let is_drawn = tilesets.get(id).is_some_and(|tileset| tileset.attributes().contains(name));
            let field = collection.fields.iter().find(|field| &field.id == name).filter(|_| is_drawn);
            let field =
                field.ok_or_else(|| dangling(format!("field {name} in the tiles of collection {id}")))?;
            // Clusters count by category: by nothing else can they be narrowed.
            let is_category =
                collection.with_role(Role::Category).map(|place| &collection.fields[place]) == Some(field);
            let has_clusters = |tileset: &Tileset| tileset.cluster_at(*tileset.zooms().start()).is_some();
            if !is_category && tilesets.get(id).is_some_and(has_clusters) {
                return Err(dangling(format!("count by {name} in the clusters of collection {id}")));
            }
            let is_known = |value: &&String| field.codes.iter().any(|code| &code.code == *value);
            if let Some(value) = values.iter().find(|value| !field.codes.is_empty() && !is_known(value)) {
                return Err(dangling(format!("code {value} of field {name} of collection {id}")));
            }
        }
    }
    Ok(())
}

/// The built-in files, by their path under `data/`; those of tiles under `tiles/`.
fn built_in() -> BTreeMap<String, String> {
    let text = |file: EmbeddedFile| String::from_utf8_lossy(&file.data).into_owned();
    let data =
        BuiltInData::iter().filter_map(|name| Some((name.to_string(), text(BuiltInData::get(&name)?))));
    let tiles = BuiltInTiles::iter()
        .filter_map(|name| Some((format!("tiles/{name}"), text(BuiltInTiles::get(&name)?))));
    data.chain(tiles).collect()
}

/// The files of a folder, by their path in it.
fn on_disk(folder: &Path) -> Result<BTreeMap<String, String>, ConfigurationError> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let unreadable = |source| ConfigurationError::Unreadable { path: current.clone(), source };
        for entry in fs::read_dir(&current).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "csv") {
                let text = fs::read_to_string(&path)
                    .map_err(|source| ConfigurationError::Unreadable { path: path.clone(), source })?;
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
                files.insert(name, text);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_configuration_is_without_fault() {
        let configuration = Configuration::load(None, "milano").unwrap();
        let names: Vec<_> = configuration.collections.iter().map(|it| it.id.as_str()).collect();
        let expected = "municipalities zones pnrr-projects pnrr-awardees pnrr-measure-goals pnrr-measure-tags pnrr-measures \
                        pnrr-payments pnrr-subjects pnrr-tags pnrr-targets pnrr-tenders services programmes areas watercourses";
        assert_eq!(names, expected.split(' ').collect::<Vec<_>>());
        assert_eq!(configuration.tilesets.len(), configuration.collections.len());
    }

    #[test]
    fn a_strategy_shows_what_is_defined_and_drawn() {
        let configuration = Configuration::load(None, "milano").unwrap();
        let Configuration { strategies, collections, tilesets, .. } = configuration;
        let names: Vec<_> = strategies.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(names, ["sttm-1", "sttm-2", "sttm-3"]);
        for (collection, field, value, missing) in [
            ("areas", "kind", "regional_park", ""),
            ("areas", "kind", "park", "code park of field kind of collection areas"),
            ("areas", "legal_basis", "x", "field legal_basis in the tiles of collection areas"),
            (
                "pnrr-projects",
                "component",
                "C1",
                "count by component in the clusters of collection pnrr-projects",
            ),
        ] {
            let mut strategy = strategies[0].clone();
            let shown = strategy.shown.iter_mut().find(|it| it.collection.as_str() == collection).unwrap();
            shown.filter = vec![(field.to_owned(), vec![value.to_owned()])];
            let outcome = check_strategy(&strategy, &collections, &tilesets, "strategies/x.toml");
            let said = outcome.map_or_else(|error| error.to_string(), |()| String::new());
            let expect =
                if missing.is_empty() { "" } else { &format!("strategies/x.toml: {missing} is not defined") };
            assert_eq!(said, expect);
        }
    }

    #[test]
    fn a_territory_that_is_not_defined_is_named_beside_those_that_are() {
        let error = Configuration::load(None, "atlantide").unwrap_err().to_string();
        assert!(error.contains("atlantide") && error.contains("milano"), "{error}");
    }

    #[test]
    fn a_fault_names_its_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("collections")).unwrap();
        fs::write(folder.path().join("collections/x.toml"), "id = 3").unwrap();
        let error = Configuration::load(Some(folder.path()), "milano").unwrap_err().to_string();
        assert!(error.starts_with("collections/x.toml: "), "{error}");
    }
}
