"""Morecantile, with which Python servers and clients make tiles: the tile matrix set and the tilesets are as it knows them."""

import pytest
from morecantile import Tile, TileMatrixSet, tms

SET = "WebMercatorQuad"
REGISTER = "http://www.opengis.net/def/rel/ogc/1.0"


@pytest.fixture(scope="module")
def matrix_set(demo):
    """The tile matrix set, as morecantile reads it."""
    (listed,) = demo.json("/tileMatrixSets")["tileMatrixSets"]
    assert listed["id"] == SET
    (address,) = [link["href"] for link in listed["links"] if link["rel"] == "self"]
    return TileMatrixSet.model_validate(demo.json(address))


def href(document, rel):
    """The address to which a document's one link of this relation leads."""
    (address,) = [link["href"] for link in document["links"] if link["rel"] in (rel, f"{REGISTER}/{rel}")]
    return address


def test_the_tile_matrix_set_is_the_registered_one(matrix_set):
    known = tms.get(SET)
    for zoom in range(0, 23):
        ours, theirs = matrix_set.matrix(zoom), known.matrix(zoom)
        assert (ours.matrixWidth, ours.matrixHeight) == (theirs.matrixWidth, theirs.matrixHeight)
        assert ours.scaleDenominator == pytest.approx(theirs.scaleDenominator, rel=1e-12)
        assert ours.cellSize == pytest.approx(theirs.cellSize, rel=1e-12)
        tile = Tile((1 << zoom) // 2, (1 << zoom) // 3, zoom)
        assert matrix_set.xy_bounds(tile) == pytest.approx(known.xy_bounds(tile), abs=1e-6)


def test_a_tileset_leads_to_the_tiles_that_it_promises(demo, matrix_set):
    lists = [href(demo.json("/"), "tilesets-vector")]
    lists += [href(demo.json(f"/collections/{name}"), "tilesets-vector") for name in ("municipalities", "areas")]
    for address in lists:
        (listed,) = demo.json(address)["tilesets"]
        tileset = demo.json(href(listed, "self"))
        assert tileset["dataType"] == "vector" and tileset["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
        assert href(tileset, "tiling-scheme").endswith(f"/tileMatrixSets/{SET}")
        check_limits(tileset, matrix_set)
        check_tiles(demo, tileset, matrix_set)


def check_limits(tileset, matrix_set):
    """The rows and columns of each level are those that the bounding box reaches."""
    west, south = tileset["boundingBox"]["lowerLeft"]
    east, north = tileset["boundingBox"]["upperRight"]
    for limits in tileset["tileMatrixSetLimits"]:
        zoom = int(limits["tileMatrix"])
        first, last = matrix_set.tile(west, north, zoom), matrix_set.tile(east, south, zoom)
        assert (limits["minTileCol"], limits["minTileRow"]) == (first.x, first.y), limits
        assert (limits["maxTileCol"], limits["maxTileRow"]) == (last.x, last.y), limits


def check_tiles(demo, tileset, matrix_set):
    """The template leads to tiles, and what is outside of the tileset is none."""
    item = next(link for link in tileset["links"] if link["rel"] == "item")
    assert item["templated"] and item["type"] == "application/vnd.mapbox-vector-tile"
    limits = tileset["tileMatrixSetLimits"][-1]
    seen = 0
    for zoom in {int(each["tileMatrix"]) for each in tileset["tileMatrixSetLimits"]}:
        tile = matrix_set.tile(9.19, 45.46, zoom)
        address = item["href"].replace("{tileMatrix}", str(tile.z))
        answer = demo.get(address.replace("{tileRow}", str(tile.y)).replace("{tileCol}", str(tile.x)))
        assert answer.status_code in (200, 204), address
        seen += answer.status_code == 200
    assert seen, item["href"]
    for wrong in (
        {"tileMatrix": int(limits["tileMatrix"]) + 1, "tileRow": 0, "tileCol": 0},
        {"tileMatrix": 3, "tileRow": 8, "tileCol": 0},
    ):
        address = item["href"]
        for name, number in wrong.items():
            address = address.replace(f"{{{name}}}", str(number))
        assert demo.get(address).status_code == 404, address


def test_the_tileset_of_everything_is_asked_for_some_collections(demo):
    tile = f"/tiles/{SET}/9/183/269"
    chosen = demo.get(f"{tile}?collections=areas,municipalities")
    assert chosen.content == demo.get("/tiles/areas,municipalities/9/269/183").content
    assert demo.get(tile).content != chosen.content
    assert demo.get(f"{tile}?collections=nothing").status_code == 404
