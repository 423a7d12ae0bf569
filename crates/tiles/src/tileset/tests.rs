//! Definitions, right and wrong, and those in the house.

use super::*;
use domain::{Bilingual, CollectionId, Field, FieldType, GeometryKind};
use std::error::Error as _;
use std::fs;
use std::path::Path;

const PROJECTS: &str = r#"min_zoom = 5
max_zoom = 14
attributes = ["title", "funding_pnrr_cents"]

[cluster]
below_zoom = 11
count = true
sums = ["funding_pnrr_cents"]

[swarm]
spacing_px = 7
"#;

#[test]
fn levels_below_one_can_be_left_out_but_not_all() {
    let check = |zoom: u8, expect: RangeInclusive<u8>| {
        let tileset = Tileset::parse("projects.toml", PROJECTS).unwrap();
        assert_eq!(tileset.down_to(zoom).zooms(), &expect);
    };
    check(18, 5..=14);
    check(10, 5..=10);
    check(5, 5..=5);
    check(4, 5..=5);
}

#[test]
fn a_definition_is_read_whole() {
    let tileset = Tileset::parse("projects.toml", PROJECTS).unwrap();
    assert_eq!((tileset.zooms(), tileset.buffer()), (&(5..=14), 64));
    assert_eq!(tileset.attributes(), ["title", "funding_pnrr_cents"]);
    assert_eq!(
        tileset.cluster_at(10).map(|cluster| cluster.sums.as_slice()),
        Some(&["funding_pnrr_cents".to_owned()][..])
    );
    assert_eq!(tileset.cluster_at(11), None);
    assert!(!tileset.has_labels());
    assert_eq!(tileset.swarm(), Some(Swarm { spacing_px: 7.0 }));
}

#[test]
fn little_has_to_be_said() {
    let text = "min_zoom = 4\nmax_zoom = 4\nattributes = []\nlabels = true";
    let tileset = Tileset::parse("areas.toml", text).unwrap();
    assert!(tileset.has_labels());
    assert_eq!((tileset.cluster_at(0), tileset.swarm()), (None, None));
}

#[test]
fn numbers_are_left_out_only_where_the_key_is_told() {
    let field = |id: &str| Field::new(id, FieldType::Text);
    let collection = Collection {
        id: CollectionId::parse("projects").unwrap(),
        family: String::new(),
        title: Bilingual::default(),
        description: Bilingual::default(),
        key: vec![0, 2],
        geometry: GeometryKind::Point,
        parent: None,
        dissolved_from: None,
        fields: ["cup", "title", "code"].map(field).into(),
    };
    let check = |attributes: &str, rest: &str, expect: bool| {
        let text = format!("min_zoom = 4\nmax_zoom = 4\nattributes = {attributes}\n{rest}");
        let tileset = Tileset::parse("projects.toml", &text).unwrap();
        assert_eq!(tileset.has_ids(&collection), expect, "{text}");
    };
    check(r#"["code", "cup"]"#, "ids = false", false);
    check(r#"["code", "cup"]"#, "", true);
    check(r#"["title", "cup"]"#, "ids = false", true);
    assert!(Tileset::default_for(&collection).has_ids(&collection));
}

#[test]
fn faults_name_file_and_line() {
    let check = |from: &str, to: &str, expected: &str| {
        let error = Tileset::parse("projects.toml", &PROJECTS.replace(from, to)).unwrap_err();
        let said = error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
        assert!(said.starts_with("projects.toml") && said.contains(expected), "{to}: {said}");
    };
    check("max_zoom = 14", "max_zoom = 4", "line 2: max_zoom is not less");
    check("max_zoom = 14", "max_zoom = 19", "line 2: max_zoom is 18 at most");
    check("max_zoom = 14", "max_zoom = \"14\"", "line 2");
    check("min_zoom", "minimum_zoom", "line 1");
    check("\"title\", ", "\"funding_pnrr_cents\", ", "line 3: an attribute");
    check("max_zoom = 14", "max_zoom = 14\nbuffer = 5000", "line 3: buffer");
    check("= 11", "= 5", "line 5: below_zoom");
    check("= 11", "= 16", "line 5: below_zoom");
    check("count = true", "square_px = 48", "line 5: square_px");
    check("count = true", "count = true\ncolour = 3", "line 8");
    check("count = true\nsums = [\"funding_pnrr_cents\"]", "", "line 5: a cluster has");
    check("= 7", "= 0", "line 10: spacing_px");
    check("= 7", "= nan", "line 10: spacing_px");
}

/// The ids of the fields that `data/collections/<id>.toml` defines; `None` if there is no such file.
fn fields(root: &Path, id: &str) -> Option<Vec<String>> {
    let text = fs::read_to_string(root.join("data/collections").join(format!("{id}.toml"))).ok()?;
    let definition: toml::Table = text.parse().unwrap();
    let fields = definition["fields"].as_array().unwrap();
    Some(fields.iter().map(|field| field["id"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn the_definitions_of_the_house_draw_fields_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut seen = Vec::new();
    for entry in fs::read_dir(root.join("tiles")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let id = path.file_stem().unwrap().to_str().unwrap();
        let tileset = Tileset::parse(&path.to_string_lossy(), &fs::read_to_string(&path).unwrap()).unwrap();
        seen.push(id.to_owned());
        let Some(fields) = fields(&root, id) else {
            eprintln!("skipped: fields of {id}: no data/collections/{id}.toml");
            continue;
        };
        let sums = tileset.cluster_at(0).map_or(&[][..], |cluster| &cluster.sums);
        for attribute in tileset.attributes().iter().chain(sums) {
            assert!(fields.contains(attribute), "{id} has no field {attribute}");
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, ["areas", "municipalities", "pnrr-projects", "programmes", "services"]);
}
