"""A decoder that is not ours: every tile of the territory keeps the rules of vector tiles 2.1, and loses no feature."""

import math
from collections import Counter

import pytest

import vector_tile

# Of a level deeper than this only the tiles round the middle of the territory are looked at.
WHOLE_LEVELS = 11
KINDS = {"String": str, "Number": (int, float), "Boolean": bool}


@pytest.fixture(scope="session")
def drawn(any_portal):
    """The TileJSON document of all collections that can be drawn, in one tile."""
    ids = [each for each in any_portal.ids() if any_portal.get(f"/tiles/{each}.json").ok]
    assert ids
    return any_portal.json(f"/tiles/{','.join(ids)}.json")


def column_and_row(longitude, latitude, zoom):
    """The tile of WebMercatorQuad in which a place lies."""
    size, y = 1 << zoom, math.asinh(math.tan(math.radians(latitude)))
    return int((longitude / 360 + 0.5) * size), int((0.5 - y / math.tau) * size)


def addresses(drawn):
    """The tiles to look at."""
    west, south, east, north = drawn["bounds"]
    for zoom in range(15):
        if zoom > WHOLE_LEVELS:
            middle, reach = ((west + east) / 2, (south + north) / 2), 4 * 360 / (1 << zoom)
            west, south, east, north = middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach
        left, top = column_and_row(west, north, zoom)
        right, bottom = column_and_row(east, south, zoom)
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                yield zoom, x, y


def tile(portal, drawn, zoom, x, y):
    """The bytes of a tile; none where there is nothing."""
    (template,) = drawn["tiles"]
    answer = portal.get(template.format(z=zoom, x=x, y=y))
    assert answer.status_code in (200, 204), answer.text
    assert bool(answer.content) == (answer.status_code == 200)
    return answer.content


def test_every_tile_keeps_the_rules(any_portal, drawn):
    described = {layer["id"]: layer for layer in drawn["vector_layers"]}
    seen, validity = 0, Counter()
    for address in addresses(drawn):
        body = tile(any_portal, drawn, *address)
        assert len(body) <= 500_000, (address, len(body))
        layers = vector_tile.layers(body)
        names = [layer.name for layer in layers]
        assert len(set(names)) == len(names) and set(names) <= described.keys(), (address, names)
        for layer in layers:
            seen += check_layer(layer, described[layer.name], address, validity)
    assert seen > 1000
    # Rounded to whole numbers, one polygon in a hundred of the demonstration and five of the real boundaries touch or cross
    # themselves, where they are narrower than whole numbers can tell. No more than that.
    assert validity[False] <= 0.08 * validity[True], validity


def check_layer(layer, described, address, validity):
    """One layer of one tile; gives the number of its features."""
    where = (address, layer.name)
    assert (layer.version, layer.extent) == (2, 4096), where
    assert layer.features, f"{where}: an empty layer"
    assert described["minzoom"] <= address[0] <= described["maxzoom"], where
    assert len(set(layer.keys)) == len(layer.keys), where
    for feature in layer.features:
        for name, value in vector_tile.properties(layer, feature).items():
            assert isinstance(value, KINDS[described["fields"][name]]), (where, name, value)
        polygons = vector_tile.check_geometry(feature, layer.extent, buffer=512)
        validity.update(polygon.is_valid for polygon in polygons)
    return len(layer.features)


def test_every_feature_is_drawn_at_the_deepest_level(any_portal, drawn):
    zoom = drawn["maxzoom"]
    for layer in drawn["vector_layers"]:
        if layer["id"].endswith("-labels"):
            continue
        features = [each for each in any_portal.features(layer["id"]) if each["geometry"]]
        for feature in features[:: max(1, len(features) // 50)]:
            x, y = column_and_row(*inside(feature["geometry"]), zoom)
            names = {feature["id"], feature["properties"].get("istat_code")}
            near = names_near(any_portal, drawn, layer["id"], zoom, x, y)
            assert names & near, (layer["id"], feature["id"], zoom, x, y)


def inside(geometry):
    """A place of a geometry: its first position."""
    item = geometry["coordinates"]
    while isinstance(item[0], list):
        item = item[0]
    return item[:2]


def names_near(portal, drawn, name, zoom, x, y):
    """What the features of a layer are known by in a tile and those round it, their numbers or, of municipalities, their codes: projects
    known by their municipality alone stand in a swarm."""
    around = [(x + right, y + down) for right in (-1, 0, 1) for down in (-1, 0, 1)]
    return {
        feature.id or vector_tile.properties(layer, feature)["istat_code"]
        for place in around
        for layer in vector_tile.layers(tile(portal, drawn, zoom, *place))
        if layer.name == name
        for feature in layer.features
    }
