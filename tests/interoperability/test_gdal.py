"""GDAL's OAPIF driver: what `ogrinfo` and `ogr2ogr` get is what the portal has."""

import csv
import json
import re
import subprocess

import pytest
from shapely.geometry import box, shape

# More than one page of most collections.
FEW = ["-oo", "PAGE_SIZE=50"]
# What GDAL's own writer cannot hold, so that it does not warn of it.
AS_TEXT = ["-mapFieldType", "Date=String,DateTime=String"]


def run(*command):
    """What the command prints; its warnings are faults too."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and not done.stderr, f"{' '.join(command)}\n{done.stderr}"
    return done.stdout


def fetched(portal, collection, *options):
    """The features that `ogr2ogr` brings home, by number."""
    source = [f"OAPIF:{portal.url}", collection, *options]
    out = run("ogr2ogr", "-preserve_fid", "-f", "GeoJSONSeq", *AS_TEXT, "/vsistdout/", *source)
    features = [json.loads(line) for line in out.splitlines()]
    by_id = {feature["id"]: feature for feature in features}
    assert len(by_id) == len(features), "a feature came twice"
    return by_id


def by_id(features):
    return {feature["id"]: feature for feature in features}


def test_every_collection_is_a_layer_with_all_its_features(any_portal):
    out = run("ogrinfo", "-ro", "-so", "-al", f"OAPIF:{any_portal.url}")
    counts = dict(re.findall(r"Layer name: (\S+).*?Feature Count: (\d+)", out, re.DOTALL))
    assert counts == {each["id"]: str(each["numberOfItems"]) for each in any_portal.collections()}


def test_every_collection_comes_whole_over_several_pages(any_portal):
    for collection in any_portal.ids():
        known = by_id(any_portal.features(collection))
        assert fetched(any_portal, collection, *FEW).keys() == known.keys(), collection


def test_values_and_places_come_unchanged(any_portal):
    for collection in any_portal.ids():
        known = by_id(any_portal.features(collection))
        for number, feature in fetched(any_portal, collection, *FEW).items():
            told = known[number]
            assert feature["properties"].keys() == told["properties"].keys(), (collection, number)
            for name, value in told["properties"].items():
                assert same(feature["properties"][name], value), (collection, number, name)
            assert (feature["geometry"] is None) == (told["geometry"] is None)
            if told["geometry"]:
                assert shape(feature["geometry"]).equals_exact(shape(told["geometry"]), 1e-7)


def same(got, told):
    """GDAL writes dates with slashes and lists as text."""
    if isinstance(told, str):
        return str(got).replace("/", "-") == told.replace("/", "-")
    if isinstance(told, list) and isinstance(got, str):
        return json.loads(got) == told
    return got == told


def test_a_box_brings_what_meets_it(any_portal):
    west, south, east, north = 9.1, 45.4, 9.25, 45.55
    for collection in any_portal.ids():
        area = box(west, south, east, north)
        expected = {
            feature["id"]
            for feature in any_portal.features(collection)
            if feature["geometry"] and shape(feature["geometry"]).intersects(area)
        }
        got = fetched(any_portal, collection, *FEW, "-spat", *map(str, (west, south, east, north)))
        assert got.keys() == expected, collection


@pytest.mark.parametrize(
    ("collection", "field", "value"),
    [("pnrr-projects", "mission", "M4"), ("municipalities", "istat_code", "015146")],
)
def test_a_condition_brings_what_meets_it(any_portal, collection, field, value):
    features = any_portal.features(collection)
    expected = {feature["id"] for feature in features if feature["properties"][field] == value}
    assert 0 < len(expected) < len(features)
    got = fetched(any_portal, collection, *FEW, "-where", f"{field} = '{value}'")
    assert got.keys() == expected


def test_the_vector_tiles_of_a_level_hold_every_feature(any_portal):
    for collection in any_portal.ids():
        description = any_portal.get(f"/tiles/{collection}.json")
        if not description.ok:
            continue
        features = [feature for feature in any_portal.features(collection) if feature["geometry"]]
        tiles = f"{any_portal.url}/tiles/{collection}/{description.json()['maxzoom'] - 3}"
        out = run("ogr2ogr", "-f", "CSV", "/vsistdout/", f"MVT:{tiles}", "-oo", f"METADATA_FILE={description.url}", collection)
        rows = list(csv.DictReader(out.splitlines()))
        # Municipalities are known by their ISTAT code: their tiles carry no numbers beside it.
        if collection == "municipalities":
            assert {row["istat_code"] for row in rows} == {each["properties"]["istat_code"] for each in features}
        else:
            assert {int(row["mvt_id"]) for row in rows} == {each["id"] for each in features}, collection


def test_a_geopackage_made_of_it_has_the_types_of_the_fields(any_portal, tmp_path):
    file = str(tmp_path / "projects.gpkg")
    # A GeoPackage has no lists, and a project has one place or several.
    options = ["-mapFieldType", "StringList=String(JSON)", "-nlt", "GEOMETRY"]
    run("ogr2ogr", "-f", "GPKG", *options, file, f"OAPIF:{any_portal.url}", "pnrr-projects", *FEW)
    out = run("ogrinfo", "-ro", "-so", file, "pnrr-projects")
    types = dict(re.findall(r"^(\w+): (\w+)", out, re.MULTILINE))
    assert types["title"] == "String"
    assert types["funding_pnrr_cents"] == "Integer64"
    assert types["extraction_date"] == "Date"
