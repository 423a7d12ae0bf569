"""QGIS: its OGC API – Features layers hold what the portal has, and its vector tile layers draw it."""

import json
import math
import os
import subprocess
from pathlib import Path

import pytest
from shapely import transform, unary_union
from shapely.geometry import box, shape

SCRIPT = Path(__file__).with_name("qgis_layers.py")
EARTH_RADIUS_M = 6378137


@pytest.fixture
def qgis(tmp_path):
    """Runs QGIS with a profile of its own."""

    def run(*words):
        # Not the Python of the tests: QGIS belongs to the system's.
        command = ["/usr/bin/python3", SCRIPT, *map(str, words)]
        settings = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=settings)
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert told["valid"] and not told["faults"], told
        return told

    return run


def test_every_feature_comes_once_with_all_fields(qgis, any_portal):
    for collection in any_portal.ids():
        known = any_portal.features(collection)
        told = qgis("features", any_portal.url, collection)
        assert told["count"] == len(known), collection
        assert len(set(told["numbers"])) == len(known), collection
        assert list(told["fields"]) == list(known[0]["properties"]), collection
        assert told["places"] == sum(bool(feature["geometry"]) for feature in known), collection


def test_a_box_brings_what_meets_it(qgis, any_portal):
    area = (9.1, 45.4, 9.25, 45.55)
    for collection in any_portal.ids():
        known = any_portal.features(collection)
        if not any(feature["geometry"] for feature in known):
            continue
        expected = sum(
            bool(feature["geometry"]) and shape(feature["geometry"]).intersects(box(*area)) for feature in known
        )
        assert len(qgis("features", any_portal.url, collection, *area)["numbers"]) == expected, collection


@pytest.mark.parametrize("zoom_width", [1.25, 0.3])
def test_vector_tiles_draw_the_municipalities_as_large_as_they_are(qgis, any_portal, tmp_path, zoom_width):
    description = any_portal.json("/tiles/municipalities.json")
    picture, middle = tmp_path / "tiles.png", (9.19, 45.46)
    corners = (middle[0] - zoom_width / 2, middle[1] - zoom_width / 3, middle[0] + zoom_width / 2, middle[1] + zoom_width / 3)
    (template,), zooms = description["tiles"], (description["minzoom"], description["maxzoom"])
    told = qgis("tiles", template, *zooms, *corners, picture)
    shown = box(*told["shown"])
    territory = unary_union([mercator(feature["geometry"]) for feature in any_portal.features("municipalities")])
    assert told["drawn_share"] == pytest.approx(territory.intersection(shown).area / shown.area, abs=0.01)


def mercator(geometry):
    """A GeoJSON geometry in Web Mercator."""

    def project(positions):
        for position in positions:
            y = math.asinh(math.tan(math.radians(position[1])))
            position[:] = math.radians(position[0]) * EARTH_RADIUS_M, y * EARTH_RADIUS_M
        return positions

    return transform(shape(geometry), project)
